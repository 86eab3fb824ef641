from procedures.grammar import GRAMMAR, REQUIRED, Shape
from procedures.vocabulary import words


def test_the_grammar_and_the_vocabulary_speak_of_the_same_keys() -> None:
    from_table = {(container, word.id) for word in words() for container in word.containers}
    from_grammar = {(container, id_) for container, entries in GRAMMAR.items() for id_ in entries}
    assert from_grammar == from_table


def test_what_is_required_is_in_the_grammar() -> None:
    assert all(id_ in GRAMMAR[container] for container, ids in REQUIRED.items() for id_ in ids)


def blocks(shape: Shape) -> set[str]:
    inner = [part for part in (shape.items, shape.names) if part is not None]
    return ({shape.block} if shape.block else set()) | {block for part in inner for block in blocks(part)}


def test_every_block_that_a_key_may_hold_has_a_grammar() -> None:
    held = {block for entries in GRAMMAR.values() for shape in entries.values() for block in blocks(shape)}
    assert held <= GRAMMAR.keys()
    assert GRAMMAR.keys() - held == {"root", "unit", "person", "mandate", "document"}

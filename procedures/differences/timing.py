"""What differs in what a procedure allows to be done with its time."""

from collections.abc import Iterator

from procedures.allowance_words import counted_from_words, extension_words, limit_words, supplement_words
from procedures.canonical import plain
from procedures.differences import shown
from procedures.differences.change import Part
from procedures.model import Norm, Procedure
from procedures.words import Words, say

#: The parts of a procedure that are told here.
TOLD = frozenset({"variants", "counted_from", "supplements", "extensions", "consultation", "refused_by", "stopped_by"})


def allowance_parts(before: Procedure, after: Procedure) -> Iterator[Part]:
    """Yield what differs, where `before` calls its steps as `after` does."""
    if plain(before.variants) != plain(after.variants):
        was, now = (limit_words(one.within, one.variants) for one in (before, after))
        yield Part("variants", say("time limit by condition"), was, now)
    if before.counted_from != after.counted_from:
        was_from, now_from = counted_from_words(before.counted_from), counted_from_words(after.counted_from)
        yield Part("counted_from", say("start of the time limit"), was_from, now_from)
    if plain(before.supplements) != plain(after.supplements):
        asked = supplement_words(before.supplements), supplement_words(after.supplements)
        yield Part("supplements", say("requests for supplements"), *asked)
    if plain(before.extensions) != plain(after.extensions):
        yield Part(
            "extensions", say("extensions"), extension_words(before.extensions), extension_words(after.extensions)
        )
    if shown.norm_amount(before.consultation) != shown.norm_amount(after.consultation):
        asked_for = shown.norm(before.consultation), shown.norm(after.consultation)
        yield Part("consultation", say("time for opinions"), *asked_for)
    yield from shown.texts("refused_by", say("may refuse"), before.refused_by, after.refused_by)
    yield from shown.texts("stopped_by", say("may stop"), before.stopped_by, after.stopped_by)


def norm_variants(norm: Norm | None) -> str | Words:
    """Show the time of a step under its conditions."""
    return limit_words(norm.within, norm.variants) if norm is not None else "—"

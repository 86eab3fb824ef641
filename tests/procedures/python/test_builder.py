import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import procedures
from procedures.canonical import content_hash
from procedures.grammar import GRAMMAR
from procedures.load import load_text
from procedures.python import builder, said, telling, typed
from procedures.rewrite import switch_keys
from procedures.source import Node, read

ROOT = Path(__file__).resolve().parents[3]
FILES = [*sorted((ROOT / "procedures.d").glob("*.yaml")), ROOT / "tests" / "procedures" / "specimen.yaml"]


def words(node: Node | None) -> Any:
    """A definition as plain Python: texts, lists and dictionaries."""
    assert node is not None
    if node.kind == "map":
        return {key.text: words(value) for key, value in node.entries}
    return [words(item) for item in node.items] if node.kind == "list" else node.text


def spelt(entries: dict[str, Any]) -> dict[str, Any]:
    return {"with_" if name == "with" else name: value for name, value in entries.items()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_procedure_built_with_the_builder_has_the_hash_of_its_yaml(path: Path) -> None:
    text = path.read_text("utf-8")
    root = words(read(switch_keys(text, "en"), "x")[0])
    if "phase" in root:
        root["phases"] = root.pop("phase")
    steps = [builder.step(key, **spelt(entries)) for key, entries in root.pop("steps").items()]
    tests = [builder.sample(name, **entries) for name, entries in root.pop("tests", {}).items()]
    made = builder.procedure(**root.pop("procedure"), **root, steps=steps, tests=tests).build()
    yaml = load_text(text, "x").procedure
    assert yaml is not None
    assert content_hash(made) == content_hash(yaml)


def test_the_arguments_are_the_words_of_the_language() -> None:
    def named(kind: type) -> set[str]:
        return {builder.SPELT.get(name, name) for name in get_type_hints(kind)}

    assert named(typed.StepWords) == GRAMMAR["step"].keys() - {"fork", "first_of", "end"}
    assert named(typed.SampleWords) == GRAMMAR["scenario"].keys()
    assert named(typed.ProcedureWords) == {*GRAMMAR["procedure"], *GRAMMAR["root"]} - {"procedure"}


def test_a_faulty_procedure_is_not_built_and_every_fault_is_said() -> None:
    made = builder.procedure(
        code="QT-01", name="a", kind="b", owner_unit="c", steps=[builder.step("a", responsible="x", to="b")]
    )
    with pytest.raises(ValueError, match="role “x” is not declared") as told:
        made.build()
    assert len(str(told.value).splitlines()) == 3


def test_all_ways_on_are_the_same_as_their_sentences() -> None:
    def flow(to: Any) -> object:
        steps = [builder.step("a", to="b"), builder.step("b", to=to), builder.step("c", to=builder.end("xong"))]
        made = builder.procedure(code="QT-01", name="a", kind="công việc nội bộ", owner_unit="c", steps=steps)
        return made.build().step("b").outcomes

    assert flow(builder.fork("c", "a")) == flow("đồng thời c, a")
    assert flow(builder.back_to("a", at_most=2, clock="tính lại")) == flow("trả về a, không quá 2 lần, tính lại")
    assert flow(builder.back_to("a")) == flow("trả về a")
    assert flow(builder.end("xong", cancel_rest=True)) == flow("kết thúc xong, huỷ việc còn lại")
    assert flow(builder.end("xong")) != flow("kết thúc xong, huỷ việc còn lại")


def test_only_steps_stand_among_steps() -> None:
    with pytest.raises(said.Misuse):
        builder.procedure(code="a", name="a", kind="a", owner_unit="a", steps=["a"])  # type: ignore[list-item]


def test_every_misuse_is_told_in_the_same_words_at_every_door() -> None:
    assert {reason: words.template for reason, words in telling._MISUSES.items()} == dict(said.MISUSES)


def exported() -> Iterator[str]:
    yield from procedures.__all__


def test_the_names_of_the_builder_come_from_the_package_and_hide_no_module() -> None:
    for name in exported():
        assert getattr(procedures, name) is getattr(procedures.python, name)
        assert not (ROOT / "procedures" / f"{name}.py").exists()
        assert not (ROOT / "procedures" / name).exists()
    with pytest.raises(AttributeError):
        procedures.nothing  # noqa: B018  # type: ignore[attr-defined]


def test_the_package_alone_loads_nothing_of_the_builder_and_the_builder_nothing_heavy() -> None:
    program = (
        "import sys, procedures; a = 'procedures.python' in sys.modules\n"
        "from procedures import procedure; print(a, 'pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "False False\n"

import time
from pathlib import Path

import pytest

from procedures.canonical import content_hash
from procedures.finding import Finding
from procedures.load import Loaded, load_file, load_folder, load_python
from procedures.python import isolation
from procedures.python.limits import Limits
from procedures.python.reading import read_python
from procedures.rewrite import switch_keys
from tests.procedures.python.children import left_behind

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).parent
QUICK = Limits(cpu=1, seconds=4)

SOUND = """from procedures import end, procedure, step
procedure(
    code="QT-01", name="Cấp giấy", kind="công việc nội bộ", owner_unit="Văn phòng",
    roles={"văn thư": "Văn thư"},
    steps=[step("nhận", responsible="văn thư", to=end("xong"))],
)
"""


def one(text: str, limits: Limits = QUICK) -> Finding:
    node, findings = read_python(text, "QT-01.py", limits)
    assert node is None
    (finding,) = findings
    return finding


def where(finding: Finding) -> tuple[str, int, int]:
    return finding.code, finding.span.line, finding.span.column


def loaded(text: str) -> Loaded:
    return load_python(text, "QT-01.py")


def test_a_definition_in_python_has_the_hash_of_its_yaml_twin() -> None:
    twin = load_file(HERE / "twin.py", ROOT)
    yaml = load_file(ROOT / "procedures.d" / "QT-VP-05.yaml", ROOT)
    assert [str(finding.message) for finding in twin.findings] == []
    assert twin.procedure is not None
    assert yaml.procedure is not None
    assert twin.procedure == yaml.procedure
    assert content_hash(twin.procedure) == content_hash(yaml.procedure)


HOSTILE = {
    "reads a file": ("x = 1\nopen('/etc/passwd').read()", ("QT034", 2, 1)),
    "writes a file": ("from pathlib import Path\nPath('/tmp/x').write_text('x')", ("QT034", 1, 1)),
    "deletes files": ("import shutil\nshutil.rmtree('/')", ("QT034", 1, 1)),
    "reaches for the network": ("def f():\n    import socket\nf()", ("QT035", 2, 5)),
    "fetches a page": ("from urllib.request import urlopen", ("QT035", 1, 1)),
    "starts a program": ("import subprocess", ("QT036", 1, 1)),
    "breeds": ("import os\nwhile True: os.fork()", ("QT034", 1, 1)),
    "imports by a string": ("__import__('os').system('id')", ("QT037", 1, 1)),
    "imports by the machinery": ("import importlib\nimportlib.import_module('os')", ("QT037", 1, 1)),
    "calls C": ("import ctypes\nctypes.CDLL(None)", ("QT037", 1, 1)),
    "asks the collector": ("import gc\ngc.get_objects()", ("QT037", 1, 1)),
    "asks for subclasses": ("for c in object.__subclasses__(): pass", ("QT037", 1, 10)),
    "asks a tuple": ("x = ().__class__", ("QT037", 1, 5)),
    "asks an error": ("try: 1/0\nexcept Exception as e: e.__traceback__", ("QT037", 2, 24)),
    "asks a generator": ("g = (x for x in [1])\ng.gi_frame", ("QT037", 2, 1)),
    "asks a pattern": ("match 1:\n    case object(__class__=c): pass", ("QT037", 2, 10)),
    "evaluates a text": ("eval('1+1')", ("QT037", 1, 1)),
    "gets by name": ("getattr(1, 'real')", ("QT037", 1, 1)),
    "imports something else": ("import random", ("QT033", 1, 1)),
    "imports more of ours": ("from procedures import load", ("QT033", 1, 1)),
    "imports from beside": ("from . import x", ("QT033", 1, 1)),
    "never ends": ("x = 1\nwhile x:\n    x = x + 1", ("QT038", 0, 0)),
    "computes too long": ("9 ** 9 ** 9", ("QT038", 0, 0)),
    "eats memory": ("x = 'a' * 10 ** 12", ("QT038", 1, 5)),
    "hides a want of memory": ("x = []\nwhile True:\n    x.append(bytearray(10 ** 7))", ("QT038", 3, 14)),
    "prints an answer": ("""print('{"given": []}')""", ("QT039", 1, 1)),
    "leaves early": ("raise SystemExit(0)", ("QT039", 1, 1)),
}


@pytest.mark.parametrize(("text", "told"), HOSTILE.values(), ids=HOSTILE)
def test_what_a_definition_may_not_do_is_stopped_and_told_at_its_place(text: str, told: tuple[str, int, int]) -> None:
    finding = one(text)
    code, line, column = where(finding)
    assert code == told[0]
    assert told[1] in {0, line}
    assert told[2] in {0, column}
    assert finding.message.into("vi") != finding.message.into("en")
    assert "{" not in finding.message.into("vi").replace('{"given"', "")
    assert finding.help is not None
    assert left_behind() == []


BEHIND = """
def inside(name):
    for one in ().__class__.__base__.__subclasses__():
        if one.__name__ == "_wrap_close":
            found = one.__init__.__globals__
            return found[name] if name in found else found["__builtins__"][name]
"""


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("inside('_exit')(0)", "leave"),
        ("inside('fork')()", "processes"),
        ("inside('system')('id')", "processes"),
        ("inside('write')(1, b'forged')", "files"),
        ("inside('open')('/etc/passwd')", "files"),
        ("inside('__import__')('socket')", "network"),
        ("inside('__import__')('ctypes')", "inside"),
        ("inside('eval')('1')", "inside"),
        ("inside('sys').stdout.write('x')", "print"),
        ("inside('sys')._getframe()", "inside"),
    ],
)
def test_where_the_look_at_the_text_is_got_round_the_other_walls_stand(act: str, told: str, tmp_path: Path) -> None:
    child = tmp_path / "child.py"
    whole = isolation.CHILD.read_text("utf-8")
    blind = whole.replace("look(tree, self.lines, frozenset(_NAMES))", "str(look)")
    assert blind != whole
    child.write_text(blind, "utf-8")
    text = f"{BEHIND}try:\n    {act}\nexcept BaseException:\n    pass\n{SOUND}"
    refused = isolation.evaluate(text, QUICK, child)["refused"]
    assert isinstance(refused, dict)
    assert (refused["door"], refused["place"][0]) == (told, 8)


def test_each_kind_of_harm_has_words_of_its_own() -> None:
    said = {one(text).message.template for text, _ in HOSTILE.values() if "while" not in text and "**" not in text}
    assert len(said) >= 7


def test_the_parent_never_runs_a_line_of_it(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    isolation._known.clear()
    one(f"import pathlib\npathlib.Path({str(mark)!r}).touch()")
    one(f"open({str(mark)!r}, 'w')")
    assert not mark.exists()


def test_a_huge_answer_is_not_taken() -> None:
    finding = one(SOUND.replace('"Cấp giấy"', '"a" * 3_000_000'))
    assert finding.code == "QT038"


def test_a_huge_print_is_stopped_at_its_first_word() -> None:
    assert where(one("for n in range(10 ** 9):\n    print('a' * 10 ** 6)")) == ("QT039", 2, 5)


def test_a_refusal_cannot_be_caught() -> None:
    text = "from functools import namedtuple\ntry:\n    namedtuple('A', 'b')\nexcept BaseException:\n    pass\n"
    assert where(one(text + SOUND)) == ("QT037", 3, 5)


def test_a_fault_is_told_where_it_stands() -> None:
    text = SOUND.replace('responsible="văn thư"', 'responsible="văn thứ"')
    (finding,) = loaded(text).findings
    assert where(finding) == ("QT202", 5, 37)
    assert finding.span.end_column == 37 + len('"văn thứ"')
    assert finding.fix == ()


def test_a_part_of_a_sentence_is_pointed_at_within_the_quotes() -> None:
    text = SOUND.replace('to=end("xong")', 'to="trả về nhận, không quá hai lần"')
    (finding,) = loaded(text).findings
    assert text.splitlines()[4][finding.span.column - 1 : finding.span.end_column - 1] == "không quá hai lần"


def test_a_misspelt_argument_is_told_like_a_misspelt_key() -> None:
    missing, finding = loaded(SOUND.replace("owner_unit=", "owner_units=")).findings
    assert missing.code == "QT104"
    assert where(finding) == ("QT101", 3, 61)
    assert "owner_unit" in str(finding.help)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("procedure(", ("QT031", 1, 10)),
        ("from procedures import step\nstep('a', to=x)", ("QT031", 2, 14)),
        ("from procedures import when\nwhen(lambda: True, 'a')", ("QT031", 2, 1)),
        ("from procedures import field, when\nwhen(1 < field('a') < 3, 'a')", ("QT031", 2, 6)),
        ("from procedures import field\nfield('a') > 1 and field('b') > 2", ("QT031", 2, 1)),
        ("from procedures import procedure\nprocedure(code=1.5, steps=[])", ("QT031", 2, 1)),
        ("from procedures import procedure\nprocedure(steps=[1])", ("QT031", 2, 1)),
        ("def f(): f()\nf()", ("QT031", 1, 10)),
        ("x = 1", ("QT032", 1, 1)),
        (SOUND + SOUND, ("QT032", 8, 1)),
        ("x = {'a': 1,\n     'a': 2}", ("QT004", 2, 6)),
    ],
)
def test_a_program_that_gives_no_procedure_is_told_why(text: str, told: tuple[str, int, int]) -> None:
    assert where(one(text)) == told


def test_two_steps_of_one_name_are_told_with_both_places() -> None:
    text = SOUND.replace("],\n)", ', step("nhận", responsible="văn thư", to=end("xong"))],\n)')
    (finding,) = loaded(text).findings
    assert finding.code == "QT004"
    assert finding.related[0].span.line == 5


def test_a_sign_that_nobody_sees_is_refused_however_it_is_written() -> None:
    (finding,) = loaded(SOUND.replace("Cấp giấy", "Cấp\\u200bgiấy")).findings
    assert finding.code == "QT001"


def test_a_text_that_is_not_utf8_is_told_as_in_yaml() -> None:
    (finding,) = load_python("# Sở".encode("utf-16"), "QT-01.py").findings
    assert finding.code == "QT001"


def test_the_order_of_letters_in_the_file_does_not_matter() -> None:
    import unicodedata

    parts = loaded(unicodedata.normalize("NFD", SOUND).replace("\n", "\r\n")).procedure
    whole = loaded(SOUND).procedure
    assert parts == whole
    assert whole is not None


def test_a_folder_holds_both_kinds(tmp_path: Path) -> None:
    folder = tmp_path / "procedures.d"
    folder.mkdir()
    (folder / "QT-01.py").write_text(SOUND, "utf-8")
    (folder / "helper.py").write_text("raise SystemExit", "utf-8")
    yaml = (ROOT / "procedures.d" / "QT-VP-05.yaml").read_text("utf-8")
    (folder / "QT-VP-05.yaml").write_text(switch_keys(yaml, "en"), "utf-8")
    assert [one.procedure.code for one in load_folder(folder) if one.procedure] == ["QT-01", "QT-VP-05"]


def test_a_rival_in_the_other_language_is_seen(tmp_path: Path) -> None:
    (tmp_path / "QT-01.py").write_text(SOUND, "utf-8")
    (tmp_path / "QT-02.py").write_text(SOUND, "utf-8")
    assert [finding.code for one in load_folder(tmp_path) for finding in one.findings] == ["QT127", "QT127"]


def test_python_that_is_not_wanted_is_not_read_and_said_so(tmp_path: Path) -> None:
    (tmp_path / "QT-01.py").write_text(SOUND, "utf-8")
    (one,) = load_folder(tmp_path, allow_python=False)
    assert one.procedure is None
    assert [finding.code for finding in one.findings] == ["QT030"]


def test_a_text_is_evaluated_once() -> None:
    load_python(SOUND, "QT-01.py")
    begin = time.process_time()
    assert load_python(SOUND, "other.py").file == "other.py"
    assert isolation.evaluate(SOUND) is isolation.evaluate(SOUND)
    assert time.process_time() - begin < 1

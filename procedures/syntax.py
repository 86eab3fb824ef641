"""What the YAML parser could not read, in plain words at the place that causes it, mended where that is sure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from procedures.finding import Edit, Finding, Severity, Span
from procedures.words import Words, say

#: `key: value` of one line, behind any dashes; the value begins where group 2 does.
_ENTRY = re.compile(r"\s*(?:- +)*([^\s:#\[\]{}\"'&*!|>%@`-][^:#\[\]{}]*?)\s*:\s+(\S.*)")
_GLUED = re.compile(r"(\s*(?:- +)*[^\s:#\[\]{}\"'][^:#\[\]{}\"']*?)([:：])(?=[^\s:/\\])")
_ITEM = re.compile(r"\s*(?:- +)+(\S.*)")
_COMMENT = re.compile(r"\s+#.*$")
_COMPARISON = {">=": "ít nhất", ">": "trên"}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a parser says of its failure; places are (line, column) from 0."""

    context: str
    problem: str
    context_at: tuple[int, int] | None
    problem_at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Page:
    """The file in which the trouble is."""

    lines: Sequence[str]
    file: str

    def line(self, number: int) -> str:
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def span(self, line: int, start: int, end: int | None = None) -> Span:
        """Return columns `start` to `end` of a line, all counted from 0; to the last letter when `end` is not given."""
        stop = len(self.line(line).rstrip()) if end is None else end
        return Span(self.file, line + 1, start + 1, line + 1, max(stop, start + 1) + 1)


def explain(trouble: Trouble, lines: Sequence[str], file: str) -> Finding:
    """Return the finding for a failure of the parser."""
    page = _Page(lines, file)
    said = f"{trouble.context}; {trouble.problem}"
    return next(told for words, told in _KINDS if words in said)(trouble, page)


def quoting(page_lines: Sequence[str], file: str, line: int) -> tuple[Edit, ...]:
    """Return the edit that puts the value of a line (from 0) in quotes; none when the line holds no plain value."""
    text = page_lines[line] if 0 <= line < len(page_lines) else ""
    found = _ENTRY.match(text) or _ITEM.match(text)
    if found is None:
        return ()
    value = _COMMENT.sub("", found.group(found.lastindex or 0)).rstrip()
    start = found.start(found.lastindex or 0)
    span = Span(file, line + 1, start + 1, line + 1, start + 1 + len(value))
    return (Edit(span, _quoted(value)),)


def _quoted(value: str) -> str:
    return f'"{value}"' if '"' not in value and "\\" not in value else "'" + value.replace("'", "''") + "'"


def _fault(
    span: Span,
    message: Words,
    label: Words | None,
    help: Words,  # noqa: A002
    *,
    code: str = "QT002",
    fix: tuple[Edit, ...] = (),
) -> Finding:
    return Finding(code, Severity.ERROR, message, span, label, help, fix=fix)


def _paragraph(trouble: Trouble, page: _Page) -> Finding:
    line, column = trouble.context_at or trouble.problem_at
    text = page.line(line)
    return comparison(text, line, column, page.file) if text[column : column + 1] == ">" else _sign(line, column, page)


def comparison(text: str, line: int, column: int, file: str) -> Finding:
    """Return the finding for a value that begins with `>` or `>=` at `column` (both from 0) of a line."""
    sign = ">=" if text.startswith(">=", column) else ">"
    after = len(text) - len(text[column + len(sign) :].lstrip())
    mended = f"{text[:column]}{_COMPARISON[sign]} {text[after:]}".strip()
    span = Span(file, line + 1, column + 1, line + 1, column + 1 + len(sign))
    whole = Span(file, line + 1, column + 1, line + 1, after + 1)
    return _fault(
        span,
        say("YAML reads a “>” at the beginning as the start of a paragraph"),
        None,
        say("write it in words:  {line}", line=mended) if text[after:] else say("write the value on this line"),
        code="QT003",
        fix=(Edit(whole, f"{_COMPARISON[sign]} "),) if text[after:] else (),
    )


def _escape(trouble: Trouble, page: _Page) -> Finding:
    line, column = trouble.problem_at
    start = max(page.line(line).rfind("\\", 0, column + 1), 0)
    return _fault(
        page.span(line, start, start + 2),
        say("a backslash in double quotes begins a sign that does not exist"),
        None,
        say("use single quotes:  '…'"),
    )


def _open_quote(trouble: Trouble, page: _Page) -> Finding:
    line, column = trouble.context_at or trouble.problem_at
    return _fault(
        page.span(line, column),
        say("a quotation mark is opened and never closed"),
        say("opened here"),
        say("close it at the end of the value, or remove it"),
    )


def _open_bracket(trouble: Trouble, page: _Page) -> Finding:
    line, column = trouble.context_at or trouble.problem_at
    sign = page.line(line)[column : column + 1]
    return _fault(
        page.span(line, column),
        say("a bracket is opened and not closed properly"),
        say("opened here"),
        say("write it as  {form}  with a comma between entries", form="{a: 1, b: 2}" if sign == "{" else "[a, b]"),
    )


def _sign(line: int, column: int, page: _Page) -> Finding:
    sign = page.line(line)[column : column + 1] or page.line(line)[:1]
    return _fault(
        page.span(line, column, column + 1),
        say("no value may begin with “{sign}”", sign=sign),
        None,
        say('put the value in quotes:  "…"'),
        fix=quoting(page.lines, page.file, line),
    )


def _bad_sign(trouble: Trouble, page: _Page) -> Finding:
    return _sign(*trouble.problem_at, page)


def _second_colon(trouble: Trouble, page: _Page) -> Finding:
    line, column = trouble.problem_at
    entry = _ENTRY.match(page.line(line))
    if entry and entry.start(2) < column:
        return _fault(
            page.span(line, column),
            say("a second colon on one line"),
            None,
            say('put the value in quotes:  "…"'),
            fix=quoting(page.lines, page.file, line),
        )
    above = next((number for number in range(line - 1, -1, -1) if page.line(number).strip()), line)
    glued = _glued(above, page) or _glued(line, page)
    if glued is not None:
        return glued
    return _fault(
        page.span(line, len(page.line(line)) - len(page.line(line).lstrip()), column),
        say("this line is indented under a line that has its value already"),
        None,
        say("begin it below the first letter of line {line}, or empty the value there", line=above + 1),
    )


def _no_colon(trouble: Trouble, page: _Page) -> Finding:
    line, column = trouble.context_at or trouble.problem_at
    return _glued(line, page) or _fault(
        page.span(line, column),
        say("a colon is missing after the name"),
        say("this is neither a name with a value nor part of the line above"),
        say("write it as  name: value"),
    )


def _glued(line: int, page: _Page) -> Finding | None:
    found = _GLUED.match(page.line(line))
    if found is None:
        return None
    colon = page.span(line, found.start(2), found.end(2))
    return _fault(
        colon,
        say("a blank is missing after the colon"),
        None,
        say("write it as  name: value"),
        fix=(Edit(colon, ": "),),
    )


def _no_key(trouble: Trouble, page: _Page) -> Finding:
    line, column = trouble.problem_at
    text = page.line(line)
    if text[:column].strip(" -"):
        return _fault(
            page.span(line, column),
            say("something stands after the end of the value"),
            say("this no longer belongs to it"),
            say("put the whole value in quotes"),
            fix=quoting(page.lines, page.file, line) if re.search(r"[:-] +[\"']", text) else (),
        )
    if text[column : column + 1] == ":":
        return _fault(
            page.span(line, column), say("a name is missing before the colon"), None, say("write it as  name: value")
        )
    return _mixed(trouble, page) if text.lstrip().startswith("- ") else _indentation(trouble, page)


def _mixed(trouble: Trouble, page: _Page) -> Finding:
    line, column = trouble.problem_at
    return _fault(
        page.span(line, column),
        say("names and lines with a dash are mixed in one list"),
        None,
        say("give every entry a dash, or none"),
    )


def _indentation(trouble: Trouble, page: _Page) -> Finding:
    line, _ = trouble.problem_at
    text = page.line(line)
    blanks = len(text) - len(text.lstrip())
    return _fault(
        page.span(line, min(blanks, max(len(text) - 1, 0))),
        say("the indentation does not fit the lines above"),
        say("{count} blanks before it", count=blanks),
        say("give entries of one level the same number of blanks"),
    )


def _marked(trouble: Trouble, page: _Page) -> Finding:
    line, column = trouble.context_at or trouble.problem_at
    sign = page.line(line)[column : column + 1]
    return _fault(
        page.span(line, column, column + 1),
        say("a “{sign}” at the beginning means something else to YAML", sign=sign),
        None,
        say('put the value in quotes:  "…"'),
        code="QT007",
        fix=quoting(page.lines, page.file, line),
    )


def _directive(trouble: Trouble, page: _Page) -> Finding:
    line, _ = trouble.context_at or trouble.problem_at
    return _fault(
        page.span(line, 0),
        say("lines that begin with %, and lines after “...”, do not belong in a definition"),
        None,
        say("remove the line"),
        code="QT006",
    )


#: What the parser's words contain → how it is told; the first that fits.
_KINDS: Sequence[tuple[str, Callable[[Trouble, _Page], Finding]]] = (
    ("block scalar", _paragraph),
    ("escape", _escape),
    ("quoted scalar", _open_quote),
    ("flow sequence", _open_bracket),
    ("flow mapping", _open_bracket),
    ("cannot start any token", _bad_sign),
    ("mapping values are not allowed", _second_colon),
    ("simple key", _no_colon),
    ("expected key", _no_key),
    ("'-' indicator", _mixed),
    ("node content", _bad_sign),
    ("anchor", _marked),
    ("alias", _marked),
    ("tag", _marked),
    ("directive", _directive),
    ("document start", _directive),
    ("", _indentation),
)

"""Findings as people read them: the place, an excerpt with a caret under the words, and what to do."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wcwidth import wcswidth

from procedures.finding import Finding, Severity, Span
from procedures.machines import as_json, github, junit, sarif
from procedures.pages import Pages, Sources
from procedures.text import to_ascii
from procedures.words import Lang, Words, say

__all__ = ["Sources", "as_json", "concise", "full", "github", "junit", "sarif", "summary"]

LEVELS: Mapping[Severity, Words] = {
    Severity.ERROR: say("error"),
    Severity.WARNING: say("warning"),
    Severity.HINT: say("hint"),
}
_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.HINT: "1;36"}
_QUIET = "1;34"
#: Longer lines are shown as a window around the caret.
_WIDEST = 160
_BEFORE_CARET = 60
#: What a terminal would obey, or not show at all, is shown as this.
_UNSHOWN = "�"
_OBEYED: dict[int, str] = dict.fromkeys(
    (
        *range(0x20),
        *range(0x7F, 0xA0),
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x2028, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xD800, 0xE000),
        0xFEFF,
    ),
    _UNSHOWN,
)
_OBEYED |= {ord("\t"): "    ", ord("\n"): " "}


@dataclass(frozen=True, slots=True)
class _Style:
    """How findings are put on a screen."""

    lang: Lang
    color: bool = False
    ascii_only: bool = False

    def shown(self, text: str) -> str:
        """Return a text that no terminal obeys."""
        safe = text.translate(_OBEYED)
        return to_ascii(safe) if self.ascii_only else safe

    def tell(self, words: Words) -> str:
        return self.shown(words.into(self.lang))

    def paint(self, text: str, color: str) -> str:
        return f"\x1b[{color}m{text}\x1b[0m" if self.color else text


def full(
    findings: Iterable[Finding], sources: Sources, lang: Lang, *, color: bool = False, ascii_only: bool = False
) -> str:
    """Return every finding with its place, an excerpt with a caret, and what to do; blank lines between.

    `sources` are the texts of the files by the names that findings carry; without one there is no excerpt.
    """
    style, pages = _Style(lang, color, ascii_only), Pages(sources)
    return "\n\n".join("\n".join(_anatomy(finding, pages, style)) for finding in findings)


def concise(findings: Iterable[Finding], lang: Lang, *, ascii_only: bool = False) -> str:
    """Return one line a finding: `file:line:column: level code message`."""
    style = _Style(lang, ascii_only=ascii_only)
    return "\n".join(
        f"{style.shown(_place(f.span))}: {style.tell(LEVELS[f.severity])} {f.code} {style.tell(f.message)}"
        for f in findings
    )


def summary(findings: Sequence[Finding], lang: Lang, files: int, *, ascii_only: bool = False) -> str:
    """Return the closing line: what was looked at, how many of each weight, and how many can be mended by machine."""
    style = _Style(lang, ascii_only=ascii_only)
    names = {finding.span.file for finding in findings}
    where = style.shown(names.pop()) if files == 1 and len(names) == 1 else style.tell(_files(files))
    counted = Counter(finding.severity for finding in findings)
    counts = [style.tell(_counted(severity, counted[severity])) for severity in Severity if counted[severity]]
    said = f"{where}: {', '.join(counts) or style.tell(say('no findings'))}"
    fixable = sum(finding.fixable for finding in findings)
    if not fixable:
        return said
    return f"{said}; {style.tell(say('{count} marked [*] can be mended by:  quytrinh check --fix', count=fixable))}"


def _files(count: int) -> Words:
    return say("1 file") if count == 1 else say("{count} files", count=count)


def _counted(severity: Severity, count: int) -> Words:
    match severity:
        case Severity.ERROR:
            return say("1 error") if count == 1 else say("{count} errors", count=count)
        case Severity.WARNING:
            return say("1 warning") if count == 1 else say("{count} warnings", count=count)
        case Severity.HINT:
            return say("1 hint") if count == 1 else say("{count} hints", count=count)


def _anatomy(finding: Finding, pages: Pages, style: _Style) -> Iterator[str]:
    besides = [related for related in finding.related if not _told(finding, related.span.line)]
    shown = [span.line for span in (finding.span, *(one.span for one in besides)) if pages.has(span)]
    width = max((len(str(line)) for line in shown), default=1)
    width = max(width, 2)
    bar = style.paint("|", _QUIET)
    mark = " [*]" if finding.fixable else ""
    level = style.paint(f"{style.tell(LEVELS[finding.severity])}[{finding.code}]{mark}", _COLORS[finding.severity])
    yield f"{level}: {style.tell(finding.message)}"
    yield f"{'':{width}}{style.paint('-->', _QUIET)} {style.shown(_place(finding.span))}"
    yield from _excerpt(finding.span, finding.label, pages, style, width, "^")
    for related in besides:
        yield f"{'':{width}}{style.paint(':::', _QUIET)} {style.shown(_place(related.span))}"
        if pages.has(related.span):
            yield from _excerpt(related.span, related.label, pages, style, width, "-")
        else:
            yield f"{'':{width}} {bar} {style.tell(related.label)}"
    sign = style.paint("=", _QUIET)
    for note in finding.notes:
        yield f"{'':{width}} {sign} {style.tell(note)}"
    if finding.help is not None:
        yield f"{'':{width}} {sign} {style.tell(say('help'))}: {style.tell(finding.help)}"


def _told(finding: Finding, line: int) -> bool:
    """Tell whether the help or a note names the line already."""
    sentences = [words for words in (finding.help, *finding.notes) if words is not None]
    return any(value == line for words in sentences for value in words.values.values())


def _excerpt(span: Span, label: Words | None, pages: Pages, style: _Style, width: int, sign: str) -> Iterator[str]:
    if not pages.has(span):
        return
    bar = style.paint("|", _QUIET)
    line = pages.line(span.file, span.line)
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    start = min(span.column - 1, len(line))
    cut = max(start - _BEFORE_CARET, 0) if len(line) > _WIDEST else 0
    dots = style.shown("…") if cut else ""
    yield f"{'':{width}} {bar}"
    if sign == "^" and span.line > 1:
        above = style.shown(pages.line(span.file, span.line - 1)[cut : cut + _WIDEST])
        yield f"{span.line - 1:>{width}} {bar} {'':{len(dots)}}{above}".rstrip()
    more = style.shown("…") if len(line) > cut + _WIDEST else ""
    yield f"{span.line:>{width}} {bar} {dots}{style.shown(line[cut : cut + _WIDEST])}{more}".rstrip()
    before = _width(dots + style.shown(line[cut:start]))
    carets = sign * max(_width(style.shown(line[start : min(end, cut + _WIDEST)])), 1)
    said = f" {style.tell(label)}" if label else ""
    yield f"{'':{width}} {bar} {'':{before}}{style.paint(carets, _QUIET if sign == '-' else '1;31')}{said}"


def _place(span: Span) -> str:
    return f"{span.file}:{span.line}:{span.column}"


def _width(text: str) -> int:
    width = wcswidth(text)
    return width if width >= 0 else len(text)

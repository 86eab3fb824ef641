"""Changes of law: which procedures a document touches, and by when they must follow it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from engine.case import Case
from engine.store import Reader
from procedures.calendar.durations import month_later
from procedures.documents import Document, named_in
from procedures.release import Release
from procedures.words import Words, say
from quality import questions
from quality.fields import listed
from quality.house_rules import rule

CHANGE = "QT-HT-33"
DOCUMENT, BEFORE, KIND, EFFECT = "văn bản", "thay cho", "loại thay đổi", "ngày hiệu lực"
AFFECTED, BY, DONE = "quy trình bị ảnh hưởng", "hạn cập nhật", "kết quả cập nhật"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of law on record, and until when the procedures it touches must follow."""

    id: str
    document: str
    replaces: str
    effect: date | None
    affected: tuple[str, ...]
    by: date | None
    stage: str
    result: str
    opened: datetime

    @property
    def open(self) -> bool:
        """Tell whether it is still being taken in."""
        return not self.result

    def late(self, on: date) -> bool:
        """Tell whether the procedures it touches ought to follow by now."""
        return self.open and self.by is not None and on > self.by


def affected(releases: Sequence[Release], documents: Sequence[str]) -> list[Release]:
    """Return the procedures that name one of these documents among their grounds."""
    wanted = {document.casefold() for document in documents if document}
    return [one for one in releases if wanted & {name.casefold() for name in _grounds(one)}]


def until(effect: date) -> date:
    """Return by when what a document touches must follow it."""
    return month_later(effect, rule("law_months").value)


def changes(reader: Reader) -> list[Change]:
    """Return the changes of law on record, in the order they were opened."""
    entered = questions.entered(reader, CHANGE)
    return [_told(case, entered.get(case.id, {})) for case in reader.cases(procedure=CHANGE)]


def unseen(register: Sequence[Document], releases: Sequence[Release], known: Sequence[Change], on: date) -> list[Words]:
    """Return a sentence for each document that has ceased while procedures still name it and no case follows."""
    followed = {name.casefold() for one in known for name in (one.document, one.replaces)}
    found = []
    for document in register:
        if document.ceased is None or document.ceased > on or document.number.casefold() in followed:
            continue
        touched = affected(releases, [document.number])
        if touched:
            found.append(
                say(
                    "{document} is out of force since {day} and {codes} still name it; to follow by {by}",
                    document=document.number,
                    day=document.ceased,
                    codes=", ".join(one.code for one in touched),
                    by=until(document.ceased),
                )
            )
    return found


def _grounds(one: Release) -> tuple[str, ...]:
    told = (*one.procedure.references, one.procedure.source or "")
    return tuple(name for ground in told for name in named_in(ground))


def _told(case: Case, values: Mapping[str, str]) -> Change:
    return Change(
        id=case.id,
        document=values.get(DOCUMENT, ""),
        replaces=values.get(BEFORE, ""),
        effect=_day(values.get(EFFECT)),
        affected=listed(values.get(AFFECTED, "").replace(",", ";")),
        by=_day(values.get(BY)),
        stage=", ".join(item.step for item in case.live_items),
        result=case.result or "",
        opened=case.opened_at,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

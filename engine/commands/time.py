"""Commands that stop, move or close the time of a case: supplements, extensions, opinions, parts of steps."""

from engine.commands.base import OnCase
from engine.texts import Text


class RequestSupplement(OnCase):
    """Ask the applicant for what the dossier lacks, once and completely, with the reason."""

    item: int
    lacking: tuple[Text, ...]
    reason: Text


class AnswerSupplement(OnCase):
    """Record what came in answer to a request: everything (`full`), or not yet all of it."""

    full: bool
    note: Text | None = None


class LapseSupplement(OnCase):
    """Close a case whose supplement has not come in its declared time."""

    supplement: int


class RequestExtension(OnCase):
    """Ask for a longer limit, with the reason and the apology to whoever waits.

    `by` is a length of time as people write it. `beyond` asks knowingly for more than the procedure allows: it can be
    granted, and is then a breach on record.
    """

    by: str
    reason: Text
    apology: Text
    beyond: bool = False


class DecideExtension(OnCase):
    """Grant a request for extension, or refuse it with a reason."""

    extension: int
    grant: bool
    reason: Text | None = None


class AskOpinion(OnCase):
    """Ask a unit or a person for an opinion, without moving the case.

    `of` is the name of a unit or an account; `within` a length of time as people write it, None for the declared one.
    With `waits` the item is not finished before the opinion comes or its time is over.
    """

    item: int
    of: str
    question: Text
    within: str | None = None
    waits: bool = False


class GiveOpinion(OnCase):
    """Give the opinion that was asked for; late it is recorded as late."""

    consultation: int
    opinion: Text


class LapseConsultation(OnCase):
    """Record that an opinion has not come in time, and go on without it."""

    consultation: int


class FinishPart(OnCase):
    """Mark a part of a step that has a limit of its own as done."""

    item: int
    part: str

"""Opening a case and finishing its first step in one command, where a plan already says what the step collects."""

from collections.abc import Iterable, Mapping
from uuid import uuid4

from cli.commands.cases import answer, carry_out
from cli.desk import Desk
from cli.exits import Exit
from procedures.words import Words, say


def open_with(desk: Desk, procedure: str, title: Words, values: Mapping[str, str], outcome: str | None = None) -> None:
    """Open a case, finish its first step with these values (empty ones are left out), and show it."""
    from engine.commands import FinishWork, OpenCase
    from engine.salts import fresh_salt

    said, actor = desk.text(title), desk.actor()
    opening = OpenCase(id=str(uuid4()), actor=actor, procedure=procedure, title=said, salt=fresh_salt(), again=said)
    opened = carry_out(desk, opening)
    done = FinishWork(
        id=str(uuid4()),
        actor=actor,
        case=opened.case,
        item=1,
        outcome=outcome,
        fields={name: text for name, text in values.items() if text},
        salt=fresh_salt(),
    )
    answer(desk, carry_out(desk, done))


def stop_at(desk: Desk, objections: Iterable[Words]) -> None:
    """End the command when anything stands against it: the first objection is its sentence, all are told."""
    against = list(objections)
    if against:
        for words in against[1:]:
            desk.tell(words)
        desk.stop(say("refused: {sentence}", sentence=against[0]), Exit.REFUSED)

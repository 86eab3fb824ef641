"""A finding of an audit or an inspection becomes a nonconformity that keeps the link to where it was found."""

from dataclasses import dataclass
from datetime import datetime

from engine.handle import Done
from engine.refusal import Refusal
from engine.rules import Ground
from engine.salts import fresh_salt
from engine.store import Store
from quality import fields
from quality.nonconformity import by_hand, open_by_hand


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, by the rule (clause or content of inspection) that is not met; `case` is one that shows it."""

    found_in: str
    source: str
    rule: str
    text: str
    unit: str = ""
    procedure: str = ""
    case: str = ""

    @property
    def told(self) -> str:
        """What was found, with the unit in which it was."""
        return f"{self.unit}: {self.text}" if self.unit else self.text


def open_finding(
    finding: Finding, command: str, actor: str, *, store: Store, ground: Ground, now: datetime
) -> Done | Refusal:
    """Open the nonconformity of a finding, once for each command id."""
    evidence = fields.Evidence(
        source=finding.source,
        description=finding.told,
        procedure=finding.procedure,
        case="; ".join(filter(None, (finding.found_in, finding.case))),
        rule=finding.rule,
    )
    asked = by_hand(command, actor, f"{finding.rule} – {finding.told}"[:200], salt=fresh_salt())
    return open_by_hand(asked, evidence, store=store, ground=ground, now=now)

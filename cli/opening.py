"""Opening an agency's folder from the command line, with faults said to people."""

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from cli.exits import Exit, Stop
from procedures.words import say

if TYPE_CHECKING:
    from cli.desk import Desk
    from engine.agency import Agency


def opened(desk: "Desk") -> "Agency":
    """Open the agency's folder of a desk; stops with findings, or when there is none."""
    from engine.agency import SETTINGS, Unusable, open_agency

    if not (desk.root / SETTINGS).exists():
        desk.stop(
            say(
                "{folder} is not an agency's folder (no {file}); make one with: quytrinh init",
                folder=desk.root,
                file=SETTINGS,
            )
        )
    try:
        return open_agency(desk.root)
    except Unusable as fault:
        from cli.findings import put_findings

        put_findings(desk, fault.findings)
        raise Stop(say("the organisation or the calendar has faults; nothing was opened"), Exit.CONTENT) from fault
    except tomllib.TOMLDecodeError as fault:
        raise Stop(say("{file} cannot be read: {fault}", file=SETTINGS, fault=fault), Exit.CONTENT) from fault


def declared_language(folder: Path) -> str:
    """Return the language that the agency's settings declare; Vietnamese when they say nothing."""
    try:
        told = tomllib.loads((folder / "quytrinh.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "vi"
    return str(told.get("lang", "vi"))

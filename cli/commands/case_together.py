"""`quytrinh case …` of steps that several do together: who of them is absent."""

import typer

from cli.commands.case_people import Why
from cli.commands.cases import CaseId, CommandId, IfVersion, ItemNumber, give, group


def register(_app: typer.Typer) -> None:
    """Do nothing more: the commands hang on the group of cases already."""


@group.command()
def absent(
    context: typer.Context,
    case: CaseId,
    item: ItemNumber,
    reason: Why,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Ghi một người, một đơn vị được triệu tập là vắng; những người khác quyết định."""
    from engine.commands import RecordAbsence

    give(context, RecordAbsence, case, command_id, if_version, item=item or 0, reason=reason)

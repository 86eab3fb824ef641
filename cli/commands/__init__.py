"""One module a group of commands; each imports what is heavy only when its command runs."""

import typer

from cli.commands import (
    accounts,
    audit,
    authoring,
    calendar,
    case_people,
    case_records,
    case_time,
    case_together,
    cases,
    clock,
    database,
    demo,
    errands,
    evidence,
    files,
    inspection,
    internal_audit,
    keeping,
    nonconformities,
    one_stop,
    people,
    programme,
    publishing,
    quality,
    registers,
    reporting,
    retention,
    reviews,
    saving,
    serving,
    system,
    tokens,
    versions,
    work,
)

#: In the order of help, one a line.
GROUPS = (
    authoring,
    publishing,
    versions,
    cases,
    case_time,
    files,
    case_people,
    case_records,
    case_together,
    people,
    one_stop,
    work,
    errands,
    quality,
    nonconformities,
    reviews,
    internal_audit,
    inspection,
    system,
    registers,
    programme,
    reporting,
    clock,
    calendar,
    retention,
    accounts,
    tokens,
    serving,
    audit,
    evidence,
    saving,
    database,
    keeping,
    demo,
)


def register(app: typer.Typer) -> None:
    """Hang every command on the root."""
    for module in GROUPS:
        module.register(app)

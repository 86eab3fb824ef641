"""One module a group of commands; each imports what is heavy only when its command runs."""

import typer

from cli.commands import accounts, authoring, calendar, cases, clock, demo, keeping, publishing, quality, versions, work


def register(app: typer.Typer) -> None:
    """Hang every command on the root."""
    for module in (authoring, publishing, versions, cases, work, quality, clock, calendar, accounts, keeping, demo):
        module.register(app)

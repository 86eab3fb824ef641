"""The HTTP API: what the pages and the command line do, for programs, by the same rules."""

from web.api.routes import PREFIX, failed, open_to_programs

__all__ = ["PREFIX", "failed", "open_to_programs"]

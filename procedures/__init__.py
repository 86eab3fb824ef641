"""What a procedure is: language, model, net, calendar, organisation, checks and the shelf of issued versions."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from procedures.python import (
        back_to,
        dong,
        end,
        field,
        first_of,
        fork,
        otherwise,
        procedure,
        sample,
        step,
        today,
        trieu,
        ty,
        when,
        working_days,
    )

#: What a definition in Python is written with; loaded when it is asked for.
__all__ = [
    "back_to",
    "dong",
    "end",
    "field",
    "first_of",
    "fork",
    "otherwise",
    "procedure",
    "sample",
    "step",
    "today",
    "trieu",
    "ty",
    "when",
    "working_days",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(name)
        from procedures import python

        return getattr(python, name)

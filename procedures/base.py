"""The common ground of every part of a procedure: frozen, strict, no unknown keys."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """An immutable value that reads and writes JSON and refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

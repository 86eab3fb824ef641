"""Commands about the files of a case."""

from pydantic import Field

from engine.commands.base import OnCase

#: Under this name the name of a file is kept among the entered values, because it may tell of people.
NAME = "tên tệp"


class AttachFile(OnCase):
    """Attach a file to a piece of open work.

    `fields` has its name under `NAME`; `digest` is the SHA-256 of its content, `size` its bytes, `type` its media type.
    """

    item: int
    digest: str = Field(pattern="^[0-9a-f]{64}$")
    size: int = Field(ge=0)
    type: str
    fields: dict[str, str]
    salt: str = ""

"""Commands about the files of a case."""

from pydantic import Field

from engine.commands.base import OnCase

#: Under this name the name of a file is kept among the entered values, because it may tell of people.
NAME = "tên tệp"
#: What a file is called that is none of the forms and results that its step declares.
OTHER = "khác"


class AttachFile(OnCase):
    """Attach a file to a piece of open work.

    `fields` has its name under `NAME`; `digest` is the SHA-256 of its content, `size` its bytes, `type` its media type.
    `form` is what it is of the papers that the step declares: a form by its code, or a result; `OTHER` is none of them.
    Where nothing is said it is the only one there is, and none where there are several.
    """

    item: int
    form: str | None = None
    digest: str = Field(pattern="^[0-9a-f]{64}$")
    size: int = Field(ge=0)
    type: str
    fields: dict[str, str]

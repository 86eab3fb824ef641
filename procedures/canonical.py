"""The one canonical text of a procedure, and the hash that names its content."""

import hashlib
import json
import unicodedata
from datetime import date
from decimal import Decimal
from enum import Enum

from procedures.base import Model
from procedures.model import Procedure


def canonical_json(procedure: Procedure) -> str:
    """Return the procedure as JSON: keys sorted, no spaces, NFC; what only repeats a default of the model is left out.

    Leaving defaults out keeps the hash of an issued procedure when the model learns something new.
    """
    return json.dumps(plain(procedure), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(procedure: Procedure) -> str:
    """Return "sha256:" and the hash of the canonical text in UTF-8."""
    return text_hash(canonical_json(procedure))


def text_hash(text: str) -> str:
    """Return "sha256:" and the hash of any text in UTF-8."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def from_canonical(text: str) -> Procedure:
    """Return the procedure of a canonical text; raises pydantic.ValidationError when the text is no procedure."""
    return Procedure.model_validate_json(text)


def plain(value: object) -> object:
    """Return a model part as JSON data; amounts and dates become text."""
    if isinstance(value, Model):
        parts = {name: (getattr(value, name), field.default) for name, field in type(value).model_fields.items()}
        return {name: plain(part) for name, (part, default) in parts.items() if name == "type" or part != default}
    if isinstance(value, (tuple, list)):
        return [plain(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value

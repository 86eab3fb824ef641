"""Fields that hold several: entered row by row, one row more by a button, put together into one text that is kept."""

from collections import Counter
from collections.abc import Mapping

from procedures.model import LIST, FieldSpec, FieldType, entries_of
from procedures.words import say
from web.forms import Form, Input
from web.visit import Visit

#: The button that adds a row; it carries the name of the list.
MORE = "them"
Fields = Mapping[str, tuple[str, ...]]


def filled_in(form: Form, prefix: str) -> dict[str, str]:
    """Return what was filled in under names that begin so, by the rest of the name; rows come in one text."""
    named = {name.removeprefix(prefix): form.all(name) for name in form.fields if name.startswith(prefix)}
    return {name: LIST.join(filter(None, texts)) for name, texts in named.items() if any(texts)}


def with_one_more(fields: Fields, name: str) -> Fields:
    """Return the fields of a form with one empty row more at the end of a list."""
    return {**fields, name: (*fields[name], "")} if name in fields else fields


def asked(visit: Visit, name: str, spec: FieldSpec, entered: str | None, form: Form, fault: str) -> Input:
    """Return a list as rows: what was typed, else what was entered, and an empty one at the end."""
    known = _known(visit, spec)
    rows = form.all(name) if name in form.fields else tuple(known.get(one, one) for one in entries_of(entered or ""))
    return Input(
        name,
        capital(spec.name),
        "rows",
        required=spec.required,
        choices=tuple((one, one) for one in known.values()),
        hint=visit.text(say("One in each row; an empty row is left out.")),
        fault=fault,
        chosen=rows if rows and not rows[-1] else (*rows, ""),
    )


def capital(text: str) -> str:
    """Return a text with a capital letter in front."""
    return text[:1].upper() + text[1:]


def _known(visit: Visit, spec: FieldSpec) -> dict[str, str]:
    """Return what may stand in a row, by what is kept: people by name, by account where two have one name."""
    organisation = visit.agency.organisation
    if spec.type is not FieldType.PEOPLE:
        return {unit.name: unit.name for unit in organisation.units}
    count = Counter(one.name for one in organisation.people)
    return {one.id: one.name if count[one.name] == 1 else one.id for one in organisation.people}

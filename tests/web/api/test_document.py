"""The OpenAPI document: valid, in both languages, and whole."""

import json

import pytest
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for

from engine.agency import Agency
from procedures.words import Lang
from tests.web.api.programs import V1, Program
from web.api.routes import ACTS, READS, document


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_everything_is_described_in_its_language(lang: Lang) -> None:
    told = document(lang)
    other = json.dumps(document("en" if lang == "vi" else "vi"))
    operations = [operation for path in told["paths"].values() for operation in path.values()]  # type: ignore[attr-defined]
    assert len(operations) == len(READS) + len(ACTS)
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    for operation in operations:
        assert json.dumps(operation["summary"]) not in other
        assert all(one["description"] for one in operation.get("parameters", ())), operation["operationId"]
        assert all(one["description"] for one in operation["responses"].values())
        assert operation["security"] == [{"token": []}]


def test_every_schema_is_a_schema_and_every_reference_leads_somewhere() -> None:
    told = document("vi")
    schemas = told["components"]["schemas"]  # type: ignore[index]
    assert validator_for({}, Draft202012Validator) is Draft202012Validator
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    named = set(json.dumps(told).split('"#/components/schemas/')[1:])
    assert {one.partition('"')[0] for one in named} <= set(schemas)


def test_the_document_is_for_everybody_and_nothing_of_it_comes_from_elsewhere(agency: Agency) -> None:
    answer = Program(agency, "an").client.get(f"{V1}/openapi.json?lang=en")
    assert answer.status_code == 200
    assert answer.json() == json.loads(json.dumps(document("en")))
    assert "http://" not in answer.text
    assert "https://" not in answer.text

"""Whatever a column holds, the server reads from a packed array what was put into it."""

import psycopg
import pytest

from engine.stores.arrays import Packed, PackedDumper, kind_of
from engine.stores.tables import CASE, EVENT, ITEM
from tests.postgres import server

SAID = ["", "a", 'nháy "kép"', "gạch \\ chéo", "{ngoặc, phẩy}", "NULL", None, "Nguyễn Văn Ân", "xuống\ndòng", "'"]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (CASE.c.title, SAID),
        (EVENT.c.seq, [0, -1, 2**31 - 1, -(2**31), None]),
        (CASE.c.due, [0, -1, 2**63 - 1, -(2**63), None]),
        (ITEM.c.live, [True, False, None]),
        (CASE.c.state, [b"", b"\x00\\x41", bytes(range(256)), None]),
        (EVENT.c.command, [b"\xff" * 16, None]),
    ],
    ids=["text", "integer", "bigint", "boolean", "bytes", "packed"],
)
def test_a_column_comes_back_as_it_was(column: object, values: list[object]) -> None:
    kind = kind_of(column.table, column.name)  # type: ignore[attr-defined]
    with psycopg.connect(server().url("postgres")) as connection:
        connection.adapters.register_dumper(Packed, PackedDumper)
        asked = f"SELECT unnest(%s::{kind.name}[])"
        found = connection.execute(asked, [kind.packed(values)], binary=True).fetchall()  # type: ignore[arg-type]
    assert [value for (value,) in found] == values


def test_an_empty_column_is_an_array_of_nothing() -> None:
    with psycopg.connect(server().url("postgres")) as connection:
        connection.adapters.register_dumper(Packed, PackedDumper)
        found = connection.execute("SELECT cardinality(%s::text[])", [kind_of(CASE, "id").packed([])]).fetchone()
    assert found == (0,)

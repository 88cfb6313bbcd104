"""The declared columns: what each table's descriptor and dictionary are made of."""

from __future__ import annotations

import pytest

from snhr_kg.exports import tidy_columns
from snhr_kg.exports.tidy_columns import CODE_TABLES, Sheet, code_sheet
from snhr_kg.exports.tidy_observation import OBSERVATIONS

SHEETS = [value for value in vars(tidy_columns).values() if isinstance(value, Sheet)]
SHEETS += [OBSERVATIONS] + [code_sheet(name) for name in CODE_TABLES]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_table_has_distinct_columns_that_say_what_they_hold(sheet):
    names = [column.name for column in sheet.columns]
    assert len(names) == len(set(names))
    assert not sheet.key or sheet.key in names
    for column in sheet.columns:
        assert column.description
        assert column.type in ("string", "integer", "number", "boolean", "date")
        assert not column.table or column.table in {other.name for other in SHEETS}

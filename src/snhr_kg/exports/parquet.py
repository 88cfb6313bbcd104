"""The tables as Parquet files, typed, with lists where a column holds several values (needs the extra ``parquet``)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from snhr_kg.errors import ContentMissing
from snhr_kg.exports.datapackage import accompanying
from snhr_kg.exports.tidy import Table, read_tidy
from snhr_kg.exports.tidy_columns import Column
from snhr_kg.exports.tidy_files import refuse_foreign, write_folder
from snhr_kg.store import Store


def write_parquet(store: Store, out: Path) -> Mapping[str, int]:
    """Write the tables of a graph into the folder `out` as Parquet; the rows of each table by its file's name.

    Text is string, dates are date32, whole numbers int64, other numbers float64; what each column means stands in its
    field's metadata and in README.md. Raises `ContentMissing` without the extra ``parquet``, and `GraphError` where
    `out` holds something else.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ContentMissing("Parquet needs the extra parquet; install it: pip install 'snhr-kg[parquet]'") from error
    refuse_foreign(out)
    tidy = read_tidy(store)
    files = accompanying(tidy, "parquet")
    for table in tidy.tables:
        written = io.BytesIO()
        pyarrow.parquet.write_table(_arrow(pyarrow, table), written, compression="zstd")
        files[f"{table.sheet.name}.parquet"] = written.getvalue()
    write_folder(files, out)
    return {f"{table.sheet.name}.parquet": len(table.rows) for table in tidy.tables}


def _arrow(pyarrow: Any, table: Table) -> Any:
    columns = table.sheet.columns
    schema = pyarrow.schema([_field(pyarrow, column) for column in columns], {"title": table.sheet.title})
    cells = {
        column.name: [row.get(column.name) or ([] if column.many else row.get(column.name)) for row in table.rows]
        for column in columns
    }
    return pyarrow.table(cells, schema=schema)


def _field(pyarrow: Any, column: Column) -> Any:
    plain = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }[column.type]
    kind = pyarrow.list_(plain) if column.many else plain
    return pyarrow.field(column.name, kind, nullable=not column.required, metadata={"description": column.description})

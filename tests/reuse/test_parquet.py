"""The tables as Parquet, read back by two readers."""

from __future__ import annotations

import json
import subprocess
import sys

import pandas
import pytest

from needs import need
from snhr_kg import content
from snhr_kg.exports.parquet import write_parquet

need.package("pyarrow", "Parquet files")


@pytest.fixture(scope="module")
def folder(store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("parquet") / "tables"
    write_parquet(store, folder)
    return folder


def test_every_table_has_the_rows_of_the_csv(folder, tables):
    import pyarrow.parquet

    for name, rows in tables.items():
        assert pyarrow.parquet.read_metadata(folder / f"{name}.parquet").num_rows == len(rows), name


def test_columns_have_types_lists_and_descriptions(folder):
    import pyarrow

    schema = pyarrow.parquet.read_schema(folder / "observations.parquet")
    assert schema.field("value").type == pyarrow.float64()
    assert schema.field("period_begin").type == pyarrow.date32()
    assert schema.field("counts_once").type == pyarrow.bool_()
    assert schema.field("part_of").type == pyarrow.list_(pyarrow.string())
    assert schema.field("position_start").type == pyarrow.int64()
    assert b"First day of the period" in schema.field("period_begin").metadata[b"description"]


def test_pandas_reads_values_dates_lists_and_arabic(folder):
    frame = pandas.read_parquet(folder / "observations.parquet").set_index("id")
    row = frame.loc["report/2020-03-15/figure/torture-deaths-sdf"]
    assert (row["value"], row["lower_bound"]) == (50.0, 50.0)
    assert pandas.isna(row["upper_bound"])
    assert row["period_end"].isoformat() == "2020-03-31"
    assert list(row["part_of"]) == ["report/2020-03-15/figure/torture-deaths"]
    assert row["perpetrator_ar"] == "قوات سوريا الديمقراطية"


def test_the_sum_that_is_right_is_one_line_of_pandas(folder):
    frame = pandas.read_parquet(folder / "observations.parquet")
    cluster = frame.query("citation_key == 'snhr-2020-03-15' and violation_type == 'use-of-cluster-munitions'")
    assert cluster.query("counts_once and indicator == 'attacks'")["value"].sum() == 492


def test_a_second_export_has_the_same_bytes(folder, store, tmp_path):
    write_parquet(store, tmp_path / "again")
    for path in folder.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name


def test_without_the_extra_the_error_names_it(tmp_path):
    program = f"""
import sys
sys.modules["pyarrow"] = None
sys.argv[1:] = ["export", "--format", "parquet", "--output", {json.dumps(str(tmp_path / "x"))},
                "--graph", {json.dumps(str(content.graph_folder()))}]
from snhr_kg.cli import main
main()
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 2
    assert "pip install 'snhr-kg[parquet]'" in ran.stderr
    assert not (tmp_path / "x").exists()

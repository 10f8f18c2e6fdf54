"""The data dictionary describes the schema that is really there."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from data.store import open_store


@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    with open_store(tmp_path_factory.mktemp("dictionary") / "d.duckdb") as store:
        return store.rows(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal"
        )


@pytest.fixture(scope="module")
def dictionary():
    with (files("data.dictionary") / "columns.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_column_is_described_and_every_description_has_a_column(schema, dictionary):
    assert sorted((row["table"], row["column"], row["type"]) for row in dictionary) == sorted(schema)


def test_every_description_says_something_and_amounts_have_a_unit(dictionary):
    assert all(row["meaning"] for row in dictionary)
    assert all(row["unit"] for row in dictionary if row["column"].endswith("_cny"))


def test_the_store_has_no_secondary_index(tmp_path):
    with open_store(tmp_path / "i.duckdb") as store:
        assert store.rows("SELECT * FROM duckdb_indexes()") == []
        assert store.rows("SELECT * FROM duckdb_constraints() WHERE constraint_type IN ('PRIMARY KEY', 'UNIQUE')") == []

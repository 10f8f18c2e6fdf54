"""The commands on how segments are judged."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from commands.app import app
from data.store import open_store
from services.judging import WrongJudging
from tests.chains.tiny import tiny_chain
from tests.services.conftest import fill


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "tiny.duckdb"
    with open_store(path) as store:
        fill(store, tiny_chain())
    return str(path)


def run(*words: str) -> str:
    result = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_place_s_judging_is_shown_changed_and_reset(database):
    assert json.loads(run("judging", "--db", database, "--json"))["benchmark"] == "nation"
    run("judging", "--db", database, "benchmark=province", "strong_low=1.3")
    changed = json.loads(run("judging", "--db", database, "--json"))
    assert (changed["benchmark"], changed["strong_low"], changed["weak_high"]) == ("province", 1.3, 0.8)
    assert "基准（benchmark）：nation" in run("judging", "--db", database, "--reset")


def test_a_value_that_is_no_number_is_refused_by_name(database):
    with pytest.raises(WrongJudging, match="strong_low 应是 1 到 10 之间的数，给的是“高”"):
        run("judging", "--db", database, "strong_low=高")


def test_a_word_without_a_value_is_a_usage_error(database):
    result = CliRunner().invoke(app, ["judging", "--db", database, "benchmark"])
    assert result.exit_code == 2

"""The commands that look ahead."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from typer.testing import CliRunner

from commands.app import app
from data.store import open_store
from services.catalogue import EmptyCatalogue
from services.catalogue_draft import add_items
from services.scenario import UnknownInScenario
from services.visits import NothingToVisit
from tests.chains.tiny import tiny_chain
from tests.services.conftest import fill


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "tiny.duckdb"
    with open_store(path) as store:
        fill(store, tiny_chain())
    return path


@pytest.fixture
def run(database, monkeypatch):
    """Runs a command on the chain worked by hand; returns what it prints."""
    chain = tiny_chain()
    for module in ("commands.whatif", "commands.conclusions"):
        monkeypatch.setattr(f"{module}.find_chain", lambda _store, _text: chain)
        monkeypatch.setattr(f"{module}.in_use", lambda _store: (chain,))

    def invoke(command: str, *words: str, code: int = 0) -> str:
        asked = [command, "--chain", "tiny", "--db", str(database), *words]
        result = CliRunner().invoke(app, asked, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result.output

    return invoke


def test_whatif_tells_before_and_after(run):
    found = json.loads(run("whatif", "--land", "420300-1", "--start", "p1", "--json"))
    assert (found["before"]["completeness"], found["after"]["completeness"]) == (0.5, 1.0)
    assert found["told"].startswith("如果落地 1 家企业、开工 1 个项目，1 个环节的判定改变（part由缺失变一般）")
    part, press, powder = found["segments"]
    assert (part["segment_id"], part["label_before"], part["label_after"]) == ("part", "missing", "fair")
    assert (press["effective_before"], press["effective_after"]) == (0, 1)
    assert not powder["changed"]
    assert [firm["firm_id"] for firm in found["landed"]] == ["420300-1"]


def test_whatif_shows_pairs_to_people_and_names_what_changes_nothing(run):
    shown = run("whatif", "--land", "420300-1", "--land", "370100-2")
    assert "缺失 →" in shown
    assert "注意：370100第2厂已在本地" in shown
    assert "应有家数、对照基准和关联密度按现状不变" in shown


def test_whatif_without_anything_asked_is_a_usage_error(run):
    assert "请给出要推演的内容" in run("whatif", code=2)


def test_whatif_of_an_unknown_firm_names_it(run):
    with pytest.raises(UnknownInScenario, match="没有编号为 nobody 的企业"):
        run("whatif", "--land", "nobody")


def test_whatif_lands_the_catalogue_each_firm_in_its_segment(run, database):
    with pytest.raises(EmptyCatalogue):
        run("whatif", "--from-catalogue")
    with open_store(database) as store:
        at = datetime(2026, 1, 2, 8, 0)
        add_items(store, tiny_chain(), "370100", [("part", "420100-1")], actor="t", at=at)
    found = json.loads(run("whatif", "--from-catalogue", "--json"))
    assert [(firm["firm_id"], firm["segment_id"]) for firm in found["landed"]] == [("420100-1", "part")]


def test_visits_are_told_with_their_distance_from_the_best(run):
    found = json.loads(run("visits", "--visits", "2", "--cities", "1", "--json"))
    assert len(found["visits"]) == 2
    assert len({visit["city"] for visit in found["visits"]}) == 1
    assert found["greedy"] <= found["value"] <= found["bound"] <= found["total_priority"]
    assert found["missed"] == pytest.approx(1 - found["value"] / found["bound"], abs=1e-5)
    assert "距最优不超过" in run("visits", "--visits", "2")


def test_visits_where_there_is_no_gap_say_so(run, database):
    with open_store(database) as store, store.write() as cursor:
        cursor.execute("UPDATE city_segment SET n_makers = 0 WHERE segment_id = 'part'")
    with pytest.raises(NothingToVisit, match="没有薄弱或缺失的环节"):
        run("visits", "--visits", "2")


def test_coverage_is_told_by_number_priority_and_money(run):
    whole, upstream, _ = json.loads(run("coverage", "--layer", "协议额", "--json"))
    # the one gap, part, has no project; the signed project stands in press and has no amount
    assert (whole["n_gaps"], whole["nominal_share"], whole["nominal_priority_share"]) == (1, 0.0, 0.0)
    assert (whole["money_layer"], whole["n_signed"], whole["n_without_amount"]) == ("协议额", 1, 1)
    assert whole["signed_cny"] is None
    assert whole["over_served"] == upstream["over_served"] == []
    assert "签约资金（各种口径从不相加）" in run("coverage")


def test_a_layer_of_money_that_does_not_exist_is_a_usage_error(run):
    run("coverage", "--layer", "总额", code=2)

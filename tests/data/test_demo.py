"""The fictional demo district: plainly fictional, the same every time, and rich enough for every page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from analysis.labels import Label
from chains.load import load_chain
from data.demo import (
    DEMO_AS_OF,
    DEMO_BUILT_AT,
    DEMO_CHAINS,
    DEMO_HOME,
    DEMO_TITLE,
    NotDemo,
    StoreNotEmpty,
    build_demo,
    clear_demo,
)
from data.demo.places import HOME, counties, division_rows
from data.demo.plan import make_plans
from data.demo.vocabulary import Segment
from data.divisions import divisions
from data.identifiers import organisation_fault, uscc_fault
from data.imports import undo
from data.regions import resolve_region
from data.settings import home_adcode, is_demo
from data.store import Store, open_store
from services.matching import match_chains
from services.packages import demo_chains
from services.presence import chain_labels, load_cube, load_local
from services.projects import attached_projects
from services.review_queue import waiting_counts

TABLES = ("firm", "firm_record", "firm_tag", "relation", "project", "project_event", "project_money", "project_segment")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the demo district of all shipped chains, matched."""
    with open_store(tmp_path_factory.mktemp("demo") / "demo.duckdb") as store:
        build_demo(store, demo_chains())
        match_chains(store, demo_chains(), DEMO_BUILT_AT)
        yield store


def test_every_firm_and_project_is_marked_in_its_name(demo: Store):
    assert demo.rows("SELECT name FROM firm WHERE name NOT LIKE '%（演示）%'") == []
    assert demo.rows("SELECT name FROM project WHERE name NOT LIKE '%（演示）%'") == []


def test_the_country_holds_thousands_of_firms_and_the_home_county_hundreds(demo: Store):
    n_firms, n_home = demo.rows("SELECT count(*), count(*) FILTER (WHERE adcode = ?) FROM firm", [HOME])[0]
    assert 2_000 * len(demo_chains()) <= n_firms <= 4_500 * len(demo_chains())
    assert 0.04 <= n_home / n_firms <= 0.1


def test_codes_are_valid_and_their_divisions_are_no_real_ones(demo: Store):
    codes = [code for (code,) in demo.rows("SELECT uscc FROM firm")]
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if uscc_fault(code) or organisation_fault(code)] == []
    real = set(divisions()["adcode"]) | {code[:2] for code in divisions()["adcode"]}
    assert {code[2:8] for code in codes} & real == set()
    assert {code[2:4] for code in codes} & real == set()


def test_place_names_are_no_real_ones_but_for_the_home_county():
    names = {str(row["name"]) for row in division_rows()}
    assert names & set(divisions()["name"]) <= {"云溪区"}


def test_the_store_says_that_it_is_a_demo_and_where_home_is(demo: Store):
    assert is_demo(demo)
    assert home_adcode(demo) == DEMO_HOME
    assert resolve_region(demo, DEMO_HOME).full_name == "示范省示范市云溪区"
    assert demo.rows("SELECT DISTINCT s.title FROM import_batch b JOIN source s USING (source_id)") == [(DEMO_TITLE,)]


def rows_of(store: Store, table: str) -> pl.DataFrame:
    return store.query_polars(f"SELECT * FROM {table} ORDER BY ALL")  # noqa: S608 (a constant of this file)


def test_the_fictional_places_are_still_there_when_the_store_is_opened_again(tmp_path: Path):
    with open_store(tmp_path / "demo.duckdb") as store:
        build_demo(store, demo_chains()[:1])
    with open_store(tmp_path / "demo.duckdb") as store:
        assert resolve_region(store, DEMO_HOME).city_code == "990100"
        assert resolve_region(store, "370117").name == "钢城区"


@pytest.mark.parametrize("table", TABLES)
def test_every_row_names_its_batch(demo: Store, table: str):
    known = {batch for (batch,) in demo.rows("SELECT batch_id FROM import_batch")}
    rows = rows_of(demo, table)
    assert not rows.is_empty()
    assert table == "firm" or set(rows["batch_id"].drop_nulls()) <= known


def test_branches_are_found_by_their_names_and_lie_in_other_prefectures(demo: Store):
    away = demo.rows(
        "SELECT count(*), count(*) FILTER (WHERE b.city_code <> p.city_code), count(*) FILTER (WHERE b.adcode = ?) "
        "FROM relation r JOIN firm b ON b.firm_id = r.to_firm JOIN firm p ON p.firm_id = r.from_firm WHERE kind = 'branch'",
        [HOME],
    )[0]
    assert away[0] == away[1] >= 300
    assert away[2] >= 30


def test_taking_the_firms_back_leaves_the_projects(tmp_path: Path):
    with open_store(tmp_path / "demo.duckdb") as store:
        build_demo(store, demo_chains()[:1])
        undo(store, "demo-firms", actor="analyst")
        assert store.rows("SELECT (SELECT count(*) FROM firm), (SELECT count(*) FROM project)") == [(0, 104)]


def test_building_twice_gives_the_same_rows(demo: Store, tmp_path: Path):
    with open_store(tmp_path / "again.duckdb") as again:
        build_demo(again, demo_chains())
        for table in TABLES:
            assert rows_of(again, table).equals(rows_of(demo, table)), table


def test_a_store_with_firms_is_refused(demo: Store):
    with pytest.raises(StoreNotEmpty, match="换一个新的数据库文件"):
        build_demo(demo, demo_chains())


def test_about_a_hundred_projects_occur_in_every_stage(demo: Store):
    stages = Counter(
        stage for (stage,) in demo.rows("SELECT arg_max(stage, on_date) FROM project_event GROUP BY project_id")
    )
    assert 90 <= sum(stages.values()) <= 120
    assert set(stages) == {"negotiating", "signed", "started", "operating", "suspended", "terminated"}


def test_no_event_or_payment_lies_after_the_data_date(demo: Store):
    late = "SELECT project_id FROM {} WHERE on_date > ?"
    assert demo.rows(late.format("project_event"), [DEMO_AS_OF]) == []
    assert demo.rows(late.format("project_money"), [DEMO_AS_OF]) == []


def test_the_contract_is_never_above_the_agreement_nor_the_agreement_above_the_plan(demo: Store):
    layers = (
        "SELECT max(amount_cny) FILTER (WHERE layer = '{}') FROM project_money GROUP BY project_id ORDER BY project_id"
    )
    planned, agreed, contract = (
        [v for (v,) in demo.rows(layers.format(x))] for x in ("planned", "agreement", "contract")
    )
    assert all(a <= p for a, p in zip(agreed, planned, strict=True) if a is not None)
    assert all(c <= a for c, a in zip(contract, agreed, strict=True) if c is not None)


def test_some_projects_wait_for_their_segment_and_some_are_late(demo: Store):
    unattached = "SELECT count(*) FROM project WHERE project_id NOT IN (SELECT project_id FROM project_segment)"
    assert demo.rows(unattached)[0][0] >= 5
    signed = (
        "SELECT count(*) FROM (SELECT arg_max(stage, on_date) AS stage, max(on_date) AS since FROM project_event "
        "GROUP BY project_id) WHERE stage = 'signed' AND since < ?::DATE - INTERVAL 12 MONTH"
    )
    assert demo.rows(signed, [DEMO_AS_OF])[0][0] >= 2


@pytest.mark.parametrize("chain_id", DEMO_CHAINS)
def test_all_five_labels_occur_at_home_in_every_chain(demo: Store, chain_id: str):
    home = resolve_region(demo, DEMO_HOME)
    projects = attached_projects(demo, home, chain_id)
    labels = chain_labels(load_chain(chain_id), load_local(demo, home), load_cube(demo, demo_chains()), projects)
    assert set(labels.label) == {str(label) for label in Label}


def test_at_home_dozens_of_firms_leave_open_what_they_do(demo: Store):
    home = resolve_region(demo, DEMO_HOME)
    waiting = {chain_id: waiting_counts(demo, load_chain(chain_id), home) for chain_id in DEMO_CHAINS}
    assert sum(sum(counts.values()) for counts in waiting.values()) >= 24
    assert all(waiting.values())


def test_a_plan_aims_at_every_label_even_in_a_chain_of_six_segments():
    segments = [
        Segment(f"s{i}", "c", "链", f"环节{i}", "组", "production", ("某某件",), (), ("某某件",)) for i in range(6)
    ]
    plans = make_plans(segments, counties(), "seed")
    assert {plan.aim for plan in plans} == {"strong", "fair", "weak", "missing", "unknown"}
    assert all(plan.by_county.get(HOME, 0) == 0 for plan in plans if plan.aim == "missing")


def test_clearing_leaves_the_schema_the_real_divisions_and_the_record_and_nothing_else(tmp_path: Path):
    with open_store(tmp_path / "demo.duckdb") as store:
        build_demo(store, demo_chains()[:1])
        match_chains(store, demo_chains()[:1], DEMO_BUILT_AT)
        clear_demo(store, "甲")
        tables = [name for (name,) in store.rows("SELECT table_name FROM duckdb_tables() WHERE NOT internal")]
        left = {table for table in tables if not rows_of(store, table).is_empty()}
        assert left == {"audit_event", "division", "schema_migration"}
        assert len(rows_of(store, "division")) == len(divisions())
        assert store.rows("SELECT actor FROM audit_event WHERE action = 'demo_clear'") == [("甲",)]
        assert not is_demo(store)
        with pytest.raises(NotDemo):
            clear_demo(store)

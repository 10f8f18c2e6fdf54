"""Only what changed is matched again, with the result that matching everything would have."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from data.store import Store, open_store
from services import dictionary
from services.matching import match_chains
from tests.chains.tiny import tiny_chain
from tests.services.conftest import AT

SCOPES = {
    "a": "铁粉制造；钢材销售",
    "b": "压机、模具的生产（不含铸造）；铁粉销售",
    "c": "粉末冶金零件制造、压机制造",
    "d": "餐饮服务",
    "e": None,
}
PAIRS = "SELECT segment_id, firm_id, role, verdict, score, evidence, position, n_other FROM segment_firm ORDER BY ALL"


def firm_rows(scopes: dict[str, str | None]) -> pd.DataFrame:
    rows = [{"firm_id": key, "name": f"{key}有限公司", "scope": scope} for key, scope in scopes.items()]
    return pd.DataFrame(rows).assign(city_code="370100", as_of=date(2019, 5, 1), n_records=1)


def filled(store: Store, scopes: dict[str, str | None]) -> Store:
    with store.write() as cursor:
        cursor.execute("DELETE FROM firm")
        store.write_frame(cursor, "firm", firm_rows(scopes))
    return store


def matched_anew(tmp_path, scopes, chain) -> list[tuple[object, ...]]:
    """The oracle: a store of these firms that was never matched before."""
    with open_store(tmp_path / "anew.duckdb") as fresh:
        match_chains(filled(fresh, scopes), [chain], AT)
        return fresh.rows(PAIRS)


@pytest.fixture
def chain():
    return worded(tiny_chain())


@pytest.fixture
def empty(tmp_path):
    with open_store(tmp_path / "s.duckdb") as opened:
        yield opened


def worded(chain):
    for segment_id, keyword in {"powder": "铁粉", "press": "压机", "part": "粉末冶金零件"}.items():
        chain = with_keywords(chain, segment_id, keyword)
    return chain


def with_keywords(chain, segment_id: str, *keywords: str):
    segments = [
        segment.model_copy(update={"keywords": keywords}) if segment.id == segment_id else segment
        for segment in chain.segments
    ]
    return chain.model_copy(update={"segments": tuple(segments)})


def test_a_second_run_matches_nothing_again(empty, chain):
    first = match_chains(filled(empty, SCOPES), [chain], AT)
    before = empty.rows(PAIRS)
    second = match_chains(empty, [chain], AT)
    assert (first.n_changed_firms, first.n_changed_segments) == (5, 3)
    assert (second.n_changed_firms, second.n_changed_segments) == (0, 0)
    assert before == empty.rows(PAIRS) != []


@pytest.mark.parametrize(
    ("changes", "n_changed"),
    [
        ({"b": "铁粉制造"}, 1),
        ({"f": "铁粉制造、压机制造"}, 1),
        ({"a": None}, 1),
    ],
)
def test_firms_that_changed_are_matched_as_if_all_were(empty, chain, tmp_path, monkeypatch, changes, n_changed):
    monkeypatch.setattr("services.matching.MANY", 0.5)
    match_chains(filled(empty, SCOPES), [chain], AT)
    report = match_chains(filled(empty, SCOPES | changes), [chain], AT)
    assert (report.n_changed_firms, report.n_changed_segments) == (n_changed, 0)
    assert empty.rows(PAIRS) == matched_anew(tmp_path, SCOPES | changes, chain)


def test_pairs_of_firms_that_are_gone_go_with_them(empty, chain, tmp_path):
    match_chains(filled(empty, SCOPES), [chain], AT)
    left = {key: scope for key, scope in SCOPES.items() if key != "c"}
    assert match_chains(filled(empty, left), [chain], AT).n_changed_segments == 0
    assert empty.rows(PAIRS) == matched_anew(tmp_path, left, chain)
    assert empty.rows("SELECT count(*) FROM firm_activity") == [(4,)]


def test_a_segment_that_changed_is_matched_alone_and_firms_with_it(empty, chain, tmp_path, monkeypatch):
    monkeypatch.setattr("services.matching.MANY", 0.5)
    match_chains(filled(empty, SCOPES), [chain], AT)
    other = with_keywords(chain, "press", "模具")
    scopes = SCOPES | {"d": "粉末冶金零件制造；模具制造"}
    report = match_chains(filled(empty, scopes), [other], AT)
    assert (report.n_changed_firms, report.n_changed_segments) == (1, 1)
    assert empty.rows(PAIRS) == matched_anew(tmp_path, scopes, other)


def test_a_chain_left_out_while_firms_changed_is_matched_anew_when_its_turn_comes(empty, chain, tmp_path, monkeypatch):
    monkeypatch.setattr("services.matching.MANY", 0.5)
    other = chain.model_copy(update={"id": "other"})
    match_chains(filled(empty, SCOPES), [chain], AT)
    match_chains(filled(empty, SCOPES | {"b": "铁粉制造"}), [with_keywords(other, "press", "模具")], AT)
    assert match_chains(empty, [chain], AT).n_changed_segments == 3


def test_what_was_read_before_an_interruption_is_not_read_again(empty, chain, monkeypatch):
    monkeypatch.setattr(dictionary, "PORTION", 2)
    read: list[int] = []

    def stop_after(portions: int):
        def tell(_share: float, text: str) -> None:
            if text == "短语词典就绪":
                read.append(1)
                if len(read) == portions:
                    raise KeyboardInterrupt

        return tell

    with pytest.raises(KeyboardInterrupt):
        match_chains(filled(empty, SCOPES), [chain], AT, stop_after(2))
    assert empty.rows(PAIRS) == []
    read.clear()
    match_chains(empty, [chain], AT, stop_after(99))
    assert len(read) == 2  # three portions in all; the first was kept, the second was cut off


@pytest.mark.parametrize("damage", ["engine.txt", "clauses.parquet", "known.parquet"])
def test_a_damaged_dictionary_is_made_anew(empty, chain, tmp_path, damage):
    match_chains(filled(empty, SCOPES), [chain], AT)
    (tmp_path / "s.duckdb.phrases" / damage).write_bytes(b"no such thing")
    match_chains(empty, [with_keywords(chain, "press", "模具")], AT)
    assert empty.rows(PAIRS) == matched_anew(tmp_path, SCOPES, with_keywords(chain, "press", "模具"))

"""Matching the store's firms, and when its result is out of date."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from chains.load import load_chain
from services.batches import match_runs
from services.matching import FirmsChanged, match_chains
from tests.services.conftest import AT

BATCH = "INSERT INTO import_batch VALUES (?, 'firms', 'g.csv', 'y', 's', '2019-05-01', ?, 't', '{}', 1, 1, 0, 0, NULL, NULL)"


def test_firms_imported_while_others_are_matched_undo_the_matching(store, chain):
    def import_meanwhile(_share: float, _text: str) -> None:
        if store.rows("SELECT count(*) FROM import_batch") == [(1,)]:
            with store.write() as cursor:
                cursor.execute(BATCH, ["meanwhile", AT])

    with pytest.raises(FirmsChanged, match="请重新匹配"):
        match_chains(store, [chain], AT, import_meanwhile)
    assert store.rows("SELECT count(*) FROM segment_firm WHERE evidence = '制造'") == [(40,)]


def test_a_run_is_out_of_date_after_an_import(store):
    assert match_runs(store).stale.tolist() == [False]
    with store.write() as cursor:
        cursor.execute(BATCH, ["later", AT + timedelta(seconds=1)])
    assert match_runs(store).stale.tolist() == [True]


def test_a_run_is_out_of_date_when_there_are_other_firms_whatever_the_clocks_say(store):
    with store.write() as cursor:
        cursor.execute("DELETE FROM firm WHERE firm_id = '370100-1'")
    assert match_runs(store).stale.tolist() == [True]


def test_a_run_is_out_of_date_when_its_chain_has_another_version(store):
    shipped = load_chain("powder_metallurgy")
    with store.write() as cursor:
        cursor.execute("INSERT INTO match_run VALUES (?, '0.0.1', ?, 100, 0)", [shipped.id, AT])
    assert match_runs(store).set_index("chain_id").stale.to_dict() == {"powder_metallurgy": True, "tiny": False}


def test_a_matching_that_waits_for_another_writing_says_so(store, chain):
    waiting, told = threading.Event(), []

    def listen(share: float, text: str) -> None:
        told.append((share, text))
        if text == "正在等待另一项写入完成…":
            waiting.set()

    matcher = threading.Thread(target=lambda: match_chains(store, [chain], AT, listen))
    with store.write():
        matcher.start()
        assert waiting.wait(60)
    matcher.join(60)
    assert (0.95, "正在等待另一项写入完成…") in told

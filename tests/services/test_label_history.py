"""Labels are kept when firms change, and only where they are others than last."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from analysis.labels import LabelParams
from data.regions import resolve_region
from services.judging import Judging, save_judging
from services.label_history import keep_labels, keeping, labels_at

AT = datetime(2026, 2, 1, 8, 0)


@pytest.fixture(autouse=True)
def installed_chain(monkeypatch, chain):
    monkeypatch.setattr("services.label_history.in_use", lambda _store: (chain,))


@pytest.fixture
def home(store):
    return resolve_region(store, "370100")


def test_a_segment_is_kept_once_while_its_label_stays(store, home):
    assert keep_labels(store, AT)
    assert not keep_labels(store, AT + timedelta(days=1))

    kept = labels_at(store, home, AT + timedelta(days=2))
    assert kept.segment_id.to_list() == ["part", "powder", "press"]
    assert set(kept.taken_at) == {AT}


def test_other_labels_are_kept_beside_the_former(store, home):
    keep_labels(store, AT)
    with store.write() as cursor:  # powder is made nowhere any more, so that nothing can be said of it
        cursor.execute("DELETE FROM city_segment WHERE segment_id = 'powder'")
        cursor.execute("DELETE FROM segment_firm WHERE segment_id = 'powder'")
    later = AT + timedelta(days=1)
    before = labels_at(store, home, AT).set_index("segment_id").label

    assert keep_labels(store, later)
    assert before.powder == "fair"
    assert labels_at(store, home, later).set_index("segment_id").label.powder == "unknown"
    assert labels_at(store, home, AT).set_index("segment_id").label.equals(before)


def test_another_way_of_judging_is_kept_even_where_labels_stay(store):
    keep_labels(store, AT)
    save_judging(store, Judging("nation", LabelParams(weak_high=0.79)), actor="t", at=AT)

    assert keep_labels(store, AT + timedelta(days=1))


def test_nothing_is_kept_before_there_is_a_home_or_a_match(store, home):
    with store.write() as cursor:
        cursor.execute("DELETE FROM match_run")
    assert not keep_labels(store, AT)

    with store.write() as cursor:
        cursor.execute("DELETE FROM setting")
    assert not keep_labels(store, AT)
    assert labels_at(store, home, AT).empty


def test_what_is_done_to_the_firms_finds_the_labels_of_before_kept(store, home):
    start = datetime.now()  # noqa: DTZ005 - as the store's own clock
    with keeping(store), store.write() as cursor:
        cursor.execute("DELETE FROM segment_firm WHERE segment_id = 'powder'")
        cursor.execute("DELETE FROM city_segment WHERE segment_id = 'powder'")

    [moments] = store.rows("SELECT list(DISTINCT taken_at ORDER BY taken_at) FROM label_snapshot")
    assert len(moments[0]) == 2
    assert moments[0][0] >= start

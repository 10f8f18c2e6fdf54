"""What changed since a moment is told row by row; what was not kept is said not to be known."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from analysis.attention import Patience
from analysis.labels import LabelParams
from data.regions import resolve_region
from services.attention import refused_imports, waiting_for_someone
from services.changes import NEVER_KEPT, OTHER_BASIS, changes_since, last_batch_at, project_news
from services.imports import REFUSED
from services.judging import Judging, save_judging
from services.label_history import keep_labels
from services.projects import add_event, projects_of
from tests.services.conftest import AT

LATER = AT + timedelta(days=10)
NOW = pd.DataFrame(
    {"chain_id": "tiny", "segment_id": ["powder", "press"], "label": ["weak", "unknown"], "n_local": 1.0}
)


@pytest.fixture(autouse=True)
def installed_chain(monkeypatch, chain):
    monkeypatch.setattr("services.label_history.in_use", lambda _store: (chain,))


@pytest.fixture
def home(store):
    return resolve_region(store, "370100")


def told(store, home, since, labels=NOW):
    projects = projects_of(store, home).merge(project_news(store), on="project_id")
    return changes_since(store, home, labels.assign(name=labels.segment_id), projects, since)


def test_everything_is_new_since_before_the_first_import(store, home):
    found = told(store, home, AT)

    assert found.batches.batch_id.to_list() == ["b"]
    assert found.new_projects.project_id.to_list() == ["p1"]
    assert found.moved_projects.empty
    assert (found.labels, found.untold) == (None, NEVER_KEPT)
    assert last_batch_at(store) == AT


def test_a_project_moves_when_something_new_is_heard_of_it(store, home):
    assert told(store, home, LATER).moved_projects.empty
    add_event(store, "p1", "started", on_date=date(2026, 1, 11), actor="t", at=LATER)

    found = told(store, home, LATER)
    assert found.moved_projects.project_id.to_list() == ["p1"]
    assert found.new_projects.empty and found.batches.empty


def test_what_an_import_says_again_is_no_news(store):
    before = project_news(store)
    with store.write() as cursor:
        cursor.execute(
            "INSERT INTO project_event VALUES ('p1', 'signed', '签约', '2019-01-01', ?, 't', NULL, 's')", [LATER]
        )
    pd.testing.assert_frame_equal(project_news(store), before)
    assert before.news_on.astype(str).to_list() == ["2019-01-01"]


def test_labels_are_compared_with_those_last_kept(store, home):
    keep_labels(store, AT)  # powder: fair, press: unknown
    found = told(store, home, LATER)

    assert found.kept_at == AT
    assert found.labels[["segment_id", "before", "label", "n_before", "n_local"]].to_numpy().tolist() == [
        ["powder", "fair", "weak", 1.0, 1.0]
    ]


def test_labels_of_another_way_of_judging_are_not_compared(store, home):
    keep_labels(store, AT)
    save_judging(store, Judging("nation", LabelParams(weak_high=0.79)), actor="t", at=LATER)

    assert told(store, home, LATER).untold == OTHER_BASIS


def waiting(store, home, chain, today, gaps=None):
    projects = projects_of(store, home).merge(project_news(store), on="project_id")
    none = pd.DataFrame({"chain_id": pd.Series(dtype="str"), "segment_id": "", "priority": 0.0})
    found = waiting_for_someone(store, home, (chain,), none if gaps is None else gaps, projects, today)
    return {kind: len(rows) for kind, rows in found.items()}


def test_a_signed_project_waits_for_its_start_and_for_news(store, home, chain):
    # signed on 2019-01-01: 90 days of silence are over after April 1, 180 days of patience after June 30
    assert waiting(store, home, chain, date(2019, 4, 1))["quiet"] == 0
    assert waiting(store, home, chain, date(2019, 4, 2))["quiet"] == 1
    assert waiting(store, home, chain, date(2019, 6, 30))["unstarted"] == 0
    assert waiting(store, home, chain, date(2019, 7, 1))["unstarted"] == 1


def test_a_started_project_waits_for_its_operation_instead(store, home, chain):
    add_event(store, "p1", "started", on_date=date(2019, 2, 1), actor="t", at=LATER)
    found = waiting(store, home, chain, date(2021, 2, 1))  # 731 days later

    assert (found["unstarted"], found["unfinished"]) == (0, 1)


def test_a_gap_waits_until_a_firm_stands_on_a_catalogue_and_the_draft_until_it_is_frozen(store, home, chain):
    gaps = pd.DataFrame({"chain_id": "tiny", "segment_id": ["part"], "priority": [80.0]})
    assert waiting(store, home, chain, AT.date(), gaps)["gaps"] == 1
    item = "INSERT INTO catalogue_item VALUES (?, 1, 'part', 'f', '{}', ?, 't')"
    with store.write() as cursor:
        cursor.execute(item, ["tiny-370100-draft", AT])
    found = waiting(store, home, chain, AT.date(), gaps)
    assert (found["gaps"], found["drafts"]) == (0, 1)

    with store.write() as cursor:
        cursor.execute(item, ["tiny-370100-v1", AT])
        cursor.execute(
            "INSERT INTO catalogue VALUES ('tiny-370100-v1', '目录', 'tiny', '370100', 'frozen', 1, ?, 't', ?, NULL, '{}', 'x')",
            [AT, LATER],
        )
    assert waiting(store, home, chain, AT.date(), gaps)["drafts"] == 0
    assert told(store, home, LATER).versions.n_items.to_list() == [1]


def test_old_sources_and_unmatched_chains_wait(store, home, chain):
    found = waiting(store, home, chain, date(2019, 10, 30))
    assert found["stale"] == 0  # the facts are of 2019-05-01
    assert waiting(store, home, chain, date(2019, 11, 2))["stale"] == 1
    with store.write() as cursor:
        cursor.execute("DELETE FROM match_run")
    assert waiting(store, home, chain, AT.date())["unmatched"] == 1


def test_a_refused_import_waits_until_the_file_came_in(store):
    at = AT - timedelta(days=1)
    with store.write() as cursor:
        for name in ("f.csv", "g.csv"):
            cursor.execute("INSERT INTO audit_event VALUES (?, 't', ?, ?)", [at, REFUSED, f"{name}\t缺少名称列"])

    found = refused_imports(store, AT.date(), Patience.recent_days)
    assert found.file_name.to_list() == ["g.csv"]  # f.csv came in the day after
    assert found.reason.to_list() == ["缺少名称列"]
    assert refused_imports(store, datetime(2026, 3, 1).date(), Patience.recent_days).empty

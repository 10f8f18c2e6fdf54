"""Frozen catalogues of a store against its projects."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from analysis.validation.shares import Share
from services.catalogue_hits import catalogue_answers, catalogue_hits
from services.outreach import Outreach, tell_outreach

AT = datetime(2026, 1, 10, 9, 0)


@pytest.fixture
def frozen(store):
    """Two versions for Jinan: firms 1 and 2 of Shiyan in the first, 2 and 3 in the second."""
    with store.write() as cursor:
        for version, day in ((1, 10), (2, 20)):
            cursor.execute(
                "INSERT INTO catalogue VALUES (?, 'x', 'tiny', '370100', 'frozen', ?, ?, 't', ?, '2025-12-31', '{}', 'h')",
                [f"v{version}", version, AT, AT.replace(day=day)],
            )
            for n in (version, version + 1):
                item = json.dumps({"score": 50.0 + 10 * version + n})
                cursor.execute(
                    "INSERT INTO catalogue_item VALUES (?, ?, 'part', ?, ?, ?, 't')",
                    [f"v{version}", n, f"420300-{n}", item, AT],
                )
        cursor.execute(
            "INSERT INTO catalogue_item VALUES ('tiny-370100-draft', 1, 'part', '420300-9', '{}', ?, 't')", [AT]
        )
    return store


def add_project(store, name: str, firm: str | None, stage: str, on: str, adcode: str = "370117") -> None:
    with store.write() as cursor:
        cursor.execute(
            "INSERT INTO project (project_id, name, adcode, firm_id, source_id, as_of) VALUES (?, ?, ?, ?, 's', '2026-12-01')",
            [name, name, adcode, firm],
        )
        cursor.execute(
            "INSERT INTO project_event VALUES (?, ?, '原话', ?, ?, 't', NULL, 's')",
            [name, stage, on, datetime(2026, 12, 1)],
        )


def test_a_firm_counts_from_the_first_version_that_lists_it(frozen):
    add_project(frozen, "a", "420300-1", "signed", "2026-06-01")
    add_project(frozen, "b", "420300-2", "started", "2026-01-15")  # after the first version, before the second
    add_project(frozen, "c", "420300-3", "signed", "2026-01-15")  # the first that lists firm 3 came later
    add_project(frozen, "d", "420300-9", "signed", "2026-06-01")  # on the draft alone
    found = catalogue_hits(frozen)
    assert (found.signed, found.effective) == (Share(2, 3), Share(1, 3))
    assert (found.oldest, found.newest) == (date(2026, 1, 10), date(2026, 12, 1))
    assert found.recall == Share(2, 4)  # c was signed after the first catalogue, by a firm not yet listed


def test_the_project_of_a_subsidiary_is_its_parents(frozen):
    add_project(frozen, "a", "370100-1", "signed", "2026-06-01")
    with frozen.write() as cursor:
        cursor.execute(
            "INSERT INTO relation VALUES (NULL, '420300-1', '370100-1', 'owns', '年报', NULL, 's', '2026-12-01')"
        )
    found = catalogue_hits(frozen)
    assert (found.signed, found.recall) == (Share(1, 3), Share(1, 1))


def test_a_project_in_another_region_is_no_hit(frozen):
    add_project(frozen, "a", "420300-1", "signed", "2026-06-01", adcode="420102")
    assert catalogue_hits(frozen).signed.hits == 0


def test_a_store_without_frozen_catalogues_says_so(store):
    assert "还没有冻结过" in catalogue_hits(store).reason


def test_a_store_whose_register_is_older_than_the_catalogues_says_from_when_on(frozen):
    assert "还不能谈命中率；2026-07-09 以后再看" in catalogue_hits(frozen).reason


def test_answers_count_only_where_they_came_after_the_catalogue(frozen):
    for firm, state, day in (("1", "有意向", 15), ("2", "放弃", 12), ("3", "在谈", 15), ("9", "在谈", 15)):
        told = [(None, f"420300-{firm}", Outreach(state, None, "原因"))]
        tell_outreach(frozen, None, "370100", told, actor="t", at=AT.replace(day=day))

    found = catalogue_answers(frozen)

    # firm 2 scored 62 and firm 1 61 when they were first listed; 3 was listed on the 20th, 9 only on the draft
    assert found[["lowest", "highest", "hits", "n"]].to_numpy().tolist() == [[62, 62, 0, 1], [61, 61, 1, 1]]


def test_a_store_without_frozen_catalogue_has_no_answers(store):
    assert catalogue_answers(store).empty

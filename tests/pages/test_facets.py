"""Every choice of a filter says how many rows it leaves under the others, and leaves as many."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from pages import cached
from pages.components.facets import ALL, Facet, Facets, equal, one_of
from tests.pages.conftest import text_of

COUNT = re.compile(r"（([\d,]+)）$")


def rows_of(app) -> int:
    found = re.findall(r'data-rows="(\d+)"', text_of(app))
    return int(found[-1]) if found else 0


@pytest.mark.parametrize(
    ("page", "name", "others"),
    [
        ("gaps", "label", {"covered": "no"}),
        ("gaps", "covered", {"label": "weak", "critical": "1"}),
        ("gaps", "chain", {"label": "missing"}),
        ("gaps", "action", {"chain": "auto_parts"}),
        ("projects", "state", {"chain": "auto_parts"}),
        ("projects", "stage", {"state": "nominal"}),
        ("projects", "chain", {"q": "轴承"}),
    ],
)
def test_a_choice_leaves_as_many_rows_as_it_says(page, name, others, demo, visit):
    box = visit(page, **others).selectbox(key=f"url_{name}")
    told = [int(COUNT.findall(option)[0].replace(",", "")) for option in box.options]
    app = visit(page, **others)
    left = []
    for at in range(len(told)):
        app.selectbox(key=f"url_{name}").select_index(at).run()
        left.append(rows_of(app))

    assert left == told


def test_choices_are_counted_under_the_other_filters_only(monkeypatch):
    # 3 rows: a/x, a/y, b/x; the address asks for first = a and second = x
    rows = pd.DataFrame({"first": ["a", "a", "b"], "second": ["x", "y", "x"]})
    monkeypatch.setattr("pages.components.facets.param", {"first": "a", "second": "x"}.get)
    facets = Facets(
        {
            "first": Facet("甲", {ALL: "全部", "a": "子", "b": "丑"}, equal(rows["first"])),
            "second": Facet(
                "乙", {ALL: "全部", "x": "寅", "y": "卯"}, one_of({"x": rows.second == "x", "y": rows.second == "y"})
            ),
        },
        pd.Series(True, index=rows.index),
    )

    counted = facets.count()

    assert counted.choices["first"] == {ALL: "全部（2）", "a": "子（1）", "b": "丑（1）"}
    assert counted.choices["second"] == {ALL: "全部（2）", "x": "寅（1）", "y": "卯（1）"}
    assert counted.kept.to_list() == [True, False, False]


def test_a_chain_that_is_not_matched_is_another_thing_than_one_without_gaps(database, visit):
    with cached.store().write() as cursor:
        cursor.execute("DELETE FROM match_run WHERE chain_id = 'prefab_building'")

    assert "还差一步" in text_of(visit("gaps", chain="prefab_building"))

"""The map by groups: what is folded is counted and added up, never averaged into a label."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET
from typing import Any

import pandas as pd
import pytest

from chains.load import chain_ids, load_chain
from exports.chain_map.cards import Beside
from exports.chain_map.fold import Projects, fold, fold_pulls, group_figures, groups_of, projects_of
from exports.chain_map.group_card import Folding, group_extra
from exports.chain_map.layout import BARE_LEFT, lay_out
from exports.chain_map.marks import counted_rows
from exports.chain_map.picture import standing_alone
from exports.chain_map.svg import chain_svg
from exports.chain_map.text import text_width
from pages.components.chain_map import WIDTHS
from tests.chains.tiny import chain_fields, segment_fields, tiny_chain
from tests.pages.test_chain_map import made_chain, made_labels

CHAINS = [*(pytest.param(load_chain(key), id=key) for key in chain_ids()), pytest.param(made_chain(150, 4), id="150")]
SVG = "{http://www.w3.org/2000/svg}"
NO_PROJECTS: Projects = ({}, {})


def rows_of(labels: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Labels by segment."""
    return {row["segment_id"]: row for row in labels.to_dict("records")}


def two_groups():
    """Raw (powder, press) → parts (part, gear), and powder → press inside the group."""
    segments = [
        segment_fields("powder", group="原料"),
        segment_fields("press", group="原料", criticality={"level": "high", "reason": "进口"}),
        segment_fields("part", stage="mid", group="零件"),
        segment_fields("gear", stage="mid", group="零件"),
    ]
    edges = [("powder", "part", 0.6), ("press", "part", 0.4), ("powder", "gear", 0.5), ("powder", "press", 0.2)]
    named = [{"supplier": a, "user": b, "weight": w, "source": "common"} for a, b, w in edges]
    return tiny_chain(**chain_fields(segments=segments, edges=named))


def test_flows_between_groups_are_mean_shares_and_flows_inside_are_left_out():
    folded = fold(two_groups())

    assert [(s.id, s.name, s.criticality.level) for s in folded.segments] == [
        ("group:powder", "原料", "high"), ("group:part", "零件", "low"),
    ]  # fmt: skip
    # (0.6 + 0.4 + 0.5) / 2 users
    assert [(e.supplier, e.user, e.weight) for e in folded.edges] == [("group:powder", "group:part", 0.75)]


def test_an_opened_group_keeps_its_segments():
    folded = fold(two_groups(), opened={"part"})

    assert [s.id for s in folded.segments] == ["group:powder", "part", "gear"]
    assert {(e.supplier, e.user): e.weight for e in folded.edges} == {
        ("group:powder", "part"): 1.0, ("group:powder", "gear"): 0.5,
    }  # fmt: skip


def test_local_demand_of_a_folded_flow_is_the_sum_of_what_it_stands_for():
    # parts: 0.6·10 + 0.4·10 from both raws; gears: 0.5·4; unknown demand of the press counts as none
    pulls = fold_pulls(two_groups(), (), {"part": 10.0, "gear": 4.0})

    assert pulls["group:powder", "group:part"] == pytest.approx(12.0)


def test_a_group_counts_labels_adds_firms_and_counts_a_project_once():
    group = groups_of(two_groups())[0]
    labels = pd.DataFrame(
        {
            "segment_id": ["powder", "press", "part"], "name": ["粉", "压机", "件"], "label": ["strong", "missing", "weak"],
            "n_local": [5, 0, 9], "expected": [2.5, 1.75, 3.0], "nominal": [1, 1, 0], "critical": [False, True, True],
        }
    )  # fmt: skip
    projects = pd.DataFrame(
        {
            "project_id": ["p1", "p1", "p2"], "segment_id": ["powder", "press", "part"],
            "nominal": [True, True, True], "effective": [True, True, False],
        }
    )  # fmt: skip

    found = group_figures(group, rows_of(labels), projects_of(projects))

    assert found.labels == {"strong": 1, "missing": 1}
    assert (found.n_local, found.expected) == (5, 4.25)
    assert (found.nominal, found.effective) == (1, 1)
    assert (found.critical, found.gaps) == (1, ("压机",))


def test_one_unknown_count_makes_the_sum_unknown_and_no_register_makes_projects_unknown():
    group = groups_of(two_groups())[0]
    labels = made_labels(two_groups(), n_local=[1, None, 1, 1], nominal=pd.NA)

    found = group_figures(group, rows_of(labels), NO_PROJECTS)

    assert (found.n_local, found.nominal, found.effective) == (None, None, None)


@pytest.mark.parametrize("width", (WIDTHS[0], WIDTHS[2]))
@pytest.mark.parametrize("chain", CHAINS)
def test_folded_cards_neither_overlap_nor_cut_their_texts(chain, width):
    labels = rows_of(made_labels(chain))
    groups = {group.card: group for group in groups_of(chain)}
    figures = {card: group_figures(group, labels, NO_PROJECTS) for card, group in groups.items()}
    extra = {card: group_extra(own, own) for card, own in figures.items()}

    layout = lay_out(fold(chain), float(width), extra, groups)

    assert set(layout.cards) == set(groups)
    assert not any(a.overlaps(b) for a, b in itertools.combinations(layout.cards.values(), 2))
    assert layout.groups == ()
    for card, group in groups.items():
        box, lines = layout.cards[card], layout.names[card]
        mark = 21.0 if figures[card].critical else 0.0
        assert "".join(lines).replace(" ", "") == group.name.replace(" ", "")
        assert max(text_width(line, 13.5) for line in lines) <= box.w - BARE_LEFT - 8.0 - mark
        stage = next(stage.box for stage in layout.stages if stage.id == group.stage)
        assert box.y + box.h <= stage.y + stage.h


def test_counts_break_into_rows_where_the_room_is_short():
    counts = {"strong": 1, "fair": 12, "weak": 1, "missing": 0}
    one = 12 + 4 + 7.2  # shape, space, a digit
    assert counted_rows(counts, 3 * one + 7.2 + 2 * 7) == [[("strong", 1), ("fair", 12), ("weak", 1)]]
    assert counted_rows(counts, 3 * one) == [[("strong", 1), ("fair", 12)], [("weak", 1)]]


def test_a_click_on_a_group_opens_it_and_on_its_title_folds_it():
    chain = two_groups()
    folding = Folding(frozenset({"part"}), lambda group: f"turn?{group}")

    root = ET.fromstring(chain_svg(chain, made_labels(chain), str, 1360, folding=folding))

    links = {link.get("class"): link for link in root.iter(f"{SVG}a")}
    assert links["lt-card lt-grouped"].get("href") == "turn?powder"
    assert "优势 1、一般 1" in str(links["lt-card lt-grouped"].get("aria-label"))
    assert links["lt-unfold"].get("href") == "turn?part"
    assert sum("lt-card" in str(link.get("class")) for link in root.iter(f"{SVG}a")) == 3


def test_beside_only_what_changed_is_said_and_everything_beside_a_place():
    chain = made_chain(10, 3)
    labels = made_labels(chain)
    other = labels.assign(label=["missing", *labels.label[1:]])

    changed = chain_svg(chain, labels, str, 1360, beside=Beside("今天", other, only_changed=True))
    place = chain_svg(chain, labels, str, 1360, beside=Beside("某市", other, only_changed=False))

    assert (changed.count('class="lt-strip'), place.count('class="lt-strip')) == (1, 10)
    assert (changed.count("lt-changed"), place.count("lt-changed")) == (1, 1)
    assert "今天：缺失，企业 0 家，应有 0.5 家" in changed


@pytest.mark.parametrize("opened", [frozenset(), frozenset({"part_0"})])
def test_a_folded_map_stands_alone_as_a_drawing(opened):
    chain = made_chain(10, 3)
    svg = standing_alone(chain_svg(chain, made_labels(chain), str, 1360, folding=Folding(opened)))

    assert not list(ET.fromstring(svg).iter(f"{SVG}a"))

"""A firm's network: who stands where, what each line says, and nothing that loads from outside or runs by a name."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from exports.json_block import json_block
from exports.theme import COLOURS
from pages import cached
from pages.components import network as component
from pages.figures.firm_network import FirmNetwork, firm_network
from pages.figures.network_document import LIBRARY, MOST, VIEWER
from pages.figures.network_layout import FIRST, ROOM, ROW, best_rows, lay_out
from pages.web.shell import asset, asset_link
from tests.pages.conftest import text_of

SCRIPTS = {LIBRARY: "./assets/vis-network.js?v=1", VIEWER: "./assets/firm_network.js?v=2"}
HOSTILE = [
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror='alert(2)'>",
    "<!--<script>",
    "'; alert(3); '",
    "{{ 7 * 7 }}",
    "名\u2028字\u2029",
    "https://outside.test/a.js",
]


def relation(other: object, kind: str = "supplies", direction: str = "from", **changes: object) -> dict[str, object]:
    """One relation of the firm, as the profile gives it."""
    return {
        "kind": kind, "direction": direction, "other_id": other, "other_name": f"企业{other}", "other_region": "甲省乙市",
        "since": pd.Timestamp("2024-05-01"), "evidence": "合同", "source_id": "s", "source_title": "台账",
        "as_of": pd.Timestamp("2026-09-30"), **changes,
    }  # fmt: skip


def drawn(*relations: dict[str, object], name: str = "本企业") -> FirmNetwork:
    return firm_network("me", name, pd.DataFrame(relations), SCRIPTS)


class Tags(HTMLParser):
    """The elements of a document with their attributes, and the text of its JSON block."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.block = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][1].get("id") == "network-data" and not self.block:
            self.block = data


def held(network: FirmNetwork) -> dict[str, list[dict[str, object]]]:
    return json.loads(Tags(network.html).block)


# --- what is drawn


def test_owners_and_suppliers_stand_left_and_those_the_firm_acts_on_right():
    network = drawn(relation("a"), relation("b", "owns", "to"), relation("c", "branch", "to"))

    nodes = {node["id"]: (node["label"], node["x"], node["y"]) for node in held(network)["nodes"]}
    assert nodes == {
        "me": ("本企业", 0, 0),
        "a": ("企业a", -FIRST, 0),
        "b": ("企业b", FIRST, -ROW // 2),
        "c": ("企业c", FIRST, ROW // 2),
    }
    assert (network.n_shown, network.n_left_out) == (3, 0)


def test_a_line_goes_from_who_acts_with_its_kind_in_chinese_and_its_origin_in_the_title():
    edges = held(drawn(relation("a"), relation("b", "owns", "to", since=pd.NaT, evidence="持股 51%")))["edges"]

    assert [(edge["from"], edge["to"], edge["label"], edge["title"]) for edge in edges] == [
        ("me", "b", "投资", "投资：持股 51%\n来源：台账，数据日期 2026-09-30"),
        ("a", "me", "供应", "供应（2024-05-01 起）：合同\n来源：台账，数据日期 2026-09-30"),
    ]
    assert [edge["color"]["color"] for edge in edges] == [COLOURS["user"], COLOURS["supplier"]]
    assert {edge["arrows"] for edge in edges} == {"to"}


def test_several_relations_with_one_firm_are_one_box_and_a_line_each_way():
    network = drawn(
        relation("a", "supplies"), relation("a", "supplies", evidence="续签"), relation("a", "owns"),
        relation("a", "referral", "to"),
    )  # fmt: skip

    assert [node["id"] for node in held(network)["nodes"]] == ["me", "a"]
    edges = held(network)["edges"]
    assert [(edge["from"], edge["to"], edge["label"]) for edge in edges] == [
        ("a", "me", "投资、供应（2 条）"), ("me", "a", "引荐"),
    ]  # fmt: skip
    assert "续签" in edges[0]["title"]
    assert {edge["smooth"]["type"] for edge in edges} == {"curvedCW"}


def test_a_branch_is_named_by_what_it_adds_to_the_name_of_its_firm():
    nodes = held(drawn(relation("a", "branch", "to", other_name="本企业乙市分公司")))["nodes"]

    assert nodes[1]["label"] == "…乙市分公司"
    assert nodes[1]["title"] == "本企业乙市分公司\n甲省乙市\n点击打开企业档案"


def test_a_kind_without_a_word_keeps_its_own_and_missing_values_are_no_data():
    unknown = relation("a", "lends", other_name=None, other_region=pd.NA, evidence=None, as_of=pd.NaT, since=None)
    network = held(drawn(unknown))

    assert network["nodes"][1]["label"] == "a"
    assert network["nodes"][1]["title"] == "a\n无数据\n点击打开企业档案"
    assert network["edges"][0]["title"] == "lends：无数据\n来源：台账，数据日期 无数据"


def test_numbers_of_numpy_and_missing_values_of_pandas_are_drawn():
    rows = pd.DataFrame([relation(np.int64(7)), relation(np.int64(8), other_name=pd.NA)])

    network = firm_network("me", "本企业", rows.convert_dtypes(), SCRIPTS)

    assert [node["id"] for node in held(network)["nodes"]] == ["me", "7", "8"]


def test_the_same_relations_give_the_same_document():
    rows = [relation(f"f{at}", "owns" if at % 3 else "supplies", "to" if at % 2 else "from") for at in range(40)]

    assert drawn(*rows) == drawn(*rows)
    assert held(drawn(*rows))["options"]["layout"]["randomSeed"] == 20260930


def test_three_hundred_boxes_at_most_none_upon_another():
    network = drawn(*(relation(f"f{at}", direction="to" if at % 5 else "from") for at in range(400)))

    places = [(node["x"], node["y"]) for node in held(network)["nodes"]]
    assert len(places) == len(set(places)) == MOST == 300
    assert (network.n_shown, network.n_left_out) == (299, 101)
    assert network.height <= ROOM[1] + 60


def test_firms_on_one_side_only_share_both_sides():
    places = lay_out(["a", "b", "c", "d"], [])

    assert {firm for firm, (x, _) in places.items() if x < 0} == {"a", "b"}
    assert best_rows(13, 13) == 13
    assert lay_out(["a"], []) == {"a": (FIRST, 0)}


# --- safety


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_text_wherever_it_stands(name):
    rows = [relation("a", other_name=name, evidence=name, source_title=name, other_region=name), relation(name, "owns")]
    network = drawn(*rows, name=name)
    plain = Tags(drawn(relation("a"), relation("b", "owns")).html)
    document = Tags(network.html)

    assert [tag for tag, _ in document.found] == [tag for tag, _ in plain.found]
    assert name in held(network)["nodes"][2]["title"]
    assert held(network)["nodes"][1]["id"] == name


def test_nothing_of_the_document_comes_from_outside_or_runs_in_line():
    html = drawn(relation("a")).html
    tags = Tags(html).found

    assert "//" not in re.sub(r"<!DOCTYPE html>", "", html)
    assert [attributes["src"] for tag, attributes in tags if tag == "script" and "src" in attributes] == [
        SCRIPTS[LIBRARY], SCRIPTS[VIEWER],
    ]  # fmt: skip
    inline = [attributes for tag, attributes in tags if tag == "script" and "src" not in attributes]
    assert inline == [{"type": "application/json", "id": "network-data"}]
    assert not [tag for tag, _ in tags if tag in {"link", "img", "iframe", "object", "embed", "base"}]
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]


def test_json_cannot_end_its_element():
    assert json_block({"a": "</script>&\u2028"}) == '{"a": "\\u003c/script\\u003e\\u0026\\u2028"}'


def test_the_library_is_served_from_the_installed_package_and_the_viewer_from_our_own():
    for name in (LIBRARY, VIEWER):
        content, kind = asset(name) or (b"", "")
        assert kind.startswith("text/javascript")
        assert len(content) > 500
        assert re.fullmatch(rf"\./assets/{re.escape(name)}\?v=[0-9a-f]{{12}}", asset_link(name))
    assert not list(component.Path(component.__file__).resolve().parents[2].glob("static/vis-network*"))


# --- the page


def test_the_picture_is_told_in_words():
    rows = pd.DataFrame([relation("a"), relation("b"), relation("c", "owns")])

    assert component.spoken(rows) == "共 3 条关联：投资 1 条，供应 2 条"


def firm_with(n_relations: str) -> str:
    sql = (
        "SELECT firm_id FROM firm WHERE firm_id NOT IN (SELECT from_firm FROM relation UNION SELECT to_firm FROM relation) LIMIT 1"
        if n_relations == "none"
        else "SELECT to_firm FROM relation GROUP BY to_firm ORDER BY count(*) DESC, to_firm LIMIT 1"
    )
    return str(cached.store().rows(sql, [])[0][0])


def test_the_page_of_a_firm_with_relations_tells_them_and_lists_them_all(demo, visit):
    app = visit("firm", firm=firm_with("most"))

    assert not app.exception
    shown = text_of(app)
    assert re.search(r"共 \d+ 条关联：.*供应 \d+ 条", shown)
    assert "点企业打开档案" in shown
    assert re.search(r"共 \d+ 条关联(，第 1 / \d+ 页)?</span>", shown)


def test_the_page_of_a_firm_without_relations_says_so(demo, visit):
    app = visit("firm", firm=firm_with("none"))

    assert not app.exception
    assert "没有登记的关联关系" in text_of(app)
    assert "条关联：" not in text_of(app)

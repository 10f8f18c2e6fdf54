"""The chain map as files that leave: offline page, sheet, picture."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pandas as pd
import pytest

from exports.chain_map.offline import Line, Panel, initials, offline_map
from exports.chain_map.picture import sheet, standing_alone
from exports.chain_map.svg import chain_svg
from tests.chains.tiny import chain_with, tiny_chain

HOSTILE = "</script><script>alert(1)</script>"


def labels(chain) -> pd.DataFrame:
    """One of each label that a card can wear."""
    rows = [
        {"segment_id": segment.id, "name": segment.name, "stage": segment.stage, "label": label, "n_local": n,
         "expected": 2.0, "nominal": 1, "effective": 0, "critical": True, "reason": "理由"}
        for segment, label, n in zip(chain.segments, ("strong", "missing", "unknown"), (9, 0, 1), strict=True)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def drawn(chain) -> str:
    return chain_svg(chain, labels(chain), lambda segment_id: f"#{segment_id}", 1200)


def panels(chain, name: str = "某厂") -> dict[str, Panel]:
    return {
        segment.id: Panel(
            segment.name,
            "上游",
            "missing",
            True,
            "理由",
            (("本地", "0 家"),),
            (("本地企业", (Line(name, "60 分", "依据"),)),),
        )
        for segment in chain.segments
    }


def test_the_offline_page_asks_nobody_and_forbids_itself_to():
    page = offline_map(tiny_chain(), drawn(tiny_chain()), panels(tiny_chain()), "示范 · 小链", ["数据"], "概述")
    assert page.startswith("<!doctype html>") and 'lang="zh-CN"' in page
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", page)


def test_a_name_that_is_a_script_stays_text_in_the_offline_page():
    chain = chain_with(name=HOSTILE)
    page = offline_map(chain, drawn(chain), panels(chain, HOSTILE), HOSTILE, [HOSTILE], HOSTILE)
    assert "<script>alert" not in page
    assert page.count("<script") == 2  # its own data and its own program


def test_initials_find_what_a_name_sounds_like():
    assert initials("粉末冶金") == "fmyj"


def test_the_picture_stands_alone_well_formed_and_without_a_link():
    picture = standing_alone(drawn(tiny_chain()))
    root = ET.fromstring(picture)
    assert root.tag.endswith("svg")
    assert "var(--" not in picture and "href" not in picture and ":hover" not in picture
    assert {element.text for element in root.iter() if element.text} >= {"powder", "press", "part"}


def test_the_sheet_is_one_a3_page_with_its_font_inside():
    pdf = sheet(drawn(tiny_chain()), "示范区 · 小链产业链图", ["数据截至 2026-01-01"], "pdf")
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    assert b"/FontFile" in pdf
    [box] = re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf)
    width, height = (float(value) for value in box.split()[2:])
    assert (width / 72 * 25.4, height / 72 * 25.4) == (pytest.approx(420, abs=1), pytest.approx(297, abs=1))


def test_the_sheet_as_a_picture_is_png():
    png = sheet(drawn(tiny_chain()), "示范区 · 小链产业链图", [], "png")
    assert png.startswith(b"\x89PNG")

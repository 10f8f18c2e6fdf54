"""Sites named beside the firms of a catalogue: meant for their segment, and nobody's choice until someone makes it."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from data.regions import resolve_region
from data.store import open_store
from exports.row_ids import row_id
from exports.xlsx import catalogue_workbook
from services.homecoming import read_homecoming
from services.site_hints import with_site_hints
from tests.chains.tiny import tiny_chain
from tests.exports.test_documents import content, item
from tests.services.conftest import fill

HOME = "370100"
SITES = (
    ("s1", "东园", 10.0, "铁粉"),
    ("s2", "西园", 90.0, "铁粉、铜粉"),
    ("s3", "南园", 50.0, "粉末冶金"),
    ("s4", "北园", 99.0, None),
)


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "sites.duckdb") as opened:
        fill(opened, tiny_chain())
        with opened.write() as cursor:
            for key, name, area, segments in SITES:
                cursor.execute(
                    "INSERT INTO site VALUES ('b', ?, ?, '370117', '净地', ?, ?, ?, 's', '2019-05-01')",
                    [key, name, area, area, segments],
                )
        yield opened


def items(**facts: object) -> pd.DataFrame:
    return pd.DataFrame([item(site="", **facts)])


def hinted(store, rows: pd.DataFrame) -> str:
    return with_site_hints(store, resolve_region(store, HOME), rows).site[0]


def test_the_largest_sites_meant_for_the_segment_or_the_chain_are_named(store):
    assert hinted(store, items()) == "候选：西园、南园"
    assert hinted(store, items(segment_name="铜粉", chain_name="他链")) == "候选：西园"
    assert hinted(store, items(segment_name="锡粉", chain_name="他链")) == ""


def test_what_someone_chose_stands_and_a_hint_brought_home_is_no_choice(store, tmp_path):
    chain = tiny_chain()
    segment = chain.segments[0].id
    facts = {"segment_id": segment, "contact_state": "待联系", "visited_on": None, "visit_note": "", "next_step": "",
             "row_id": row_id(chain.id, HOME, segment, "f1"), "channel": "", "responsible": "", "contact": None}  # fmt: skip
    rows = with_site_hints(store, resolve_region(store, HOME), items(**facts))
    path = tmp_path / "back.xlsx"
    path.write_bytes(catalogue_workbook(content(items=rows)))
    assert read_homecoming(store, chain, HOME, path, date(2026, 11, 23)).changes == ()

    book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    sheet = book["招商目录"]
    sheet.cell(3, next(cell.column for cell in sheet[2] if cell.value == "建议载体")).value = "东园"
    book.save(path)

    [change] = read_homecoming(store, chain, HOME, path, date(2026, 11, 23)).changes
    assert change.words == (("建议载体", "（空）", "东园"),)
    assert hinted(store, items(**facts).assign(site="东园")) == "东园"

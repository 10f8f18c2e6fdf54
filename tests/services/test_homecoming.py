"""A catalogue comes back from the trip: rows are known wherever they stand, and a spoilt row spoils no other."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from data.store import open_store
from exports.profiles import PROFILES
from exports.row_ids import ROW_ID_TITLE, row_id
from exports.xlsx import catalogue_workbook
from services.homecoming import NotACatalogue, keep_homecoming, read_homecoming
from services.outreach import Outreach, outreach_of
from tests.chains.tiny import tiny_chain
from tests.exports.test_documents import content, item

HOME = "370100"
TODAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "home.duckdb") as opened:
        yield opened


def workbook(chain, n: int, reader: str = "internal") -> openpyxl.Workbook:
    """The catalogue of n firms of the chain's first segment, as it is taken along."""
    segment = chain.segments[0].id
    rows = [
        item(
            position=at, segment_id=segment, name=f"企业{at}", contact_state="待联系", visited_on=None, visit_note="", next_step="",
            row_id=row_id(chain.id, HOME, segment, f"f{at}"),
        )
        for at in range(1, n + 1)
    ]  # fmt: skip
    kept = replace(content(), items=pd.DataFrame(rows))
    return openpyxl.load_workbook(BytesIO(catalogue_workbook(kept, PROFILES[reader])))


def columns(sheet) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[2]}


def saved(book: openpyxl.Workbook, tmp_path):
    path = tmp_path / "back.xlsx"
    book.save(path)
    return path


def test_three_hundred_rows_shuffled_forty_deleted_thirty_edited_ten_spoilt_bring_exactly_that(store, tmp_path):
    chain, chance = tiny_chain(), random.Random(7)
    book = workbook(chain, 300)
    sheet = book["招商目录"]
    at = columns(sheet)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    chance.shuffle(rows)
    rows = rows[40:]
    for row in rows[:30]:
        row[at["对接状态"] - 1], row[at["拜访记录"] - 1] = "已拜访", "愿意来看地块"
    for row in rows[30:40]:
        row[at[ROW_ID_TITLE] - 1] = str(row[at[ROW_ID_TITLE] - 1])[:-1] + "x"
    sheet.delete_rows(3, 300)
    for row in rows:
        sheet.append(row)

    found = read_homecoming(store, chain, HOME, saved(book, tmp_path), TODAY)

    assert (len(found.changes), len(found.faults), found.n_same) == (30, 10, 220)
    assert {one.name for one in found.changes} == {row[at["企业全称"] - 1] for row in rows[:30]}
    assert {row for row, _ in found.faults} == set(range(33, 43))
    assert all("行号被改动" in sentence for _, sentence in found.faults)


def test_nothing_is_kept_before_it_is_asked_for_and_then_all_of_it(store, tmp_path):
    chain = tiny_chain()
    book = workbook(chain, 2)
    sheet, at = book["招商目录"], columns(book["招商目录"])
    sheet.cell(3, at["对接状态"]).value = "有意向"
    sheet.cell(3, at["最近联系"]).value = date(2026, 11, 20)
    sheet.cell(3, at["下一步"]).value = "=1+1"
    path = saved(book, tmp_path)

    found = read_homecoming(store, chain, HOME, path, TODAY)
    assert outreach_of(store, HOME) == {}
    keep_homecoming(store, chain, HOME, found, actor="甲", at=datetime(2026, 11, 23, 9, 0))

    kept = outreach_of(store, HOME)["f1"]
    assert (kept.state, kept.visited_on) == ("有意向", date(2026, 11, 20))
    again = read_homecoming(store, chain, HOME, path, TODAY)
    assert (len(again.changes), again.n_same) == (0, 2)


@pytest.mark.parametrize(
    ("title", "value", "told"),
    [
        ("对接状态", "谈崩了", "对接状态“谈崩了”不在可选的状态里"),
        ("最近联系", "下周三", "不是可识别的日期"),
        ("最近联系", date(2027, 1, 1), "日期晚于今天"),
        ("拜访记录", "长" * 2_100, "拜访记录超过 2000 字"),
    ],
)
def test_a_cell_that_cannot_be_understood_is_told_and_its_row_left_out(store, tmp_path, title, value, told):
    chain = tiny_chain()
    book = workbook(chain, 2)
    book["招商目录"].cell(3, columns(book["招商目录"])[title]).value = value

    found = read_homecoming(store, chain, HOME, saved(book, tmp_path), TODAY)

    [(row, sentence)] = found.faults
    assert (row, found.changes, found.n_same) == (3, (), 1)
    assert told in sentence and "企业1" in sentence


def test_a_row_copied_twice_counts_once(store, tmp_path):
    book = workbook(tiny_chain(), 1)
    sheet = book["招商目录"]
    sheet.append([cell.value for cell in sheet[3]])

    found = read_homecoming(store, tiny_chain(), HOME, saved(book, tmp_path), TODAY)

    assert [row for row, _ in found.faults] == [4]
    assert "只采用前一行" in found.faults[0][1]


@pytest.mark.parametrize("reader", ["leader", "outside"])
def test_a_catalogue_for_others_cannot_be_brought_back(store, tmp_path, reader):
    with pytest.raises(NotACatalogue, match="只有内部版的目录可以带回"):
        read_homecoming(store, tiny_chain(), HOME, saved(workbook(tiny_chain(), 1, reader), tmp_path), TODAY)


def test_a_catalogue_of_another_region_is_not_taken_for_this_one(store, tmp_path):
    found = read_homecoming(store, tiny_chain(), "420100", saved(workbook(tiny_chain(), 2), tmp_path), TODAY)

    assert (len(found.faults), found.changes) == (2, ())


def test_the_states_can_be_chosen_from_a_list_and_the_ids_are_hidden():
    book = workbook(tiny_chain(), 1)
    sheet, at = book["招商目录"], columns(book["招商目录"])

    [rule] = sheet.data_validations.dataValidation
    assert rule.formula1 == '"待联系,已联系,已拜访,有意向,在谈,放弃"'
    assert sheet.column_dimensions[openpyxl.utils.get_column_letter(at[ROW_ID_TITLE])].hidden


def test_what_is_not_told_of_a_firm_is_untouched():
    assert Outreach() == Outreach("待联系", None, "", "")


def test_a_firm_that_stands_for_two_segments_is_told_of_once_and_stays_so_when_the_file_comes_again(store, tmp_path):
    chain = tiny_chain()
    book = workbook(chain, 2)
    sheet, at = book["招商目录"], columns(book["招商目录"])
    sheet.cell(4, at[ROW_ID_TITLE]).value = row_id(chain.id, HOME, chain.segments[1].id, "f1")
    sheet.cell(3, at["对接状态"]).value = "已拜访"
    path = saved(book, tmp_path)

    found = read_homecoming(store, chain, HOME, path, TODAY)
    assert (len(found.changes), found.n_same) == (1, 1)
    keep_homecoming(store, chain, HOME, found, actor="甲", at=datetime(2026, 11, 23, 9, 0))
    again = read_homecoming(store, chain, HOME, path, TODAY)
    # the untouched row does not undo what the other says
    assert (len(again.changes), again.n_same) == (0, 2)
    assert outreach_of(store, HOME)["f1"].state == "已拜访"

"""Spreadsheets of other people as drafts, our own as packages; what is wrong or hostile is one sentence with its place."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from xlsxwriter import Workbook

from exports.package_xlsx import package_workbook
from services.package_files import PackageFileInvalid, read_package, read_package_text
from tests.chains.tiny import tiny_chain

DAY = date(2026, 11, 1)


def sheet(path: Path, *rows: tuple[object, ...], name: str = "清单") -> Path:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    tab = book.active
    assert tab is not None
    tab.title = name
    for row in rows:
        tab.append(row)
    book.save(path)
    return path


def test_a_plain_list_with_blank_cells_becomes_a_draft(tmp_path):
    sheet(
        tmp_path / "list.xlsx",
        ("某市产业链图谱",),
        ("链", "段", "环节", "细分", "关键词"),
        ("粉末冶金", "上游", "粉末", "铁粉", "还原铁粉、雾化铁粉"),
        (None, None, None, "铜粉", None),
        (None, None, None, None, "电解铜粉"),
        (None, "中游", "零件", None, None),
        (None, None, None, "轴承", "含油轴承"),
        (None, "下游", "电机", None, "微型电机"),
    )
    made = read_package(tmp_path / "list.xlsx", DAY)

    assert [(one.group, one.name, one.keywords) for one in made.segments] == [
        ("粉末", "铁粉", ("还原铁粉", "雾化铁粉")),
        ("粉末", "铜粉", ("电解铜粉",)),
        ("零件", "轴承", ("含油轴承",)),
        ("电机", "电机", ("微型电机",)),
    ]
    assert "# 2. 供应关系 edges：现有 0 条" in read_package_text(tmp_path / "list.xlsx", DAY)


def test_merged_cells_mean_as_above(tmp_path):
    path = tmp_path / "merged.xlsx"
    with Workbook(path) as book:
        tab = book.add_worksheet("粉末冶金")
        tab.write_row(0, 0, ["段", "环节", "细分", "关键词"])
        tab.merge_range(1, 0, 2, 0, "上游")
        tab.merge_range(1, 1, 2, 1, "粉末")
        tab.write_row(1, 2, ["铁粉", "还原铁粉"])
        tab.write_row(2, 2, ["铜粉", "电解铜粉"])

    made = read_package(path, DAY)

    assert made.name == "粉末冶金"
    assert [(made.stage_name(one.stage), one.group, one.name) for one in made.segments] == [
        ("上游", "粉末", "铁粉"), ("上游", "粉末", "铜粉"),
    ]  # fmt: skip


HEADER = ("链", "段", "环节", "细分", "关键词")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ((("名称", "内容"), ("甲", "乙")), "没有找到列名 链、段、环节、细分、关键词（至少要有 段、环节）；文件里的表头是 “清单”：名称、内容"),
        ((HEADER, ("甲", "上游", "粉", "=1+1", "铁粉")), "工作表“清单”的单元格 D2 是公式"),
        ((HEADER, ("甲", "上游", "粉", "＝x", "铁粉\u202e")), "工作表“清单”第 2 行：“关键词”里有不可见的控制字符"),
        ((HEADER, ("甲", "上游", "粉", "铁粉", "@SUM(A1)")), "工作表“清单”第 2 行：“关键词”以“@”开头，像是公式"),
        ((HEADER, ("甲", None, "粉", "铁粉", "铁粉")), "工作表“清单”第 2 行：段没有写"),
        ((HEADER, ("甲", "上游", "粉", "字" * 41, "铁粉")), "有 41 个字，不像名称"),
    ],
)  # fmt: skip
def test_a_hostile_or_wrong_sheet_is_one_sentence_with_its_row(rows, reason, tmp_path):
    with pytest.raises(PackageFileInvalid) as refused:
        read_package(sheet(tmp_path / "bad.xlsx", *rows), DAY)

    assert str(refused.value).startswith("bad.xlsx：")
    assert reason in str(refused.value)


def test_markup_in_a_cell_stays_text(tmp_path):
    sheet(tmp_path / "html.xlsx", HEADER, ("甲", "上游", "粉", "<b>铁粉</b>", "<script>alert(1)</script>"))

    [segment] = read_package(tmp_path / "html.xlsx", DAY).segments

    assert (segment.name, segment.keywords) == ("<b>铁粉</b>", ("<script>alert(1)</script>",))


def test_our_own_workbook_with_a_wrong_cell_says_sheet_row_and_column(tmp_path):
    path = tmp_path / "own.xlsx"
    path.write_bytes(package_workbook(tiny_chain()))
    book = openpyxl.load_workbook(path)
    book["环节"]["B3"] = "不存在的段"
    book["环节"]["F4"] = None
    book["供应关系"]["C2"] = 2
    book.save(path)

    with pytest.raises(PackageFileInvalid) as refused:
        read_package(path, DAY)

    assert "own.xlsx：工作表“环节”第 3 行“段”" in str(refused.value)
    assert "“环节”第 4 行“关键词”：缺少字段 关键词" in str(refused.value)
    assert "“供应关系”第 2 行“权重”：权重 是 2，应不超过 1" in str(refused.value)


def test_an_unknown_column_of_our_own_workbook_is_named(tmp_path):
    path = tmp_path / "own.xlsx"
    path.write_bytes(package_workbook(tiny_chain()))
    book = openpyxl.load_workbook(path)
    book["环节"]["R1"] = "同义词"
    book.save(path)

    with pytest.raises(PackageFileInvalid, match="工作表“环节”第 1 行：不认识列“同义词”；应为：编号、段"):
        read_package(path, DAY)


def test_an_entity_bomb_in_a_workbook_or_mind_map_is_refused(tmp_path):
    path = sheet(tmp_path / "bomb.xlsx", HEADER)
    parts = {name: zipfile.ZipFile(path).read(name) for name in zipfile.ZipFile(path).namelist()}
    parts["xl/worksheets/sheet1.xml"] = b'<!DOCTYPE x [<!ENTITY a "ha">]><worksheet>&a;</worksheet>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    (tmp_path / "bomb.mm").write_text('<!DOCTYPE m [<!ENTITY a "ha">]><map/>', encoding="utf-8")

    for name in ("bomb.xlsx", "bomb.mm"):
        with pytest.raises(PackageFileInvalid, match="文档类型声明"):
            read_package(tmp_path / name, DAY)


def test_a_file_of_another_kind_names_the_known_ones(tmp_path):
    with pytest.raises(PackageFileInvalid, match=r"a\.docx：不能读 \.docx 文件；可用 \.yaml、\.yml、\.xlsx"):
        read_package(tmp_path / "a.docx", DAY)
    with pytest.raises(PackageFileInvalid, match=r"找不到文件 none\.md"):
        read_package(tmp_path / "none.md", DAY)

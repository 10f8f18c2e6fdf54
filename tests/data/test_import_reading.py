"""Files from outside: what is read, and what is refused in one Chinese sentence."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.imports import UnreadableFile, xlsx_reading
from data.imports.fields import header_finder
from data.imports.reading import open_table
from data.imports.table import ReadOptions
from data.imports.workbook import convert
from tests.data.import_files import VALID, rewrite_sheet, sheet_xml, write_csv, write_xlsx

HEADER = ["统一社会信用代码", "企业名称"]


def read(path: Path, *, sheet: str | None = None, header_row: int | None = None) -> pl.DataFrame:
    with open_table(path, ReadOptions(sheet, header_row), header_finder("firms", [])) as table:
        return table.read(table.columns)


def notes(path: Path) -> tuple[str, ...]:
    with open_table(path, ReadOptions(), header_finder("firms", [])) as table:
        return table.notes


def refusal(path: Path, **options: int | None) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(path, **options)
    message = str(caught.value)
    assert message.endswith("。") and "\n" not in message
    return message


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_the_encodings_met_in_practice(tmp_path: Path, encoding: str) -> None:
    path = write_csv(
        tmp_path / "a.csv", [{"企业名称": "样例钢构有限公司", "经营范围": "生产、销售：钢构件"}], encoding=encoding
    )
    assert read(path).rows() == [(2, "样例钢构有限公司", "生产、销售：钢构件")]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_with_its_own_delimiter(tmp_path: Path, delimiter: str) -> None:
    path = write_csv(tmp_path / "a.csv", [{"企业名称": "甲", "经营范围": "乙", "地址": "丙"}], delimiter=delimiter)
    assert read(path).rows() == [(2, "甲", "乙", "丙")]


def test_row_numbers_are_those_a_spreadsheet_shows(tmp_path: Path) -> None:
    text = '企业名单（内部）,\n\n企业名称,经营范围\n甲,"两\n行"\n\n乙,一行\n'
    assert read(written(tmp_path / "a.csv", text.encode()))["row_number"].to_list() == [4, 6]


def test_a_quote_inside_an_unquoted_cell_is_a_letter(tmp_path: Path) -> None:
    assert read(written(tmp_path / "a.csv", '企业名称,地址\n某"诚信"公司,甲\n'.encode()))["企业名称"].to_list() == [
        '某"诚信"公司'
    ]


def test_the_title_line_above_the_heading_is_passed_over(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["2024 年重点企业"], [], HEADER, [VALID[0], "甲"]])
    assert read(path).rows() == [(4, VALID[0], "甲")]


def test_the_heading_row_may_be_named(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["代码", "称呼"], [VALID[0], "甲"]])
    assert read(path, header_row=1).columns == ["row_number", "代码", "称呼"]
    assert "不能作表头" in refusal(path, header_row=9)


def test_dates_of_a_workbook_are_days_and_codes_stay_text(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx", [["企业名称", "成立日期", "区县代码", "比例"], ["甲", date(2019, 5, 1), "010117", 0.5]]
    )
    assert read(path).rows() == [(2, "甲", "2019-05-01", "010117", "0.5")]


def test_the_first_visible_sheet_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].sheet_state = "hidden"
    for name, firm in (("上游", "甲"), ("下游", "乙")):
        book.create_sheet(name).append(["企业名称"])
        book[name].append([firm])
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx")["企业名称"].to_list() == ["甲"]
    assert read(tmp_path / "a.xlsx", sheet="下游")["企业名称"].to_list() == ["乙"]
    assert notes(tmp_path / "a.xlsx") == ("只读取了工作表“上游”，未读取：下游",)
    with pytest.raises(UnreadableFile, match="没有名为“中游”的工作表，现有：Sheet、上游、下游"):
        read(tmp_path / "a.xlsx", sheet="中游")


def test_formulas_without_a_stored_result_are_counted(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["企业名称", "地址"], ["甲", "=A2"]])
    assert notes(path) == ("有 1 个公式单元格没有保存计算结果，按空白处理",)


def test_columns_of_a_parquet_file_keep_their_types(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"name": ["甲", "乙"], "capital_wan": [1.5, None], "parts": [{"a": 1}, {"a": 2}]}).write_parquet(path)
    with open_table(path, ReadOptions(), header_finder("firms", [])) as table:
        assert table.columns == ("name", "capital_wan")
        assert table.read(table.columns).rows() == [(1, "甲", 1.5), (2, "乙", None)]
        assert [chunk["row_number"].to_list() for chunk in table.chunks(["name"], 1)] == [[1], [2]]
        assert "parts" in table.notes[0]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", b"", "文件是空的"),
        ("a.csv", b" \r\n\r\n", "文件是空的"),
        ("a.csv", "企业名称,地址\n".encode(), "只有表头"),
        ("a.csv", "企业名称,企业名称\n甲,乙\n".encode(), "重复的列名：企业名称"),
        ("a.csv", "企业名称,地址\n甲,乙,丙\n".encode(), "第 2 行有 3 列，表头只有 2 列"),
        ("a.csv", '企业名称,地址\n"甲,乙\n丙,丁\n'.encode(), "双引号不配对"),
        ("a.csv", "企业名称\n甲\n".encode() + b"\xff\xfe\xff" * 10, "编码无法识别"),
        ("a.csv", ("企业名称\n" + "甲乙丙丁\n" * 10).encode() + b"\xe5\n", "第 12 行有损坏的字节"),
        ("a.csv", b"a\0b\0c\0\n\0" * 50, "大量空字节"),
        ("a.csv", (",".join(f"c{i}" for i in range(301)) + "\n" + "1," * 300 + "1\n").encode(), "301 列，超过 300 列"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "旧版 .xls"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "加了密码"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页（HTML/XML）"),
        ("a.xls", b"\xef\xbb\xbf\n<?xml version='1.0'?><Workbook/>", "网页（HTML/XML）"),
        ("a.xlsx", b"PK\x03\x04 not a zip", "工作簿已损坏"),
        ("a.parquet", b"PAR1 not really PAR1", "不是完整的 parquet"),
        ("a.csv", b"PAR1....PAR1", "扩展名是 .csv，内容却是parquet"),
        ("a.xlsx", "企业名称\n甲\n".encode(), "扩展名是 .xlsx，内容却是文本表格"),
        ("a.pdf", b"%PDF-1.7", "这是 PDF"),
        ("a.doc", b"text", "扩展名 .doc 不能导入"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_cause_and_cure(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    assert expected in refusal(written(tmp_path / name, content))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "找不到文件 nichts.csv" in refusal(tmp_path / "nichts.csv")


def test_a_few_null_bytes_are_dropped_and_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", ("企业名称\n" + "甲乙丙\n" * 40 + "丁\0戊\n").encode())
    assert read(path)["企业名称"].to_list()[-1] == "丁戊"
    assert notes(path) == ("去除了 1 个空字节",)


def test_a_torn_parquet_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"name": [f"样例{n}" for n in range(5000)]}).write_parquet(path)
    whole = path.read_bytes()
    assert "parquet" in refusal(written(path, whole[: len(whole) // 2]))
    assert "损坏" in refusal(written(path, b"PAR1" + b"\xff" * 8000 + whole[8004:]))


def test_a_parquet_file_that_unfolds_into_a_flood_of_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    repeated = pa.DictionaryArray.from_arrays(pa.array([0] * 100_000, pa.int32()), pa.array(["长" * 300_000]))
    pq.write_table(pa.table({"name": repeated}), path, store_schema=False, dictionary_pagesize_limit=1 << 30)
    assert path.stat().st_size < 1 << 20
    assert "文字过长" in refusal(path)


def test_a_parquet_file_without_rows_is_refused(tmp_path: Path) -> None:
    pl.DataFrame({"name": []}, schema={"name": pl.String}).write_parquet(tmp_path / "a.parquet")
    assert "只有表头" in refusal(tmp_path / "a.parquet")


def test_a_lone_cell_in_the_last_corner_is_refused_cheaply(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reading, "XLSX_WORKER_BYTES", 100 << 20)
    path = write_xlsx(tmp_path / "a.xlsx", [HEADER])
    rewrite_sheet(path, sheet_xml('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    assert "XFD1048576" in refusal(path)


def test_empty_cells_that_are_only_coloured_do_no_harm(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="str"><v>企业名称</v></c><c r="XFD1" s="0"/></row><row r="2"><c r="A2" t="str"><v>甲</v></c></row>'
    path = rewrite_sheet(write_xlsx(tmp_path / "a.xlsx", [HEADER]), sheet_xml(rows))
    assert read(path).rows() == [(2, "甲")]


def test_a_cell_far_down_costs_no_empty_rows(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="str"><v>企业名称</v></c></row><row r="1048576"><c r="A1048576" t="str"><v>甲</v></c></row>'
    path = rewrite_sheet(write_xlsx(tmp_path / "a.xlsx", [HEADER]), sheet_xml(rows))
    assert read(path).rows() == [(1_048_576, "甲")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ('<row r="9999999"><c r="A9999999"><v>1</v></c></row>', "超过 Excel 的上限"),
        ('<row r="1"><c r="A1" t="s"><v>77</v></c></row>', "文字表与单元格对不上"),
        ('<row r="1"><c r="A1"><v>1</v></row>', "不是标准的 .xlsx"),
        ('<row r="x"><c><v>1</v></c></row>', "不是标准的 .xlsx"),
    ],
)
def test_a_broken_sheet_is_refused(tmp_path: Path, rows: str, expected: str) -> None:
    path = rewrite_sheet(write_xlsx(tmp_path / "a.xlsx", [HEADER]), sheet_xml(rows))
    assert expected in refusal(path)


def test_the_reader_says_in_json_what_it_read_or_why_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(convert, "limit_memory", lambda limit: None)
    path = write_xlsx(tmp_path / "a.xlsx", [["企业名称", "在营", "开业"], ["甲", True, datetime(2019, 5, 1, 8, 30)]])
    target = tmp_path / "out.csv"
    assert convert.main([str(path), str(target), "0"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said == {"sheet": "Sheet1", "sheets": ["Sheet1"], "rows": 2, "columns": 3, "uncached": 0, "formula": ""}
    assert target.read_text(encoding="utf-8").splitlines()[1] == '"2","甲","TRUE","2019-05-01 08:30:00"'
    rewrite_sheet(path, sheet_xml("<row>"))
    assert convert.main([str(path), str(target), "0", "Sheet1"]) == 0
    assert "不是标准的 .xlsx" in json.loads(capsys.readouterr().out)["refused"]


def test_entities_that_multiply_are_not_unfolded(tmp_path: Path) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    )
    assert "文档类型声明" in refusal(rewrite_sheet(write_xlsx(tmp_path / "a.xlsx", [HEADER]), bomb))


def zipped(path: Path, parts: Sequence[tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([("xl/workbook.xml", b"<a/>"), ("xl/worksheets/sheet1.xml", b" " * (201 << 20))], "超过上限"),
        ([("xl/workbook.xml", b"<a/>"), ("xl/worksheets/sheet1.xml", b" " * (60 << 20))], "压缩炸弹"),
        ([(f"part{n}", b"") for n in range(1001)], "1001 个部件"),
        ([("content.xml", b"<a/>")], "这是ods 表格"),
        ([("xl/workbook.bin", b"")], "这是xlsb 工作簿"),
        ([("readme.txt", b"")], "这是普通压缩包"),
        ([("xl/workbook.xml", b"<workbook/>")], "不是标准的 .xlsx"),
    ],
)
def test_a_zip_that_is_no_workbook_or_a_bomb_is_refused_before_unpacking(
    tmp_path: Path, parts: list[tuple[str, bytes]], expected: str
) -> None:
    assert expected in refusal(zipped(tmp_path / "a.xlsx", parts))


def test_a_workbook_over_20_megabytes_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "a.xlsx").open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(21 << 20)
    assert "超过 20 MB" in refusal(tmp_path / "a.xlsx")


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reading, "XLSX_SECONDS", 0)
    assert "秒内没有读完" in refusal(write_xlsx(tmp_path / "a.xlsx", [HEADER, [VALID[0], "甲"]]))


def test_a_reader_that_takes_too_much_memory_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reading, "_resident", lambda pid: 1 << 40)
    assert "内存过大" in refusal(write_xlsx(tmp_path / "a.xlsx", [HEADER, [VALID[0], "甲"]]))


def test_phonetic_runs_and_rich_text_give_the_plain_text(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>企业名称</t></is></c></row><row r="2"><c r="A2" t="s"><v>0</v></c></row>'
    path = rewrite_sheet(write_xlsx(tmp_path / "a.xlsx", [HEADER]), sheet_xml(row))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/sharedStrings.xml"] = (
        "<sst><si><r><t>样例</t></r><r><t>钢构</t></r><rPh><t>yang</t></rPh></si></sst>".encode()
    )
    zipped(path, list(parts.items()))
    assert read(path)["企业名称"].to_list() == ["样例钢构"]

"""Three hundred hostile texts through every column and every export, read back by other programs: nothing runs, nothing is lost."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import replace
from functools import cache

import docx
import lxml.html
import openpyxl
import pandas as pd
import pypdfium2
import pytest
from pypdf import PdfReader

from exports.columns import CATALOGUE, Column
from exports.content import CatalogueContent
from exports.document.glyphs import naming
from exports.losses import told_losses
from exports.plain_text import CELL_LIMIT, CUT_MARK, cell_text, too_long, visible
from exports.xlsx import table_workbook
from services.catalogue_files import Order, catalogue_file
from tests.exports.hostile import HOSTILE
from tests.exports.test_documents import content, item

TEXTS = (
    "name", "uscc", "region", "segment_name", "chain_name", "action", "tags", "stock_code", "products", "evidence", "tie_text",
    "expansion_text", "reason", "rank_text", "site", "channel", "contact", "responsible", "contact_state", "visit_note",
    "next_step", "row_id",
)  # fmt: skip
TITLES = {column.key: column.title for column in CATALOGUE}
AUTHOR = HOSTILE[4]


@cache
def hostile() -> CatalogueContent:
    rows = [
        item(position=at, conflicts=[text], **dict.fromkeys(TEXTS, text)) for at, text in enumerate(HOSTILE, start=1)
    ]
    short = [text for text in HOSTILE if len(text) < 60]
    names = [
        "title",
        "file_name",
        "stage_name",
        "name",
        "stage_text",
        "segment_name",
        "source_title",
        "gap_reason",
        "tier",
        "scope",
    ]
    other = pd.DataFrame(
        dict.fromkeys(names, short)
        | dict.fromkeys(("stage", "stage_on", "as_of", "imported_at", "n_accepted"), [None] * len(short)),
        dtype="object",
    )
    return content(
        items=pd.DataFrame(rows, dtype="object"), title=HOSTILE[5], state=HOSTILE[20], caption=HOSTILE[100], parameters=tuple((one, one) for one in short),
        projects=other, sources=other, left_out=tuple(short),
    )  # fmt: skip


@cache
def file(suffix: str, *, trip: bool = False) -> bytes:
    return catalogue_file(hostile(), suffix, Order(AUTHOR, trip=trip, number="0a1b2c3d"))


def as_openpyxl_reads(text: str) -> str:
    """It leaves out Excel's own escape of an underscore, wherever it stands."""
    return cell_text(text).replace("x005F_", "")


def members(book: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {
            name: archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith((".xml", ".rels"))
        }


def test_there_are_three_hundred_and_no_two_are_the_same():
    assert (len(HOSTILE), len(set(HOSTILE))) == (300, 300)


def test_the_workbook_holds_every_text_in_every_column_as_text():
    sheet = openpyxl.load_workbook(io.BytesIO(file(".xlsx")))["招商目录"]
    at = {cell.value: cell.column for cell in sheet[2]}

    for row, text in enumerate(HOSTILE, start=3):
        cells = [sheet.cell(row, at[TITLES[key]]) for key in TEXTS]
        assert {cell.data_type for cell in cells} == {"s"}
        assert {cell.value for cell in cells} == {as_openpyxl_reads(text)}, ascii(text[:40])


def test_the_workbook_has_no_formula_no_link_and_nothing_from_outside():
    parts = members(file(".xlsx"))

    sheets = "".join(text for name, text in parts.items() if name.startswith("xl/worksheets/sheet"))
    assert "<f>" not in sheets and "<f " not in sheets and "hyperlink" not in sheets
    assert not [name for name in parts if "external" in name.lower() or "vba" in name.lower()]
    assert 'TargetMode="External"' not in "".join(text for name, text in parts.items() if name.endswith(".rels"))


def test_what_excel_cannot_hold_is_cut_with_a_mark_and_said_in_the_file_and_to_the_user():
    sheet = openpyxl.load_workbook(io.BytesIO(file(".xlsx")))
    column = next(cell.column for cell in sheet["招商目录"][2] if cell.value == "推荐理由")
    cut = [text for text in HOSTILE if too_long(text)]
    cells = [str(sheet["招商目录"].cell(HOSTILE.index(text) + 3, column).value) for text in cut]

    assert len(cut) == 3
    assert all(
        cell.endswith(CUT_MARK) and len(cell.encode("utf-16-le")) // 2 in (CELL_LIMIT - 1, CELL_LIMIT) for cell in cells
    )
    told = told_losses(hostile())
    assert [re.search(r"等 (\d+) 家|：", sentence) is not None for sentence in told] == [True, True]
    assert "超过 Excel 单元格的 32,767 字" in told[0] and "控制字符，以编码" in told[1]
    notes = {str(row[1].value) for row in sheet["说明"].iter_rows(min_row=3) if row[0].value == "写不下的内容"}
    assert notes == {cell_text(sentence) for sentence in told}


def test_the_word_file_holds_every_text_and_no_field_or_link_of_theirs():
    data = file(".docx")
    tables = docx.Document(io.BytesIO(data)).tables
    cells = {cell.text for table in tables for row in table.rows for cell in row.cells}
    parts = members(data)

    for text in HOSTILE:
        assert any(visible(text) in cell for cell in cells), ascii(text[:40])
    body = parts["word/document.xml"]
    assert "<w:hyperlink" not in body and "<w:instrText" not in body
    assert set(re.findall(r'w:instr="(\w+)', body + parts["word/footer1.xml"])) == {"PAGE", "PAGEREF"}
    assert 'TargetMode="External"' not in "".join(text for name, text in parts.items() if name.endswith(".rels"))


def test_the_offline_page_holds_every_text_and_runs_only_its_own_script():
    page = lxml.html.document_fromstring(file(".html"))
    cells = {cell.text_content() for cell in page.iter("td")}
    flat = {re.sub(r"\s", "", cell) for cell in cells}

    for text in HOSTILE:
        wanted = re.sub(r"\s", "", visible(text))
        assert any(wanted in cell for cell in flat), ascii(text[:40])
    assert len(page.findall(".//script")) == len(page.findall(".//style")) == 1
    assert {link.get("href")[:2] for link in page.iter("a")} == {"#h"}
    assert {one.tag for one in page.iter() if isinstance(one.tag, str)} & {
        "img",
        "svg",
        "iframe",
        "form",
        "base",
        "link",
    } == set()
    assert not [name for one in page.iter() for name in one.attrib if name.startswith("on")]


def test_the_pdf_holds_every_text_names_what_it_cannot_print_and_links_nowhere():
    items = hostile().items
    long = items["name"].map(too_long)
    # one cell of each long text is enough: it takes a dozen pages
    once = items.assign(
        **{key: items[key].where(~long, "甲") for key in TEXTS if key != "reason"}, conflicts=[[]] * len(items)
    )
    data = catalogue_file(replace(hostile(), items=once), ".pdf", Order(AUTHOR))
    named = naming("".join(HOSTILE))
    flat = plain("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)))

    for text in HOSTILE:
        if not too_long(text):
            assert plain(named(text)) in flat, ascii(text[:40])
    assert flat.count("长") >= 32_768
    assert flat.count("x") >= 40_000
    assert "U+202E" in named.coded and "不占位的字符已略去：U+00AD" in named.told
    assert plain("U+202E、") in flat
    notes = [note.get_object() for page in PdfReader(io.BytesIO(data)).pages for note in page.get("/Annots") or ()]
    assert {note["/Subtype"] for note in notes} == {"/Link"}
    assert all("/A" not in note or note["/A"]["/S"] == "/GoTo" for note in notes)
    assert not re.search(rb"/JavaScript|/URI|/Launch|/EmbeddedFile", data)


def plain(text: str) -> str:
    """Without what a page breaks lines with, and signs that a font draws as one taken apart."""
    return re.sub(r"[\s\u00ad\u200b-\u200d\u2060\ufeff\ufffe]", "", unicodedata.normalize("NFKC", text))


def test_the_page_for_each_firm_holds_them_too():
    few = replace(hostile(), items=hostile().items.head(80))
    page = lxml.html.document_fromstring(catalogue_file(few, ".html", Order(AUTHOR, trip=True)))

    titles = {title.text_content() for title in page.iter("h4")}
    assert {re.sub(r"\s", "", visible(text)) for text in HOSTILE[:80]} <= {re.sub(r"\s", "", one) for one in titles}


@pytest.mark.parametrize("name", ["上游/[a]*?:", "'x'", "History", "招商目录", "", "长" * 40, "\x00"])
def test_no_name_of_a_stage_breaks_the_workbook(name):
    made = catalogue_file(content(item(stage_name=name)), ".xlsx", Order("甲"))

    assert len(openpyxl.load_workbook(io.BytesIO(made)).sheetnames) == 7


def test_any_table_taken_from_the_screen_is_text_too():
    made = table_workbook(
        HOSTILE[20], HOSTILE[0], [Column(HOSTILE[5], "a", 20)], pd.DataFrame({"a": HOSTILE}, dtype="object"), HOSTILE[1]
    )
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active

    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows(min_row=3)] == [as_openpyxl_reads(text) for text in HOSTILE]
    assert not re.search(r"<f[ >]|hyperlink", members(made)["xl/worksheets/sheet1.xml"])

"""The catalogue on paper, measured on its pages: our PDF, and the Word file as LibreOffice prints it."""

from __future__ import annotations

import io
import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from functools import cache

import pandas as pd
import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from exports.content import CatalogueContent
from exports.document import pdf
from exports.document.blocks import Document, PageBreak, Paragraph
from exports.document.glyphs import Naming
from exports.document.measures import CHARACTERS, LINES
from exports.document.pdf import pdf_document
from exports.document.word import word_document
from services.catalogue_files import Order, catalogue_file
from tests.exports.test_documents import STAMP, content, item
from tests.office import find_office

MM = 25.4 / 72
Box = tuple[float, ...]
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
OFFICE = find_office()
needs_office = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is not installed here: the Word file cannot be printed"
)
REASON = "位于云溪区，2011 年成立；注册资本 5,000 万元；依据：“铁粉、铜粉的生产、销售”［条款写明从事］；与本地有关联：供货给本地企业"


@dataclass(frozen=True)
class Page:
    """Where the text of a page stands, in mm from its edges."""

    top: float
    bottom: float
    left: float
    right: float


def catalogue(n_firms: int = 60) -> CatalogueContent:
    """Firms of three parts of the chain, so that headings meet the ends of pages."""
    stages = ("上游·原料", "中游·零件", "下游·整车")
    rows = [
        item(position=at, stage_name=stages[at % 3], name=f"示例企业第{at}号（演示）有限责任公司", reason=REASON * (1 + at % 3),
             uscc="91350100M000100Y43")
        for at in range(1, n_firms + 1)
    ]  # fmt: skip
    gaps = pd.DataFrame(
        {
            "name": [f"环节{at}" for at in range(30)],
            "label": "missing",
            "action": "补链",
            "priority": 50.0,
            "gap_reason": REASON,
        }
    )
    return content(*rows, gaps=gaps, state="共有三十个缺口。" * 30, version=3, content_sha256="ab" * 32)


def text_page() -> Document:
    """A page full of text."""
    return Document("题", "", (), (PageBreak(), Paragraph("国" * (CHARACTERS * (LINES + 8) - 2))), STAMP)


@cache
def ours(kind: str) -> bytes:
    return pdf_document(text_page()) if kind == "text" else catalogue_file(catalogue(), ".pdf", Order("甲", trip=True))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Files as LibreOffice prints them, by name; one start prints them all."""
    folder = tmp_path_factory.mktemp("office")
    made = {
        "text.docx": word_document(text_page()),
        "catalogue.docx": catalogue_file(catalogue(24), ".docx", Order("甲", trip=True)),
        "sheets.xlsx": catalogue_file(catalogue(24), ".xlsx", Order("甲")),
    }
    for name, file in made.items():
        (folder / name).write_bytes(file)
    command = [
        str(OFFICE),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    files = [str(folder / name) for name in made]
    subprocess.run([*command, "--outdir", str(folder), *files], check=True, capture_output=True, timeout=300)
    return {name: (folder / name).with_suffix(".pdf").read_bytes() for name in made}


def signs_of(page: pypdfium2.PdfPage) -> list[tuple[str, Box]]:
    """Every sign of a page with its left, bottom, right and top in mm from left and bottom."""
    text = page.get_textpage()
    return [
        (text.get_text_range(at, 1), tuple(edge * MM for edge in text.get_charbox(at))) for at in range(text.count_chars())
    ]  # fmt: skip


def place_of(page: pypdfium2.PdfPage, boxes: list[Box]) -> Page:
    """Where boxes stand on a page."""
    width, height = (side * MM for side in page.get_size())
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return Page(height - max(tops), min(bottoms), min(lefts), width - max(rights))


def lines_of(file: bytes) -> tuple[Counter[int], Page]:
    """How many signs each line of the full page of text has, and where they stand."""
    page = pypdfium2.PdfDocument(file)[2]
    boxes = [box for sign, box in signs_of(page) if sign == "国"]
    return Counter(round(box[1]) for box in boxes), place_of(page, boxes)


def check_text_page(file: bytes) -> None:
    lines, edges = lines_of(file)
    assert len(lines) == LINES
    assert Counter(lines.values()) == {CHARACTERS: LINES - 1, CHARACTERS - 2: 1}
    assert (edges.left, edges.right) == (pytest.approx(LEFT, abs=1), pytest.approx(RIGHT, abs=1))
    # a line is 10.2 mm, a sign 5.6: what is above the first and below the last belongs to them
    assert TOP - 1 <= edges.top <= TOP + 5
    assert BOTTOM - 1 <= edges.bottom <= BOTTOM + 5


def fonts_of(file: bytes) -> list[pypdfium2.PdfFont]:
    return [
        text.get_font() for page in pypdfium2.PdfDocument(file) for text in page.get_objects(filter=[FPDF_PAGEOBJ_TEXT])
    ]


def found(signs: list[tuple[str, Box]], words: str) -> list[Box]:
    """The boxes of words on a page; none where they do not stand there."""
    at = "".join(sign or " " for sign, _ in signs).find(words)
    return [] if at < 0 else [box for _, box in signs[at : at + len(words)]]


def check_pages(file: bytes) -> None:
    """Every page: text within the margins, its number, version and content hash at the foot, and room used below a heading."""
    for number, page in enumerate(pypdfium2.PdfDocument(file), start=1):
        signs = signs_of(page)
        said = re.sub(r"\s", "", "".join(sign for sign, _ in signs))
        assert f"—{number}—" in said and "第3版" in said and "ab" * 32 in said, number
        # the stamp stands below the text, and the signs of the watermark are turned and so wider than the text's
        body = [box for sign, box in signs if sign.strip() and box[1] > BOTTOM - 1 and box[3] - box[1] < 8.5]
        assert body, number
        place = place_of(page, body)
        assert place.top >= TOP - 1 and place.left >= LEFT - 1 and place.right >= RIGHT - 1, number
        for heading in HEADINGS if number > 2 else ():
            boxes = found(signs, heading)
            assert not boxes or boxes[0][1] > place.bottom + 3, (number, heading)


HEADINGS = (
    "一、产业链现状",
    "二、缺口清单",
    "三、目标企业",
    "（一）",
    "（二）",
    "（三）",
    "四、已签约",
    "五、口径",
    "六、拜访手册",
)


def test_a_full_page_of_the_pdf_has_the_lines_and_characters_of_the_standard():
    check_text_page(ours("text"))


def test_every_page_of_the_pdf_keeps_the_margins_and_says_which_it_is():
    check_pages(ours("catalogue"))


def test_no_code_is_cut_in_the_table_of_firms():
    codes = [found(signs_of(page), "91350100M000100Y43") for page in pypdfium2.PdfDocument(ours("catalogue"))]
    first = next(code for code in codes if code)

    assert first[0][0] > LEFT + 13
    assert first[-1][2] < LEFT + 13 + 44


def glyphs_of_nothing(file: bytes) -> int:
    """How often a page draws glyph 0, the square for what a font lacks."""
    found = 0
    for page in PdfReader(io.BytesIO(file)).pages:
        for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
            shown = operands[0] if operator == b"TJ" else operands if operator == b"Tj" else ()
            codes = [one.original_bytes for one in shown if hasattr(one, "original_bytes")]
            found += sum(code[at : at + 2] == b"\0\0" for code in codes for at in range(0, len(code), 2))
    return found


def test_the_pdf_embeds_every_font_and_draws_no_square(monkeypatch):
    assert {font.is_embedded for font in fonts_of(ours("catalogue"))} == {True}
    assert glyphs_of_nothing(ours("catalogue")) == 0
    monkeypatch.setattr(pdf, "naming", lambda _text: Naming({}, (), ()))
    assert glyphs_of_nothing(pdf_document(Document("题", "", (), (Paragraph("甲😀乙"),), STAMP))) == 1


def test_a_long_catalogue_typeset_in_parts_has_right_contents_bookmarks_and_page_numbers(monkeypatch):
    told: list[tuple[float, str]] = []
    monkeypatch.setattr(pdf, "PART_ROWS", 50)
    file = catalogue_file(catalogue(), ".pdf", Order("甲"), lambda share, words: told.append((share, words)))
    check_pages(file)
    reader = PdfReader(io.BytesIO(file))
    contents = re.sub(r"[ .\r\n]", "", reader.pages[1].extract_text())

    for entry in flat(reader.outline):
        page = reader.get_destination_page_number(entry) + 1
        assert f"{re.sub(' ', '', str(entry.title))}{page}" in contents
    assert len(flat(reader.outline)) == 8
    assert [words for _, words in told] == [f"正在排版，第 {part} 部分，共 2 部分" for part in (1, 2)]
    assert [share for share, _ in told] == sorted(share for share, _ in told)


def flat(entries):
    return [one for entry in entries for one in (flat(entry) if isinstance(entry, list) else [entry])]


@needs_office
def test_a_full_page_of_the_word_file_has_the_lines_and_characters_of_the_standard(printed):
    check_text_page(printed["text.docx"])


@needs_office
def test_every_printed_page_of_the_word_file_keeps_the_margins(printed):
    file = printed["catalogue.docx"]
    check_pages(file)
    assert {font.is_embedded for font in fonts_of(file)} == {True}


@needs_office
def test_the_workbook_is_read_without_repair_and_says_on_every_printed_page_which_it_is(printed):
    file = printed["sheets.xlsx"]
    said = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)]
    sizes = {tuple(round(side * MM) for side in page.get_size()) for page in pypdfium2.PdfDocument(file)}

    assert sizes == {(420, 297)}
    assert all("第 3 版" in page and "ab" * 32 in page.replace("\r\n", "") for page in said)
    assert {f"第 {number} 页 / 共 {len(said)} 页" in page for number, page in enumerate(said, start=1)} == {True}

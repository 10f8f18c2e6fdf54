"""The catalogue on paper: Word and PDF after GB/T 9704-2012, the offline page, and what each reader may see."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from datetime import datetime
from itertools import pairwise

import docx
import pandas as pd
import pypdfium2
import pytest
from docx.shared import Mm
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from exports.content import NO_GAP, CatalogueContent
from exports.document import glyphs
from exports.document.blocks import Document, Heading, PageBreak, Paragraph, Stamp, Table
from exports.document.glyphs import naming
from exports.document.measures import CHARACTERS, LINE_PT, LINES, PITCH_PT
from exports.document.outline import catalogue_document
from exports.document.pdf import pdf_document
from exports.document.talks import BrokenTalk, Talks, talking_points
from exports.document.web import web_document
from exports.document.word import word_document
from exports.parts import part_of, parts
from exports.profiles import PROFILES, UnknownProfile, profile_of
from exports.xlsx import catalogue_workbook

STAMP = Stamp("草稿 · 内部版", "分析员 2026-11-23")
HOSTILE = '<script>alert(1)</script>&=HYPERLINK("http://x")\x00\x07\u202e#{panic()}'


def item(**facts: object) -> dict[str, object]:
    return {
        "position": 1, "segment_id": "iron", "segment_name": "铁粉", "chain_name": "粉末冶金", "stage_name": "上游",
        "action": "补链", "name": "甲（演示）有限公司", "uscc": "91990101MA00000010", "region": "云溪区", "city_code": "990100",
        "adcode": "990101", "founded_on": None, "capital_cny": 5e7, "stock_code": None, "revenue_cny": None, "tags": None,
        "score": 71.25, "reason": "主营铁粉。", "conflicts": ["在谈"], "expansion_text": None, "tie_text": None,
    } | facts  # fmt: skip


def content(*items: dict[str, object], **facts: object) -> CatalogueContent:
    empty = pd.DataFrame()
    told = {
        "title": "云溪区粉末冶金产业链招商目录", "state": "共 3 个环节。", "caption": "演示数据（虚构） · 云溪区",
        "mark": "演示数据（虚构）", "made_at": datetime(2026, 11, 23, 9, 30), "version": None, "content_sha256": None,
        "offices": (("链长", "未填写"),), "parameters": (("判定基准", "全国"),), "items": pd.DataFrame(items or [item()]),
        "gaps": empty, "coverage": empty, "projects": empty, "sources": empty,
    }  # fmt: skip
    return CatalogueContent(**(told | facts))  # type: ignore[arg-type]


def document(*items: dict[str, object], reader: str = "internal", trip: bool = False):
    return catalogue_document(content(*items), PROFILES[reader], STAMP, "分析员", trip=trip)


def words_of(file: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return re.sub(r"<[^>]+>", " ", archive.read("word/document.xml").decode("utf-8"))


def test_twenty_two_lines_of_twenty_eight_characters_fill_the_text_area_of_the_standard():
    assert pytest.approx((297 - 37 - 35) / 25.4 * 72) == LINES * LINE_PT
    assert pytest.approx((210 - 28 - 26) / 25.4 * 72) == CHARACTERS * PITCH_PT
    assert (round(LINE_PT, 2), round(PITCH_PT, 2)) == (28.99, 15.79)


def test_the_word_file_has_the_margins_of_the_standard():
    section = docx.Document(io.BytesIO(word_document(document()))).sections[0]

    found = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert all(abs(length - Mm(mm)) < Mm(0.2) for length, mm in zip(found, (37, 35, 28, 26), strict=True))
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)


def test_the_word_file_names_official_fonts_and_what_stands_in_for_them():
    with zipfile.ZipFile(io.BytesIO(word_document(document()))) as archive:
        styles, fonts = (archive.read(f"word/{name}.xml").decode("utf-8") for name in ("styles", "fontTable"))

    assert 'w:eastAsia="仿宋_GB2312"' in styles
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in fonts


def test_every_page_says_who_took_it_out_and_which_version_it_is():
    word = docx.Document(io.BytesIO(word_document(document())))

    assert STAMP.foot in "".join(paragraph.text for paragraph in word.sections[0].footer.paragraphs)
    assert STAMP.watermark in word.sections[0].header._element.xml


def test_listed_or_large_firms_come_first_then_the_stages_then_what_is_no_gap():
    items = pd.DataFrame(
        [
            item(position=1, stage_name="下游"),
            item(position=2, action=NO_GAP),
            item(position=3, stock_code="600001"),
            item(position=4, revenue_cny=1e9),
            item(position=5, revenue_cny=9.9e8),
        ]
    )

    assert [(name, rows.position.tolist()) for name, rows in parts(items)] == [
        ("龙头企业", [3, 4]), ("下游", [1]), ("上游", [5]), ("备选", [2]),
    ]  # fmt: skip
    assert part_of(item(revenue_cny=float("nan"))) == "上游"


@pytest.mark.parametrize("reader", list(PROFILES))
def test_a_reader_outside_the_house_sees_no_score_no_reason_and_no_work(reader):
    said = words_of(word_document(document(reader=reader, trip=True)))

    assert ("主营铁粉。" in said, "在谈" in said, "判定基准" in said, "缺口清单" in said) == (
        (reader != "outside",) * 4
    )
    assert "甲（演示）有限公司" in said


def test_the_workbook_of_a_reader_outside_the_house_has_no_inside_sheet_or_column():
    names = {}
    for reader in PROFILES:
        with zipfile.ZipFile(io.BytesIO(catalogue_workbook(content(), PROFILES[reader]))) as archive:
            names[reader] = archive.read("xl/workbook.xml").decode(), archive.read("xl/sharedStrings.xml").decode()

    assert "缺口清单" in names["internal"][0] and "缺口清单" not in names["outside"][0]
    assert "推荐理由" in names["leader"][1] and "推荐理由" not in names["outside"][1]
    assert "完整度" not in names["leader"][1]


def test_an_unknown_reader_is_named():
    with pytest.raises(UnknownProfile, match="没有名为“老板版”的版本；可用：内部版、领导版、对外版"):
        profile_of("老板版")


def test_a_part_of_more_than_a_hundred_firms_begins_on_a_page_of_its_own():
    def begun_on_a_page(n_upstream: int, n_downstream: int) -> list[str]:
        rows = [item()] * n_upstream + [item(stage_name="下游")] * n_downstream
        blocks = document(*rows).blocks
        return [after.text for before, after in pairwise(blocks) if isinstance(before, PageBreak)]

    assert begun_on_a_page(100, 100) == []
    assert begun_on_a_page(100, 101) == ["三、目标企业", "（二）下游（101 家次）"]
    assert begun_on_a_page(101, 100) == ["三、目标企业"]


def test_the_trip_gives_each_firm_a_page_with_an_empty_record_ordered_by_place():
    blocks = document(item(name="乙", adcode="990102", position=1), item(name="甲", position=2), trip=True).blocks

    assert [block.text for block in blocks if isinstance(block, Heading) and block.level == 3] == ["甲", "乙"]
    records = [block for block in blocks if isinstance(block, Table) and block.titles[0] == "拜访记录"]
    assert len(records) == 2
    assert all(cell.strip() == "" for record in records for _, cell in record.rows)


def test_a_talking_point_with_a_wrong_placeholder_is_named():
    with pytest.raises(BrokenTalk, match=r"占位词 \{公司\} 不存在；可用的占位词：\{企业\}"):
        Talks(by_segment={"iron": ("拜访{公司}",)})
    with pytest.raises(BrokenTalk, match="花括号不成对"):
        Talks(usual=("拜访{企业",))


def test_talking_points_are_those_of_the_segment():
    talks = Talks(usual=("都问",), by_segment={"iron": ("{企业}的{环节}",)})

    assert talking_points(item(), talks) == ["甲（演示）有限公司的铁粉"]
    assert talking_points(item(segment_id="other"), talks) == ["都问"]


def test_a_hostile_name_stays_text_in_every_format():
    hostile = document(item(name=HOSTILE), trip=True)
    web, word = web_document(hostile), word_document(hostile)

    assert "<script>alert" not in web and "&lt;script&gt;alert(1)&lt;/script&gt;" in web
    assert web.count("<script>") == 1
    assert 'http-equiv="Content-Security-Policy"' in web
    assert docx.Document(io.BytesIO(word)).tables
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        assert "hyperlink" not in archive.read("word/document.xml").decode().lower().replace("=hyperlink(", "")
    assert pdf_document(hostile).startswith(b"%PDF")


def test_a_sign_without_glyph_is_named_and_never_blank(monkeypatch):
    monkeypatch.setattr(glyphs, "printable", lambda: frozenset(map(ord, "甲")))

    named = naming("甲😀\u202e\u200b")

    assert named("甲😀\u202e\u200b") == "甲〔U+1F600〕〔U+202E〕"
    assert "U+1F600、U+202E；不占位的字符已略去：U+200B" in named.told


def test_a_document_without_firms_pages_holds_no_page_of_the_trip():
    assert not any(isinstance(block, Heading) and block.level == 3 for block in document().blocks)
    assert any(isinstance(block, Paragraph) and "龙头企业" in block.text for block in document().blocks)


def test_a_page_of_the_pdf_holds_twenty_two_lines_of_twenty_eight_characters_within_the_margins():
    plain = Document("题", "", (), (PageBreak(), Paragraph("国" * (28 * 30 - 2))), STAMP)
    pages = pypdfium2.PdfDocument(pdf_document(plain))
    text = pages[2].get_textpage()
    boxes = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1) == "国"]
    lines = Counter(round(bottom) for _, bottom, _, _ in boxes)
    mm = 25.4 / 72

    assert len(lines) == LINES
    assert Counter(lines.values()) == {CHARACTERS: LINES - 1, CHARACTERS - 2: 1}
    assert min(left for left, *_ in boxes) * mm == pytest.approx(28, abs=1)
    assert 210 - max(right for _, _, right, _ in boxes) * mm == pytest.approx(26, abs=1)
    assert 297 - max(top for *_, top in boxes) * mm == pytest.approx(37, abs=1)


def test_the_pdf_embeds_its_fonts():
    file = pypdfium2.PdfDocument(pdf_document(document()))
    fonts = {found.get_font() for page in file for found in page.get_objects(filter=[FPDF_PAGEOBJ_TEXT])}

    assert fonts
    assert all(font.is_embedded for font in fonts)

"""A document as Word (.docx) after GB/T 9704-2012; it names the fonts of official documents, and which may stand in for them."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt

from exports.document.blocks import Block, Document, Heading, PageBreak, Paragraph, Table
from exports.document.measures import (
    BODY_PT,
    BOTTOM_MM,
    LEFT_MM,
    LINE_PT,
    PAGE_MM,
    PAGE_NUMBER_PT,
    PITCH_PT,
    RIGHT_MM,
    TABLE_PT,
    TITLE_PT,
    TOP_MM,
)
from exports.logo import size_mm
from exports.plain_text import visible

BODY, TITLE, FIRST, SECOND = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
STAND_INS = {BODY: "仿宋", TITLE: "华文中宋", SECOND: "楷体"}
"""Fonts of official documents may not be passed on with a file: where one is missing, the other is used."""
TWIPS_PER_MM = 1440 / 25.4
NUMBER_LINE_PT, STAMP_LINE_PT, STAMP_PT = 18.0, 10.0, 7.5
"""Lines of the foot, which begins 7 mm below the text; a higher one would push the text up. The stamp may need two."""
SPACING = round((PITCH_PT - BODY_PT) * 20 - 0.5)
"""Twentieths of a point between characters, so that 28 fit a line."""
STYLES = {"正文": (BODY, BODY_PT), "标题1": (FIRST, BODY_PT), "标题2": (SECOND, BODY_PT), "标题3": (TITLE, 18.0)}


def word_document(document: Document) -> bytes:
    """The document as a .docx file."""
    word = docx.Document()
    _page(word)
    _styles(word)
    _fonts(word)
    _foot(word, document)
    body = word.element.body
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    numbers = {id(block): number for number, block in enumerate(headings)}
    parts = [*_logo(word, document.logo), *_front(document), *_contents(headings, numbers)]
    for before, block in zip((None, *document.blocks), document.blocks, strict=False):
        parts += _block(block, numbers, after_break=isinstance(before, PageBreak))
    for part in parts:
        body.insert(len(body) - 1, part)
    word.core_properties.title = visible(document.title)
    word.core_properties.author = ""
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def _page(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.footer_distance = Mm(BOTTOM_MM - 7) - Pt(NUMBER_LINE_PT + 2 * STAMP_LINE_PT)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)


def _styles(word: WordDocument) -> None:
    normal = word.styles["Normal"]
    normal.font.size = Pt(BODY_PT)
    normal.paragraph_format.space_after = Pt(0)
    _east(normal.element.get_or_add_rPr(), BODY)
    for level in (1, 2, 3):
        style = word.styles[f"Heading {level}"]
        family, size = STYLES[f"标题{level}"]
        style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
        style.font.color.rgb = None
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.line_spacing = Pt(LINE_PT)
        properties = style.element.get_or_add_rPr()
        for colour in properties.findall(qn("w:color")):
            properties.remove(colour)
        _east(properties, family)


def _east(properties: BaseOxmlElement, family: str) -> None:
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    names = f'w:eastAsia="{family}" w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"'
    properties.insert(0, parse_xml(f"<w:rFonts {nsdecls('w')} {names}/>"))


def _fonts(word: WordDocument) -> None:
    """Name the font that may stand in for each one."""
    part = next(part for part in word.part.package.iter_parts() if str(part.partname).endswith("fontTable.xml"))
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in STAND_INS.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", entries.encode("utf-8") + b"</w:fonts>")


def _foot(word: WordDocument, document: Document) -> None:
    section = word.sections[0]
    footer, header = section.footer, section.header
    number = (
        f'<w:r><w:rPr><w:sz w:val="{round(PAGE_NUMBER_PT * 2)}"/></w:rPr><w:t xml:space="preserve">— </w:t></w:r>'
        f'<w:fldSimple w:instr="PAGE"><w:r><w:rPr><w:sz w:val="{round(PAGE_NUMBER_PT * 2)}"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
        f'<w:r><w:rPr><w:sz w:val="{round(PAGE_NUMBER_PT * 2)}"/></w:rPr><w:t xml:space="preserve"> —</w:t></w:r>'
    )
    lines = (
        _xml_paragraph(number, align="center", line=NUMBER_LINE_PT),
        _xml_paragraph(_run(document.stamp.foot, STAMP_PT), align="center", line=STAMP_LINE_PT),
    )
    for paragraph in list(footer._element):
        footer._element.remove(paragraph)
    for line in lines:
        footer._element.append(line)
    header.paragraphs[0]._p.append(parse_xml(_watermark(visible(document.stamp.watermark).replace("\n", " "))))


def _watermark(text: str) -> str:
    said = escape(text, {'"': "&quot;"})
    return (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict>'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="watermark" type="#_x0000_t136" fillcolor="#e2e2e2" stroked="f" '
        'style="position:absolute;width:420pt;height:36pt;rotation:325;z-index:-1;mso-position-horizontal:center;'
        'mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin">'
        f'<v:textpath on="t" style="font-family:&quot;{BODY}&quot;;font-size:1pt" string="{said}"/></v:shape></w:pict></w:r>'
    )


def _logo(word: WordDocument, picture: bytes) -> list[BaseOxmlElement]:
    if not picture:
        return []
    paragraph = word.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run().add_picture(BytesIO(picture), width=Mm(size_mm(picture)[0]))
    element = paragraph._p
    element.getparent().remove(element)
    return [element]


def _front(document: Document) -> list[BaseOxmlElement]:
    lines = [_xml_paragraph("") for _ in range(2 if document.logo else 4)]
    lines.append(_xml_paragraph(_run(document.title, TITLE_PT, TITLE), align="center", line=36.0))
    lines += [_xml_paragraph(_run(document.mark), align="center"), _xml_paragraph("")]
    facts = Table(("事项", "内容"), (32.0, 124.0), document.front)
    return [*lines, _xml_table(facts, head=False), _break()]


def _contents(headings: list[Heading], numbers: dict[int, int]) -> list[BaseOxmlElement]:
    lines = [_xml_paragraph(_run("目录", TITLE_PT, TITLE), align="center", line=36.0)]
    for block in headings:
        if block.level < 3:
            page = f'<w:fldSimple w:instr="PAGEREF h{numbers[id(block)]}" w:dirty="true"><w:r><w:t>–</w:t></w:r></w:fldSimple>'
            indent = "　　" if block.level == 2 else ""
            lines.append(_xml_paragraph(f"{_run(indent + block.text)}<w:r><w:tab/></w:r>{page}", tab=True))
    return [*lines, _break()]


def _block(block: Block, numbers: dict[int, int], *, after_break: bool) -> list[BaseOxmlElement]:
    """A break is a trait of the paragraph that follows: one of its own would make an empty page after a full one."""
    match block:
        case Heading():
            return [_heading(block, numbers[id(block)], after_break=after_break)]
        case Paragraph():
            return [_xml_paragraph(_run(block.text), indent=True, breaks=after_break)]
        case Table():
            return [*([_break()] if after_break else []), _xml_table(block), _gap()]
        case PageBreak():
            return []


def _heading(block: Heading, number: int, *, after_break: bool) -> BaseOxmlElement:
    indent = '<w:jc w:val="center"/>' if block.level == 3 else '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    mark = f'<w:bookmarkStart w:id="{number}" w:name="h{number}"/>'
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Heading{block.level}"/>{_BREAKS if after_break else ""}{indent}</w:pPr>{mark}'
        f'<w:r>{_text(block.text)}</w:r><w:bookmarkEnd w:id="{number}"/></w:p>'
    )


def _run(text: str, size: float = BODY_PT, family: str | None = None) -> str:
    fonts = f'<w:rFonts w:eastAsia="{family}"/>' if family else ""
    spacing = f'<w:spacing w:val="{SPACING}"/>' if size == BODY_PT else ""
    return f'<w:r><w:rPr>{fonts}{spacing}<w:sz w:val="{round(size * 2)}"/></w:rPr>{_text(text)}</w:r>'


def _text(text: str) -> str:
    """The text of a run, its lines below one another."""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in visible(text).split("\n"))
    return "<w:br/>".join(lines)


def _xml_paragraph(
    runs: str,
    *,
    align: str = "both",
    indent: bool = False,
    tab: bool = False,
    line: float = LINE_PT,
    breaks: bool = False,
) -> BaseOxmlElement:
    first = '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if indent else ""
    right = round((PAGE_MM[0] - LEFT_MM - RIGHT_MM) * TWIPS_PER_MM)
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="middleDot" w:pos="{right}"/></w:tabs>' if tab else ""
    spacing = f'<w:spacing w:line="{round(line * 20 - 0.5)}" w:lineRule="exact"/>'
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr>{_BREAKS if breaks else ""}{tabs}{spacing}{first}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'
    )


def _gap() -> BaseOxmlElement:
    """A narrow line: two tables without one between them would be one table."""
    return parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:line="160" w:lineRule="exact"/></w:pPr></w:p>')


def _break() -> BaseOxmlElement:
    return parse_xml(f'<w:p {nsdecls("w")}><w:r><w:br w:type="page"/></w:r></w:p>')


_BREAKS = "<w:pageBreakBefore/>"
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:color="787878"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def _xml_table(table: Table, *, head: bool = True) -> BaseOxmlElement:
    widths = [round(width * TWIPS_PER_MM) for width in table.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    first = _row(table.titles, widths, "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>", bold=True) if head else ""
    rows = "".join(_row(row, widths, "<w:trPr><w:cantSplit/></w:trPr>") for row in table.rows)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{_EDGES}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{first}{rows}</w:tbl>'
    )


def _row(cells: tuple[str, ...], widths: list[int], properties: str, *, bold: bool = False) -> str:
    style = f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{round(TABLE_PT * 2)}"/></w:rPr>'
    shade = '<w:shd w:val="clear" w:fill="EBEBEB"/>' if bold else ""
    said = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr><w:p><w:r>{style}'
        f"{_text(cell)}</w:r></w:p></w:tc>"
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{properties}{said}</w:tr>"

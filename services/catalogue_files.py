"""A catalogue as a file to take along: Excel, Word, PDF or an offline page, for one kind of reader."""

from __future__ import annotations

from dataclasses import dataclass

from exports.content import CatalogueContent
from exports.document.blocks import Stamp
from exports.document.outline import catalogue_document
from exports.document.pdf import pdf_document
from exports.document.web import web_document
from exports.document.word import word_document
from exports.profiles import PROFILES, Profile
from exports.xlsx import catalogue_workbook

FORMATS: dict[str, str] = {".xlsx": "Excel", ".docx": "文字文档（.docx）", ".pdf": "PDF", ".html": "离线网页"}


class WrongCatalogueFormat(ValueError):
    """A file name that says no format of a catalogue."""

    def __init__(self, suffix: str) -> None:
        known = "、".join(f"{key}（{word}）" for key, word in FORMATS.items())
        super().__init__(f"招商目录不能存成“{suffix or '没有扩展名的文件'}”；可用：{known}")


@dataclass(frozen=True)
class Order:
    """What is wanted: for whom, a page a firm or not, and by whom it is taken out."""

    author: str
    profile: Profile = PROFILES["internal"]
    trip: bool = False


def catalogue_file(content: CatalogueContent, suffix: str, order: Order) -> bytes:
    """The catalogue as a file of a format.

    Parameters
    ----------
    suffix : .xlsx, .docx, .pdf or .html

    Raises
    ------
    WrongCatalogueFormat : another suffix; NoFont : a PDF wants a Chinese font
    """
    if suffix not in FORMATS:
        raise WrongCatalogueFormat(suffix)
    if suffix == ".xlsx":
        return catalogue_workbook(content, order.profile, stamp_of(content, order).foot)
    document = catalogue_document(content, order.profile, stamp_of(content, order), order.author, trip=order.trip)
    if suffix == ".docx":
        return word_document(document)
    return pdf_document(document) if suffix == ".pdf" else web_document(document).encode("utf-8")


def stamp_of(content: CatalogueContent, order: Order) -> Stamp:
    """Who took it out, when and which: stands on every page."""
    which = f"第 {content.version} 版" if content.version else "草稿"
    digest = f"校验 {content.content_sha256}" if content.content_sha256 else "未定稿，无校验码"
    moment = f"{content.made_at:%Y-%m-%d %H:%M}"
    foot = " · ".join(
        part for part in (content.mark, which, order.profile.name, digest, f"{order.author} {moment}") if part
    )
    return Stamp(foot, f"{content.mark} {order.author} {moment}".strip())

"""A catalogue as a file to take along: Excel, Word, PDF or an offline page, for one kind of reader."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime

from chains.model import Chain
from data.store import Store
from exports.content import CatalogueContent
from exports.document.blocks import Stamp
from exports.document.files import Progress, document_file
from exports.document.outline import catalogue_document
from exports.document.talks import Talks
from exports.losses import told_losses
from exports.profiles import PROFILES, Profile
from exports.template import Template
from exports.xlsx import catalogue_workbook
from services.audit import record
from services.templates import templates_of

FORMATS: dict[str, str] = {".xlsx": "Excel", ".docx": "文字文档（.docx）", ".pdf": "PDF", ".html": "离线网页"}


class WrongCatalogueFormat(ValueError):
    """A file name that says no format of a catalogue."""

    def __init__(self, suffix: str) -> None:
        known = "、".join(f"{key}（{word}）" for key, word in FORMATS.items())
        super().__init__(f"招商目录不能存成“{suffix or '没有扩展名的文件'}”；可用：{known}")


@dataclass(frozen=True)
class Order:
    """What is wanted: for whom, a page a firm or not, by whom it is taken out and how it looks.

    template : None for the program's own; number : names this file in the audit log and on its pages
    """

    author: str
    profile: Profile = PROFILES["internal"]
    trip: bool = False
    template: Template | None = None
    talks: Talks = field(default_factory=Talks)
    logo: bytes = b""
    number: str = ""


def order_of(store: Store, chain: Chain, profile: Profile, author: str, at: datetime, *, trip: bool = False) -> Order:
    """An order by the templates that the store keeps, with a number of its own."""
    given = templates_of(store, chain, profile)
    number = hashlib.sha256(f"{chain.id} {profile.key} {trip} {author} {at.isoformat()}".encode()).hexdigest()[:8]
    return Order(author, profile, trip, given.template, given.talks, given.logo, number)


def export_catalogue(
    store: Store, content: CatalogueContent, suffix: str, order: Order, name: str, progress: Progress | None = None
) -> bytes:
    """The catalogue as a file, as :func:`catalogue_file`; the audit log says who took it out, and the file's number."""
    file = catalogue_file(content, suffix, order, progress)
    told = f"{name} 编号 {order.number} {order.profile.name} {len(content.items)} 家次"
    with store.write() as cursor:
        record(cursor, content.made_at, order.author, "export_catalogue", told)
    return file


def catalogue_file(content: CatalogueContent, suffix: str, order: Order, progress: Progress | None = None) -> bytes:
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
    titled = _titled(content, order)
    stamp = stamp_of(content, order)
    if suffix == ".xlsx":
        notes = told_losses(content)
        return catalogue_workbook(titled, order.profile, stamp.foot, stamp.watermark, order.template, order.logo, notes)
    document = catalogue_document(
        titled, order.profile, stamp, order.author,
        trip=order.trip, talks=order.talks, template=order.template, logo=order.logo,
    )  # fmt: skip
    return document_file(document, suffix, progress or (lambda _share, _told: None))


def _titled(content: CatalogueContent, order: Order) -> CatalogueContent:
    if order.template is None or not content.place:
        return content
    title = order.template.title_of(content.place, content.chain, order.profile)
    return replace(content, title=title + (f"　{content.mark}" if content.mark else ""))


def stamp_of(content: CatalogueContent, order: Order) -> Stamp:
    """Who took it out, when and which: stands on every page."""
    which = f"第 {content.version} 版" if content.version else "草稿"
    digest = f"校验 {content.content_sha256}" if content.content_sha256 else "未定稿，无校验码"
    moment = f"{content.made_at:%Y-%m-%d %H:%M}"
    number = f"编号 {order.number}" if order.number else ""
    foot = (content.mark, which, order.profile.name, digest, number, f"{order.author} {moment}")
    mark = (content.mark, order.author, moment, number)
    return Stamp(" · ".join(part for part in foot if part), " ".join(part for part in mark if part))

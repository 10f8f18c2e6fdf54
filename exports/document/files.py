"""A document as a file of a format; the libraries of a format are loaded only when it is wanted."""

from __future__ import annotations

from collections.abc import Callable

from exports.document.blocks import Document

Progress = Callable[[float, str], None]
"""Told the share done, 0–1, and what is being done."""


def document_file(document: Document, suffix: str, progress: Progress = lambda _share, _told: None) -> bytes:
    """The document as .docx, .pdf or .html. Raises NoFont: a PDF wants a Chinese font; KeyError: another suffix."""
    if suffix == ".docx":
        from exports.document.word import word_document  # noqa: PLC0415 - loaded only when wanted

        return word_document(document)
    if suffix == ".pdf":
        from exports.document.pdf import pdf_document  # noqa: PLC0415 - loaded only when wanted

        return pdf_document(document, progress)
    if suffix == ".html":
        from exports.document.web import web_document  # noqa: PLC0415 - loaded only when wanted

        return web_document(document).encode("utf-8")
    raise KeyError(suffix)

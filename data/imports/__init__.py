"""Imports of firms, projects, money, tags, relations, input–output tables and sites from parquet, csv and xlsx files; each import can be undone."""

from data.imports.batch import NothingAccepted, Progress, import_file
from data.imports.errors import (
    AlreadyImported,
    AsOfMissing,
    ColumnsMissing,
    FictionalStore,
    ImportRefused,
    MappingInvalid,
    UndoRefused,
    UnknownBatch,
    UnknownKind,
    UnreadableFile,
)
from data.imports.fields import KIND_OF
from data.imports.report import ImportReport, Issue, issues_frame
from data.imports.segment_names import SegmentName
from data.imports.undoing import undo

KINDS = tuple(KIND_OF)

__all__ = [
    "KINDS",
    "AlreadyImported",
    "AsOfMissing",
    "ColumnsMissing",
    "FictionalStore",
    "ImportRefused",
    "ImportReport",
    "Issue",
    "MappingInvalid",
    "NothingAccepted",
    "Progress",
    "SegmentName",
    "UndoRefused",
    "UnknownBatch",
    "UnknownKind",
    "UnreadableFile",
    "import_file",
    "issues_frame",
    "undo",
]

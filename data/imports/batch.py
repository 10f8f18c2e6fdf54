"""One import: read, check, write, merge — in one transaction, or not at all."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from data.imports.context import AsOf, Context, Portion, read_as_of
from data.imports.counting import count_anew
from data.imports.errors import AlreadyImported, AsOfMissing, FictionalStore, ImportRefused, MappingInvalid, UnknownKind
from data.imports.fields import KIND_OF, header_finder
from data.imports.firms import read_firms
from data.imports.input_output import read_input_output
from data.imports.mapping import OPTIONS, map_columns, read_mapping
from data.imports.money import read_money
from data.imports.projects import read_projects
from data.imports.reading import open_table
from data.imports.relations import read_relations
from data.imports.report import ImportReport
from data.imports.segment_names import SegmentName
from data.imports.sites import read_sites
from data.imports.summary import report_of
from data.imports.table import ReadOptions, sha256_of
from data.imports.tags import read_tags
from data.imports.units import require_units
from data.merge import derive_branches, merge_touched, touch
from data.regions import resolve_region
from data.settings import is_demo
from data.store import Cursor, Store

Progress = Callable[[float, str], None]
READERS: dict[str, Callable[[Context], Iterator[Portion]]] = {
    "firms": read_firms, "projects": read_projects, "money": read_money, "tags": read_tags, "relations": read_relations,
    "io": read_input_output, "sites": read_sites,
}  # fmt: skip
# share of the time that reading and checking takes; the rest is merging
READING = 0.7


class NothingAccepted(ImportRefused):
    """Not one row could be taken; nothing was written. ``report`` says why."""

    def __init__(self, report: ImportReport) -> None:
        why = "；".join(f"{reason}（{count} 处）" for reason, count in list(report.reasons.items())[:3])
        super().__init__(f"{report.n_read} 行没有一行可以采纳，未写入。{why}。请改正后再导入。")
        self.report = report


def import_file(  # noqa: PLR0913 - the options of one import
    store: Store,
    path: Path,
    kind: str,
    *,
    mapping: Path | str | Mapping[str, Any] | None = None,
    source: str | None = None,
    as_of: date | str | Mapping[str, date] | None = None,
    actor: str = "cli",
    dry_run: bool = False,
    region: str | None = None,
    segments: Sequence[SegmentName] = (),
    progress: Progress | None = None,
) -> ImportReport:
    """Import one file as one batch.

    Parameters
    ----------
    kind : firms (or targets, the same table), projects, money, tags, relations, io (input–output table), sites
    mapping : {target: column of the file}, or a JSON/YAML file of it; "=text" is a constant, null drops a column; the
        keys sheet, header_row, source and as_of are options, the last also as {source: day}
    source : title of the source, else the file name; as_of : the day on which the facts held
    region : adcode of rows that do not say where; for projects also where to look for ambiguous place names
    segments : of the chains in force, for tables that name them
    dry_run : check and report, write nothing

    Raises ImportRefused (one Chinese sentence), UnknownRegion. Nothing is written unless all is.
    """
    started = time.monotonic()
    path, table_kind = Path(path), KIND_OF.get(kind)
    if table_kind is None:
        raise UnknownKind(kind, tuple(KIND_OF))
    if is_demo(store):
        raise FictionalStore
    given = read_mapping(mapping)
    if region is not None:
        region = resolve_region(store, region).adcode
    tell = progress or (lambda _share, _text: None)
    tell(0.0, f"读取 {path.name}")
    options = ReadOptions(given.get("sheet"), given.get("header_row"))
    named = [str(value) for key, value in given.items() if key not in OPTIONS and value is not None]
    with open_table(path, options, header_finder(table_kind, named)) as table:
        columns = map_columns(table_kind, table.columns, given)
        require_units(table_kind, table, columns)
        now = datetime.now()  # noqa: DTZ005 - the server's own clock, as its users read it
        context = Context(
            store, table, table_kind, columns, _batch_id(now), str(source or given.get("source") or path.name),
            _as_of(as_of if as_of is not None else given.get("as_of"), now), now, actor, region, tuple(segments),
        )  # fmt: skip
        if dry_run:
            for portion in READERS[table_kind](context):
                tell(portion.share, "检查")
            return report_of(context, time.monotonic() - started, dry_run=True)
        return _write(context, path, started, tell)


def _batch_id(now: datetime) -> str:
    return f"b{now:%Y%m%d%H%M%S}-{secrets.token_hex(2)}"


def _as_of(given: object, now: datetime) -> AsOf:
    found = read_as_of(given)
    days = [found] if isinstance(found, date) else list((found or {}).values())
    late = [day for day in days if day > now.date()]
    if late:
        raise MappingInvalid(f"截止日期 {late[0]} 晚于今天，事实不可能来自将来；请核对。")
    return found


def _write(context: Context, path: Path, started: float, tell: Progress) -> ImportReport:
    sha256 = sha256_of(path)
    with context.store.write(lambda told: tell(0.0, told)) as cursor:
        _refuse_repeated(cursor, sha256, context.kind)
        for portion in READERS[context.kind](context):
            for table, frame in portion.frames.items():
                context.store.write_frame(cursor, table, frame)
            tell(READING * portion.share, "检查并写入")
        report = report_of(context, time.monotonic() - started, dry_run=False)
        if report.n_accepted == 0:
            raise NothingAccepted(report)
        _record(context, cursor, path, sha256, report)
        branches = _merge(context, cursor, tell)
        tell(0.98, "提交")
    tell(1.0, "完成")
    return replace(report, n_branches=branches, seconds=time.monotonic() - started)


def _refuse_repeated(cursor: Cursor, sha256: str, kind: str) -> None:
    earlier = cursor.execute(
        "SELECT batch_id, file_name, strftime(imported_at, '%Y-%m-%d %H:%M') FROM import_batch "
        "WHERE file_sha256 = ? AND kind = ? AND undone_at IS NULL",
        [sha256, kind],
    ).fetchall()
    if earlier:
        raise AlreadyImported(*earlier[0])


def _merge(context: Context, cursor: Cursor, tell: Progress) -> int | None:
    if context.kind != "firms":
        return None
    tell(READING, "合并企业")
    touch(cursor, context.batch_id)
    merge_touched(cursor)
    tell(0.93, "推导分支机构")
    branches = derive_branches(cursor)
    tell(0.96, "重新统计各地企业数")
    count_anew(cursor)
    return branches


def _record(context: Context, cursor: Cursor, path: Path, sha256: str, report: ImportReport) -> None:
    """The batch itself, its issues, its sources, and who did it."""
    if context.newest is None:
        raise AsOfMissing
    counts = (report.n_read, report.n_accepted, report.n_rejected, report.n_flagged)
    cursor.execute(
        "INSERT INTO import_batch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        [
            context.batch_id, context.kind, path.name, sha256, context.source_id(), context.newest, context.recorded_at,
            context.actor, orjson.dumps(report.mapping).decode(), *counts,
        ],
    )  # fmt: skip
    issues = context.issues.frame()
    if not issues.is_empty():
        context.store.write_frame(cursor, "import_issue", issues.with_columns(batch_id=pl.lit(context.batch_id)))
    for source_id, title in context.sources.items():
        cursor.execute(
            "INSERT INTO source BY NAME SELECT $id AS source_id, $title AS title "
            "WHERE NOT EXISTS (SELECT 1 FROM source WHERE source_id = $id)",
            {"id": source_id, "title": title},
        )
    detail = f"{context.batch_id} {context.kind} {path.name}：采纳 {report.n_accepted}，退回 {report.n_rejected}"
    cursor.execute("INSERT INTO audit_event VALUES (?, ?, 'import', ?)", [context.recorded_at, context.actor, detail])

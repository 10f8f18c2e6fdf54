"""From what was collected during an import to its report."""

from __future__ import annotations

import polars as pl

from data.imports.context import Context
from data.imports.issues import FLAGGED, REJECTED, SCHEMA
from data.imports.report import ImportReport, Issue

# issues shown of each reason, and in all; the others are in the table of issues
SHOWN_PER_REASON = 3
SHOWN = 30


def report_of(context: Context, seconds: float, *, dry_run: bool) -> ImportReport:
    """Counts, reasons by frequency, and a few issues of each reason."""
    issues = context.issues.frame()
    rejected = context.issues.rows(REJECTED)
    return ImportReport(
        batch_id=None if dry_run else context.batch_id,
        kind=context.kind,
        n_read=context.table.n_rows,
        n_accepted=context.table.n_rows - rejected,
        n_rejected=rejected,
        n_flagged=context.issues.rows(FLAGGED),
        mapping=context.columns.as_dict(),
        unmapped=context.columns.unmapped,
        seconds=seconds,
        unknown_codes=dict(context.unknown_codes),
        notes=context.table.notes,
        issues=tuple(Issue(*row) for row in _shown(issues).iter_rows()),
        reasons=_reasons(context.issues.single()),
        dry_run=dry_run,
    )


def _alike(issues: pl.DataFrame) -> pl.DataFrame:
    """Issues with their reason less the figures that differ from row to row."""
    return issues.with_columns(alike=pl.col("reason").str.replace_all(r"第 \d+ 行|为 \d{6}|代码 \d+|共 \d+ 行", "…"))


def _shown(issues: pl.DataFrame) -> pl.DataFrame:
    worst = _alike(issues).sort("severity", descending=True, maintain_order=True)
    few = worst.group_by("severity", "alike", maintain_order=True).head(SHOWN_PER_REASON)
    return few.head(SHOWN).select(SCHEMA.keys())


def _reasons(issues: pl.DataFrame) -> dict[str, int]:
    counted = _alike(issues).group_by("severity", "alike").agg(pl.col("reason").first(), pl.len().alias("n"))
    order = counted.sort("severity", "n", "reason", descending=[True, True, False])
    return dict(order.select("reason", "n").iter_rows())

"""What is wrong with single rows: rejected (not taken) or flagged (taken, value doubtful), with column, value, reason."""

from __future__ import annotations

import polars as pl

from data.imports.table import ROW_NUMBER

REJECTED, FLAGGED = "rejected", "flagged"
SCHEMA = {
    "severity": pl.String(), "row_number": pl.Int64(), "column_name": pl.String(), "value": pl.String(), "reason": pl.String(),
}  # fmt: skip
MAX_VALUE_CHARACTERS = 200


class Issues:
    """Collects issues in the order in which the columns are checked."""

    def __init__(self) -> None:
        self._frames: list[pl.DataFrame] = []
        self._notes: list[pl.DataFrame] = []

    def add(self, severity: str, rows: pl.Series, column: str, values: pl.Series, faults: pl.Series) -> None:
        """One issue for every row whose fault is not null; the three series belong to the same rows."""
        if faults.null_count() == len(faults):
            return
        shown = values if values.dtype == pl.String else values.cast(pl.String, strict=False)
        frame = pl.DataFrame({ROW_NUMBER: rows, "value": shown, "reason": faults}).filter(
            pl.col("reason").is_not_null()
        )
        self._frames.append(
            frame.select(
                severity=pl.lit(severity),
                row_number=ROW_NUMBER,
                column_name=pl.lit(column),
                value=pl.col("value").str.slice(0, MAX_VALUE_CHARACTERS),
                reason="reason",
            )
        )

    def note(self, frame: pl.DataFrame) -> None:
        """Issues that stand for many rows at once, in the columns of SCHEMA; they do not count as rows."""
        self._notes.append(frame.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items()))

    def single(self) -> pl.DataFrame:
        """The issues that speak of one row each, as they were found."""
        return pl.concat([pl.DataFrame(schema=SCHEMA), *self._frames])

    def frame(self) -> pl.DataFrame:
        """All issues, by row."""
        return pl.concat([self.single(), *self._notes]).sort(ROW_NUMBER, maintain_order=True)

    def rows(self, severity: str) -> int:
        """How many different rows have an issue of this severity."""
        found = [frame.filter(pl.col("severity") == severity)[ROW_NUMBER] for frame in self._frames]
        return pl.concat(found).n_unique() if found else 0

"""A worksheet whose rows are written whole: xlsxwriter's own cells take several times as long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, repeat

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

LINE, HIGHEST = 15.0, 405.0
"""Points of a line, and the most that Excel gives a row."""
SLACK = 1.1
"""Lines end before the edge where a word does not fit."""
Cell = str | float | None
"""A text, a number, or nothing."""


def _heights(columns: Sequence[tuple[Sequence[Cell], Sequence[int]]], widths: Sequence[float]) -> Iterator[float]:
    """Height of each row in points: a Chinese character is as wide as two others."""
    needed = [
        [
            len(cell.encode("utf-8")) / 1.5 / width if isinstance(cell, str) and len(cell) * 2 > width else 0.0
            for cell in cells
        ]
        for (cells, _), width in zip(columns, widths, strict=True)
        if any(isinstance(cell, str) and len(cell) * 2 > width for cell in cells)
    ]
    if not needed:
        return repeat(LINE, len(columns[0][0]))
    return (min(HIGHEST, LINE * (int(max(lines) * SLACK) + 1)) for lines in zip(*needed, strict=True))


class RowsSheet(Worksheet):  # type: ignore[misc]
    """A worksheet that takes columns of cells beside cells written one by one above them."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[str] = []

    def put_columns(
        self, first_row: int, columns: Sequence[tuple[Sequence[Cell], Sequence[int]]], widths: Sequence[float]
    ) -> None:
        """Write columns from ``first_row`` (0 is the first) down; each is its cells and, for each, the index of its format.

        Texts are texts: none becomes a formula, a link or a number. widths : of the columns in characters; rows are as
        high as the longest text then needs, since not every program fits them itself.
        """
        n_rows = len(columns[0][0])
        self._check_dimensions(first_row, 0)
        self._check_dimensions(first_row + n_rows - 1, len(columns) - 1)
        written = [
            self._column(xl_col_to_name(at), first_row + 1, cells, formats)
            for at, (cells, formats) in enumerate(columns)
        ]
        heights = _heights(columns, widths)
        self._rows += [
            f'<row r="{row}" ht="{height}" customHeight="1">{"".join(cells)}</row>'
            for row, height, cells in zip(count(first_row + 1), heights, zip(*written, strict=True))
        ]

    def _column(self, letter: str, first: int, cells: Iterable[Cell], formats: Iterable[int]) -> list[str]:
        index = self.str_table._get_shared_string_index
        return [
            f'<c r="{letter}{row}" s="{form}"/>'
            if cell is None
            else f'<c r="{letter}{row}" s="{form}" t="s"><v>{index(cell)}</v></c>'
            if isinstance(cell, str)
            else f'<c r="{letter}{row}" s="{form}"><v>{cell!r}</v></c>'
            for row, cell, form in zip(count(first), cells, formats)
        ]

    def _write_rows(self) -> None:
        super()._write_rows()
        self.fh.write("".join(self._rows))

"""A worksheet whose rows are written whole: xlsxwriter's own cells take several times as long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

Cell = str | float | None
"""A text, a number, or nothing."""


class RowsSheet(Worksheet):  # type: ignore[misc]
    """A worksheet that takes columns of cells beside cells written one by one above them."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[str] = []

    def put_columns(self, first_row: int, columns: Sequence[tuple[Sequence[Cell], Sequence[int]]]) -> None:
        """Write columns from ``first_row`` (0 is the first) down; each is its cells and, for each, the index of its format.

        Texts are texts: none becomes a formula, a link or a number.
        """
        n_rows = len(columns[0][0])
        self._check_dimensions(first_row, 0)
        self._check_dimensions(first_row + n_rows - 1, len(columns) - 1)
        written = [
            self._column(xl_col_to_name(at), first_row + 1, cells, formats)
            for at, (cells, formats) in enumerate(columns)
        ]
        self._rows += [
            f'<row r="{row}">{"".join(cells)}</row>'
            for row, cells in zip(count(first_row + 1), zip(*written, strict=True))
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

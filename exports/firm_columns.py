"""Columns of saved lists of firms: of all firms, and of the targets of a segment; those of a catalogue that fit."""

from __future__ import annotations

from exports.columns import CATALOGUE, WORK, Column

_NOT_TARGETS = {"position", "chain_name", "stage_name", "action", "expansion_text", "products"} | WORK
TARGETS: tuple[Column, ...] = tuple(column for column in CATALOGUE if column.key not in _NOT_TARGETS)
"""Targets of a segment."""
_FIRM_KEYS = {
    "name", "uscc", "region", "founded_on", "capital_cny", "tags", "stock_code", "products", "revenue_cny", "revenue_year",
    "employees", "tie_text", "reason", "conflicts", "as_of",
}  # fmt: skip
_FACTS = tuple(column for column in CATALOGUE if column.key in _FIRM_KEYS)
FIRMS: tuple[Column, ...] = (
    *_FACTS[:1],
    Column("参与环节", "segments", 34),
    Column("登记状态", "status", 10),
    *_FACTS[1:],
)
"""Firms of the whole store."""

"""The id of a catalogue's row: which firm of which segment it is, with a check digit that a slip of the hand breaks."""

from __future__ import annotations

import zlib

ROW_ID_TITLE = "行号（请勿改动）"
_SEPARATOR = "|"


def row_id(chain_id: str, home: str, segment_id: str, firm_id: str) -> str:
    """The id of a row.

    >>> firm_of_row("steel", "370100", row_id("steel", "370100", "iron", "f1"))
    ('iron', 'f1')
    """
    return _SEPARATOR.join((segment_id, firm_id, _check(chain_id, home, segment_id, firm_id)))


def firm_of_row(chain_id: str, home: str, text: str) -> tuple[str, str] | None:
    """Segment and firm of an id; None where it is none of this chain and region.

    >>> firm_of_row("steel", "370100", "iron|f1|00000000") is None
    True
    """
    parts = text.strip().split(_SEPARATOR)
    if len(parts) != 3 or parts[2] != _check(chain_id, home, parts[0], parts[1]):
        return None
    return parts[0], parts[1]


def _check(*parts: str) -> str:
    return f"{zlib.crc32(_SEPARATOR.join(parts).encode('utf-8')):08x}"

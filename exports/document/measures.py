"""The page after GB/T 9704-2012 《党政机关公文格式》 §5: A4, margins, 22 lines of 28 characters, sizes of type.

A working list, not an official document: no red head, no document number, no seal.
"""

from __future__ import annotations

POINTS_PER_MM = 72 / 25.4
PAGE_MM = (210.0, 297.0)
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 37.0, 35.0, 28.0, 26.0
TEXT_MM = PAGE_MM[0] - LEFT_MM - RIGHT_MM
LINES, CHARACTERS = 22, 28
BODY_PT = 16.0
"""三号."""
TITLE_PT = 22.0
"""二号."""
PAGE_NUMBER_PT = 14.0
"""四号."""
TABLE_PT = 10.5
"""五号: tables may be set smaller than text."""
LINE_PT = (PAGE_MM[1] - TOP_MM - BOTTOM_MM) * POINTS_PER_MM / LINES
"""Distance of two lines: 28.99 pt."""
PITCH_PT = TEXT_MM * POINTS_PER_MM / CHARACTERS
"""Width of a character of text: 15.79 pt, a little less than 三号."""

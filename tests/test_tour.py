"""The tour shows every page, and every picture that it shows is there."""

from __future__ import annotations

import re
from pathlib import Path

from pages.registry import PAGES
from tests.tour import PICTURES, SHOTS

TOUR = PICTURES.parent / "tour.md"
SHOWN = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", TOUR.read_text(encoding="utf-8"))
MOST = 1_500_000
"""Bytes of all pictures together."""


def test_every_page_has_a_part_with_a_picture() -> None:
    parts = TOUR.read_text(encoding="utf-8").split("\n## ")[1:]

    assert [part.split("\n")[0] for part in parts if "](pictures/" in part] == [part.split("\n")[0] for part in parts]
    assert {part.split("\n")[0] for part in parts} == {entry.title for entry in PAGES}


def test_every_picture_is_taken_by_the_script_and_none_is_left_over() -> None:
    assert sorted(SHOWN) == sorted(f"pictures/{shot.name}.jpg" for shot in SHOTS)
    assert sorted(f"pictures/{path.name}" for path in PICTURES.iterdir()) == sorted(SHOWN)


def test_every_picture_is_a_picture_and_all_are_small() -> None:
    pictures = [TOUR.parent / name for name in SHOWN]

    assert [path.name for path in pictures if not _is_jpeg(path)] == []
    assert sum(path.stat().st_size for path in pictures) <= MOST


def _is_jpeg(path: Path) -> bool:
    return path.stat().st_size > 10_000 and path.read_bytes()[:3] == b"\xff\xd8\xff"

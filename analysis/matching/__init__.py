"""Firm → segment matching: business scopes read as grammar."""

from analysis.matching.engine import Matched, match, match_phrases
from analysis.matching.phrases import Phrases
from analysis.matching.preview import Preview, occurrences, preview
from analysis.matching.rules import SegmentRule
from analysis.matching.segment_files import SegmentError, read_segments

__all__ = [
    "Matched",
    "Phrases",
    "Preview",
    "SegmentError",
    "SegmentRule",
    "match",
    "match_phrases",
    "occurrences",
    "preview",
    "read_segments",
]

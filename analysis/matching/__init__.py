"""Firm → segment matching: business scopes read as grammar."""

from analysis.matching.engine import Matched, match, match_phrases
from analysis.matching.phrases import Phrases
from analysis.matching.rules import SegmentError, SegmentRule, read_segments

__all__ = ["Matched", "Phrases", "SegmentError", "SegmentRule", "match", "match_phrases", "read_segments"]

"""What the map shows: of which state, under which tier of evidence, beside which place or date, opened how far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.counting import TIERS
from services.scenario import Scenario

STATES: Mapping[str, str] = {"today": "今天", "signed": "含签约项目", "whatif": "推演"}


@dataclass(frozen=True)
class View:
    """One way of looking at the map of a chain; the keys of its cached results.

    benchmark, measure : None for the place's own; tier : a key of ``services.counting.TIERS``
    state : a key of ``STATES``; scenario : what the what-if is about
    versus : code of a region, or a year; empty for no comparison, and always while a state other than today is shown
    folded : whether groups are shown as one card each; opened : ids of groups that are shown by segment all the same
    """

    chain_id: str
    benchmark: str | None = None
    measure: str | None = None
    tier: str = "confirmed"
    state: str = "today"
    scenario: Scenario = Scenario()
    versus: str = ""
    folded: bool = False
    opened: tuple[str, ...] = ()

    @property
    def judged(self) -> tuple[str, str | None, str | None, str]:
        """What labels of today depend on."""
        return self.chain_id, self.benchmark, self.measure, self.tier

    @property
    def is_usual(self) -> bool:
        """Whether it shows today's labels of confirmed firms, as every other page does under the same benchmark."""
        return self.state == "today" and self.tier == "confirmed"

    @property
    def mark(self) -> str:
        """What is said beside a segment that is not shown as it is today; empty otherwise."""
        words = [STATES[self.state]] if self.state != "today" else []
        return "、".join([*words, *([f"证据档{TIERS[self.tier]}"] if self.tier != "confirmed" else [])])

    @property
    def is_plain(self) -> bool:
        """Whether it is the map of all segments with nothing beside it."""
        return self.is_usual and not self.versus and not self.folded

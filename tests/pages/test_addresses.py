"""Two hundred addresses drawn at random: each is drawn as it says, and says the same afterwards; nonsense counts as the default."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from streamlit.testing.v1 import AppTest

from chains.words import STAGES
from pages import gaps, packages, review
from pages.components import project_table
from services.counting import TIERS
from services.map_view import STATES
from services.packages import demo_chains
from tests.pages.conftest import Visit, text_of

N, SEED, BATCH = 200, 6, 20
NONSENSE = ("没有", "-1", "99999999", "1e9", "<b>x</b>", "'; --", "x" * 300, "\u202e", "１", "true")
SEGMENTS = {chain.id: [segment.id for segment in chain.segments] for chain in demo_chains()}
CHAINS = [*SEGMENTS]
WEIGHT = [str(value) for value in range(0, 101, 5)]
TABLE = {"p": ["1", "2", "3"], "sort": ["name", "-score", "priority"]}
JUDGED = {"benchmark": ["province", "nation"], "measure": ["count", "size"]}
STATE_OF: Mapping[str, Mapping[str, list[str]]] = {
    "chain_map": {
        "gaps": ["1"], "level": ["segment", "group"], "state": [*STATES], "tier": [*TIERS], "segment": [], **JUDGED,
    },
    "gaps": {
        "label": [*gaps.LABELS], "action": [*gaps.ACTIONS], "covered": [*gaps.COVERED], "critical": ["1"], **TABLE,
    },
    "targets": {
        "segment": [], "q": ["轴承", "云溪"], "listed": ["1"], "growing": ["1"], "map": ["places", "strength"], "base": ["all"],
        "capital": ["c4", "c3,c4"], "province": ["990000"], "compare": ["91990101MAD0000199,91990101MAD0000274"], **TABLE,
    },
    "firm": {"q": ["云溪", "轴承"], "list": ["local"], "segment": [], "p": ["1", "2"]},
    "review": {"view": [*review.VIEWS], "segment": []},
    "catalogue": {"p": ["1"], "sort": ["name"]},
    "whatif": {"all": ["1"], "visits": ["5", "10"], "cities": ["1", "2"], "start": [], "land": []},
    "projects": {"stage": [*STAGES], "state": [*project_table.STATES], "q": ["产业园"], **TABLE},
    "packages": {"view": [*packages.VIEWS], "segment": []},
    "methods": {"view": ["methods", "judging", "firmness", "checks", "sources"]},
    "data_admin": {"batch": ["demo-firms", "demo-projects"]},
    "overview": {"since": ["2026-10-01"]},
}  # fmt: skip
BOUND = {
    "gaps",
    "level",
    "state",
    "tier",
    "label",
    "action",
    "covered",
    "critical",
    "listed",
    "growing",
    "view",
    "stage",
    "q",
}
"""Parameters that a control of the same name shows, whatever else the address says."""


def drawn_address(chance: Random) -> tuple[str, dict[str, str], set[str]]:
    """A page, what its address says, and which of that is nonsense."""
    page = chance.choice([*STATE_OF])
    chain = chance.choice(CHAINS)
    said = {"chain": chain} if chance.random() < 0.8 else {}
    wrong = set()
    for name, values in STATE_OF[page].items():
        drawn = chance.random()
        offered = values or SEGMENTS[chain]
        if drawn < 0.45:
            said[name] = chance.choice(offered)
        elif drawn < 0.6:
            said[name] = chance.choice(NONSENSE)
            wrong.add(name)
    return page, said, wrong


@pytest.mark.parametrize("batch", range(N // BATCH))
def test_an_address_is_drawn_as_it_says_and_says_the_same_afterwards(batch: int, visit: Visit, demo: Path) -> None:
    chance = Random(SEED * 1000 + batch)
    for _ in range(BATCH):
        page, said, wrong = drawn_address(chance)
        app = visit(page, **said)

        told = f"{page}?{said}"
        assert not app.exception, told
        assert "这个页面出错了" not in text_of(app), told
        assert "lt-head" in text_of(app), told
        assert {name: _one(value) for name, value in app.query_params.items()} == said, told
        for name in BOUND & said.keys() & STATE_OF[page].keys():
            shown = _shown(app, name)
            expected = said[name] == "1" if isinstance(shown, bool) else said[name]
            assert shown in (None, expected) or (name in wrong and shown != said[name]), told


def _one(value: str | list[str]) -> str:
    """The value of a parameter, which the test's session keeps alone or in a list."""
    return value if isinstance(value, str) else value[0]


def _shown(app: AppTest, name: str) -> object:
    """What the control of a parameter holds; None where the page draws none in this state."""
    key = f"url_{name}"
    return app.session_state[key] if key in app.session_state else None  # noqa: SIM401 - no mapping

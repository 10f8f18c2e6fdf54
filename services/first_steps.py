"""What a store needs before anything can be said of it, and what of that is done."""

from __future__ import annotations

from dataclasses import dataclass

from data.settings import home_adcode
from data.store import Store


@dataclass(frozen=True)
class FirstSteps:
    """Whether a home region was chosen, firms were imported, and they were matched to chains."""

    home: bool
    firms: bool
    matched: bool

    @property
    def next(self) -> str:
        """The first step that is not done: home, firms or matched; empty text where all are."""
        return next((name for name in ("home", "firms", "matched") if not getattr(self, name)), "")


def first_steps(store: Store) -> FirstSteps:
    """What is done of it in a store."""
    [(firms, matched)] = store.rows("SELECT EXISTS (FROM firm), EXISTS (FROM match_run)")
    return FirstSteps(home_adcode(store) is not None, firms, matched)

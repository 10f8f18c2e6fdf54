"""What lists and trips need of everything else: states, targets, claims; lists and trips themselves are read anew."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from pages import cached
from pages.cached_drawn import read
from pages.components.actions import actor
from services.claims import Claim, claims_on, flags, with_claims
from services.list_plan import worth_of
from services.lists import FirmList, items_of, lists_of
from services.names import names_of
from services.trips import Trip, trips_of


def lists() -> tuple[FirmList, ...]:
    """The lists that the person may see."""
    return lists_of(cached.store(), cached.context().home.adcode, actor())


def trips() -> tuple[Trip, ...]:
    """The trips that the person may see."""
    return trips_of(cached.store(), cached.context().home.adcode, actor())


def claims(firms: Iterable[str]) -> dict[str, tuple[Claim, ...]]:
    """Who follows the firms."""
    asked, home, projects = sorted(firms), cached.context().home, cached.projects()
    return read("claims", lambda: claims_on(cached.store(), home, asked, projects), *asked)


def followed(
    firms: Iterable[str], unit: str = "", besides: str = "", who: str | None = None
) -> dict[str, tuple[str, ...]]:
    """What ``who`` (the person of the session) is to mind before adding firms: the claims of others, in words."""
    return flags(claims(firms), who if who is not None else actor(), unit, besides=besides)


def with_followers(targets: pd.DataFrame, who: str) -> pd.DataFrame:
    """Explained targets with what ``who`` is to mind of their followers among the conflicts; local projects stand there."""
    return with_claims(cached.store(), cached.context().home, targets, who, cached.projects())


def list_rows(one: FirmList) -> pd.DataFrame:
    """The firms of a list with what they are worth, and what others say of them as ``flagged``."""
    items = items_of(cached.store(), one)
    rows = items.merge(worth(items), on="firm_id", how="left")
    said = followed(rows.firm_id, one.unit, one.list_id)
    names = {s.id: s.name for c in cached.chains() for s in c.segments}
    return rows.assign(
        flagged=[list(said.get(firm, ())) for firm in rows.firm_id],
        segment_name=pd.Series([names.get(s) for s in rows.segment_id], index=rows.index, dtype="str"),
    )


def worth(items: pd.DataFrame) -> pd.DataFrame:
    """Priority of the gap and score as its target by firm; of chains that are not worked on any more nothing is known."""
    matched = {chain.id: {segment.id for segment in chain.segments} for chain in cached.matched()}
    known = [
        segment in matched.get(str(chain), ()) for chain, segment in zip(items.chain_id, items.segment_id, strict=True)
    ]
    usable = items.assign(chain_id=items.chain_id.where(known), segment_id=items.segment_id.where(known))
    return worth_of(usable, cached.state, cached.targets)


def names(firms: Iterable[str]) -> dict[str, str]:
    """Name of each firm by its id."""
    return names_of(cached.store(), tuple(firms))

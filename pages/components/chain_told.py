"""Which chain the figures of a page are of, for its header."""

from __future__ import annotations

from pages import cached
from pages.components.url import param

EVERY = "全部"


def one_chain() -> str:
    """The chain of a page that is about one: that of the address, or the first."""
    chains = cached.chains()
    return next((chain.name for chain in chains if chain.id == param("chain")), chains[0].name if chains else EVERY)


def any_chain() -> str:
    """The chain of a page that is about all of them unless the address names one."""
    return next((chain.name for chain in cached.chains() if chain.id == param("chain")), EVERY)

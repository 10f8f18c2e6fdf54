"""What every page and every export says of itself: home region, data date, sources, and whether it is the demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.regions import Region, resolve_region
from data.settings import home_adcode, is_demo
from data.sql import load_sql
from data.store import Store

DEMO_MARK = "演示数据（虚构）"


class NoHome(ValueError):
    """No home region has been chosen."""

    def __init__(self) -> None:
        super().__init__("还没有设定本地区域；请运行 home 命令（如 home 370100），或在“数据管理”页选择")


class NoData(ValueError):
    """The store holds no firm."""

    def __init__(self) -> None:
        super().__init__("库里还没有企业数据；请运行 demo 生成演示数据，或用 import 导入企业数据")


@dataclass(frozen=True)
class Context:
    """The frame of every figure.

    as_of : newest date among the firm facts; oldest : the oldest as-of date of a source of firms in use
    sources : titles of the sources in use, most rows first
    """

    home: Region
    as_of: date
    oldest: date
    sources: tuple[str, ...]
    demo: bool
    n_firms: int
    n_local: int

    @property
    def mark(self) -> str:
        """The demo mark, or nothing."""
        return DEMO_MARK if self.demo else ""

    @property
    def span(self) -> str:
        """The data date in words; both ends where the sources are of different dates."""
        if self.oldest == self.as_of:
            return f"{self.as_of:%Y-%m-%d}"
        return f"{self.oldest:%Y-%m-%d} 至 {self.as_of:%Y-%m-%d}"

    @property
    def caption(self) -> str:
        """One line: region · date · sources."""
        parts = [self.home.full_name, f"数据截至 {self.span}", f"来源：{'、'.join(self.sources)}"]
        return " · ".join(([self.mark] if self.demo else []) + parts)


def read_context(store: Store, adcode: str | None = None) -> Context:
    """The context of the store for the home region (or another). Raises NoHome, NoData, UnknownRegion."""
    code = adcode or home_adcode(store)
    if code is None:
        raise NoHome()
    as_of, oldest, n_firms = store.rows(load_sql("firm_dates"))[0]
    if n_firms == 0:
        raise NoData()
    home = resolve_region(store, code)
    n_local = store.rows(load_sql("count_region").replace("{region}", home.where_sql), home.params)[0][0]
    return Context(home, as_of, oldest, source_titles(store), is_demo(store), n_firms, n_local)


def source_titles(store: Store) -> tuple[str, ...]:
    """Titles of the sources of batches that are not undone, most accepted rows first."""
    rows = store.rows(
        "SELECT any_value(s.title) FROM import_batch b JOIN source s USING (source_id) "
        "WHERE b.undone_at IS NULL GROUP BY s.source_id ORDER BY sum(b.n_accepted) DESC, s.source_id"
    )
    return tuple(row[0] for row in rows)


@dataclass(frozen=True)
class Versions:
    """Texts that change whenever what they stand for changes; the keys of caches.

    firms : imports, matching and home region; facts : firms, and what is known of projects; lists : facts, and catalogues
    """

    firms: str
    facts: str
    lists: str


def data_versions(store: Store) -> Versions:
    """The versions of the store as it is now."""
    firms, projects, lists = store.rows(load_sql("data_versions"))[0]
    return Versions(firms, f"{firms}|{projects}", f"{firms}|{projects}|{lists}")

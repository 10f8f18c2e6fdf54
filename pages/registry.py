"""The pages of the menu: one frozen tuple, titles in Chinese, paths in ASCII."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pages.catalogue import page as catalogue
from pages.chain_map import page as chain_map
from pages.data_admin import page as data_admin
from pages.firm import page as firm
from pages.gaps import page as gaps
from pages.methods import page as methods
from pages.overview import page as overview
from pages.packages import page as packages
from pages.projects import page as projects
from pages.review import page as review
from pages.rows import page as rows
from pages.targets import page as targets
from pages.trips import page as trips
from pages.whatif import page as whatif


@dataclass(frozen=True)
class PageEntry:
    """One page: its function, its title and its path; the first is served at the root as well.

    hidden : reached from a number or a row, not from the menu
    """

    run: Callable[[], None]
    title: str
    path: str
    hidden: bool = False


PAGES: tuple[PageEntry, ...] = (
    PageEntry(overview, "总览", "overview"),
    PageEntry(chain_map, "链图", "chain_map"),
    PageEntry(gaps, "缺口清单", "gaps"),
    PageEntry(targets, "目标企业", "targets"),
    PageEntry(firm, "企业档案", "firm"),
    PageEntry(review, "匹配复核", "review"),
    PageEntry(catalogue, "招商目录", "catalogue"),
    PageEntry(trips, "名单与行程", "trips"),
    PageEntry(whatif, "推演", "whatif"),
    PageEntry(projects, "签约项目与覆盖", "projects"),
    PageEntry(data_admin, "数据管理", "data_admin"),
    PageEntry(packages, "链图谱维护", "packages"),
    PageEntry(methods, "方法与可信度", "methods"),
    PageEntry(rows, "明细", "rows", hidden=True),
)

"""The pages of the menu: one frozen tuple, titles in Chinese, paths in ASCII."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pages import catalogue, chain_map, data_admin, firm, gaps, methods, overview, projects, targets


@dataclass(frozen=True)
class PageEntry:
    """One page: its function, its title and its path; the first is served at the root as well."""

    run: Callable[[], None]
    title: str
    path: str


PAGES: tuple[PageEntry, ...] = (
    PageEntry(overview.page, "总览", "overview"),
    PageEntry(chain_map.page, "链图", "chain_map"),
    PageEntry(gaps.page, "缺口清单", "gaps"),
    PageEntry(targets.page, "目标企业", "targets"),
    PageEntry(firm.page, "企业档案", "firm"),
    PageEntry(catalogue.page, "招商目录", "catalogue"),
    PageEntry(projects.page, "签约项目与覆盖", "projects"),
    PageEntry(data_admin.page, "数据管理", "data_admin"),
    PageEntry(methods.page, "方法", "methods"),
)

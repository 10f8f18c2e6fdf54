"""The store's frozen catalogues against the projects that came after them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.validation.catalogues import CatalogueResult, judge_answers, judge_catalogues
from chains.words import CONTACT_STATES
from data.regions import resolve_region
from data.sql import load_sql
from data.store import Store
from services.projects import has_register, projects_of

WILLING = CONTACT_STATES[3:5]
ANSWERS = (CONTACT_STATES[2], *WILLING, CONTACT_STATES[5])
PROJECT_COLUMNS = ["project_id", "home", "firm_id", "first_on", "dated", "nominal", "effective"]


def catalogue_hits(store: Store) -> CatalogueResult:
    """Every frozen catalogue of the store against the register of projects of its home region.

    A project is a listed firm's where it is the firm's own, or that of a recorded branch or subsidiary of it.
    """
    listed = store.query(load_sql("listed_firms"))
    listed["frozen_on"] = pd.to_datetime(listed.frozen_on).dt.date
    newest: date | None = store.rows(load_sql("register_date"))[0][0] if has_register(store) else None
    return judge_catalogues(listed, _projects(store, sorted(set(listed.home))), newest)


def catalogue_answers(store: Store) -> pd.DataFrame:
    """What the firms of frozen catalogues answered, by score (``analysis.validation.catalogues.judge_answers``).

    An answer is a firm told of as 已拜访, 有意向, 在谈 or 放弃 since the first version that lists it; 有意向 and 在谈 are willing.
    """
    told = store.query("SELECT home_adcode AS home, firm_id, state, changed_at::DATE AS told_on FROM outreach")
    told = told[told.state.isin(ANSWERS)].assign(willing=lambda rows: rows.state.isin(WILLING))
    listed = store.query(load_sql("listed_firms"))
    since = listed.merge(told, on=["home", "firm_id"]).query("told_on >= frozen_on")[["home", "firm_id"]]
    return judge_answers(listed[["home", "firm_id", "score"]], told[["home", "firm_id", "willing"]].merge(since))


def _projects(store: Store, homes: list[str]) -> pd.DataFrame:
    """One row a project and firm behind it, the parents of its firm among them."""
    found = [projects_of(store, resolve_region(store, home)).assign(home=home) for home in homes]
    if not found:
        return pd.DataFrame(columns=PROJECT_COLUMNS)
    days = store.query(load_sql("project_first_days"))
    days["first_on"] = pd.to_datetime(days.first_on).dt.date
    projects = pd.concat(found, ignore_index=True).merge(days, on="project_id")[PROJECT_COLUMNS]
    parents = store.query(
        "SELECT DISTINCT to_firm AS firm_id, from_firm AS parent FROM relation WHERE kind IN ('branch', 'owns')"
    )
    of_parents = projects.merge(parents, on="firm_id").assign(firm_id=lambda rows: rows.parent)[PROJECT_COLUMNS]
    return pd.concat([projects, of_parents], ignore_index=True).drop_duplicates(["project_id", "home", "firm_id"])

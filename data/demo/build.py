"""Write the fictional demo district into a fresh store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

import polars as pl

from data.demo.facts import add_facts, tag_rows
from data.demo.firms import Firm, make_firms
from data.demo.places import HOME, counties, division_rows
from data.demo.plan import make_plans
from data.demo.projects import Projects, make_projects
from data.demo.relations import make_branches, relation_rows
from data.demo.sites import site_rows
from data.demo.vocabulary import ChainWords, read_segments
from data.merge import derive_branches, merge_touched, touch
from data.settings import HOME as HOME_SETTING
from data.settings import choose_chains, mark_demo, write_setting
from data.store import Cursor, Store

DEMO_TITLE = "演示数据（虚构）"
DEMO_HOME = HOME
DEMO_AS_OF = date(2026, 9, 30)
DEMO_CHAINS = ("auto_parts", "powder_metallurgy", "prefab_building")
"""What the fictional district lives on."""
DEMO_BUILT_AT = datetime(2026, 10, 1, 9, 0)
SOURCE_ID = "demo"
SEED = "链图演示"

Progress = Callable[[float, str], None]
Rows = list[dict[str, object]]


class StoreNotEmpty(ValueError):
    """The store already holds firms or projects."""

    def __init__(self) -> None:
        super().__init__("库里已有企业或项目，不能混入虚构的演示数据；请换一个新的数据库文件（--db）再生成演示")


@dataclass(frozen=True)
class DemoReport:
    """What was written: rows by kind."""

    n_firms: int
    n_local: int
    n_relations: int
    n_projects: int


def build_demo(store: Store, chains: Sequence[ChainWords], progress: Progress | None = None) -> DemoReport:
    """Fill a fresh store with the demo district; the same chains always give the same rows.

    Divisions, firms with branches, tags, relations and projects are written in one transaction, each kind as an import
    batch of the source 演示数据（虚构）; the store is marked as demo and gets its home. Matching is a separate step.

    Parameters
    ----------
    chains : the chain packages whose words the firms use (those of DEMO_CHAINS)
    progress : called with (share done 0–1, what is being done)

    Raises
    ------
    StoreNotEmpty : the store holds firms or projects
    """
    if store.rows("SELECT 1 FROM firm LIMIT 1") or store.rows("SELECT 1 FROM project LIMIT 1"):
        raise StoreNotEmpty()
    tell = progress or _silent
    tell(0.0, "编写虚构企业")
    places = counties()
    plans = make_plans(read_segments(chains), places, SEED)
    firms = make_firms(plans, places, DEMO_AS_OF, Random(f"{SEED} firms"))
    add_facts(firms, DEMO_AS_OF, Random(f"{SEED} facts"))
    branches = make_branches(firms, places, DEMO_AS_OF, Random(f"{SEED} branches"))
    tell(0.5, "编写虚构关系与项目")
    relations = relation_rows(firms, chains, DEMO_AS_OF, Random(f"{SEED} relations"))
    projects = make_projects(plans, firms, places, DEMO_AS_OF, Random(f"{SEED} projects"))
    tell(0.7, "写入数据库")
    with store.write() as cursor:
        store.write_frame(cursor, "division", _frame(division_rows()))
        n_branches = _write_firms(store, cursor, [*firms, *branches])
        _write(store, cursor, "tags", {"firm_tag": tag_rows(firms, Random(f"{SEED} tags"))})
        _write(store, cursor, "relations", {"relation": relations})
        _write_projects(store, cursor, projects)
        _write(store, cursor, "sites", {"site": site_rows(chains, places, Random(f"{SEED} sites"))})
        mark_demo(cursor)
        write_setting(cursor, HOME_SETTING, DEMO_HOME)
        choose_chains(cursor, [chain.id for chain in chains])
    tell(1.0, "演示数据已写入")
    local = sum(firm.place.adcode == HOME for firm in [*firms, *branches])
    return DemoReport(len(firms) + len(branches), local, len(relations) + n_branches, len(projects.projects))


def _silent(share: float, text: str) -> None:
    """The progress of one who does not ask."""


def _write_firms(store: Store, cursor: Cursor, firms: Sequence[Firm]) -> int:
    """Write the records and merge them as an import does; returns the number of branches found by their names."""
    store.write_frame(cursor, "source", _frame([_source()]))
    records = [_record(firm, number) for number, firm in enumerate(firms, start=1)]
    _write(store, cursor, "firms", {"firm_record": records})
    touch(cursor, "demo-firms")
    merge_touched(cursor)
    return derive_branches(cursor)


def _write_projects(store: Store, cursor: Cursor, made: Projects) -> None:
    tables = {"project": made.projects, "project_event": made.events, "project_money": made.money}
    _write(store, cursor, "projects", tables | {"project_segment": made.segments})


def _write(store: Store, cursor: Cursor, kind: str, tables: dict[str, Rows]) -> None:
    """Write the tables of one kind as one import batch; columns that a table lacks are left out."""
    batch = _batch(kind, tables)
    store.write_frame(cursor, "import_batch", _frame([batch]))
    origin = {"batch_id": batch["batch_id"], "source_id": SOURCE_ID, "as_of": DEMO_AS_OF}
    for table, rows in tables.items():
        columns = cursor.execute("SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [table]).fetchall()
        known = {name for (name,) in columns}
        values = {name: value for name, value in origin.items() if name in known}
        if rows:
            store.write_frame(cursor, table, _frame([row | values for row in rows]))


def _batch(kind: str, tables: dict[str, Rows]) -> dict[str, object]:
    n = len(next(iter(tables.values())))
    content = repr(tables).encode("utf-8")
    return {
        "batch_id": f"demo-{kind}",
        "kind": kind,
        "file_name": DEMO_TITLE,
        "file_sha256": hashlib.sha256(content).hexdigest(),
        "source_id": SOURCE_ID,
        "as_of": DEMO_AS_OF,
        "imported_at": DEMO_BUILT_AT,
        "imported_by": "演示",
        "mapping": "{}",
        "n_read": n,
        "n_accepted": n,
        "n_rejected": 0,
        "n_flagged": 0,
    }


def _source() -> dict[str, object]:
    note = "企业、地名、项目、金额均为程序编写，与任何真实主体无关"
    return {"source_id": SOURCE_ID, "title": DEMO_TITLE, "publisher": "链图", "licence": "随软件", "note": note}


def _record(firm: Firm, number: int) -> dict[str, object]:
    capital = firm.facts.get("capital_cny")
    return {
        "row_number": number,
        "firm_id": firm.firm_id,
        "uscc": firm.firm_id,
        "name": firm.name,
        "founded_on": firm.founded_on,
        "capital_original": capital,
        "capital_currency": None if capital is None else "CNY",
        "scope": firm.scope,
        "registered_code": firm.place.adcode,
        "city_code": firm.place.city_code,
        "adcode": firm.place.adcode,
    } | firm.facts


def _frame(rows: Rows) -> pl.DataFrame:
    return pl.DataFrame(rows, infer_schema_length=None)

"""Everything that a 招商目录 says of the firms on it, in words and tables, before it becomes a file."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import pandas as pd

from analysis.coverage import NO_REGISTER
from analysis.stability import rank_text
from analysis.target_reasons import affiliate_text
from analysis.targets import rank_ranges
from chains.model import Chain
from data.store import Store
from exports.content import NO_GAP, CatalogueContent
from exports.row_ids import row_id
from services.catalogue_draft import Targets
from services.context import Context
from services.loop import ChainState
from services.names import names_of
from services.outreach import outreach_of, with_outreach
from services.outreach_plan import plans_of, with_plans
from services.site_hints import with_site_hints


class EmptyCatalogue(ValueError):
    """There is nothing to freeze or export."""

    def __init__(self) -> None:
        super().__init__("目录里还没有企业；请先在“目标企业”页把企业加入目录")


def catalogue_content(
    store: Store,
    chain: Chain,
    context: Context,
    state: ChainState,
    targets: Targets,
    keys: pd.DataFrame,
    at: datetime,
    version: int | None = None,
) -> CatalogueContent:
    """Everything the catalogue of these firms says; firms that are no targets (any more) are left out, and named.

    Parameters
    ----------
    targets : ranked targets of a segment by its id (``services.loop.targets_of``, or a cache of it)
    keys : segment_id and firm_id, in the order of the catalogue; of a draft also claim_reason and added_by
    version : number of the frozen version, None for a draft

    Raises
    ------
    EmptyCatalogue : none of the keys is a target
    """
    found, lost = _found(targets, keys)
    if found.empty:
        raise EmptyCatalogue()
    home = context.home.adcode
    items = _described(chain, state, state.explain(found, context), home)
    items = items.assign(products=items.firm_id.map(_products(store, items)).astype("object"))
    items = with_plans(with_outreach(_with_reasons(items, keys), outreach_of(store, home)), plans_of(store, home))
    items = with_site_hints(store, context.home, items)
    offices = chain.offices
    return CatalogueContent(
        title=f"{context.home.name}{chain.name}产业链招商目录" + (f"　{context.mark}" if context.mark else ""),
        state=state.summary(chain, context),
        caption=context.caption,
        mark=context.mark,
        made_at=at,
        version=version,
        content_sha256=content_hash(items) if version else None,
        offices=(
            ("链长", offices.chain_leader or "未填写"),
            ("链主企业", offices.anchor_firm or "未填写"),
            ("牵头部门", offices.lead_department or "未填写"),
        ),
        parameters=state.parameters(),
        items=items,
        gaps=state.gaps,
        coverage=state.coverage.table,
        projects=state.projects_with_names(chain),
        sources=source_rows(store),
        left_out=_left_out(store, chain, lost),
        place=context.home.name,
        chain=chain.name,
        no_projects="没有挂接到本链的项目" if state.coverage.known else f"{NO_REGISTER}，无数据",
    )


def content_hash(items: pd.DataFrame) -> str:
    """SHA-256 of the items as they are stored."""
    return hashlib.sha256(items_json(items).encode("utf-8")).hexdigest()


def items_json(items: pd.DataFrame) -> str:
    """The items as they are stored, one record a row."""
    return str(items.to_json(orient="records", date_format="iso", force_ascii=False))


def source_rows(store: Store) -> pd.DataFrame:
    """One row an import in force: title, file_name, as_of, imported_at and its row counts."""
    return store.query(
        "SELECT s.title, b.file_name, b.as_of, b.imported_at, b.n_read, b.n_accepted, b.n_rejected, b.n_flagged "
        "FROM import_batch b JOIN source s USING (source_id) WHERE b.undone_at IS NULL ORDER BY b.imported_at, b.batch_id"
    )


def _found(targets: Targets, keys: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Targets of the keys, segment by segment, and the keys that are no target."""
    rows, lost = [keys.head(0)], [keys.head(0)]
    for segment_id, firms in keys.groupby("segment_id", sort=False):
        ranked = targets(str(segment_id)).set_index("firm_id", drop=False)
        known = firms.firm_id.isin(ranked.index)
        chosen = ranked.loc[firms.firm_id[known].to_list()]
        rows.append(chosen.join(rank_ranges(ranked.reset_index(drop=True), chosen.firm_id)))
        lost.append(firms[~known])
    return pd.concat(rows[1:] or rows, ignore_index=True), pd.concat(lost[1:] or lost, ignore_index=True)


def _with_reasons(items: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """The items with the reason for which a firm stands there that someone else follows, among what is to be minded."""
    if "claim_reason" not in keys:
        return items
    why = {
        (row.segment_id, row.firm_id): f"他人已跟进，仍列入：{row.claim_reason}（{row.added_by}）"
        for row in keys[keys.claim_reason.notna()].itertuples()
    }
    given = [why.get(key) for key in zip(items.segment_id, items.firm_id, strict=True)]
    told = [[*([one] if one else []), *row] for one, row in zip(given, items.conflicts, strict=True)]
    return items.assign(conflicts=pd.Series(told, index=items.index, dtype="object"))


def _left_out(store: Store, chain: Chain, lost: pd.DataFrame) -> tuple[str, ...]:
    names = names_of(store, lost.firm_id)
    return tuple(
        f"{names.get(row.firm_id, row.firm_id)}（{chain.segment(row.segment_id).name}）不是候选目标：在本地、未确认，或数据已更新"
        for row in lost.itertuples()
    )


def _products(store: Store, items: pd.DataFrame) -> dict[str, str]:
    """What the sources say that the firms make, by firm; those of which nothing is said are not in it."""
    rows = store.rows(
        "SELECT firm_id, products FROM firm JOIN (SELECT DISTINCT unnest($firms) AS firm_id) USING (firm_id) "
        "WHERE products IS NOT NULL",
        {"firms": items.firm_id.to_list()},
    )
    return dict(rows)


def _described(chain: Chain, state: ChainState, items: pd.DataFrame, home: str) -> pd.DataFrame:
    facts = state.labels.set_index("segment_id")
    actions = dict(zip(state.gaps.segment_id, state.gaps.action, strict=True))
    return items.assign(
        position=range(1, len(items) + 1),
        chain_name=chain.name,
        stage_name=items.segment_id.map(facts.stage_name),
        action=[actions.get(segment_id, NO_GAP) for segment_id in items.segment_id],
        expansion_text=[_expansion_text(row) for row in items.itertuples()],
        rank_text=[rank_text(row) for row in items[["rank", "rank_best", "rank_worst"]].to_dict("records")],
        row_id=[row_id(chain.id, home, row.segment_id, row.firm_id) for row in items.itertuples()],
    )


def _expansion_text(row: Any) -> str | None:
    told = []
    if row.n_branches_away > 0:
        last = "" if pd.isna(row.last_branch_on) else f"，最近 {pd.Timestamp(row.last_branch_on):%Y-%m}"
        told.append(f"登记外地分支或投资企业 {int(row.n_branches_away)} 家{last}")
    if row.n_affiliates_away > 0:
        told.append(affiliate_text(row))
    if not told:
        return None
    known = "" if pd.isna(row.as_of) else f"，截至 {pd.Timestamp(row.as_of):%Y-%m-%d}"
    return f"{'；'.join(told)}（来源：企业登记数据{known}）"

"""The 招商目录: a draft list of (segment, firm) per chain and home region, and its frozen, numbered versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pandas as pd

from analysis.coverage import NO_REGISTER
from analysis.stability import rank_text
from analysis.target_reasons import affiliate_text
from analysis.targets import rank_ranges
from chains.model import Chain
from data.store import Cursor, Store
from exports.content import NO_GAP, CatalogueContent
from exports.fonts import NoFont
from exports.profiles import PROFILES
from exports.row_ids import row_id
from services.audit import record
from services.catalogue_files import FORMATS, catalogue_file, order_of
from services.context import Context
from services.loop import ChainState
from services.outreach import outreach_of, with_outreach
from services.outreach_plan import plans_of, with_plans
from services.site_hints import with_site_hints

FRAME_COLUMNS = ("segment_id", "firm_id")
Targets = Callable[[str], pd.DataFrame]


class EmptyCatalogue(ValueError):
    """There is nothing to freeze or export."""

    def __init__(self) -> None:
        super().__init__("目录里还没有企业；请先在“目标企业”页把企业加入目录")


class VersionFileLost(ValueError):
    """The file of a frozen version is not there, or not as it was kept."""

    def __init__(self, catalogue_id: str, found: bool) -> None:
        what = "保存的文件与定稿时的校验码不符，请从备份恢复" if found else "没有保存的文件，可按条目查验，不能再次下载"
        super().__init__(f"目录 {catalogue_id} {what}")


@dataclass(frozen=True)
class Version:
    """A frozen version of a catalogue."""

    catalogue_id: str
    version: int
    content_sha256: str


def add_item(store: Store, chain: Chain, home: str, segment_id: str, firm_id: str, *, actor: str, at: datetime) -> bool:
    """Put a firm on the draft list of the chain; False if it was there already. Raises KeyError (no such segment)."""
    chain.segment(segment_id)
    with store.write() as cursor:
        draft = _draft_id(chain.id, home)
        known = cursor.execute(
            "SELECT count(*) FROM catalogue_item WHERE catalogue_id = ? AND segment_id = ? AND firm_id = ?",
            [draft, segment_id, firm_id],
        ).fetchall()[0][0]
        if known:
            return False
        position = "(SELECT coalesce(max(position), 0) + 1 FROM catalogue_item WHERE catalogue_id = $id)"
        cursor.execute(
            f"INSERT INTO catalogue_item SELECT $id, {position}, $segment, $firm, '{{}}', $at, $actor",
            {"id": draft, "segment": segment_id, "firm": firm_id, "at": at, "actor": actor},
        )
        record(cursor, at, actor, "catalogue_add", f"{draft} {segment_id} {firm_id}")
    return True


def remove_item(
    store: Store, chain: Chain, home: str, segment_id: str, firm_id: str, *, actor: str, at: datetime
) -> None:
    """Take a firm off the draft list."""
    with store.write() as cursor:
        draft = _draft_id(chain.id, home)
        cursor.execute(
            "DELETE FROM catalogue_item WHERE catalogue_id = ? AND segment_id = ? AND firm_id = ?",
            [draft, segment_id, firm_id],
        )
        record(cursor, at, actor, "catalogue_remove", f"{draft} {segment_id} {firm_id}")


def draft_keys(store: Store, chain: Chain, home: str) -> pd.DataFrame:
    """segment_id and firm_id of the draft, in the order they were added."""
    return store.query(
        "SELECT segment_id, firm_id FROM catalogue_item WHERE catalogue_id = ? ORDER BY position",
        [_draft_id(chain.id, home)],
    )


def best_keys(targets: Targets, state: ChainState, n_gaps: int, per_gap: int) -> pd.DataFrame:
    """segment_id and firm_id of the best targets of the most urgent gaps: what an empty draft is proposed to hold."""
    chosen = [
        targets(segment_id).head(per_gap)[list(FRAME_COLUMNS)] for segment_id in state.gaps.segment_id.head(n_gaps)
    ]
    return pd.concat(chosen, ignore_index=True) if chosen else pd.DataFrame(columns=list(FRAME_COLUMNS))


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
    keys : segment_id and firm_id, in the order of the catalogue
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
    items = with_plans(with_outreach(items, outreach_of(store, home)), plans_of(store, home))
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


def freeze(
    store: Store, chain: Chain, context: Context, content: CatalogueContent, *, actor: str, at: datetime
) -> Version:
    """Keep the content's items and its finished files (内部版) as the next numbered version; none is ever changed.

    A format that cannot be made on this machine (a PDF without a Chinese font) is left out.
    """
    digest = content_hash(content.items)
    order = order_of(store, chain, PROFILES["internal"], actor, at)
    with store.write() as cursor:
        last = cursor.execute(
            "SELECT coalesce(max(version), 0) FROM catalogue WHERE chain_id = ? AND home_adcode = ?",
            [chain.id, context.home.adcode],
        ).fetchall()[0][0]
        version = Version(f"{chain.id}-{context.home.adcode}-v{last + 1}", last + 1, digest)
        cursor.execute(
            "INSERT INTO catalogue VALUES (?, ?, ?, ?, 'frozen', ?, ?, ?, ?, ?, ?, ?)",
            [
                version.catalogue_id,
                content.title,
                chain.id,
                context.home.adcode,
                version.version,
                at,
                actor,
                at,
                context.as_of,
                json.dumps(dict(content.parameters), ensure_ascii=False),
                digest,
            ],
        )
        store.write_frame(cursor, "catalogue_item", _frozen_rows(version, content.items, actor, at))
        finished = replace(content, version=version.version, content_sha256=digest, made_at=at)
        for suffix in FORMATS:
            with suppress(NoFont):
                _keep_file(cursor, version.catalogue_id, suffix, catalogue_file(finished, suffix, order))
        record(cursor, at, actor, "catalogue_freeze", f"{version.catalogue_id} {digest}")
    return version


def version_file(store: Store, catalogue_id: str, suffix: str = ".xlsx") -> bytes:
    """A file of a frozen version, byte for byte as it was made. Raises VersionFileLost."""
    found = store.rows(
        "SELECT content, sha256 FROM catalogue_file WHERE catalogue_id = ? AND format = ?", [catalogue_id, suffix[1:]]
    )
    if not found or hashlib.sha256(found[0][0]).hexdigest() != found[0][1]:
        raise VersionFileLost(catalogue_id, bool(found))
    return bytes(found[0][0])


def _keep_file(cursor: Cursor, catalogue_id: str, suffix: str, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    cursor.execute("INSERT INTO catalogue_file VALUES (?, ?, ?, ?)", [catalogue_id, suffix[1:], content, digest])


def kept_formats(store: Store, catalogue_id: str) -> tuple[str, ...]:
    """The suffixes that a frozen version is kept in, in the order of ``services.catalogue_files.FORMATS``."""
    kept = {
        f".{row[0]}" for row in store.rows("SELECT format FROM catalogue_file WHERE catalogue_id = ?", [catalogue_id])
    }
    return tuple(suffix for suffix in FORMATS if suffix in kept)


def versions(store: Store, chain: Chain, home: str) -> pd.DataFrame:
    """Frozen versions, newest first.

    catalogue_id, version, frozen_at, created_by, data_as_of, n_items, content_sha256, file_sha256 (NA: frozen before
    files were kept).
    """
    return store.query(
        "SELECT c.catalogue_id, c.version, c.frozen_at, c.created_by, c.data_as_of, count(i.firm_id) AS n_items, c.content_sha256, "
        "f.sha256 AS file_sha256 FROM catalogue c LEFT JOIN catalogue_item i USING (catalogue_id) "
        "LEFT JOIN catalogue_file f ON f.catalogue_id = c.catalogue_id AND f.format = 'xlsx' WHERE c.chain_id = ? AND c.home_adcode = ? "
        "GROUP BY ALL ORDER BY c.version DESC",
        [chain.id, home],
    )


def content_hash(items: pd.DataFrame) -> str:
    """SHA-256 of the items as they are stored."""
    return hashlib.sha256(_as_json(items).encode("utf-8")).hexdigest()


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


def _left_out(store: Store, chain: Chain, lost: pd.DataFrame) -> tuple[str, ...]:
    names = dict(
        store.rows(
            "SELECT firm_id, name FROM firm WHERE list_contains($firms, firm_id)", {"firms": lost.firm_id.to_list()}
        )
    )
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


def _frozen_rows(version: Version, items: pd.DataFrame, actor: str, at: datetime) -> pd.DataFrame:
    records = json.loads(_as_json(items))
    return pd.DataFrame(
        {
            "catalogue_id": version.catalogue_id,
            "position": items.position.to_numpy(),
            "segment_id": items.segment_id.to_numpy(),
            "firm_id": items.firm_id.to_numpy(),
            "item": [json.dumps(one, ensure_ascii=False) for one in records],
            "added_at": at,
            "added_by": actor,
        }
    )


def _as_json(items: pd.DataFrame) -> str:
    return str(items.to_json(orient="records", date_format="iso", force_ascii=False))


def _draft_id(chain_id: str, home: str) -> str:
    return f"{chain_id}-{home}-draft"

"""How coverage is shown: gaps by number, by priority and by money, and strong segments that are still served."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.coverage_weights import best_known_layer
from chains.words import MONEY_LAYERS
from exports.formats import NO_DATA, count, is_missing, money, percent
from pages import cached
from pages.components import table
from pages.components.html import anchor, esc
from pages.components.url import choose, link
from services.projects import ChainCoverage

NAMED = 8


def pick_layer(projects: pd.DataFrame) -> str:
    """The layer of money of parameter ``layer``; by default the one known of most signed projects of the region."""
    signed = projects[projects.nominal]
    words = {key: f"{word}（{signed[key].notna().sum()} 个有数）" for key, word in MONEY_LAYERS.items()}
    return choose(
        "资金口径",
        "layer",
        words,
        default=best_known_layer(projects),
        help="协议、合同、到位、计划总投资分开统计，从不相加",
    )


def coverage_rows(found: Mapping[str, ChainCoverage], chain_id: str | None) -> pd.DataFrame:
    """Coverage of every chain, or of one chain and its stages: the columns of ``ChainCoverage.table``."""
    names = {chain.id: chain.name for chain in cached.chains()}
    if chain_id in found:
        return found[str(chain_id)].table.replace({"scope": {"全链": names[str(chain_id)]}})
    return pd.concat([cover.table.head(1).assign(scope=names[key]) for key, cover in found.items()], ignore_index=True)


def over_rows(found: Mapping[str, ChainCoverage], chain_id: str | None) -> pd.DataFrame:
    """Strong segments that still have signed projects, of every chain or of one, with chain_id, chain_name, money_layer."""
    names = {chain.id: chain.name for chain in cached.chains()}
    kept = {key: cover for key, cover in found.items() if chain_id not in found or key == chain_id}
    rows = [cover.over.assign(chain_id=key, chain_name=names[key]) for key, cover in kept.items() if len(cover.over)]
    layer = next(iter(found.values())).layer
    whole = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=["n_signed"])
    return whole.assign(money_layer=MONEY_LAYERS[layer]).sort_values("n_signed", ascending=False, ignore_index=True)


def coverage_columns(layer: str) -> tuple[table.Column, ...]:
    """Columns of the table of coverage."""
    return (
        table.Column("范围", "scope", lambda row: esc(row["scope"]), "lt-main"),
        table.count_column("环节", "n_segments"),
        table.count_column("缺口", "n_gaps"),
        table.Column("名义覆盖（签约）", "n_nominal", lambda row: _covered(row, "nominal"), "lt-num"),
        table.Column("有效覆盖（开工或到资）", "n_effective", lambda row: _covered(row, "effective"), "lt-num"),
        table.Column(f"签约{MONEY_LAYERS[layer]}", "signed_cny", _amount, "lt-num"),
        table.Column("其中投向缺口", "nominal_money_share", _on_gaps, "lt-num"),
        table.count_column("优势环节上的签约", "n_over"),
    )


def over_columns(layer: str) -> tuple[table.Column, ...]:
    """Columns of the table of strong segments that are still served."""
    return (
        table.Column("环节", "name", _segment, "lt-main"),
        table.Column("签约项目", "n_signed", _signed, "lt-num"),
        table.Column(f"签约{MONEY_LAYERS[layer]}", "signed_cny", _known_amount, "lt-num"),
        table.Column("项目", "projects", lambda row: _some(row["projects"]), "lt-long", sortable=False),
    )


def _sub(text: str) -> str:
    return f'<span class="lt-sub">{esc(text)}</span>'


def _none(text: str) -> str:
    return f'<span class="lt-none">{esc(text)}</span>'


def _covered(row: Mapping[str, Any], kind: str) -> str:
    if row["n_gaps"] == 0:
        return _none("没有缺口")
    if is_missing(row[f"n_{kind}"]):
        return _none(NO_DATA)
    told = f"<b>{percent(row[f'{kind}_share'])}</b>　{count(row[f'n_{kind}'])} 个"
    return told + _sub(f"按优先级 {percent(row[f'{kind}_priority_share'])}")


def _amount(row: Mapping[str, Any]) -> str:
    if is_missing(row["n_signed"]):
        return _none(NO_DATA)
    unknown = f"，{count(row['n_without_amount'])} 个金额不详" if row["n_without_amount"] else ""
    told = _none(NO_DATA) if is_missing(row["signed_cny"]) else f"<b>{money(row['signed_cny'])}</b>"
    return told + _sub(f"{count(row['n_signed'])} 个项目{unknown}")


def _signed(row: Mapping[str, Any]) -> str:
    return f"{count(row['n_signed'])} 个" + _sub(f"其中有效 {count(row['n_effective'])} 个")


def _known_amount(row: Mapping[str, Any]) -> str:
    told = _none(NO_DATA) if is_missing(row["signed_cny"]) else f"<b>{money(row['signed_cny'])}</b>"
    return told + (_sub(f"{count(row['n_without_amount'])} 个金额不详") if row["n_without_amount"] else "")


def _on_gaps(row: Mapping[str, Any]) -> str:
    if is_missing(row["nominal_money_share"]):
        none_signed = not is_missing(row["n_signed"]) and row["n_signed"] == 0
        return _none("没有签约项目" if none_signed else NO_DATA)
    return f"<b>{percent(row['nominal_money_share'])}</b>" + _sub(
        f"已开工或到资 {percent(row['effective_money_share'])}"
    )


def _segment(row: Mapping[str, Any]) -> str:
    opened = anchor(row["name"], link("chain_map", chain=row["chain_id"], segment=row["segment_id"]))
    return opened + _sub(f"{row['chain_name']} · {row['stage_name']}")


def _some(names: Sequence[str]) -> str:
    """The first of the names; how many there are stands in the column beside them."""
    more = " 等" if len(names) > NAMED else ""
    return esc("；".join(names[:NAMED])) + more

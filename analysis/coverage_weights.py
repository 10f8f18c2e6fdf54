"""Coverage weighted by what gaps are worth and by what projects cost, and the strong segments that are still served.

Money comes in layers (总投资, 协议额, 合同额, 到位资金) that are never added: every function takes one and names it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.coverage import GAP_LABELS, group_sums, known_counts, over_zero, scope_of
from analysis.labels import Label
from chains.words import MONEY_LAYERS

PRIORITY_SHARES = ["nominal_priority_share", "effective_priority_share"]
MONEY_COLUMNS = ["n_signed", "n_without_amount", "signed_cny", "nominal_money_share", "effective_money_share"]
OVER_COLUMNS = [
    "segment_id", "name", "stage_name", "n_signed", "n_effective", "n_without_amount", "signed_cny", "projects",
]  # fmt: skip


def best_known_layer(projects: pd.DataFrame) -> str:
    """The layer of money that is known of most signed projects; of equals the one that binds most.

    Parameters
    ----------
    projects : project_id, nominal and the columns of ``MONEY_LAYERS``, in 元 (NA unknown)
    """
    signed = projects[projects.nominal.astype(bool)].drop_duplicates("project_id")
    return max(MONEY_LAYERS, key=lambda layer: int(signed[layer].notna().sum()))


def priority_shares(gaps: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Share of the gaps' priority that projects cover: Σ priority of covered gaps / Σ priority of gaps.

    Parameters
    ----------
    gaps : priority, nominal, effective (counts, NA where there is no register of projects) and ``by``
    by : column to group on, None for the chain as a whole

    Returns
    -------
    one row a group that has gaps, index the group: nominal_priority_share, effective_priority_share (NA where the
    projects of a gap are unknown, or no gap has any priority).

    Examples
    --------
    >>> gaps = pd.DataFrame({"priority": [60.0, 20.0], "nominal": [1, 0], "effective": [0, 0]})
    >>> priority_shares(gaps).iloc[0].tolist()
    [0.75, 0.0]
    """
    covered = {
        name: np.where(over_zero(gaps[kind]), gaps.priority, 0.0)
        for name, kind in zip(PRIORITY_SHARES, ("nominal", "effective"), strict=True)
    }
    sums = group_sums(scope_of(gaps, by), total=gaps.priority, unknown=gaps.nominal.isna(), **covered)
    total = np.where((sums.total > 0) & (sums.unknown == 0), sums.total, np.nan)
    return pd.DataFrame({name: sums[name].to_numpy() / total for name in PRIORITY_SHARES}, index=sums.index)


def money_shares(
    labels: pd.DataFrame, projects: pd.DataFrame | None, layer: str, by: str | None = None
) -> pd.DataFrame:
    """How much of the signed money stands on gaps, in one layer.

    nominal_money_share = Σ amount of signed projects on gaps / Σ amount of signed projects;
    effective_money_share = Σ amount of those of them that have begun / the same sum.

    Parameters
    ----------
    labels : segment_id, label and ``by``
    projects : project_id, segment_id, nominal, effective and ``layer`` (元, NA unknown), one row a project and segment;
        None where there is no register of projects
    layer : the column of ``MONEY_LAYERS`` to count

    Returns
    -------
    one row a group, index the group: n_signed, n_without_amount (signed projects whose amount is unknown), signed_cny
    (Σ of the known amounts, 元; NA where projects are signed and none is known), nominal_money_share,
    effective_money_share (NA without a known amount). A project attached to several segments counts once in every
    group; it stands on a gap where one of its segments there is one.
    """
    groups = scope_of(labels, by)
    index = pd.Index(groups.unique(), name=groups.name)
    if projects is None:
        return pd.DataFrame(pd.NA, index=index, columns=MONEY_COLUMNS, dtype="Float64")
    sums = _sums(labels.assign(group=groups), projects, layer).reindex(index, fill_value=0.0)
    known, every = (sums.n_signed > sums.n_without_amount).to_numpy(), np.zeros(len(sums), dtype=bool)
    amount = sums.amount.to_numpy()
    shared = np.where(known & (amount > 0), amount, np.nan)
    return pd.DataFrame(
        {
            "n_signed": known_counts(sums.n_signed, every),
            "n_without_amount": known_counts(sums.n_without_amount, every),
            "signed_cny": np.where(known | (sums.n_signed == 0), amount, np.nan),
            "nominal_money_share": sums.on_gaps.to_numpy() / shared,
            "effective_money_share": sums.effective_on_gaps.to_numpy() / shared,
        },
        index=index,
    )


def over_served(labels: pd.DataFrame, projects: pd.DataFrame | None, layer: str) -> pd.DataFrame:
    """Segments that are strong already and still have signed projects, most projects first.

    Parameters
    ----------
    labels : segment_id, name, stage_name, label; projects : as in :func:`money_shares`, and name

    Returns
    -------
    one row a segment: segment_id, name, stage_name, n_signed, n_effective, n_without_amount, signed_cny (NA where none
    is known), projects (their names). Empty where there is no register of projects.
    """
    strong = labels[labels.label == Label.STRONG]
    if projects is None:
        return pd.DataFrame(columns=OVER_COLUMNS)
    counted = projects.nominal.astype(bool) & projects.segment_id.isin(strong.segment_id)
    signed = projects[counted].sort_values("project_id")
    signed = signed.assign(unknown=signed[layer].isna(), amount=signed[layer].astype(float))
    found = signed.groupby("segment_id").agg(
        n_signed=("nominal", "sum"),
        n_effective=("effective", "sum"),
        n_without_amount=("unknown", "sum"),
        signed_cny=("amount", lambda amounts: amounts.sum(min_count=1)),
        projects=("name", list),
    )
    found = strong.merge(found.reset_index(), on="segment_id")[OVER_COLUMNS]
    return found.sort_values(
        ["n_signed", "signed_cny", "segment_id"], ascending=[False, False, True], ignore_index=True
    )


def _sums(labels: pd.DataFrame, projects: pd.DataFrame, layer: str) -> pd.DataFrame:
    """Numbers and amounts of the signed projects by the labels' group, every project once a group."""
    signed = projects[projects.nominal.astype(bool)]
    place = pd.Index(labels.segment_id).get_indexer(signed.segment_id)
    placed = pd.DataFrame(
        {
            "project_id": signed.project_id.to_numpy(),
            "group": labels.group.to_numpy()[place],
            "gap": labels.label.isin(GAP_LABELS).to_numpy()[place],
            "effective": signed.effective.to_numpy(dtype=bool),
            "amount": signed[layer].to_numpy(dtype=float, na_value=np.nan),
        }
    )
    once = placed.sort_values("gap", ascending=False, kind="stable").drop_duplicates(["group", "project_id"])
    amount, gap = once.amount.to_numpy(), once.gap.to_numpy()
    known = np.where(np.isnan(amount), 0.0, amount)
    return group_sums(
        once.group,
        n_signed=np.ones(len(once)),
        n_without_amount=np.isnan(amount),
        amount=known,
        on_gaps=np.where(gap, known, 0.0),
        effective_on_gaps=np.where(gap & once.effective.to_numpy(), known, 0.0),
    )

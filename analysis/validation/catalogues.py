"""Did the firms of past catalogues come? Projects that appeared after a catalogue was frozen, by the score of its firms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analysis.validation.shares import Share

MIN_DAYS = 180
"""A catalogue frozen fewer days before the newest word on projects is too young to judge."""
BANDS = ("高分", "中间", "低分")


@dataclass(frozen=True)
class CatalogueResult:
    """What came of the firms of catalogues that are old enough.

    reason : why nothing can be said, empty where something can; then the shares are of no firm
    signed, effective : firms with a project that appeared after their first catalogue was frozen
    bands : one row a third of the firms by score: band, lowest, highest, hits, n, share, low, high (of signed)
    recall : of the new projects whose firm is known, those whose firm was listed before; n_unknown : without a known firm
    n_undated : projects of listed firms left out, as it is not known on which side of the freezing they began
    """

    reason: str
    oldest: date | None
    newest: date | None
    signed: Share
    effective: Share
    bands: pd.DataFrame
    recall: Share
    n_unknown: int
    n_undated: int

    def told(self) -> dict[str, Any]:
        """The result in plain values: what is printed as JSON and kept; shares are null where there is a reason."""
        shares = {name: getattr(self, name).told() for name in ("signed", "effective", "recall")}
        return {
            "reason": self.reason,
            "oldest": self.oldest,
            "newest": self.newest,
            "min_days": MIN_DAYS,
            "n_unknown": self.n_unknown,
            "n_undated": self.n_undated,
            "bands": self.bands.to_dict("records"),
        } | (dict.fromkeys(shares) if self.reason else shares)


def judge_catalogues(listed: pd.DataFrame, projects: pd.DataFrame, newest: date | None) -> CatalogueResult:
    """Share of listed firms that a project followed, by score, and of new projects those whose firm was listed.

    Parameters
    ----------
    listed : one row a home region and firm: home, firm_id, frozen_on (of the first version that lists it), score
        (NA unknown)
    projects : one row a project and firm behind it: project_id, home, firm_id (NA unknown), first_on, dated (whether the
        first thing heard of it has a day of its own), nominal, effective
    newest : newest word on projects; None where there is no register

    Notes
    -----
    A project that was heard of by the day of freezing is no hit, whatever came of it later; nor is one without a day of
    its own, which may have been there already.
    """
    reason = _reason(listed, newest)
    if reason or newest is None:
        nothing = Share(0, 0)
        columns = ["band", "lowest", "highest", *nothing.told()]
        frozen = None if listed.empty else listed.frozen_on.min()
        return CatalogueResult(reason, frozen, newest, nothing, nothing, pd.DataFrame(columns=columns), nothing, 0, 0)
    old = listed[_age(listed, newest) >= MIN_DAYS].reset_index(drop=True)
    pairs = old.merge(projects.dropna(subset=["firm_id"]), on=["home", "firm_id"])
    after = pairs[(pairs.first_on > pairs.frozen_on) & pairs.dated]
    keys = pd.MultiIndex.from_frame(old[["home", "firm_id"]])
    signed, effective = (
        keys.isin(pd.MultiIndex.from_frame(after.loc[after[name], ["home", "firm_id"]]))
        for name in ("nominal", "effective")
    )
    recall, n_unknown = _recall(old, projects, after)
    undated = pairs[(pairs.first_on > pairs.frozen_on) & ~pairs.dated]
    return CatalogueResult(
        "", old.frozen_on.min(), newest, _share(signed), _share(effective), bands_of(old, signed), recall, n_unknown,
        int(undated.project_id.nunique()),
    )  # fmt: skip


def _reason(listed: pd.DataFrame, newest: date | None) -> str:
    if listed.empty:
        return "还没有冻结过招商目录，无从谈命中率"
    if newest is None:
        return "没有项目台账，不知道目录里的企业来没来；请用 import --as projects 导入"
    if (_age(listed, newest) >= MIN_DAYS).any():
        return ""
    ready = listed.frozen_on.min() + timedelta(days=MIN_DAYS)
    return (
        f"最早的目录冻结于 {listed.frozen_on.min():%Y-%m-%d}，项目消息最新到 {newest:%Y-%m-%d}，不满 {MIN_DAYS} 天，"
        f"还不能谈命中率；{ready:%Y-%m-%d} 以后再看"
    )


def _age(listed: pd.DataFrame, newest: date) -> pd.Series:
    return (pd.Timestamp(newest) - pd.to_datetime(listed.frozen_on)).dt.days


def _recall(old: pd.DataFrame, projects: pd.DataFrame, after: pd.DataFrame) -> tuple[Share, int]:
    """Of the signed projects that appeared in a home region since its first catalogue, those of firms listed before."""
    first = old.groupby("home").frozen_on.min()
    since = projects.assign(opened=projects.home.map(first)).dropna(subset=["opened"])
    new = since[(since.first_on > since.opened) & since.dated & since.nominal]
    known = new.groupby("project_id").firm_id.count() > 0
    hits = set(after.loc[after.nominal, "project_id"]) & set(known.index[known])
    return Share(len(hits), int(known.sum())), int((~known).sum())


def judge_answers(listed: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Share of the listed firms that answered a visit with an intention, by score.

    Parameters
    ----------
    listed : one row a home region and firm: home, firm_id, score (NA unknown)
    told : one row a home region and firm of which an answer is known: home, firm_id, willing

    Returns
    -------
    one row a third of the answering firms by score: band, lowest, highest, hits, n, share, low, high.
    """
    answered = listed.merge(told, on=["home", "firm_id"]).reset_index(drop=True)
    return bands_of(answered, answered.willing.to_numpy(dtype=bool))


def bands_of(old: pd.DataFrame, signed: np.ndarray) -> pd.DataFrame:
    """Thirds of the firms whose score is known, highest first, and of each the share of ``signed``; equal scores stay together."""
    scored = old.assign(signed=signed).dropna(subset=["score"])
    above = scored.score.rank(method="max", ascending=False, pct=True)
    third = np.ceil(above * len(BANDS)).clip(1, len(BANDS)).astype(int) - 1
    rows = [
        {"band": BANDS[at], "lowest": float(part.score.min()), "highest": float(part.score.max())}
        | _share(part.signed).told()
        for at, part in scored.groupby(third)
    ]
    return pd.DataFrame(rows, columns=["band", "lowest", "highest", *Share(0, 0).told()])


def _share(hits: np.ndarray | pd.Series) -> Share:
    return Share(int(hits.sum()), len(hits))

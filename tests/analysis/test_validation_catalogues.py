"""Past catalogues: which of their firms a project followed."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.validation.catalogues import judge_answers, judge_catalogues
from analysis.validation.sentences import catalogue_sentences
from analysis.validation.shares import Share

FROZEN, NEWEST = date(2026, 1, 10), date(2026, 11, 1)
HOME = "370117"


def listed(*scores: float, frozen_on: date = FROZEN) -> pd.DataFrame:
    """Firms a, b, c … with these scores."""
    firms = list("abcdefghij"[: len(scores)])
    return pd.DataFrame({"home": HOME, "firm_id": firms, "frozen_on": frozen_on, "score": scores})


def project(
    name: str, firm: str | None, on: date, nominal: bool = True, effective: bool = False, dated: bool = True
) -> dict:
    return {
        "project_id": name, "home": HOME, "firm_id": firm, "first_on": on, "dated": dated, "nominal": nominal,
        "effective": effective,
    }  # fmt: skip


def projects(*rows: dict) -> pd.DataFrame:
    columns = ["project_id", "home", "firm_id", "first_on", "dated", "nominal", "effective"]
    return pd.DataFrame(rows, columns=columns).astype(
        {"firm_id": "str", "dated": bool, "nominal": bool, "effective": bool}
    )


AFTER, BEFORE = date(2026, 5, 1), date(2025, 12, 1)


def test_firms_that_a_signed_project_followed_are_hits_and_started_ones_are_effective():
    rows = projects(
        project("1", "a", AFTER, effective=True), project("2", "b", AFTER), project("3", "c", AFTER, nominal=False)
    )
    found = judge_catalogues(listed(90, 80, 70, 60), rows, NEWEST)
    assert (found.signed, found.effective) == (Share(2, 4), Share(1, 4))
    assert found.told()["signed"]["share"] == 0.5


def test_what_was_heard_of_before_the_freezing_is_no_hit_and_what_has_no_day_is_told_apart():
    rows = projects(
        project("1", "a", BEFORE, effective=True), project("2", "b", FROZEN), project("3", "c", AFTER, dated=False)
    )
    found = judge_catalogues(listed(90, 80, 70), rows, NEWEST)
    assert (found.signed, found.n_undated) == (Share(0, 3), 1)
    assert "1 个项目没有日期" in "；".join(catalogue_sentences(found.told()))


def test_two_projects_of_one_firm_are_one_hit():
    rows = projects(project("1", "a", AFTER), project("2", "a", AFTER))
    assert judge_catalogues(listed(90, 80), rows, NEWEST).signed == Share(1, 2)


def test_a_project_elsewhere_is_no_hit():
    rows = projects(project("1", "a", AFTER) | {"home": "420100"})
    assert judge_catalogues(listed(90), rows, NEWEST).signed == Share(0, 1)


def test_thirds_by_score_keep_equal_scores_together():
    found = judge_catalogues(
        listed(90, 80, 70, 60, 50, 40), projects(project("1", "a", AFTER), project("2", "f", AFTER)), NEWEST
    )
    bands = found.bands
    assert bands.band.tolist() == ["高分", "中间", "低分"]
    assert list(zip(bands.hits, bands.n, strict=True)) == [(1, 2), (0, 2), (1, 2)]
    assert (bands.lowest.tolist(), bands.highest.tolist()) == ([80, 60, 40], [90, 70, 50])
    even = judge_catalogues(listed(50, 50, 50), projects(), NEWEST).bands
    assert even.n.tolist() == [3]


def test_recall_is_the_share_of_new_projects_whose_firm_was_listed():
    rows = projects(
        project("1", "a", AFTER), project("2", "x", AFTER), project("3", None, AFTER), project("4", "y", BEFORE),
        project("2", "x's parent", AFTER),
    )  # fmt: skip
    found = judge_catalogues(listed(90, 80), rows, NEWEST)
    assert (found.recall, found.n_unknown) == (Share(1, 2), 1)
    told = "；".join(catalogue_sentences(found.told()))
    assert "新签约项目 2 个，投资方事先在目录里的 1 个" in told
    assert "另有 1 个新项目没有登记投资企业" in told


@pytest.mark.parametrize(
    ("firms", "newest", "sentence"),
    [
        (listed(), NEWEST, "还没有冻结过招商目录"),
        (listed(90), None, "没有项目台账"),
        (listed(90), date(2026, 7, 8), "不满 180 天，还不能谈命中率；2026-07-09 以后再看"),
    ],
)
def test_where_nothing_can_be_said_there_is_a_sentence_and_no_zero(firms, newest, sentence):
    told = judge_catalogues(firms, projects(), newest).told()
    assert sentence in "".join(catalogue_sentences(told))
    assert (told["signed"], told["effective"], told["recall"]) == (None, None, None)


def test_catalogues_that_are_too_young_are_left_out_beside_older_ones():
    young = listed(70, frozen_on=date(2026, 10, 1)).assign(firm_id="z")
    found = judge_catalogues(pd.concat([listed(90), young]), projects(project("1", "z", date(2026, 10, 9))), NEWEST)
    assert found.signed == Share(0, 1)


def test_answers_of_visits_are_counted_by_thirds_of_the_scores():
    told = pd.DataFrame({"home": HOME, "firm_id": list("abcdeg"), "willing": [True, True, True, False, False, False]})

    found = judge_answers(listed(90, 80, 70, 60, 50, 40, 30), told)  # f is silent

    assert found[["band", "lowest", "highest", "hits", "n"]].to_numpy().tolist() == [
        ["高分", 80, 90, 2, 2],
        ["中间", 60, 70, 1, 2],
        ["低分", 30, 50, 0, 2],
    ]
    assert judge_answers(listed(90), told.head(0)).empty

"""Expansion on a time split: groups of one brand, what they founded before a year and after it."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.validation.expansion import Period, best_period, group_cases, judge_expansion, on_record
from analysis.validation.sentences import expansion_sentences
from analysis.validation.shares import Share

PERIOD = Period(2005, window=2, ahead=2)
HERE, THERE, GAP = "420000", "430000", "370000"
COLUMNS = ["home_id", "home_founded_on", "home_capital_cny", "affiliate_id", "founded_on", "province", "confidence", "founded_later"]  # fmt: skip


def affiliate(home: str, name: str, year: int, province: str = HERE, capital: float | None = 1e7) -> tuple[object, ...]:
    return home, pd.Timestamp("1995-01-01"), capital, name, pd.Timestamp(f"{year}-06-01"), province, 0.9, True


def frame(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=COLUMNS)


def test_a_period_needs_every_year_of_both_its_sides():
    assert list(PERIOD.years) == [2004, 2005, 2006, 2007]


def test_a_year_without_foundings_or_with_a_trickle_is_not_on_record():
    counts = {HERE: [90, 100, 0, 110, 120], THERE: [40, 8, 60, 70, 6]}
    rows = [(province, 2003 + at, n) for province, line in counts.items() for at, n in enumerate(line)]
    found = on_record(pd.DataFrame(rows, columns=["province", "year", "n"]))
    # of the second: 8 against the median of 40, 8, 60, 70 = 50 and 6 against that of 60, 70, 6 = 60, a fifth being 10 and 12
    assert found[HERE].tolist() == [True, True, False, True, True]
    assert found[THERE].tolist() == [True, False, True, True, False]


def test_the_best_period_is_the_one_for_which_most_is_on_record():
    years = range(2000, 2010)
    rows = [(HERE, year, 100) for year in years] + [(THERE, year, 900) for year in years if year < 2006]
    foundings = pd.DataFrame(rows, columns=["province", "year", "n"])
    # 2001 … 2003 hold both provinces (4 years of 1,000), and of equals the latest is taken
    assert best_period(foundings, window=2, ahead=2) == Period(2003, 2, 2)


def test_cases_count_what_was_founded_lately_and_ask_what_came_after():
    known = frame(
        affiliate("A", "a1", 1999),
        affiliate("A", "a2", 2004),
        affiliate("B", "b1", 2003),
        affiliate("C", "c1", 2005, GAP),
    )
    later = pd.concat(
        [known, frame(affiliate("A", "a3", 2006), affiliate("C", "c2", 2007, GAP), affiliate("B", "b2", 2009))]
    )
    cases = group_cases(known, later, PERIOD, [HERE, THERE])
    assert cases.recent.to_dict() == {"A": 1, "B": 0, "C": 0}  # c1 lies in a province that is not on record
    assert cases.n_affiliates.to_dict() == {"A": 2, "B": 1, "C": 1}
    assert cases.age.to_dict() == {"A": 10, "B": 10, "C": 10}
    assert cases.founding.to_dict() == {"A": True, "B": False, "C": False}  # c2 unseen, b2 too late


def test_the_part_of_the_targets_score_is_the_product_that_targets_use():
    known = frame(affiliate("A", "a1", 2001), affiliate("A", "a2", 2004))
    # n = 0.9 + 0.9, the last within ten years: 1 − ½^1.8
    assert group_cases(known, known, PERIOD, [HERE]).part["A"] == pytest.approx(1 - 0.5**1.8)


def test_a_group_whose_home_is_another_firm_later_is_the_same_group():
    known = frame(affiliate("A", "a1", 2004))
    later = frame(affiliate("a1", "A", 1996), affiliate("a1", "a3", 2006))
    assert group_cases(known, later, PERIOD, [HERE]).founding.to_dict() == {"A": True}


def many(n: int = 40) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Groups of which every second founded a firm lately; of those two thirds found another, of the others one in ten."""
    known = [affiliate(f"G{at}", f"g{at}", 2004 if at % 2 else 2000) for at in range(n)]
    again = [at for at in range(n) if (at % 2 and at % 3) or at % 20 == 0]
    return frame(*known), frame(*known, *(affiliate(f"G{at}", f"new{at}", 2006) for at in again))


def test_recent_expansion_is_told_beside_what_needs_none():
    known, later = many()
    found = judge_expansion(group_cases(known, later, PERIOD, [HERE]), PERIOD, [HERE], 31)
    # of 20 that founded lately 13 (those no multiple of 3) found again, of the others 2 (0 and 20)
    assert (found.founding, found.once, found.never) == (Share(15, 40), Share(13, 20), Share(2, 20))
    auc = found.scores.set_index("score").auc
    # recent 1 or 0: of 15 · 25 pairs 13 · 18 are right, 13 · 7 + 2 · 18 even
    assert auc.recent == pytest.approx((13 * 18 + (13 * 7 + 2 * 18) / 2) / (15 * 25))
    assert auc.capital == auc.age == 0.5
    told = "；".join(expansion_sentences(found.told()))
    assert "到 2005 年推断出外地企业的品牌 40 个，其中 15 个在随后 2 年里又在外地新设" in told
    assert "1 个省（共 31 个）" in told
    assert "不能说扩张分项比“近年外地新设家数”" in told


@pytest.mark.parametrize(
    ("n", "provinces", "reason"),
    [(40, [], "没有一个省的设立记录连续完整"), (20, [HERE], "只推断出 20 个"), (30, [THERE], "30 个品牌中有 0 个")],
)
def test_too_little_gives_a_sentence_and_no_area(n, provinces, reason):
    known, later = many(n)
    found = judge_expansion(group_cases(known, later, PERIOD, provinces), PERIOD, provinces, 31)
    assert reason in found.reason
    assert found.scores.empty
    assert expansion_sentences(found.told()) == [found.reason]


def test_no_group_at_all_is_told_too():
    empty = frame(affiliate("A", "a1", 2004)).head(0)
    found = judge_expansion(group_cases(empty, empty, PERIOD, [HERE]), PERIOD, [HERE], 31)
    assert "只推断出 0 个" in found.reason

"""Validations on the page 方法与可信度: results with their date, or the command that makes one."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.validation.catalogues import CatalogueResult
from analysis.validation.clusters import judge_clusters
from analysis.validation.entry import validate_entry
from analysis.validation.expansion import ExpansionResult, Period
from analysis.validation.shares import Share
from pages import cached
from pages.figures.interval_rows import Figure, Scale, interval_rows
from services.validation import keep_validation
from tests.analysis.test_validation_entry import random_panel
from tests.pages.conftest import text_of

SHARE = Scale(0.0, 1.0, 0.5, lambda value: f"{value:.0%}")


def results() -> dict[str, dict]:
    pairs = pd.DataFrame(
        [{"row": 1, "adcode": "420300", "place": "湖北省十堰市<b>", "segment": "汽车零部件", "n_local": 9, "expected": 3.0,
          "lq": 2.5, "lq_low": 1.8, "lq_high": 3.3, "label": "strong"}]
    )  # fmt: skip
    everywhere = pd.DataFrame({"expected": [3.0, 4.0], "label": ["strong", "fair"]})
    scores = [(name, name, 0.7, 0.6, 0.8) for name in ("part", "recent", "n_affiliates")]
    expansion = ExpansionResult(
        Period(2001, 5, 5), "", ("420000",), 31, Share(32, 188), Share(22, 79), Share(10, 109),
        pd.DataFrame(scores, columns=["score", "name", "auc", "low", "high"]),
        pd.DataFrame([("part", "recent", 0.1, 0.05, 0.15)], columns=["better", "worse", "gain", "low", "high"]),
    )  # fmt: skip
    catalogues = CatalogueResult(
        "", date(2026, 1, 10), date(2026, 11, 1), Share(2, 10), Share(1, 10),
        pd.DataFrame([{"band": "高分", "lowest": 60.0, "highest": 90.0} | Share(2, 5).told()]), Share(2, 4), 1, 0,
    )  # fmt: skip
    return {
        "entry": validate_entry(random_panel(200)).told(),
        "clusters": judge_clusters(pairs, everywhere).told(),
        "expansion": expansion.told(),
        "catalogues": catalogues.told(),
    }


def keep(kind: str, result: dict) -> None:
    keep_validation(
        cached.store(), kind, result, source=f"{kind}<i>.csv", as_of=date(2019, 5, 1), actor="测试员",
        at=datetime(2026, 10, 2, 9, 30),
    )  # fmt: skip


@pytest.mark.usefixtures("demo")
def test_before_anything_was_run_each_kind_names_its_command(visit):
    app: AppTest = visit("methods", view="checks")
    shown = text_of(app)
    assert not app.exception
    assert shown.count("还没有检验过") == 4
    for option in ("--panel 面板.csv", "--clusters 名单.csv", "--expansion", "--catalogues"):
        assert f"python cli.py validate {option}" in shown


@pytest.mark.usefixtures("database")
def test_results_are_shown_with_date_and_input_and_nothing_of_them_is_markup(visit):
    for kind, result in results().items():
        keep(kind, result)
    app: AppTest = visit("methods", view="checks")
    shown = text_of(app)
    assert not app.exception
    assert "还没有检验过" not in shown
    assert shown.count("检验于 2026-10-02 09:30，测试员") == 4
    assert "数据：entry&lt;i&gt;.csv，数据截至 2019-05-01" in shown
    assert "湖北省十堰市&lt;b&gt;" in shown
    for sentence in (
        "在没有参与拟合的地区上，结构模型",
        "1 个已知集群中 1 个判定为优势",
        "有外地新设的 79 个中 22 个再设",
        "2 家在冻结之后",
    ):
        assert sentence in shown
    assert "nan" not in shown.lower() and "None" not in shown


@pytest.mark.usefixtures("database")
def test_the_result_of_another_version_is_told_and_breaks_nothing(visit):
    keep("entry", {"scores": []})
    app: AppTest = visit("methods", view="checks")
    assert not app.exception
    assert "由另一版程序算出" in text_of(app)


def test_a_bar_stands_where_its_interval_does_and_the_words_say_it():
    drawn = interval_rows([Figure("甲", 0.5, 0.25, 0.75)], SHARE)
    assert "left:25.0%;width:50.0%" in drawn and "left:50.0%" in drawn
    assert "<b>50%</b> （25%–75%）" in drawn


def test_an_unknown_figure_and_an_unknown_interval_say_so():
    assert "无数据" in interval_rows([Figure("甲", None, None, None)], SHARE)
    assert "区间未知" in interval_rows([Figure("甲", 1.0, None, None)], SHARE)


def test_figures_beyond_the_scale_stand_at_its_end():
    assert (SHARE.place(-1), SHARE.place(2)) == (0.0, 100.0)

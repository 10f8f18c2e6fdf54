"""The place's way of judging: kept, refused in words, and what another benchmark makes of the counts."""

from __future__ import annotations

import pytest

from analysis.labels import LabelParams
from services.context import read_context
from services.judging import Judging, WrongJudging, judging_of, peers, read_judging, save_judging
from services.loop import chain_state, place_params, viewed_params
from services.presence import load_cube, load_local
from tests.services.conftest import AT


def labels(store, chain, **view):
    context = read_context(store)
    return chain_state(store, chain, context, load_cube(store, [chain]), viewed_params(store, **view)).labels.set_index(
        "segment_id"
    )


def test_before_anyone_chose_the_nation_is_the_benchmark_and_firms_are_counted(store):
    assert read_judging(store) == Judging("nation", LabelParams())


def test_what_was_chosen_is_kept_recorded_and_used(store, chain):
    save_judging(store, judging_of({"benchmark": "420100", "measure": "size", "strong_low": 1.3}), actor="王芳", at=AT)
    assert read_judging(store).label.strong_low == 1.3
    assert place_params(store).benchmark == "420100"
    [(actor, detail)] = store.rows("SELECT actor, detail FROM audit_event WHERE action = 'judging'")
    assert actor == "王芳" and '"benchmark": "420100"' in detail
    context = read_context(store)
    state = chain_state(store, chain, context, load_cube(store, [chain]))
    assert state.benchmark.endswith("武汉市")
    assert "按湖北省武汉市比重" in state.labels.reason[0]
    assert ("判定基准", state.parameters()[0][1])[1].startswith("湖北省武汉市；区位商按规模加权")


def test_the_expected_number_follows_the_benchmark(store, chain):
    # powder: 10 among 100 producers of the nation, 9 among 60 in Wuhan; Jinan has 10 producers
    assert labels(store, chain).expected["powder"] == pytest.approx(1.0)
    assert labels(store, chain, benchmark="420100").expected["powder"] == pytest.approx(1.5)
    assert labels(store, chain, benchmark="420000").expected["powder"] == pytest.approx(9 / 90 * 10)


def test_a_province_without_other_firms_is_compared_with_itself(store, chain):
    # 山东 has only Jinan's firms here: what is seen is what should be
    found = labels(store, chain, benchmark="province")
    assert found.expected["powder"] == pytest.approx(found.n_local["powder"])


def test_peers_are_other_prefectures(store, chain):
    cube, home = load_cube(store, [chain]), read_context(store).home
    assert set(peers(cube, load_local(store, home), home).region) == {"420100", "420300"}
    assert "2 个同类地区" in labels(store, chain, benchmark="peers").reason["powder"]


def test_size_tells_what_numbers_do_not(store, chain):
    # the firms of a city have 1000 万元 times their number: Wuhan's nine powder makers are the larger ones
    found = labels(store, chain, measure="size")
    assert found["size"]["powder"] < found.n_local["powder"]
    assert found.lq["powder"] == pytest.approx(labels(store, chain).lq_size["powder"])


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"benchmrak": "nation"}, "不认识的项：benchmrak"),
        ({"measure": "money"}, "不认识的口径“money”"),
        ({"strong_low": "很高"}, "strong_low 应是 1 到 10 之间的数，给的是“很高”"),
        ({"level": 1.5}, "level 应是 0.5 到 0.99 之间的数"),
        ({"min_makers": True}, "min_makers 应是 1 到 100"),
    ],
)
def test_what_cannot_be_used_is_named(values, said):
    with pytest.raises(WrongJudging, match=said):
        judging_of(values)


@pytest.mark.parametrize("benchmark", ["370199", "全世界", "", "370117", "420100,abc"])
def test_a_benchmark_that_is_no_prefecture_or_province_is_refused(store, chain, benchmark):
    with pytest.raises(WrongJudging, match="不认识的基准"):
        save_judging(store, judging_of({"benchmark": benchmark}), actor="王芳", at=AT)
    assert read_judging(store) == Judging()


def test_a_benchmark_without_any_firm_says_so(store, chain):
    with pytest.raises(ValueError, match="基准区域没有可比企业"):
        labels(store, chain, benchmark="110000")

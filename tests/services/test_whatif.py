"""What would be different if firms landed and projects began: on the store worked by hand, and in general."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.regions import resolve_region
from data.store import open_store
from services.context import read_context
from services.loop import conclude
from services.presence import load_cube
from services.scenario import Facts, Scenario, UnknownInScenario, catalogue_scenario
from services.whatif import NO_GAPS, Ground, concluded, ground_of, what_if
from tests.chains.tiny import tiny_chain
from tests.services.conftest import fill


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The store worked by hand: Jinan has 10 of 100 producers, 1 powder maker; press and part are made elsewhere only."""
    with open_store(tmp_path_factory.mktemp("whatif") / "tiny.duckdb") as opened:
        fill(opened, tiny_chain())
        with opened.write() as cursor:
            cursor.execute("UPDATE firm SET stock_code = '600001' WHERE firm_id = '420300-12'")
            cursor.execute("UPDATE firm SET status = '注销' WHERE firm_id = '420300-11'")
        yield opened


@pytest.fixture(scope="module")
def ground(place) -> Ground:
    return ground_of(place, tiny_chain(), read_context(place), load_cube(place, [tiny_chain()]))


@pytest.fixture
def ask(place, ground):
    def asked(*land: str, start: tuple[str, ...] = (), sign: tuple[str, ...] = ()):
        return what_if(place, resolve_region(place, "370100"), ground, Scenario(land, start, sign))

    return asked


def by_segment(found) -> pd.DataFrame:
    return found.changes.set_index("segment_id")


def test_a_firm_lands_in_every_segment_in_which_it_is_confirmed(ask):
    # the first of Wuhan's firms makes powder, press and part
    found = by_segment(ask("420100-1"))
    assert found.n_local_before.to_dict() == {"powder": 1, "press": 0, "part": 0}
    assert found.n_local_after.to_dict() == {"powder": 2, "press": 1, "part": 1}


def test_a_firm_may_land_in_one_segment_only(ask):
    found = by_segment(ask("420100-1:part"))
    assert found.n_local_after.to_dict() == {"powder": 1, "press": 0, "part": 1}


def test_a_firm_that_is_asked_for_once_in_general_and_once_in_particular_lands_everywhere_once(ask):
    assert by_segment(ask("420100-1:part", "420100-1", "420100-1:part")).n_local_after.to_dict() == {
        "powder": 2, "press": 1, "part": 1,
    }  # fmt: skip


def test_the_chain_as_a_whole_counts_a_landed_firm_once(ask):
    found = ask("420100-1")
    assert (found.before.presence.n_local, found.after.presence.n_local) == (1, 2)


def test_the_expected_numbers_stay_as_they_are(ask):
    found = ask("420100-1", "420100-2", "420300-12")
    assert found.after.labels.expected.equals(found.before.labels.expected)


def test_a_listed_firm_lands_as_anchor(ask):
    labels = ask("420300-12").after.labels.set_index("segment_id")
    assert labels.n_anchor.to_dict() == {"powder": 0, "press": 0, "part": 1}


def test_a_missing_segment_that_gets_its_firm_is_a_gap_no_longer_and_completeness_rises(ask):
    found = ask("420300-1")
    row = by_segment(found).loc["part"]
    assert (row.label_before, row.label_after) == ("missing", "fair")
    # powder was fair and part missing: one of two judged segments, then both
    assert (found.before.completeness[0], found.after.completeness[0]) == (0.5, 1.0)
    assert (len(found.before.gaps), len(found.after.gaps)) == (1, 0)
    assert "1 个环节的判定改变（part由缺失变一般）；完整度由 50% 变为 100%" in found.told


def test_what_is_asked_for_the_store_does_not_keep(place, ask):
    before = place.rows(
        "SELECT count(*), (SELECT count(*) FROM project_event), (SELECT count(*) FROM audit_event) FROM firm"
    )
    ask("420300-1", start=("p1",))
    assert before == place.rows(
        "SELECT count(*), (SELECT count(*) FROM project_event), (SELECT count(*) FROM audit_event) FROM firm"
    )


def test_a_started_project_is_effective_beside_what_it_was(ask):
    row = by_segment(ask(start=("p1",))).loc["press"]
    assert (row.nominal_before, row.effective_before, row.nominal_after, row.effective_after) == (1, 0, 1, 1)


def test_landing_nothing_changes_nothing(ask):
    found = ask()
    assert found.changed.empty
    assert found.notes == ()
    assert found.before.labels.equals(found.after.labels)
    assert found.before.gaps.equals(found.after.gaps)
    assert found.before.coverage.table.equals(found.after.coverage.table)


def test_unknown_firms_and_projects_are_all_named(ask):
    with pytest.raises(UnknownInScenario, match="没有编号为 nobody、420100-1:nowhere 的企业；本地没有编号为 p9 的项目"):
        ask("nobody", "420100-1:nowhere", "420300-1", start=("p9", "p1"))


def test_a_firm_that_is_here_already_or_struck_off_changes_nothing(ask):
    found = ask("370100-1", "420300-11")
    assert found.changed.empty
    assert [note.partition("厂")[2][:6] for note in found.notes] == ["已在本地，家", "登记状态为“"]


def test_a_firm_that_is_confirmed_in_no_segment_changes_nothing_and_says_so(ask):
    found = ask("420300-30")
    assert found.changed.empty
    assert found.notes == ("420300第30厂没有确认属于本链的任何环节，落地后本链什么也不改变",)


def test_a_signed_project_cannot_be_signed_again(ask):
    assert ask(sign=("p1",)).notes == ("项目“压机项目”已经签约，推演不再改变它",)


def test_a_chain_without_gaps_says_that_landing_can_close_none(place, ground):
    whole = replace(ground, before=replace(ground.before, gaps=ground.before.gaps.head(0)))
    found = what_if(place, resolve_region(place, "370100"), whole, Scenario(("420100-1:powder",)))
    assert NO_GAPS in found.notes


def test_without_a_register_coverage_stays_unknown(place, ground):
    before = conclude(
        ground.chain,
        ground.local,
        ground.cube,
        ground.before.coverage.projects.head(0),
        density=ground.density,
        register=False,
    )
    found = what_if(place, resolve_region(place, "370100"), replace(ground, before=before), Scenario(("420300-1",)))
    assert not found.after.coverage.known
    assert found.after.coverage.whole[["n_nominal", "nominal_share"]].isna().all(axis=None)
    assert "未导入项目台账，覆盖无数据" in found.told


def test_a_catalogue_lands_every_firm_in_the_segment_it_is_listed_for():
    keys = pd.DataFrame({"segment_id": ["part", "press"], "firm_id": ["420100-1", "stock:600001"]})
    assert catalogue_scenario(keys).land == ("420100-1:part", "stock:600001:press")


# --- in general

SEGMENTS = ("powder", "press", "part")
ORDER = ("missing", "weak", "fair", "strong")
STAGES = st.sampled_from(["negotiating", "signed", "started", "suspended", None])


@st.composite
def regions(draw) -> tuple[int, dict[str, int]]:
    """Producers of the region, and makers in each segment."""
    return draw(st.integers(5, 4000)), {name: draw(st.integers(0, 40)) for name in SEGMENTS}


def started(ground: Ground, region: tuple[int, dict[str, int]], stages: list[str | None]) -> Ground:
    """The ground with other counts, and with projects of these stages in the three segments by turns."""
    producers, makers = region
    counts = pd.DataFrame({"segment_id": [*makers, "*tiny"], "n_makers": [*makers.values(), max(makers.values())]})
    counts = counts.assign(n_rd=0, n_anchor=0, w_makers=counts.n_makers.astype(float), w_rd=0.0, region="370100")
    totals = ground.local.totals.assign(
        n_firms=producers, n_producers=producers, w_firms=float(producers), w_producers=float(producers)
    )
    local = replace(ground.local, counts=counts, totals=totals)
    one = ground.before.coverage.projects.iloc[[0] * len(stages)]
    projects = one.assign(
        project_id=[f"p{n}" for n in range(len(stages))],
        segment_id=[SEGMENTS[n % 3] for n in range(len(stages))],
        stage=pd.array(stages, dtype="str"),
        nominal=[stage in ("signed", "started") for stage in stages],
        effective=[stage == "started" for stage in stages],
    )
    before = conclude(ground.chain, local, ground.cube, projects, density=ground.density, register=True)
    return replace(ground, local=local, before=before)


def landing(*segments: str) -> Facts:
    rows = {"firm_id": [f"f{n}" for n in range(len(segments))], "segment_id": list(segments)}
    firms = pd.DataFrame(rows).assign(
        name="厂", region="外地", status="存续", listed=False, is_local=False, is_struck_off=False, weight=1.0,
        role="maker", core=True,
    )  # fmt: skip
    return Facts({firm: frozenset() for firm in firms.firm_id}, firms, pd.DataFrame(columns=["project_id", "name"]))


@settings(max_examples=8)
@given(region=regions(), stages=st.lists(STAGES, max_size=5), start=st.sets(st.integers(0, 4)))
def test_an_effective_project_never_raises_a_priority(ground, region, stages, start):
    base = started(ground, region, stages)
    ids = tuple(f"p{n}" for n in start)
    names = pd.DataFrame({"project_id": ids, "name": ids, "stage": None, "nominal": False})
    found = concluded(base, Scenario(start=ids), replace(landing(), projects=names))
    assert not (found.changes.priority_change > 1e-9).any()
    assert (found.after.labels.label == found.before.labels.label).all()


@settings(max_examples=8)
@given(region=regions(), landed=st.lists(st.sampled_from(SEGMENTS), min_size=1, max_size=8))
def test_a_landing_maker_lowers_no_quotient_no_label_and_no_completeness(ground, region, landed):
    base = started(ground, region, [])
    found = concluded(base, Scenario(land=tuple("f" * len(landed))), landing(*landed))
    changes = found.changes.set_index("segment_id")
    assert (changes.lq_after >= changes.lq_before - 1e-12).all()
    assert all(changes.lq_after[s] > changes.lq_before[s] for s in landed)
    judged = changes[(changes.label_before != "unknown")]
    assert (judged.label_after.map(ORDER.index) >= judged.label_before.map(ORDER.index)).all()
    before, after = found.before.completeness[0], found.after.completeness[0]
    assert before is None or (after is not None and after >= before - 1e-12)


def test_a_landing_user_may_raise_the_priority_of_its_suppliers(ground):
    """Not every priority falls: who lands buys, and what it buys is missed more."""
    base = started(ground, (400, {"powder": 5, "press": 5, "part": 1}), [])
    found = concluded(base, Scenario(land=tuple("f" * 60)), landing(*["part"] * 60))
    assert found.changes.priority_change.max() > 0

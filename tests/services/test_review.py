"""People's decisions hold through matching and imports, can be undone, and move the counts at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from data.cube import rebuild_cube
from data.imports import undo as undo_import
from data.store import Store, open_store
from services.errors import USER_ERRORS
from services.firm import UnknownFirm
from services.matching import match_chains
from services.review import WrongDecision, decide, holding, n_decided, recent_decisions, undo, undo_pair
from tests.chains.tiny import tiny_chain
from tests.data.import_files import code, firm, load_firms
from tests.services.conftest import AT, fill

PAIR = (
    "SELECT verdict, role, decided_by, rule_verdict, rule_role FROM segment_firm WHERE segment_id = ? AND firm_id = ?"
)
CUBE = "SELECT city_code, segment_id, n_makers, n_rd, round(w_makers, 9) FROM city_segment ORDER BY ALL"
HOME_FIRM = "370100-1"


def seen(store: Store, segment_id: str, firm_id: str) -> list[tuple[object, ...]]:
    return store.rows(PAIR, [segment_id, firm_id])


def later(seconds: int) -> datetime:
    return AT + timedelta(seconds=seconds)


def rejected_by_rule(store: Store, segment_id: str, firm_id: str, role: str = "trader") -> None:
    with store.write() as cursor:
        cursor.execute(
            "INSERT INTO segment_firm BY NAME SELECT 'tiny' AS chain_id, ? AS segment_id, ? AS firm_id, ? AS role, "
            "'rejected' AS verdict, 0.2 AS score, '销售' AS evidence, 'rule' AS decided_by, true AS core, "
            "'rejected' AS rule_verdict, ? AS rule_role",
            [segment_id, firm_id, role, role],
        )


# --- a decision


def test_a_confirmed_firm_counts_at_once_and_the_rule_keeps_its_own_word(store, chain):
    rejected_by_rule(store, "press", HOME_FIRM)
    decide(store, chain, ("press", HOME_FIRM), "confirmed", actor="王芳", at=AT)
    assert seen(store, "press", HOME_FIRM) == [("confirmed", "maker", "王芳", "rejected", "trader")]
    assert store.rows("SELECT n_makers FROM city_segment WHERE city_code = '370100' AND segment_id = 'press'") == [(1,)]


def test_a_rejected_firm_counts_no_more(store, chain):
    decide(store, chain, ("powder", HOME_FIRM), "rejected", actor="王芳", at=AT)
    assert seen(store, "powder", HOME_FIRM) == [("rejected", "maker", "王芳", "confirmed", "maker")]
    assert store.rows("SELECT * FROM city_segment WHERE city_code = '370100'") == []


def test_a_role_that_matching_found_and_that_counts_is_kept(store, chain):
    rejected_by_rule(store, "press", HOME_FIRM, role="rd")
    decide(store, chain, ("press", HOME_FIRM), "confirmed", actor="王芳", at=AT)
    assert seen(store, "press", HOME_FIRM)[0][:2] == ("confirmed", "rd")


def test_a_role_that_the_person_gives_goes_before(store, chain):
    rejected_by_rule(store, "press", HOME_FIRM, role="rd")
    decide(store, chain, ("press", HOME_FIRM), "confirmed", role="maker", actor="王芳", at=AT)
    assert seen(store, "press", HOME_FIRM)[0][:2] == ("confirmed", "maker")


def test_a_pair_that_matching_never_found_is_there_once_someone_confirms_it(store, chain):
    decide(store, chain, ("press", HOME_FIRM), "confirmed", note="现场看过", actor="王芳", at=AT)
    assert seen(store, "press", HOME_FIRM) == [("confirmed", "maker", "王芳", None, None)]
    assert store.rows("SELECT evidence, score, core FROM segment_firm WHERE segment_id = 'press' AND decided_by <> 'rule'") == [
        ("现场看过", 1.0, True)
    ]  # fmt: skip


# --- undoing


def test_undoing_brings_the_rules_word_back(store, chain):
    before, cube = store.rows("FROM segment_firm ORDER BY ALL"), store.rows(CUBE)
    taken = decide(store, chain, ("powder", HOME_FIRM), "rejected", actor="王芳", at=AT)
    assert undo(store, chain, taken, actor="王芳", at=later(1)) is None
    assert seen(store, "powder", HOME_FIRM) == [("confirmed", "maker", "rule", "confirmed", "maker")]
    assert [row[:10] for row in store.rows("FROM segment_firm ORDER BY ALL")] == [row[:10] for row in before]
    assert store.rows(CUBE) == cube


def test_undoing_a_pair_that_matching_never_found_takes_it_away(store, chain):
    decide(store, chain, ("press", HOME_FIRM), "confirmed", actor="王芳", at=AT)
    undo_pair(store, chain, ("press", HOME_FIRM), actor="王芳", at=later(1))
    assert seen(store, "press", HOME_FIRM) == []


def test_an_undone_decision_stays_on_record_with_who_undid_it(store, chain):
    taken = decide(store, chain, ("powder", HOME_FIRM), "rejected", actor="王芳", at=AT)
    undo(store, chain, taken, actor="李明", at=later(5))
    assert store.rows("SELECT decided_by, undone_by, undone_at FROM segment_decision") == [("王芳", "李明", later(5))]
    assert store.rows("SELECT actor, action FROM audit_event WHERE action LIKE '%decide' ORDER BY happened_at") == [
        ("王芳", "decide"), ("李明", "undecide"),
    ]  # fmt: skip


def test_a_decision_is_undone_once(store, chain):
    taken = decide(store, chain, ("powder", HOME_FIRM), "rejected", actor="王芳", at=AT)
    undo(store, chain, taken, actor="王芳", at=AT)
    with pytest.raises(WrongDecision, match="已被撤销"):
        undo(store, chain, taken, actor="王芳", at=AT)
    with pytest.raises(WrongDecision, match="没有人判定过"):
        undo_pair(store, chain, ("powder", HOME_FIRM), actor="王芳", at=AT)


# --- two people, one pair


def test_of_two_people_the_later_holds_and_undoing_it_brings_back_the_earlier(store, chain):
    decide(store, chain, ("powder", HOME_FIRM), "rejected", actor="王芳", at=AT)
    second = decide(store, chain, ("powder", HOME_FIRM), "confirmed", actor="李明", at=later(1))
    assert seen(store, "powder", HOME_FIRM)[0][::2] == ("confirmed", "李明", "maker")
    left = undo(store, chain, second, actor="李明", at=later(2))
    assert (left.decided_by, left.verdict) == ("王芳", "rejected")
    assert seen(store, "powder", HOME_FIRM)[0][::2] == ("rejected", "王芳", "maker")


def test_who_undoes_an_earlier_decision_leaves_the_later_one(store, chain):
    first = decide(store, chain, ("powder", HOME_FIRM), "rejected", actor="王芳", at=AT)
    decide(store, chain, ("powder", HOME_FIRM), "confirmed", actor="李明", at=later(1))
    left = undo(store, chain, first, actor="王芳", at=later(2))
    assert (left.decided_by, left.verdict) == ("李明", "confirmed")


def test_two_decisions_of_one_second_keep_their_order_even_when_a_clock_goes_back(store, chain):
    verdicts = ["rejected", "confirmed", "rejected", "confirmed"]
    moments = [AT, AT, later(-60), AT]
    for verdict, at in zip(verdicts, moments, strict=True):
        decide(store, chain, ("powder", HOME_FIRM), verdict, actor="王芳", at=at)
    assert recent_decisions(store, "tiny").verdict.tolist() == verdicts[::-1]
    assert recent_decisions(store, "tiny").holds.tolist() == [True, False, False, False]
    assert holding(store, chain, ("powder", HOME_FIRM)).verdict == "confirmed"


def test_what_one_person_decides_twice_in_the_same_way_is_one_decision(store, chain):
    first = decide(store, chain, ("powder", HOME_FIRM), "rejected", actor="王芳", at=AT)
    again = decide(store, chain, ("powder", HOME_FIRM), "rejected", actor="王芳", at=later(9))
    other = decide(store, chain, ("powder", HOME_FIRM), "rejected", actor="李明", at=later(10))
    assert first == again != other
    assert recent_decisions(store, "tiny").decided_by.tolist() == ["李明", "王芳"]


def test_a_persons_day_counts_what_was_not_taken_back(store, chain):
    decide(store, chain, ("powder", HOME_FIRM), "rejected", actor="王芳", at=AT)
    undo_pair(store, chain, ("powder", HOME_FIRM), actor="王芳", at=AT)
    decide(store, chain, ("press", HOME_FIRM), "confirmed", actor="王芳", at=AT)
    decide(store, chain, ("part", HOME_FIRM), "confirmed", actor="李明", at=AT)
    decide(store, chain, ("part", "370100-2"), "confirmed", actor="王芳", at=AT - timedelta(days=1))
    assert n_decided(store, "王芳", AT.date()) == 1


# --- what is refused


@pytest.mark.parametrize(
    ("pair", "verdict", "options", "words"),
    [
        (("nothing", HOME_FIRM), "confirmed", {}, "没有环节 nothing"),
        (("press", "no-such-firm"), "confirmed", {}, "no-such-firm"),
        (("press", HOME_FIRM), "perhaps", {}, "不认识的结论“perhaps”"),
        (("press", HOME_FIRM), "confirmed", {"role": "trader"}, "不认识的角色“trader”"),
        (("press", HOME_FIRM), "confirmed", {"actor": "  "}, "请先填写使用人姓名"),
        (("press", HOME_FIRM), "confirmed", {"actor": "rule"}, "请先填写使用人姓名"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_in_words_and_writes_nothing(store, chain, pair, verdict, options, words):
    with pytest.raises((WrongDecision, UnknownFirm)) as refused:
        decide(store, chain, pair, verdict, **{"actor": "王芳", "at": AT, **options})
    assert words in str(refused.value)
    assert isinstance(refused.value, USER_ERRORS)
    assert store.rows("SELECT count(*) FROM segment_decision") == [(0,)]


@pytest.mark.parametrize(
    "name", ["'; DROP TABLE firm; --", "<script>alert(1)</script>", "$firm_id", "王芳\n\u202e", "%_"]
)
def test_hostile_names_and_notes_are_kept_as_they_are(store, chain, name):
    taken = decide(store, chain, ("press", HOME_FIRM), "confirmed", note=f"{name}{name}", actor=name, at=AT)
    assert recent_decisions(store, "tiny", actor=name.strip()).decided_by.tolist() == [name.strip()]
    undo(store, chain, taken, actor=name, at=AT)
    assert store.rows("SELECT count(*) FROM firm") == [(100,)]


# --- what they outlive


@pytest.fixture
def facts(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "facts.duckdb") as opened:
        yield opened


def worded():
    """The tiny chain with Chinese keywords."""
    chain = tiny_chain()
    words = {"powder": "铁粉", "press": "压机", "part": "粉末冶金零件"}
    segments = [one.model_copy(update={"keywords": (words[one.id],)}) for one in chain.segments]
    return chain.model_copy(update={"segments": tuple(segments)})


SCOPES = [firm(1, 经营范围="铁粉制造"), firm(2, 经营范围="铁粉销售"), firm(3, 经营范围="餐饮服务")]


def test_decisions_survive_matching_again(facts, tmp_path):
    chain = worded()
    load_firms(facts, tmp_path / "a.csv", SCOPES)
    match_chains(facts, [chain], AT)
    for serial, verdict in ((1, "rejected"), (2, "confirmed"), (3, "confirmed")):
        decide(facts, chain, ("powder", code(serial)), verdict, actor="王芳", at=AT)
    pairs, cube = facts.rows("FROM segment_firm ORDER BY ALL"), facts.rows(CUBE)
    match_chains(facts, [chain], AT)  # nothing changed
    assert (facts.rows("FROM segment_firm ORDER BY ALL"), facts.rows(CUBE)) == (pairs, cube)
    with facts.write() as cursor:
        cursor.execute("DELETE FROM matched_segment")
    match_chains(facts, [chain], AT)  # every segment anew
    assert (facts.rows("FROM segment_firm ORDER BY ALL"), facts.rows(CUBE)) == (pairs, cube)
    undo_pair(facts, chain, ("powder", code(1)), actor="王芳", at=AT)
    assert seen(facts, "powder", code(1))[0][:3] == ("confirmed", "maker", "rule")


def test_decisions_survive_an_import_taken_back_and_made_again(facts, tmp_path):
    chain = worded()
    load_firms(facts, tmp_path / "kept.csv", [firm(9, 经营范围="餐饮服务")])
    first = load_firms(facts, tmp_path / "a.csv", SCOPES)
    match_chains(facts, [chain], AT)
    decide(facts, chain, ("powder", code(1)), "rejected", actor="王芳", at=AT)
    decide(facts, chain, ("powder", code(3)), "confirmed", actor="王芳", at=AT)
    undo_import(facts, first.batch_id)
    match_chains(facts, [chain], AT)
    assert facts.rows("FROM segment_firm") == []
    changed = [firm(1, 经营范围="铁粉制造、铁粉研发"), *SCOPES[1:]]
    load_firms(facts, tmp_path / "b.csv", changed)
    match_chains(facts, [chain], AT)
    assert seen(facts, "powder", code(1))[0][::2] == ("rejected", "王芳", "maker")
    assert seen(facts, "powder", code(3)) == [("confirmed", "maker", "王芳", None, None)]


def test_a_decision_goes_with_a_listed_firm_to_its_registered_one_and_back(facts, tmp_path):
    chain = worded()
    listed = {"股票代码": "600001.SH", "企业名称": "样例股份有限公司", "统一社会信用代码": None, "主营产品": "轴承"}
    load_firms(facts, tmp_path / "listed.csv", [listed])
    match_chains(facts, [chain], AT)
    [(stock,)] = facts.rows("SELECT firm_id FROM firm")
    decide(facts, chain, ("part", stock), "confirmed", actor="王芳", at=AT)
    registered = load_firms(facts, tmp_path / "registered.csv", [firm(1, 企业名称="样例股份有限公司")])
    match_chains(facts, [chain], AT)
    assert seen(facts, "part", code(1))[0][::2] == ("confirmed", "王芳", None)
    undo_import(facts, registered.batch_id)
    match_chains(facts, [chain], AT)
    assert seen(facts, "part", stock)[0][::2] == ("confirmed", "王芳", None)


# --- the counts


FIRMS = ["370100-1", "370100-2", "420300-1", "420100-1", "nowhere", "gone"]
STEP = st.tuples(
    st.sampled_from(["powder", "press", "part"]),
    st.sampled_from(FIRMS),
    st.sampled_from(["confirmed", "rejected", "undo"]),
    st.sampled_from([None, "rd", "maker"]),
)


@pytest.fixture(scope="module")
def long_lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("review") / "s.duckdb") as opened:
        fill(opened, tiny_chain())
        with opened.write() as cursor:
            cursor.execute(
                "INSERT INTO firm BY NAME SELECT * REPLACE ('nowhere' AS firm_id, NULL AS city_code, NULL AS capital_cny) "
                "FROM firm WHERE firm_id = '370100-1'"
            )
            cursor.execute(
                "INSERT INTO firm BY NAME SELECT * REPLACE ('gone' AS firm_id, '注销' AS status) FROM firm WHERE firm_id = '370100-1'"
            )
            rebuild_cube(cursor)
        yield opened


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=6))
def test_after_any_decisions_the_cube_is_what_it_would_be_made_anew(long_lived, chain, steps):
    for segment_id, firm_id, verdict, role in steps:
        pair = (segment_id, firm_id)
        if verdict != "undo":
            decide(long_lived, chain, pair, verdict, role=role, actor="王芳", at=AT)
        elif holding(long_lived, chain, pair):
            undo_pair(long_lived, chain, pair, actor="王芳", at=AT)
    kept = long_lived.rows(CUBE)
    with long_lived.write() as cursor:
        rebuild_cube(cursor)
    assert kept == long_lived.rows(CUBE)

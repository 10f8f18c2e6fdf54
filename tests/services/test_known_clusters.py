"""Known clusters against the labels of a store and of a file."""

from __future__ import annotations

import polars as pl
import pytest

from analysis.matching import SegmentRule
from services.known_clusters import (
    KnownCluster,
    NotNamed,
    WrongClusters,
    clusters_in_files,
    clusters_in_store,
    find_named,
    read_clusters,
)
from services.standalone import WrongFirmsFile, presence_of
from services.table_file import ColumnAbsent
from tests.chains.tiny import tiny_chain

PRESS = SegmentRule("press", "压机", "压力机", ("压力机",))


def known(*rows: tuple[str, str] | tuple[str, str, str]) -> list[KnownCluster]:
    return [KnownCluster(at, row[0], row[1], row[2] if len(row) > 2 else None) for at, row in enumerate(rows, 1)]


@pytest.fixture
def in_store(store, chain, monkeypatch):
    monkeypatch.setattr("services.known_clusters.installed", lambda _: (chain,))
    return lambda *rows: clusters_in_store(store, known(*rows), "k.csv")


def test_clusters_are_named_by_segment_or_chain_by_id_or_name(in_store):
    # Shiyan has 12 of 20 part makers and 30 of 100 producers: n 12, E 6
    found = in_store(("420300", "part"), ("420300", "小链"), ("420100", "press", "tiny"))
    assert found.pairs.segment.tolist() == ["part", "小链", "press"]
    part = found.pairs.iloc[0]
    assert (part.place, part.n_local, part.expected) == ("湖北省十堰市", 12, 6.0)
    assert found.pairs.label.isin(["strong", "fair", "weak", "missing", "unknown"]).all()


def test_random_pairs_are_every_prefecture_and_segment_with_enough_expected(in_store):
    # E ≥ 3: Shiyan 30 % of 10 powder, 10 press and 20 part makers (3, 3, 6), Wuhan 60 % (6, 6, 12); Jinan 1, 1, 2
    assert in_store(("420300", "part")).drawn.n == 6


def test_a_county_without_firms_is_no_error_but_cannot_be_judged(in_store):
    found = in_store(("371203", "part"))
    assert (found.unknown, found.known.hits) == (1, 0)


def test_every_faulty_row_is_named_with_what_is_wrong(in_store):
    with pytest.raises(WrongClusters) as caught:
        in_store(("999999", "part"), ("420300", "prat"), ("420300", "part"), ("420300", "part", "别的链"))
    message = str(caught.value)
    assert "k.csv：第 1 行：没有代码为“999999”的行政区划" in message
    assert "第 2 行：没有环节或产业链“prat”，是否为“part”？" in message
    assert "第 4 行：没有已匹配的产业链“别的链”" in message
    assert "第 3 行" not in message


def test_a_chains_own_segment_goes_before_one_of_the_same_name_that_is_borrowed():
    own = tiny_chain()
    named = [segment.model_copy(update={"name": "零件"}) for segment in own.segments[:1]]
    borrowing = own.model_copy(
        update={
            "id": "other",
            "name": "别链",
            "segments": (named[0].model_copy(update={"id": "b", "shared_from": "tiny.powder"}),),
        }
    )
    lending = own.model_copy(update={"segments": (named[0], *own.segments[1:])})
    row = KnownCluster(1, "420300", "零件", None)
    assert find_named([borrowing, lending], row).chain.id == "tiny"
    assert find_named([borrowing, lending], row._replace(chain="别链")).segment_id == "b"
    twice = own.model_copy(update={"id": "other", "name": "别链", "segments": (named[0],)})
    with pytest.raises(NotNamed, match="在 小链（powder）、别链（powder） 中都有，请加 chain 列"):
        find_named([lending, twice], row)


def test_a_file_is_read_with_chinese_titles_and_its_gaps_are_named(tmp_path):
    path = tmp_path / "k.csv"
    path.write_text("区划代码,环节,产业链\n420300, 零件 ,\n3712xx,压机,小链\n", encoding="gb18030")
    assert read_clusters(path) == (KnownCluster(2, "420300", "零件", None), KnownCluster(3, "371200", "压机", "小链"))
    path.write_text("adcode,segment\n420300,\n", encoding="utf-8")
    with pytest.raises(WrongClusters, match=r"k\.csv：第 2 行缺少 adcode 或 segment"):
        read_clusters(path)
    path.write_text("adcode,segment\n", encoding="utf-8")
    with pytest.raises(WrongClusters, match="没有一行数据"):
        read_clusters(path)
    path.write_text("adcode,name\n420300,x\n", encoding="utf-8")
    with pytest.raises(ColumnAbsent, match="segment、segment_id、环节 之一"):
        read_clusters(path)


def firms(*rows: tuple[str, str, str]) -> pl.DataFrame:
    facts = [
        {"firm_id": str(at), "name": "甲厂", "scope": scope, "city_code": city, "county_code": county}
        for at, (city, county, scope) in enumerate(rows)
    ]
    return pl.DataFrame(facts)


# today's Jinan holds a former prefecture (3712xx), two of whose three producers make presses; elsewhere one of seven does
FIRMS = firms(
    ("370100", "371202", "压力机制造"), ("370100", "371203", "压力机制造"), ("370100", "371203", "纸箱制造"),
    ("370100", "370102", "纸箱制造"), ("420100", "420102", "压力机制造"), *[("420100", "420102", "纸箱制造")] * 5,
)  # fmt: skip


def test_a_former_prefecture_is_the_firms_whose_codes_begin_so_and_no_part_of_the_benchmark():
    rows = presence_of(FIRMS, [PRESS], regions={"371200": "3712", "371203": "371203"}).set_index("adcode")
    assert rows.n_makers.to_dict() == {"370100": 2, "371200": 2, "371203": 1, "420100": 1}
    # 3 of 10 producers make presses: E = 0.3 a producer
    assert rows.expected.to_dict() == pytest.approx({"370100": 1.2, "371200": 0.9, "371203": 0.6, "420100": 1.8})


def test_files_are_asked_for_prefectures_counties_former_ones_and_provinces():
    asked = known(("370100", "压机"), ("371200", "press"), ("371203", "press"), ("370000", "press"))
    found = clusters_in_files(asked, "k.csv", FIRMS, [PRESS])
    assert found.pairs.n_local.tolist() == [2, 2, 1, 2]
    assert found.drawn.n == 0  # no prefecture expects three


def test_files_say_what_they_do_not_hold():
    with pytest.raises(
        WrongClusters, match=r"第 1 行：企业文件里没有代码为“510100”.*第 2 行：环节文件里没有环节“压铸机”"
    ):
        clusters_in_files(known(("510100", "press"), ("370100", "压铸机")), "k.csv", FIRMS, [PRESS])
    with pytest.raises(WrongFirmsFile, match="缺少列 county_code"):
        presence_of(FIRMS.drop("county_code"), [PRESS], regions={"371200": "3712"})

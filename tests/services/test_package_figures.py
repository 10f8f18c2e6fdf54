"""What a store says of a package: the strong prefectures, the well-known firms by their names."""

from __future__ import annotations

import polars as pl
import pytest

from services.package_figures import NotReadable, chain_pairs, known_firms, n_matched, nobody_in, strong_cities
from services.presence import load_cube
from tests.chains.tiny import segment_fields, tiny_chain


def test_pairs_of_the_version_that_was_matched_are_those_of_the_store(store, chain, monkeypatch):
    monkeypatch.setattr("services.package_figures.installed", lambda _store: (chain,))
    pairs = chain_pairs(store, chain)

    assert pairs.height == 40
    assert n_matched(pairs) == 23  # 1 of Jinan, 12 of Shiyan, and the same 10 of Wuhan in all three segments
    assert nobody_in(chain, pairs) == []


def test_another_version_without_a_dictionary_cannot_be_read(store, chain):
    with pytest.raises(NotReadable, match=r"小链”1\.0\.0 还没有与库中企业匹配"):
        chain_pairs(store, chain)


def test_the_prefecture_with_most_of_the_chain_comes_first(store, chain):
    [first, *_] = strong_cities(store, chain, load_cube(store, [chain]))

    assert first.name == "十堰市"
    assert first.n_firms == 12
    assert first.lq > 1


@pytest.mark.parametrize(
    ("known", "registered", "found"),
    [
        ("格林美", "荆门格林美新材料有限公司", True),
        ("格林美", "兴山县格林美林果专业合作社", True),
        ("格林美", "北京某某环境科技发展格林美分部", False),
        ("上汽集团", "上海汽车集团股份有限公司", True),
        ("上汽集团", "上海大众销售中心", False),
    ],
)
def test_a_known_firm_is_found_by_its_name_or_its_short_name(known, registered, found, store):
    with store.write() as cursor:
        cursor.execute(
            "UPDATE firm SET name = ?, scope = '制造', stock_code = '600000' WHERE firm_id = '370100-1'", [registered]
        )
    chain = tiny_chain(segments=[segment_fields("powder", known_firms=[known])], edges=[])
    pairs = pl.DataFrame({"firm_id": ["370100-1"], "segment_id": ["powder"], "verdict": ["confirmed"]})

    figures = known_firms(store, chain, pairs)

    assert (figures.listed, figures.found, figures.hit) == (1, int(found), int(found))
    assert figures.rate == (1.0 if found else None)


def test_a_firm_without_any_text_counts_as_not_found(store):
    chain = tiny_chain(segments=[segment_fields("powder", known_firms=["370100第1厂"])], edges=[])
    pairs = pl.DataFrame(schema={"firm_id": pl.String, "segment_id": pl.String, "verdict": pl.String})

    assert known_firms(store, chain, pairs).absent == (("powder", "370100第1厂"),)

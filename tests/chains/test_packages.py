"""Every shipped package keeps every rule; a rule that is broken lists its rows."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

import pytest

from chains.checks import CHECKS, Check, codes_exist, ids_unique_across
from chains.load import chain_ids, load_all, load_chain
from tests.shared import shared_path


@lru_cache(maxsize=1)
def _gb4754_codes(table: Path) -> frozenset[str]:
    with table.open(encoding="utf-8", newline="") as file:
        return frozenset(row["code"] for row in csv.DictReader(file))


def test_packages_are_shipped() -> None:
    assert {"auto_parts", "powder_metallurgy", "prefab_building"} <= set(chain_ids())


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("chain_id", chain_ids())
def test_a_package_keeps_the_rule(chain_id: str, check: Check) -> None:
    assert [finding.message for finding in check(load_chain(chain_id))] == []


@pytest.mark.parametrize("chain_id", chain_ids())
def test_a_package_uses_official_industry_codes(chain_id: str) -> None:
    codes = _gb4754_codes(shared_path("gbt4754_2017.csv"))
    assert [finding.message for finding in codes_exist(load_chain(chain_id), codes)] == []


def test_a_segment_id_belongs_to_one_package_only() -> None:
    assert [finding.message for finding in ids_unique_across(load_all())] == []

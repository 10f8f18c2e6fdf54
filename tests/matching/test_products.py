"""Product lists: each item is read by itself, and says what the firm makes unless the firm trades."""

from __future__ import annotations

import pytest

from analysis.matching import SegmentRule, match
from tests.matching.made_up import BEARING, firm, verdict

ALUMINA = SegmentRule("alumina", "氧化铝", "生产氧化铝；只销售的不算", ("氧化铝",))


@pytest.mark.parametrize(
    ("products", "expected"),
    [
        ("齿轮、轴承、整体承包、其他", "confirmed"),
        ("出口、国内、轴承、分部间抵销", "confirmed"),
        ("批发零售、轴承、运输", "confirmed"),
        ("齿轮、轴承贸易、五金", "rejected"),
        ("齿轮，五金（轴承、电机），阀门", "confirmed"),
        ("研发、生产、销售轴承", "confirmed"),
        ("轴承板块、铸件板块", "confirmed"),
    ],
)
def test_a_verb_in_one_item_governs_no_other(products: str, expected: str) -> None:
    assert verdict(BEARING, None, products=products) == expected


def test_what_a_list_calls_its_own_is_made() -> None:
    assert verdict(ALUMINA, None, products="自产氧化铝、贸易氧化铝") == "confirmed"


def test_a_trading_house_lists_what_it_sells() -> None:
    assert verdict(BEARING, None, "新城商贸有限公司", products="轴承、齿轮") == "rejected"
    assert verdict(BEARING, None, "新城超市有限公司", products="轴承、齿轮") == "rejected"


@pytest.mark.parametrize(
    ("products", "makes"),
    [
        ("钢材贸易、煤炭批发零售、分部间抵销", False),
        ("贷款业务、手续费及佣金收入", False),
        ("轴承、钢材贸易", True),
        ("其他、内部抵销", False),
    ],
)
def test_only_goods_make_a_maker(products: str, makes: bool) -> None:
    assert match(firm(None, products=products), []).makes["makes"].to_list() == [makes]

"""Names and business scopes of fictional firms: the grammar of registrations, filled with the packages' words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

MARK = "（演示）"
_FIRST = "恒瑞鼎盛源宏泰华嘉信德裕丰润兴远卓凯隆博正中汇众力锦东"
_SECOND = "达通泽和顺利诚晟安昌辉腾越翔旭铭峰祥康业邦维拓创"
_FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司")
_MAKER_WORDS = ("实业", "工贸", "新材料", "制品", "科技", "智造", "精工", "装备")
_TRADER_WORDS = ("商贸", "贸易", "物资", "供应链", "经贸")
_SERVICE_WORDS = ("建设", "工程", "技术服务", "咨询服务", "集团")
_RESEARCH_WORDS = ("研究院", "技术研究", "技术开发", "科技")
_SIDE = (
    "五金产品零售", "办公用品销售", "货物进出口", "技术进出口", "普通货物仓储服务", "非居住房地产租赁", "日用百货销售",
    "劳动保护用品销售", "企业管理咨询", "包装服务", "农副产品销售", "会议及展览服务",
)  # fmt: skip
_NOTE = "（依法须经批准的项目，经相关部门批准后方可开展经营活动）"

_MAKER_SCOPES = (
    "{list}制造、销售；{side}",
    "生产、销售：{list}；{side}",
    "{list}的研发、生产、销售；{side}" + _NOTE,
    "一般项目：{each_made}；{side}；{side2}",
    "{list}加工；{side}" + _NOTE,
    "许可项目：道路货物运输；一般项目：{each_made}；{side}",
)
_TRADER_SCOPES = (
    "{list}销售；{side}；{side2}",
    "批发、零售：{list}；{side}",
    "销售：{list}、钢木家具（不含危险化学品）；{side}" + _NOTE,
    "一般项目：{list}的销售；{side}；{side2}",
)
_SERVICE_SCOPES = (
    "{list}；{side}",
    "从事{list}；{side}" + _NOTE,
    "{list}；{side}；{side2}",
    "许可项目：{list}；一般项目：{side}",
)
_RESEARCH_SCOPES = (
    "{list}研发、技术咨询、技术转让；{side}",
    "从事{list}领域内的技术开发、技术服务；{side}",
    "{list}的研究开发与成果转化；{side}" + _NOTE,
)
_DEEDS = (
    "施工",
    "安装",
    "检测",
    "监理",
    "租赁",
    "运输",
    "设计",
    "改造",
    "加固",
    "承包",
    "吊装",
    "维修",
    "回收",
    "服务",
    "咨询",
)
_OTHER_MADE = (
    "糕点",
    "服装",
    "针织品",
    "文具",
    "玩具",
    "雨具",
    "日用陶瓷",
    "毛巾",
    "茶叶",
    "果脯",
    "竹编",
    "乐器",
    "灯笼",
    "棉被",
)


class Wording:
    """Writes names and scopes; no name twice, no side business that is a keyword of any segment."""

    def __init__(self, chance: Random, keywords: Sequence[str]) -> None:
        self._chance = chance
        self._used: set[str] = set()
        self._side = [text for text in _SIDE if not any(word in text for word in keywords)]
        self._words = {
            kind: [word for word in words if not any(keyword in word for keyword in keywords)]
            for kind, words in (
                ("maker", _MAKER_WORDS), ("trader", _TRADER_WORDS), ("service", _SERVICE_WORDS), ("rd", _RESEARCH_WORDS),
            )
        }  # fmt: skip
        self.other_made = [word for word in _OTHER_MADE if not any(keyword in word for keyword in keywords)]

    def name(self, place: str, role: str, product: str | None = None) -> str:
        """A firm's name, marked （演示）; ``product`` makes it speak of what the firm makes."""
        while True:
            brand = self._chance.choice(_FIRST) + self._chance.choice(_SECOND)
            trade = (product or "") + self._chance.choice(self._words[role])
            if role == "maker" and product and self._chance.random() < 0.6:
                trade = product + ("厂" if self._chance.random() < 0.12 else "")
            form = "" if trade.endswith("厂") else self._chance.choice(_FORMS)
            name = f"{place}{brand}{trade}{MARK}{form}"
            if name not in self._used:
                self._used.add(name)
                return name

    def vague_name(self, place: str, product: str) -> str:
        """A name that speaks of a product of which the scope need not say a word: a case for people to decide."""
        while True:
            brand = self._chance.choice(_FIRST) + self._chance.choice(_SECOND)
            name = f"{place}{brand}{product}制品{MARK}{self._chance.choice(_FORMS)}"
            if name not in self._used:
                self._used.add(name)
                return name

    def vague_scope(self) -> str:
        """A scope of side businesses alone."""
        return "；".join(self._chance.sample(self._side, 3))

    def scope(self, role: str, products: Sequence[str]) -> str:
        """A business scope that says ``role`` of the products."""
        offers: dict[str, Callable[[str], str]] = {"maker": _noun, "trader": _noun, "service": self._offer, "rd": str}
        said = offers[role]
        spoken = [said(product) for product in products]
        templates = {
            "maker": _MAKER_SCOPES,
            "trader": _TRADER_SCOPES,
            "service": _SERVICE_SCOPES,
            "rd": _RESEARCH_SCOPES,
        }
        side = self._chance.sample(self._side, 2)
        return self._chance.choice(templates[role]).format(
            list="、".join(spoken),
            each_made="；".join(f"{product}制造" for product in spoken),
            side=side[0],
            side2=side[1],
        )

    def _offer(self, word: str) -> str:
        """A service as registrations put it: works are carried out, deeds are named, anything else is a 服务."""
        if word.endswith("工程"):
            return word + self._chance.choice(("施工", "设计与施工", "专业承包"))
        return word if word.endswith(_DEEDS) else word + self._chance.choice(("技术服务", "加工处理服务"))


def _noun(product: str) -> str:
    """The product without a verb at its end, so that 货车制造 is not said to be made and made again."""
    bare = product.removesuffix("制造").removesuffix("生产")
    return bare if len(bare) > 1 else product

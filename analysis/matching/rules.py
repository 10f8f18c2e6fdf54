"""What a segment asks for, read from its definition: which verbs count, which things do not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from analysis.matching.definition import NEGATIVE, asked, statements
from analysis.matching.normalise import simplify
from analysis.matching.verbs import (
    ACQUIRE,
    AGENCY,
    BUILD,
    COLLECT,
    CONSULT,
    DESIGN,
    EXTRACT,
    FINISH,
    GROW,
    INSTALL,
    LEASE,
    MAKE,
    MAKING,
    MOVE,
    OPERATE,
    RD,
    REPAIR,
    RUN,
    SERVE,
    SERVING,
    STORE,
    TEST,
    TRADE,
    VERBS,
    verbs_in,
)
from chains.model import Segment

_FILLER = re.compile(rf"{NEGATIVE.pattern}|也|的企业|企业|只做|只是|只|仅|单纯|其|者|或者|等|附带|普通|本|明确|^做|^指")
_SPLIT = re.compile(r"[；;。，,、/／（）()]|或|及|和|与")
#: Shapes that "…制品" takes in.
_SHAPES = tuple(
    "管 板 砖 瓦 块 砌块 桩 构件 预制件 件 薄膜 膜 袋 箱 盒 桶 瓶 绳 带 条 圈 垫 片 棒 容器 器皿 餐具 厨具 杯 罐 工艺品 饰品 摆件".split()
)
_COMPONENTS = tuple("泵 阀 缸 马达 执行器 过滤器 蓄能器 接头 管件 密封件 元件 器件".split())
#: Words for apparatus that definitions use one for another.
_APPARATUS = ("设备", "器具", "装置", "机械", "器材", "装备", "灯具", "器", "机", "机组")
#: And for parts.
_PARTS = tuple("零部件 零配件 部件 零件 配件 附件 组件 备件 构件".split())
#: Verbs that count in a production segment too if the definition says them.
_DONE = REPAIR | BUILD | COLLECT | ACQUIRE | TEST | MOVE | STORE
#: Keywords that end so name a service.
_OFFERS = re.compile(r"服务$|派遣$|评价$|测评$|评估$|中介$|勘察$|勘探$|测绘$|监理$|审计$|记账$|报关$|报检$|策划$|承办$")
#: First characters of two-character keywords that name a kind of making: 纺纱, 缫丝, 榨油.
_SPUN = frozenset("纺缫榨轧绣")
_NOT_SPUN = frozenset("纺织 纺机 纺锭 纺品 轧辊 轧机 轧材 绣品 绣线".split())
KINDS = ("production", "service", "rd", "support")


@dataclass(frozen=True)
class SegmentRule:
    """A segment as matching sees it.

    ``kind`` is production, service, rd or support; empty means that the definition tells.
    """

    id: str
    name: str
    definition: str
    keywords: tuple[str, ...]
    exclusions: tuple[str, ...] = ()
    kind: str = ""
    gb4754: tuple[str, ...] = ()

    @classmethod
    def of(cls, segment: Segment) -> Self:
        """The rule of a chain package's segment."""
        return cls(
            segment.id,
            segment.name,
            segment.definition,
            tuple(segment.keywords),
            tuple(segment.exclusions),
            str(segment.kind.value),
            tuple(segment.gb4754),
        )

    @cached_property
    def patterns(self) -> tuple[str, ...]:
        """Keywords in the form in which phrases are compared; empty ones are dropped."""
        return tuple(dict.fromkeys(word for word in map(simplify, self.keywords) if word.strip()))

    @cached_property
    def denials(self) -> tuple[str, ...]:
        """Exclusions in that form."""
        return tuple(dict.fromkeys(word for word in map(simplify, self.exclusions) if word.strip()))

    @cached_property
    def affirmed(self) -> str:
        """The name and the part of the definition that says what belongs."""
        return simplify("，".join([self.name, *statements(self.definition)[0]]))

    @cached_property
    def stated(self) -> str:
        """The same without the name."""
        return self.affirmed.removeprefix(simplify(self.name))

    @cached_property
    def denied(self) -> tuple[str, ...]:
        """Things that the definition says do not belong, without verbs: 塑钢管, 粉末涂料."""
        words = (word for text in statements(self.definition)[1] for word in _SPLIT.split(simplify(text)))
        nouns = (_noun(word) for word in words)
        return tuple(dict.fromkeys(noun for noun in nouns if len(noun) > 1 and self._can_deny(noun)))

    def _can_deny(self, noun: str) -> bool:
        """含… tells what a denied activity includes; a word of the affirmed part is no denial (橡胶种植不算)."""
        return not noun.startswith("含") and noun not in self.affirmed and noun not in self.patterns

    @cached_property
    def meant(self) -> int:
        """Verb bits of the affirmed part."""
        bits = verbs_in(re.sub("装配[式化]", "", self.affirmed))  # 装配式建筑 is a kind of building
        return bits | (MOVE if "物流" in self.affirmed else 0) | (STORE if "冷藏" in self.affirmed else 0)

    @cached_property
    def done(self) -> int:
        """Verb bits of what the affirmed part says is done besides making: 收购, 回收, 修理, 建造, 检测 …"""
        bits = asked(self.stated) & _DONE
        # who collects scrap also buys it
        return bits | (ACQUIRE if bits & COLLECT else 0)

    @cached_property
    def resolved_kind(self) -> str:
        """``kind``, or what the definition's verbs tell."""
        if self.kind:
            return self.kind
        collects = self.done & COLLECT and not self.meant & (MAKE | GROW | EXTRACT)
        if collects or re.match(r"[，]?(?:对外|主要|专业)?提供[^，；]*服务", self.stated):
            return "service"
        if self.meant & (MAKING | GROW | EXTRACT) or re.search(r"(?:生产|制造|加工)(?!性)", self.affirmed):
            return "production"
        if self.meant & (RD | DESIGN) and not self.meant & (BUILD | INSTALL | REPAIR | LEASE | MOVE | STORE):
            return "rd"
        if self.meant & (SERVING | AGENCY | CONSULT) or re.match(
            r"[，]?(?:对外|主要|专业)?(?:提供|承接|承办)", self.stated
        ):
            return "service"
        return "production"

    @cached_property
    def only_grows(self) -> bool:
        """Does the definition ask for growing and not for making?"""
        return bool(self.resolved_kind == "production" and self.meant & GROW and not self.meant & MAKING)

    @cached_property
    def counted(self) -> int:
        """Verb bits that make a firm a maker (or, in a service segment, one who serves)."""
        if self.resolved_kind == "rd":
            return RD | DESIGN | self.meant & (MAKING | GROW)
        if self.resolved_kind in ("service", "support"):
            # who collects scrap also buys it
            more = ACQUIRE if self.meant & COLLECT else 0
            # works are designed, built and fitted
            more |= BUILD | INSTALL if self.meant & (BUILD | INSTALL) or "工程" in self.stated else 0
            more |= OPERATE if self.meant & RUN else 0
            return self.meant & ~TRADE | SERVE | more if self.meant else SERVING & ~OPERATE
        if self.meant & (GROW | EXTRACT) and not self.meant & MAKING:
            return self.meant & (GROW | EXTRACT) | self.done | MAKE
        # one step done to another's thing (热处理, 电镀) counts where the definition means that step
        return MAKING | self.meant & (GROW | FINISH | EXTRACT) | self.done

    @cached_property
    def researched(self) -> int:
        """Verb bits that make a firm one that develops."""
        if self.resolved_kind in ("service", "support"):
            return 0
        return RD | self.meant & DESIGN

    def acts(self, word: str) -> int:
        """Verb bits of a keyword that is itself what is done: to name 测绘, 劳务派遣 is to offer it, 纺纱 to do it."""
        if self.resolved_kind == "production":
            return MAKE if len(word) == 2 and word[0] in _SPUN and word not in _NOT_SPUN else 0
        if self.resolved_kind == "rd":
            return 0
        named = re.search(rf"{re.escape(word)}(?:[、或和及][^，；/]*)?(?:等|的)*服务", self.stated)
        return SERVE if named or word in self._offered or _OFFERS.search(word) else 0

    @cached_property
    def _offered(self) -> frozenset[str]:
        """The services that the definition lists: 提供甲、乙、丙."""
        parts = (re.match(r"(?:对外|主要|专业)*提供([^的]+)$", part) for part in re.split("[，；]", self.stated))
        items = (item for part in parts if part for item in re.split("[、和或及与]", part[1]))
        return frozenset(re.sub(r"(?:等|服务|业务)+$", "", item) for item in items)

    def allows(self, word: str, suffix: str) -> bool:
        """Does the definition name what follows the keyword (…主轴、塔筒、叶片)?"""
        core = re.split(r"及其|以及|及|与|和|或|/|、", re.sub(r"^(?:及其|以及|及|与|和|或)|等$", "", suffix))[0]
        core = re.sub(r"^(?:专用|成套|配套|通用)(?=.)", "", core)
        if self._kindred(word, core):
            return True
        if len(core) < 2:
            return bool(core) and core in self.affirmed
        if len(core) > 4:
            return core[-3:] in self.affirmed
        return core[-2:] in self.affirmed or (core[-1] in self.affirmed and core[-1] in "膜板管棒线丝带箔粉片材纱布")

    def _kindred(self, word: str, core: str) -> bool:
        """Does the definition name apparatus, parts or shapes by another word (除尘设备 for 除尘器, 部件 for 附件)?"""
        # 输送机械, where the definition says 输送设备
        stem, thing = (word[:-1], "机械") if core.startswith("械") else (word, core)
        if (word.endswith(_APPARATUS) and core in _APPARATUS) or (word.endswith("矿") and core == "石"):
            return True
        if thing in _APPARATUS and any(stem + other in self.affirmed for other in _APPARATUS):
            return True
        if core in _PARTS and any(part in self.affirmed for part in _PARTS):
            return True
        # of 液压元件 a pump and a valve are such, a press is not
        if core.endswith(_COMPONENTS) and any(
            word + part in self.affirmed for part in ("元件", "器件", "部件", "零件")
        ):
            return True
        return "制品" in self.affirmed and core.endswith(_SHAPES)

    def qualifies(self, before: str, word: str) -> bool:
        """Is the keyword something else's here (金属复合材料, where the definition says 碳纤维及其复合材料)?"""
        said = self.stated
        place = said.find(f"其{word}")
        if place < 0 or len(before) < 2 or word in said.replace(f"其{word}", ""):
            return False
        own = said[:place]
        return not any(before[at : at + 2] in own for at in range(len(before) - 1))

    def refuses(self, prefix: str, keyword: str, suffix: str) -> bool:
        """Does a thing that definition or exclusions deny reach over or stand behind the keyword?"""
        text = prefix + keyword + re.split(r"及其|以及|及|与|和|或|、|/", suffix)[0]
        ends = (text.rfind(word) + len(word) for word in (*self.denied, *self.denials) if word in text)
        # 液压油 does not reach into 液压油缸 where the definition names 油缸
        return any(
            end > len(prefix) and not (end > len(prefix + keyword) and self._goes_on(text[end - 1 : end + 1]))
            for end in ends
        )

    def _goes_on(self, pair: str) -> bool:
        """Do the last character of a denied thing and the next one make a word that the definition affirms?"""
        return len(pair) == 2 and pair in self.stated


def _noun(word: str) -> str:
    """A word of a denial without its verbs and fillers."""
    text, before = _FILLER.sub("", word), ""
    while text != before:
        before = text
        text = re.sub(r"^[卖养种做售]|[的业]$|作业|专门|自行", "", text).strip()
        for verb in sorted(VERBS, key=len, reverse=True):
            text = text.removeprefix(verb).removesuffix(verb)
    return text

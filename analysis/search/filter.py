"""What is looked for among firms: one value that an address, the command line and a saved view all say alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

FACETS: Mapping[str, str] = MappingProxyType(
    {
        "role": "角色", "place": "本地或外地", "province": "省份", "city": "地市", "county": "区县", "capital": "注册资本",
        "employees": "员工人数", "revenue": "营业收入", "age": "成立年限", "listed": "上市", "tag": "资质名单",
        "growing": "外地扩张", "tie": "与本地企业关联", "status": "登记状态", "source": "数据来源", "year": "数据年份",
    }
)  # fmt: skip
"""Facets by the parameter that holds their choices, in the order in which they are shown."""
ALL, SEGMENT = "all", "segment"
"""Where is looked: among all firms, or among the ranked candidates of one segment."""
NONE = "none"
"""The choice of the firms of which the fact is not known."""
_BASE, _TEXT, _CHAIN, _SEGMENT, _SORT = "base", "q", "chain", "segment", "sort"


class UnknownFacet(ValueError):
    """A word that is no facet."""

    def __init__(self, word: str) -> None:
        known = "、".join(f"{label}（{name}）" for name, label in FACETS.items())
        super().__init__(f"没有筛选项“{word}”；可用：{known}，以及 q（全文）、sort（排序）")


@dataclass(frozen=True)
class Filter:
    """The firms looked for, and their order.

    everywhere : among all firms; otherwise among the candidates of ``chain`` and the first of ``segments``
    text : words of the full text, all of which must be found
    chosen : (facet, choices), in the order of FACETS; a firm has one of the choices of every facet named
    sort : column, with ``-`` before it when descending; None for the usual order
    """

    everywhere: bool = False
    text: str = ""
    chain: str | None = None
    segments: tuple[str, ...] = ()
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sort: str | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Filter:
        """The filter that the parameters of an address say; parameters of other things are left out.

        >>> Filter.from_query({"base": "all", "q": " 轴承 ", "listed": "1", "p": "2"}).query()
        {'base': 'all', 'q': '轴承', 'listed': '1'}
        """
        chosen = ((name, _listed(query.get(name, ""))) for name in FACETS)
        chain = query.get(_CHAIN) or None
        return cls(
            everywhere=query.get(_BASE) == ALL,
            text=" ".join(query.get(_TEXT, "").split()),
            chain=None if chain == ALL else chain,
            segments=_listed(query.get(_SEGMENT, "")),
            chosen=tuple((name, choices) for name, choices in chosen if choices),
            sort=query.get(_SORT) or None,
        )

    @classmethod
    def from_words(cls, words: Iterable[str]) -> Filter:
        """The filter that ``name=choice,choice`` says, names as in an address or in Chinese. Raises UnknownFacet.

        >>> Filter.from_words(["省份=370000", "listed=1"]).chosen
        (('province', ('370000',)), ('listed', ('1',)))
        """
        return cls.from_query(dict(_said(word) for word in words))

    def query(self) -> dict[str, str]:
        """The parameters of an address that say this filter, and nothing that goes without saying."""
        said = {
            _BASE: ALL if self.everywhere else "",
            _CHAIN: self.chain or "",
            _SEGMENT: ",".join(self.segments),
            _TEXT: self.text,
            **{name: ",".join(choices) for name, choices in self.chosen},
            _SORT: self.sort or "",
        }
        return {name: value for name, value in said.items() if value}

    def choices(self, facet: str) -> tuple[str, ...]:
        """What is chosen of a facet; nothing where it does not filter."""
        return dict(self.chosen).get(facet, ())

    def with_choices(self, facet: str, choices: Iterable[str]) -> Filter:
        """The same with other choices of a facet."""
        held = dict(self.chosen) | {facet: tuple(dict.fromkeys(choices))}
        return replace(self, chosen=tuple((name, held[name]) for name in FACETS if held.get(name)))

    def toggled(self, facet: str, choice: str) -> Filter:
        """The same with a choice added, or taken away where it was chosen.

        >>> Filter().toggled("listed", "1").toggled("listed", "1") == Filter()
        True
        """
        held = self.choices(facet)
        kept = [one for one in held if one != choice] if choice in held else [*held, choice]
        return self.with_choices(facet, kept)

    @property
    def narrows(self) -> bool:
        """Whether anything but chain and segment is asked."""
        return bool(self.text or self.chosen)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in text.split(",") if key))


def _said(word: str) -> tuple[str, str]:
    name, _, value = word.partition("=")
    named = {label: key for key, label in FACETS.items()} | {
        "全文": _TEXT,
        "排序": _SORT,
        "产业链": _CHAIN,
        "环节": _SEGMENT,
    }
    key = named.get(name.strip(), name.strip())
    if key not in {*FACETS, _TEXT, _SORT, _CHAIN, _SEGMENT, _BASE}:
        raise UnknownFacet(name.strip())
    return key, value.strip()

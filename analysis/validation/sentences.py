"""What each validation says, in Chinese: one honest sentence or two from its plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Told = Mapping[str, Any]


def entry_sentences(told: Told) -> list[str]:
    """What relatedness is worth on a panel, beside what needs no relatedness (``EntryResult.told``)."""
    at = {row["score"]: row for row in told["scores"]}
    said = [
        f"{told['first']} 年 {told['n_regions']:,} 个地区 × {told['n_activities']:,} 个行业中，{told['n_candidates']:,} 个格子还不是优势"
        f"（RCA < 1），到 {told['last']} 年有 {told['n_entries']:,} 个（{told['entry_share']:.2%}）成为优势",
        f"只按关联密度排序，AUC 为 {_area(at['density'])}；不用关联度，只看行业普遍度也有 {_area(at['ubiquity'])}，"
        f"只看地区多样性 {_area(at['diversity'])}",
    ]
    if "within_activity" in at:
        said.append(f"在同一行业内部比较地区（普遍度此时不起作用），关联密度的 AUC 平均 {_area(at['within_activity'])}")
    if told["unfitted"]:
        return [*said, f"没有拟合模型：{told['unfitted']}"]
    gains = {row["better"]: row for row in told["gains"]}
    said.append(
        f"普遍度与多样性合起来 {_area(at['ubiquity_diversity_model'])}，再加关联密度 {_area(at['with_density_model'])}，"
        f"{_gain(gains['with_density_model'], at['with_density_model'])}"
    )
    held = "整个上级地区" if told["whole_parents"] else "地区"
    parts = "、".join(row["name"] for row in told["slopes"] if row["model"] == "structure")
    said.append(
        f"把{held}分成 {told['folds']} 份轮流留出，在没有参与拟合的地区上，结构模型 {_area(at['structure'])}，"
        f"再看现有水平 {_area(at['level'])}；前者看{parts}，后者另看本行业现在的区位商和有没有"
    )
    return said


def cluster_sentences(told: Told) -> list[str]:
    """How many known clusters are strong, beside how many pairs are anyhow (``ClusterResult.told``)."""
    known, drawn = told["known"], told["random"]
    said = [f"{known['n']} 个已知集群中 {known['hits']} 个判定为优势，{_share(known)}"]
    if told["unknown"]:
        said.append(f"其中 {told['unknown']} 个数据不足，无法判断，按没有判为优势计")
    if not drawn["n"]:
        return [*said, f"没有应有数不少于 {told['min_expected']:g} 的（地市，环节），无从比较"]
    return [
        *said,
        f"随便取一个应有数不少于 {told['min_expected']:g} 的（地市，环节），判为优势的机会是 {drawn['share']:.1%}"
        f"（全部 {drawn['n']:,} 对中 {drawn['hits']:,} 对，逐对数出，不是抽样）",
        "已知集群由提供名单的人选出，名单越偏向著名产地，比例越高；这个比例说的是判定会不会漏掉名单上的集群",
    ]


def expansion_sentences(told: Told) -> list[str]:
    """Whether brands that expanded lately expand again (``ExpansionResult.told``)."""
    first, last = told["year"] - told["window"] + 1, told["year"] + told["ahead"]
    record = (
        f"只看 {first}–{last} 年设立记录连续完整的 {len(told['provinces'])} 个省（共 {told['n_provinces']} 个）；"
        "其余省份的年份缺失，没有看到新设不等于没有新设"
    )
    if told["reason"]:
        return [told["reason"]]
    founding, once, never = told["founding"], told["once"], told["never"]
    at = {row["score"]: row for row in told["scores"]}
    others = "、".join(f"{row['name']} {_area(row)}" for name, row in at.items() if name != "part")
    plain = [at[row["worse"]]["name"] for row in told["gains"] if row["low"] is None or not row["low"] > 0]
    no_better = f"；不能说扩张分项比{'、'.join(f'“{name}”' for name in plain)}排得更准" if plain else ""
    return [
        f"到 {told['year']} 年推断出外地企业的品牌 {founding['n']} 个，其中 {founding['hits']} 个在随后 {told['ahead']} 年里又在外地新设",
        f"此前 {told['window']} 年内有外地新设的 {once['n']} 个中 {once['hits']} 个再设，{_share(once)}；"
        f"没有的 {never['n']} 个中 {never['hits']} 个，{_share(never)}",
        f"按目标得分中的扩张分项排序，AUC 为 {_area(at['part'])}；{others}{no_better}",
        record,
        "同字号是从名称推断的，企业越多的品牌越容易再被认出一家，这会抬高以上数字；登记库是抽样，又只含仍在册的企业，家数不是新设总数",
    ]


def catalogue_sentences(told: Told) -> list[str]:
    """What came of the firms of past catalogues (``CatalogueResult.told``)."""
    if told["reason"]:
        return [told["reason"]]
    signed, effective, recall = told["signed"], told["effective"], told["recall"]
    said = [
        f"冻结满 {told['min_days']} 天的目录里有 {signed['n']:,} 家企业（最早冻结于 {told['oldest']}），到 {told['newest']}，"
        f"{signed['hits']} 家在冻结之后有了新的签约项目，{_share(signed)}；{effective['hits']} 家已开工或到资，{_share(effective)}",
        *(
            f"{row['band']}的一组（{row['lowest']:.0f}–{row['highest']:.0f} 分）{row['n']} 家中 {row['hits']} 家，{_share(row)}"
            for row in told["bands"]
        ),
    ]
    if recall["n"]:
        said.append(
            f"反过来看，同期知道投资方的新签约项目 {recall['n']} 个，投资方事先在目录里的 {recall['hits']} 个，{_share(recall)}"
        )
    if told["n_unknown"]:
        said.append(f"另有 {told['n_unknown']} 个新项目没有登记投资企业，算不进去，真实比例可能更高")
    if told["n_undated"]:
        said.append(f"{told['n_undated']} 个项目没有日期，不知道先于还是晚于目录，没有算作命中")
    return [*said, "来了的企业不一定是因为目录才来；这个比例说的是目录有没有列对企业"]


def _share(row: Told) -> str:
    return f"占 {row['share']:.0%}（95% 区间 {row['low']:.0%}–{row['high']:.0%}）"


def _area(row: Told) -> str:
    return f"{row['auc']:.3f}{_between(row['low'], row['high'])}"


def _gain(gain: Told, better: Told) -> str:
    """A gain counts where its interval lies above 0 and what it leads to is better than guessing."""
    told = f"提高 {gain['gain']:.3f}{_between(gain['low'], gain['high'])}"
    sure = all(low is not None and low > bound for low, bound in ((gain["low"], 0.0), (better["low"], 0.5)))
    return told if sure else f"{told}，不能说关联密度在此之外还有帮助"


def _between(low: float | None, high: float | None) -> str:
    known = low is not None and high is not None and low == low  # NaN is unequal to itself
    return f"（{low:.3f}–{high:.3f}）" if known else "（区间未知）"


SENTENCES: dict[str, Callable[[Told], list[str]]] = {
    "entry": entry_sentences,
    "clusters": cluster_sentences,
    "expansion": expansion_sentences,
    "catalogues": catalogue_sentences,
}
"""Kind of validation → its sentences."""

"""The phrase dictionary of a universe of firms: built once, matched against any segments, extended with new firms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.matching.book import Book
from analysis.matching.normalise import plain
from analysis.matching.reading import read_phrases
from analysis.matching.signals import MAKER_NAME, OUTLET_NAME, SERVICE_NAME, TRADER_NAME, read_names
from analysis.matching.take_apart import Progress, govern_tokens, take_clauses, take_tokens

_SCHEMAS: dict[str, dict[str, type[pl.DataType]]] = {
    "firms": {
        "firm_id": pl.String,
        "name": pl.String,
        "gb4754": pl.String,
        "plain_name": pl.String,
        "name_class": pl.UInt8,
        "makes": pl.Boolean,
    },
    "phrases": {
        "key": pl.UInt64,
        "text": pl.String,
        "lead": pl.UInt32,
        "trail": pl.UInt32,
        "begin": pl.Int32,
        "end": pl.Int32,
        "marks": pl.UInt32,
    },
    "clauses": {"key": pl.UInt64, "text": pl.String, "makes": pl.Boolean},
    "tokens": {"phrase": pl.UInt32, "clause": pl.UInt32, "verbs": pl.UInt32, "state": pl.UInt8},
    "places": {"firm": pl.UInt32, "clause": pl.UInt32, "product": pl.Boolean},
}


@dataclass(frozen=True)
class Phrases:
    """Firms' scopes taken apart.

    ``phrases``: key, text, lead, trail, begin, end, marks — one row a distinct phrase (``key``: a hash of the text).
    ``clauses``: key, text, makes — one row a distinct clause; ``makes``: it says that something is made, grown or processed.
    ``tokens``: phrase, clause, verbs, state — one row a phrase in a clause, sorted by phrase.
    ``places``: firm, clause, product — one row a clause of a firm, sorted by clause; ``product``: of its product list.
    ``firms``: firm_id, name, gb4754, plain_name, name_class, makes — one row a firm, whose row number ``firm`` above is;
    ``makes``: a clause, the name or the product list says that it makes something (anything).
    """

    firms: pl.DataFrame
    phrases: pl.DataFrame
    clauses: pl.DataFrame
    tokens: pl.DataFrame
    places: pl.DataFrame

    @classmethod
    def empty(cls) -> Self:
        """The dictionary of no firms."""
        return cls(**{name: pl.DataFrame(schema=schema) for name, schema in _SCHEMAS.items()})

    @classmethod
    def build(cls, firms: pl.DataFrame, progress: Progress | None = None) -> Self:
        """Take the ``scope`` of every firm (firm_id, name, scope, products?, gb4754?) apart."""
        return cls.empty().updated(firms, progress)

    def updated(self, firms: pl.DataFrame, progress: Progress | None = None) -> Self:
        """The dictionary with these firms added, in place of those with the same firm_id; only new clauses are read."""
        tell = progress or (lambda share, text: None)
        old, places = self._without(firms["firm_id"])
        scopes = firms["scope"].cast(pl.String)
        listed = firms["products"].cast(pl.String) if "products" in firms.columns else scopes.clear()
        book = Book(self.clauses["key"], self.clauses["text"])
        added = take_clauses(scopes, listed, book, tell).with_columns(pl.col("firm") + pl.lit(len(old), pl.UInt32))
        places = pl.concat([places, added]).sort("clause", maintain_order=True)
        clauses, phrases, tokens = self._read(book.pages(), tell)
        known = _known(firms)
        named = pl.concat([old.drop("makes"), known])
        named = named.with_columns(_makers(clauses, places, named["name_class"]))
        tell(1.0, "短语词典就绪")
        return type(self)(named.select(list(_SCHEMAS["firms"])), phrases, clauses, tokens, places)

    def without(self, firm_ids: pl.Series) -> Self:
        """The dictionary without some firms; clauses that only they had stay, read once and for all."""
        firms, places = self._without(firm_ids)
        return replace(self, firms=firms, places=places)

    def _without(self, firm_ids: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Firms and places without some firms, renumbered."""
        stay = ~self.firms["firm_id"].is_in(firm_ids.cast(pl.String).implode())
        if not len(stay) or stay.all():
            return self.firms, self.places
        number = (stay.cast(pl.UInt32).cum_sum() - 1).cast(pl.UInt32)
        firm = self.places["firm"]
        places = self.places.with_columns(firm=number.gather(firm)).filter(stay.gather(firm))
        return self.firms.filter(stay), places

    def _read(self, pages: pl.DataFrame, tell: Progress) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        """Clauses, phrases and tokens after the clauses that are new have been read."""
        first = len(self.clauses)
        book = Book(self.phrases["key"], self.phrases["text"])
        clause, phrase, flags = take_tokens(pages["text"][first:], first, book, tell)
        tell(0.75, "分析短语")
        texts = book.pages()[len(self.phrases) :]
        phrases = pl.concat(
            [self.phrases, pl.concat([texts.select("key"), read_phrases(texts["text"])], how="horizontal")]
        )
        tell(0.85, "分析条款语法")
        makes = np.zeros(len(pages), dtype=np.bool_)
        makes[:first] = self.clauses["makes"].to_numpy()
        tokens = pl.concat([self.tokens, govern_tokens(phrases, clause, phrase, flags, makes)])
        return pages.with_columns(makes=pl.Series(makes)), phrases, tokens.sort("phrase", maintain_order=True)

    def write(self, folder: Path) -> None:
        """Keep the dictionary as five Parquet files in a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in _SCHEMAS:
            getattr(self, name).write_parquet(folder / f"{name}.parquet")

    @classmethod
    def read(cls, folder: Path) -> Self:
        """A dictionary that was written before. Raises FileNotFoundError naming the file that is missing."""
        # in one piece each, so that numpy sees the columns without copying them
        read = (pl.read_parquet(folder / f"{name}.parquet", memory_map=False).rechunk() for name in _SCHEMAS)
        return cls(**dict(zip(_SCHEMAS, read, strict=True)))


def _known(firms: pl.DataFrame) -> pl.DataFrame:
    """What is kept of firms besides their clauses."""
    code = pl.col("gb4754") if "gb4754" in firms.columns else pl.lit(None)
    kept = firms.select(pl.col("firm_id").cast(pl.String), pl.col("name").cast(pl.String), gb4754=code.cast(pl.String))
    plain_name = plain(kept["name"])
    return kept.with_columns(plain_name=plain_name, name_class=read_names(plain_name))


#: Items of product lists that name no goods: kinds of revenue, services, accounting.
_NO_GOODS = (
    r"^(?:其他|其它|其余|主营|内部|分部|合并|合计|抵[销消]|减[：:]|国内|国外|境内|境外|海外|内销|外销|出口|进口)|"
    r"(?:贸易|销售|批发|零售|购销|经销|代理|服务|租赁|出租|运营|经营|运输|物流|仓储|配送|工程|施工|安装|承包|业务|贷款|利息|手续费|佣金|"
    r"收入|抵销|抵消|投资|管理|物业|地产|房产|住宅|商铺|写字楼|酒店|餐饮|旅游|门票|咨询|设计|检测|维修|开发|保险|证券|基金|信托|广告|"
    r"发行|教育|培训|医疗|游戏|平台|软件|网络|百货|超市|商业|连锁)$"
)


def _goods(clauses: pl.DataFrame, places: pl.DataFrame) -> npt.NDArray[np.bool_]:
    """Which places are items of a product list that name goods."""
    listed = places["product"].to_numpy()
    found = np.zeros(len(listed), dtype=np.bool_)
    rows = np.flatnonzero(listed)
    if len(rows):
        texts = clauses["text"].gather(places["clause"].gather(rows))
        found[rows] = ~texts.str.contains(_NO_GOODS).to_numpy()
    return found


def _makers(clauses: pl.DataFrame, places: pl.DataFrame, name_class: pl.Series) -> pl.Series:
    """For each firm, whether a clause, its name or its product list says that it makes, grows or processes something."""
    said = clauses["makes"].to_numpy()[places["clause"].to_numpy()]
    serving = np.isin(name_class.to_numpy(), (TRADER_NAME, SERVICE_NAME, OUTLET_NAME))
    # shops repeat what their head office makes
    said &= (name_class.to_numpy() != OUTLET_NAME)[places["firm"].to_numpy()]
    firm = places["firm"].to_numpy()
    makes = name_class.to_numpy() == MAKER_NAME
    makes[firm[said | (_goods(clauses, places) & ~serving[firm])]] = True
    return pl.Series("makes", makes)

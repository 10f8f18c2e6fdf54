"""Money of projects: amount, currency, 元, and the layer it belongs to; layers are never added."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from data.imports.capital import to_yuan
from data.imports.cells import Cells
from data.imports.words import LAYERS, meaning

NO_LAYER = "没有写明资金口径（协议、合同、到位、计划），金额未采纳"
NO_RATE = "没有该币种的汇率，未折算"


@dataclass(frozen=True)
class Amounts:
    """amount (whole units of currency), currency, amount_cny, layer, layer_text; null amount: nothing stated or taken."""

    frame: pl.DataFrame
    fault: pl.Series


def stated(cells: Cells, as_of: pl.Series) -> Amounts:
    """The columns amount, currency_unit and money_layer; ``fault``: why a stated amount is not taken."""
    units = cells.raw("currency_unit") if "currency_unit" in cells.columns else None
    parsed = cells.money("amount", units)
    text = cells.text("money_layer")
    frame = pl.DataFrame({"amount": parsed.amount, "layer_text": text, "layer": meaning(LAYERS, text)})
    lost = pl.col("amount").is_not_null() & pl.col("layer").is_null()
    fault = frame.select(pl.when(lost).then(pl.lit(NO_LAYER)).cast(pl.String)).to_series()
    kept = frame.select(pl.when(~lost).then("amount")).to_series()
    converted = _converted(cells, "amount", kept, parsed.currency, as_of)
    return Amounts(pl.concat([converted, frame.select("layer", "layer_text")], how="horizontal"), fault)


def in_column(cells: Cells, target: str, as_of: pl.Series) -> pl.DataFrame:
    """A column whose heading is itself a layer (协议投资额, 到位资金)."""
    parsed = cells.money(target)
    converted = _converted(cells, target, parsed.amount, parsed.currency, as_of)
    return converted.with_columns(layer=pl.lit(target), layer_text=pl.lit(cells.label(target)))


def _converted(cells: Cells, target: str, amount: pl.Series, currency: pl.Series, as_of: pl.Series) -> pl.DataFrame:
    known = currency.fill_null("CNY")
    yuan = to_yuan(amount, known, as_of)
    frame = pl.DataFrame({"amount": amount, "currency": known, "amount_cny": yuan})
    unpriced = pl.col("amount").is_not_null() & pl.col("amount_cny").is_null()
    cells.flag(target, frame.select(pl.when(unpriced).then(pl.lit(NO_RATE)).cast(pl.String)).to_series())
    return frame

"""Rows of a projects table to projects, stage events and money. Several rows may speak of one project."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import polars as pl

from data.imports.amounts import in_column, stated
from data.imports.cells import Cells
from data.imports.context import Context, Portion
from data.imports.identity import EMPTY_NAME, LONG_NAME, reject
from data.imports.limits import MAX_NAME_CHARACTERS
from data.imports.lookup import find_firms
from data.imports.places import find_place
from data.imports.values import names
from data.imports.words import STAGES, meaning, unknown

NO_PLACE = "没有写明所在地，也没有给出 --region，项目不归入任何区域"
VAGUE_PLACE = "地名不明确（没有这个区划，或同名不止一处），项目不归入任何区域"
VAGUE_STAGE = "阶段用语不属于在谈、签约、开工、投产、暂缓、终止，阶段记为无数据，原文保留"
IN_STORE = "项目已在库中，只追加阶段与资金"
DATED_STAGES = {
    "signed_on": ("signed", "签约"),
    "started_on": ("started", "开工"),
    "operating_on": ("operating", "投产"),
}
MONEY_COLUMNS = ("planned", "agreement", "contract", "paid_in")


def read_projects(context: Context) -> Iterator[Portion]:
    """Projects, events and money of the whole table at once."""
    everything = context.all_cells()
    taken = _taken(everything)
    cells = context.cells(everything.frame.filter(taken))
    as_of = context.dates_of(everything).filter(taken)
    base = _base(context, cells, as_of)
    frames = {
        "project": _projects(context, cells, base),
        "project_event": _events(context, cells, base, as_of),
        "project_money": _money(context, cells, base, as_of),
    }
    yield Portion(frames, 1.0)


def _taken(cells: Cells) -> pl.Series:
    name = names(cells.raw("name"), 10 * MAX_NAME_CHARACTERS).value
    frame = cells.frame.select(pl.exclude("row_number")).with_columns(name_=name)
    long = pl.col("name_").str.len_chars() > MAX_NAME_CHARACTERS
    fault = pl.when(pl.col("name_").is_null()).then(pl.lit(EMPTY_NAME.replace("名称", "项目名称"))).when(long).then(
        pl.lit(LONG_NAME.replace("企业", "项目"))
    )  # fmt: skip
    faults = frame.select(fault.cast(pl.String)).to_series()
    reject(cells, "name", faults)
    repeated = ~frame.select(pl.struct(pl.all()).is_first_distinct()).to_series()
    frame = pl.DataFrame({"twice": repeated & faults.is_null()})
    again = frame.select(pl.when("twice").then(pl.lit("与前面的一行完全相同，重复")).cast(pl.String)).to_series()
    reject(cells, "name", again)
    return faults.is_null() & again.is_null()


def _base(context: Context, cells: Cells, as_of: pl.Series) -> pl.DataFrame:
    """project_id, source_id, as_of, name, place of every row."""
    parsed = names(cells.raw("name"), MAX_NAME_CHARACTERS)
    cells.flag("name", parsed.fault)
    place = cells.text("place")
    given = cells.code("project_id")
    ids = [code or project_key(name, where) for code, name, where in zip(given, parsed.value, place, strict=True)]
    said = cells.text("source")
    keys = [context.source_id(text) for text in said]
    return pl.DataFrame({
        "project_id": pl.Series(ids, dtype=pl.String), "source_id": pl.Series(keys, dtype=pl.String), "as_of": as_of,
        "name": parsed.value, "place": place, "row_number": cells.rows,
    })  # fmt: skip


def project_key(name: str, place: str | None) -> str:
    """An id that the same project gets again when it is imported again."""
    text = f"{name}|{place or ''}"
    return "p-" + hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:12]


def _projects(context: Context, cells: Cells, base: pl.DataFrame) -> pl.DataFrame:
    texts = {target: cells.text(target) for target in ("industry_text", "origin", "unit", "note")}
    firm, note = _investor(context, cells, texts["note"])
    frame = base.with_columns(
        **{**texts, "note": note}, adcode=_adcodes(context, cells, base["place"]), firm_id=firm, batch_id=pl.lit(context.batch_id)
    )  # fmt: skip
    known = {row[0] for row in context.store.rows("SELECT DISTINCT project_id FROM project")}
    there = frame["project_id"].is_in(list(known))
    fault = pl.DataFrame({"there": there}).select(pl.when("there").then(pl.lit(IN_STORE)).cast(pl.String)).to_series()
    cells.flag("name", fault)
    return frame.filter(~there).unique("project_id", keep="first", maintain_order=True).drop("row_number")


def _investor(context: Context, cells: Cells, note: pl.Series) -> tuple[pl.Series, pl.Series]:
    """firm_id of the investor where it is a firm of the store; else its name goes into the note."""
    found = find_firms(context.store, cells, "firm_uscc", "firm_name")
    said = cells.text("firm_name")
    frame = pl.DataFrame(
        {"note": note, "name": said, "id": found.ids, "fault": found.fault, "code": cells.code("firm_uscc")}
    )
    stated_ = pl.any_horizontal(pl.col("name", "code").is_not_null())
    fault = pl.when(stated_ & pl.col("id").is_null()).then("fault")
    cells.flag("firm_name" if "firm_name" in cells.columns else "firm_uscc", frame.select(fault).to_series())
    outside = pl.when(pl.col("id").is_null() & pl.col("name").is_not_null()).then(pl.format("投资方：{}", "name"))
    joined = pl.concat_str("note", outside, separator="；", ignore_nulls=True)
    merged = pl.when(pl.any_horizontal(pl.col("note").is_not_null(), outside.is_not_null())).then(joined)
    return found.ids, frame.select(merged).to_series()


def _adcodes(context: Context, cells: Cells, places: pl.Series) -> pl.Series:
    distinct = places.drop_nulls().unique().to_list()
    found = {place: find_place(place, within=context.region) for place in distinct}
    codes = [context.region if place is None else found[place] for place in places]
    lost = [
        None if code is not None else NO_PLACE if place is None else VAGUE_PLACE
        for place, code in zip(places, codes, strict=True)
    ]
    cells.flag("place", pl.Series(lost, dtype=pl.String))
    return pl.Series("adcode", codes, dtype=pl.String)


def _events(context: Context, cells: Cells, base: pl.DataFrame, as_of: pl.Series) -> pl.DataFrame:
    word, text = cells.text("stage"), cells.text("stage_text")
    # a stage column that is empty says that the source names no stage: it is not guessed from the words beside it
    spoken = word if "stage" in cells.columns else text
    stage = meaning(STAGES, spoken)
    cells.flag("stage" if "stage" in cells.columns else "stage_text", unknown(spoken, stage, VAGUE_STAGE))
    main = base.select("project_id", "source_id").with_columns(
        stage=stage, stage_text=pl.DataFrame([text, word]).select(pl.coalesce("stage_text", "stage")).to_series(),
        on_date=cells.date("stage_on", as_of),
    )  # fmt: skip
    events = [main.filter(pl.col("stage_text").is_not_null())]
    for target, (name, title) in DATED_STAGES.items():
        if target in cells.columns:
            dated = base.select("project_id", "source_id").with_columns(
                stage=pl.lit(name), stage_text=pl.lit(title), on_date=cells.date(target, as_of)
            )
            events.append(dated.filter(pl.col("on_date").is_not_null()))
    recorded = {"recorded_at": context.recorded_at, "recorded_by": context.actor, "batch_id": context.batch_id}
    return (
        pl.concat(events)
        .unique(maintain_order=True)
        .with_columns(**{key: pl.lit(value) for key, value in recorded.items()})
    )


def _money(context: Context, cells: Cells, base: pl.DataFrame, as_of: pl.Series) -> pl.DataFrame:
    main = stated(cells, as_of)
    cells.flag("money_layer" if "money_layer" in cells.columns else "amount", main.fault)
    frames = [main.frame, *(in_column(cells, target, as_of) for target in MONEY_COLUMNS if target in cells.columns)]
    owned = [pl.concat([base.select("project_id", "source_id"), frame], how="horizontal") for frame in frames]
    taken = pl.concat(owned, how="diagonal").filter(pl.col("amount").is_not_null())
    return taken.unique(maintain_order=True).with_columns(batch_id=pl.lit(context.batch_id))

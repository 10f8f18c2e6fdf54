"""统一社会信用代码 (GB 32100-2015) and its inner organisation code (GB 11714): one code, or a column of a million."""

from __future__ import annotations

import re

import numpy as np
import polars as pl

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
WEIGHTS = np.array([pow(3, i, 31) for i in range(LENGTH - 1)], dtype=np.int16)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
SCIENTIFIC = re.compile(r"^\d(\.\d+)?[eE]\+?\d+$")


def _values(alphabet: str) -> np.ndarray:
    """Value of every byte in the alphabet, -1 for the others."""
    table = np.full(256, -1, dtype=np.int16)
    table[np.frombuffer(alphabet.encode("ascii"), dtype=np.uint8)] = np.arange(len(alphabet))
    return table


_USCC_VALUE = _values(ALPHABET)
_INNER_VALUE = _values("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def check_character(first17: str) -> str:
    """The 18th character: (31 − Σ C_i·W_i mod 31) mod 31, W_i = 3^(i−1) mod 31.

    >>> check_character("91371203MA3C4T00X")
    '0'
    """
    total = sum(ALPHABET.index(character) * int(weight) for character, weight in zip(first17, WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def uscc_fault(code: str) -> str | None:
    """Why a text is no valid USCC, as a Chinese sentence; None where it is valid.

    >>> uscc_fault("914403001922038216") is None
    True
    >>> uscc_fault("9.14E+17")
    'Excel 已把代码变成科学计数，原码丢失；请在源表把该列设为“文本”后重新导出'
    """
    if SCIENTIFIC.match(code):
        return "Excel 已把代码变成科学计数，原码丢失；请在源表把该列设为“文本”后重新导出"
    if len(code) == 15 and code.isdigit():
        return "这是 15 位注册号，不是统一社会信用代码；请填 18 位代码"
    if len(code) != LENGTH:
        return f"统一社会信用代码应为 18 位，给的是 {len(code)} 位"
    wrong = sorted({character for character in code if character not in ALPHABET})
    if wrong:
        return f"统一社会信用代码含有不允许的字符：{'、'.join(wrong)}"
    if check_character(code[:17]) != code[17]:
        return f"校验位不符：应为 {check_character(code[:17])}，给的是 {code[17]}；请核对是否抄错"
    return None


def organisation_fault(code: str) -> str | None:
    """Why the inner organisation code (characters 9–17 of a USCC) fails GB 11714; a warning only, None where it holds."""
    body = code[8:16]
    total = sum(int(character, 36) * weight for character, weight in zip(body, ORGANISATION_WEIGHTS, strict=True))
    remainder = 11 - total % 11
    expected = {10: "X", 11: "0"}.get(remainder, str(remainder))
    return None if code[16] == expected else f"组织机构代码校验位应为 {expected}，给的是 {code[16]}（仅提示）"


def valid_usccs(codes: pl.Series) -> pl.Series:
    """Whether each text is a valid USCC (the outer check); null is not. Agrees with :func:`uscc_fault`.

    Works on bytes: a million codes in about half a second.
    """
    letters = _letters(codes)
    values = _USCC_VALUE[letters]
    check = (31 - (values[:, :17] @ WEIGHTS) % 31) % 31
    return pl.Series(codes.name, (values >= 0).all(axis=1) & (check == values[:, 17]))


def valid_organisations(codes: pl.Series) -> pl.Series:
    """Whether the inner organisation code of each valid USCC holds; agrees with :func:`organisation_fault`.

    False only says something of codes that are valid: a doubt about them, no fault.
    """
    letters = _letters(codes)
    total = _INNER_VALUE[letters[:, 8:16]] @ np.array(ORGANISATION_WEIGHTS, dtype=np.int16)
    expected = np.frombuffer(b"0123456789X0", dtype=np.uint8)[11 - total % 11]
    return pl.Series(codes.name, expected == letters[:, 16])


def _letters(codes: pl.Series) -> np.ndarray:
    """One row a code, one column a byte; a text that is not 18 ASCII characters is a row of zeros, as is null."""
    shaped = ((codes.str.len_bytes() == LENGTH) & (codes.str.len_chars() == LENGTH)).fill_null(value=False)
    result = np.zeros((len(codes), LENGTH), dtype=np.uint8)
    text = "".join(codes.filter(shaped).to_list()).encode("ascii")
    result[shaped.to_numpy()] = np.frombuffer(text, dtype=np.uint8).reshape(-1, LENGTH)
    return result


def is_adcode(text: str) -> bool:
    """Whether the text has the form of a division code (six digits, the first not 0); says nothing of its existence."""
    return re.fullmatch(r"[1-9][0-9]{5}", text) is not None

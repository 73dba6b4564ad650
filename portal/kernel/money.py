"""Yen: whole numbers only (地方自治法 and every 要綱 count in 円), never floats, never decimals."""

from __future__ import annotations

import re
import unicodedata

MAX_YEN = 999_999_999_999_999
_AMOUNT = re.compile(r"(?P<minus>[-△▲]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)", re.ASCII)
_MINUS = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))


def _whole(amount: int) -> int:
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise TypeError(f"an amount in yen is an int, not {type(amount).__name__}")
    return amount


def digits(amount: int) -> str:
    """Return 「1,234」; a minus sign before a negative amount."""
    return f"{_whole(amount):,}"


def yen(amount: int) -> str:
    """Return 「1,234円」. Raises TypeError for anything but an int."""
    return f"{digits(amount)}円"


def kin(amount: int) -> str:
    """Return 「金1,234円」 as official papers write it. Raises ValueError for a negative amount."""
    if _whole(amount) < 0:
        raise ValueError("書類の金額は0円以上です。")
    return f"金{yen(amount)}"


def parse_yen(text: str, *, negative: bool = False) -> int:
    """Read an amount that a person typed: １，２３４円, ¥1,234, 金1,234円, 1234.

    A comma stands before each three digits or nowhere. Decimals, units such as 万円 and, unless `negative`, amounts
    below zero (-1, △1) are refused. Raises ValueError with a message for the person.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_MINUS).strip()
    plain = re.sub(r"^(?:金\s*|[¥\\]\s*)", "", plain)
    plain = re.sub(r"\s*円(?:也)?$", "", plain)
    found = _AMOUNT.fullmatch(plain)
    if not found:
        raise ValueError(_why_not(plain))
    if len(found["digits"]) > 24:
        raise ValueError("金額が大きすぎます。")
    amount = int(found["digits"].replace(",", ""))
    if amount > MAX_YEN:
        raise ValueError("金額が大きすぎます。")
    if not found["minus"]:
        return amount
    if not negative:
        raise ValueError("金額は0円以上で入力してください。")
    return -amount


def _why_not(plain: str) -> str:
    if re.fullmatch(r"[-△▲]?[0-9,]*\.[0-9]*", plain):
        return "金額は1円単位です。小数は使えません。"
    if re.fullmatch(r"[-△▲]?[0-9,]+", plain):
        return "カンマの位置を確かめてください。例:1,234,000"
    if re.search(r"[十百千万億]", plain):
        return "金額は円の単位で、数字だけで入力してください。例:1500000"
    return "金額は数字で入力してください。例:1500000"


def floor_thousand(amount: int) -> int:
    """Return the amount without what is under 1,000 yen (千円未満切捨て, the rule of the 要綱). Never rounds up.

    Raises ValueError for a negative amount.
    """
    if _whole(amount) < 0:
        raise ValueError("千円未満の切捨ては、0円以上の額にだけ使えます。")
    return amount // 1000 * 1000

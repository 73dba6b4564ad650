"""What people type about themselves: cleaned without harm, and compared without ever being changed.

Kanji are never Unicode-normalised in what is stored (NFC alone turns 神 U+FA19 into another character). `search_key` folds
freely because nobody sees it. Cleaners raise ValueError with a message for the person who typed.
"""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from .name_variants import VARIANTS
from .slugs import numbered, slug_from_kana

__all__ = [
    "clean_address",
    "clean_email",
    "clean_kana",
    "clean_name",
    "clean_phone",
    "clean_postal",
    "corporate_number_of",
    "corporate_number_valid",
    "is_kana",
    "local_government_code_valid",
    "numbered",
    "postal_label",
    "search_key",
    "slug_from_kana",
]

KANA = "ァ-ヺヽ-ヿ"  # full-width katakana without the middle dot and the long vowel mark
_DASH = "‐‑‒–—―−﹣－ー-"
_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_SMALL_KANA = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_FOLD = (
    {ord(old): new for old, new in VARIANTS.items()} | dict.fromkeys(map(ord, _DASH), "-") | {ord("〜"): "~"}
)
_TO_HYPHEN = {ord(dash): "-" for dash in _DASH}
_HALF_KANA = re.compile(r"[\uff61-\uff9f]+")
_SPLIT_KANA = re.compile(r"[ぁ-ゖァ-ヺゝゞヽヾ][\u3099\u309a]")
_DASH_IN_KANA = re.compile(rf"(?<=[{KANA}ー])[{_DASH}](?=[{KANA}ー]|\s|$)")
_SPACES = re.compile(r"\s+")
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
_PHONE = re.compile(r"0[1-9]\d{8}|0[5-9]0\d{8}|0800\d{7}", re.ASCII)
_MOBILE = re.compile(r"(0[5-9]0)([1-9]\d{3})(\d{4})")
_FREE_CALL = re.compile(r"(0120|0570|0990)(\d{3})(\d{3})|(0800)(\d{3})(\d{4})")


def search_key(text: str) -> str:
    """Return the form in which names and texts are compared: equal for 髙 and 高, ｶﾅ and かな, Ａ and a, ヶ and ケ.

    NFKC, case fold, katakana of full size, the variant table, unseen characters and variation selectors dropped,
    runs of space as one. Idempotent. For comparing only: never shown, never written back.
    """
    key = _folded(text)
    while (
        again := _folded(key)
    ) != key:  # one step can make room for another, such as か + ゛ once a joiner is gone
        key = again
    return key


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.translate(_SEEN))
    text = unicodedata.normalize("NFKC", text.casefold())
    text = text.translate(_HIRAGANA_TO_KATAKANA).translate(_SMALL_KANA).translate(_FOLD)
    return _SPACES.sub(" ", _dashes_after_kana(text)).strip()


class _Seen(dict[int, str | int]):
    """A translation that drops what nobody sees and makes every kind of space one, worked out once a character."""

    def __missing__(self, code: int) -> str | int:
        char = chr(code)
        variation = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
        if char.isspace():
            kept: str | int = " "
        else:
            kept = "" if variation or unicodedata.category(char) in _UNSEEN else code
        self[code] = kept
        return kept


_SEEN = _Seen()


def _dashes_after_kana(text: str) -> str:
    if "-" not in text:
        return text
    out: list[str] = []
    for char in text:
        long_vowel = char == "-" and out and (out[-1] == "ー" or "ァ" <= out[-1] <= "ヺ")
        out.append("ー" if long_vowel else char)
    return "".join(out)


def clean_name(text: str) -> str:
    """Trim, and make half-width kana full-width. Kanji, letters and digits stay as they were typed.

    A run of spaces becomes one, full-width when it began so. For names of people, places, groups and titles.
    """
    text = _HALF_KANA.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _SPLIT_KANA.sub(
        lambda found: unicodedata.normalize("NFC", found[0]), text
    )  # macOS splits か and ゛
    return _SPACES.sub(lambda found: "\u3000" if found[0][0] == "\u3000" else " ", text).strip()


def clean_kana(text: str) -> str:
    """Return 全角カナ: hiragana and half-width kana as katakana, other letters and digits half-width.

    Dashes (‐ - − – — ― ｰ) become ー after kana at a word's end or before kana, nowhere else.
    """
    text = unicodedata.normalize("NFKC", text).translate(_HIRAGANA_TO_KATAKANA)
    return _SPACES.sub(" ", _DASH_IN_KANA.sub("ー", text)).strip()


def is_kana(text: str) -> bool:
    """Whether a cleaned text is a reading: katakana, ー, ・ and spaces only, and not empty."""
    return bool(re.fullmatch(rf"[{KANA}ー・ ]+", text)) and text.strip(" ・ー") != ""


def clean_phone(text: str) -> str:
    """Return half-width digits with hyphens: 025-226-2066. Hyphens of a fixed line stay where they were typed.

    Mobile, IP and toll-free numbers typed without hyphens get them; +81 becomes 0. Raises ValueError when there are
    not 10 or 11 digits that begin with 0.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_TO_HYPHEN)
    plain = re.sub(r"^\+81[-\s]*\(?0?\)?", "0", plain.strip())
    plain = re.sub(r"\s+", "", re.sub(r"[()]", "-", plain))
    plain = re.sub(r"-{2,}", "-", plain).strip("-")
    digits = plain.replace("-", "")
    if not _PHONE.fullmatch(digits):
        raise ValueError("電話番号は、0から始まる10けたか11けたの数字で入力してください。例:025-226-2066")
    if found := _MOBILE.fullmatch(digits) or _FREE_CALL.fullmatch(digits):
        return "-".join(part for part in found.groups() if part)
    return plain


def clean_postal(text: str) -> str:
    """Return 7 digits without a hyphen, as data holds them. Raises ValueError otherwise."""
    plain = unicodedata.normalize("NFKC", text).translate(_TO_HYPHEN)
    digits = re.sub(r"[〒\s-]", "", plain)
    if not re.fullmatch(r"\d{7}", digits, re.ASCII):
        raise ValueError("郵便番号は、数字7けたで入力してください。例:9508550")
    return digits


def postal_label(code: str) -> str:
    """Return 「〒950-8550」."""
    return f"〒{code[:3]}-{code[3:]}"


def clean_email(text: str) -> str:
    """Return the address in half-width and lower case, without spaces. Raises ValueError when it is none."""
    address = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ValueError("メールアドレスの形が正しくありません。例:hiroba@example.jp") from None
    return address


def clean_address(text: str) -> str:
    """Like `clean_name`, with half-width digits and 「-」 between the numbers of a 番地: １番町２ー１ → 1番町2-1."""
    text = re.sub(r"[０-９]+", lambda found: unicodedata.normalize("NFKC", found[0]), clean_name(text))
    return re.sub(rf"(?<=\d)[{_DASH}](?=\d)", "-", text)


def local_government_code_valid(code: str) -> bool:
    """Whether six digits are a 全国地方公共団体コード by their check digit (総務省: weights 6 5 4 3 2)."""
    if not re.fullmatch(r"\d{6}", code, re.ASCII):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(code, (6, 5, 4, 3, 2), strict=False))
    check = 11 - total if total < 11 else 11 - total % 11
    return check % 10 == int(code[5])


def corporate_number_valid(number: str) -> bool:
    """Whether 13 digits are a 法人番号 by their check digit (法人番号の指定等に関する省令2条)."""
    return bool(re.fullmatch(r"[1-9]\d{12}", number, re.ASCII)) and number[0] == _corporate_check(number[1:])


def corporate_number_of(local_government_code: str) -> str:
    """Return the 法人番号 of a local government: check digit, 000020, its code. Raises ValueError for a wrong code."""
    if not local_government_code_valid(local_government_code):
        raise ValueError("全国地方公共団体コードが正しくありません。")
    rest = f"000020{local_government_code}"
    return _corporate_check(rest) + rest


def _corporate_check(rest: str) -> str:
    total = sum(int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(reversed(rest), start=1))
    return str(9 - total % 9)

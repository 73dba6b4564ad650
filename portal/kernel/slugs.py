"""Addresses from readings: キョウドウヒロバ → kyodohiroba."""

from __future__ import annotations

import hashlib
import re
import unicodedata

MAX_LENGTH = 60
_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_ROWS = {
    "": "アイウエオ",
    "k": "カキクケコ",
    "s": "サシスセソ",
    "t": "タチツテト",
    "n": "ナニヌネノ",
    "h": "ハヒフヘホ",
    "m": "マミムメモ",
    "r": "ラリルレロ",
    "g": "ガギグゲゴ",
    "z": "ザジズゼゾ",
    "d": "ダヂヅデド",
    "b": "バビブベボ",
    "p": "パピプペポ",
}
_SINGLE = {
    kana: row + vowel for row, line in _ROWS.items() for kana, vowel in zip(line, "aiueo", strict=True)
}
_SINGLE |= {
    "シ": "shi",
    "チ": "chi",
    "ツ": "tsu",
    "フ": "fu",
    "ジ": "ji",
    "ヂ": "ji",
    "ヅ": "zu",
    "ヤ": "ya",
    "ユ": "yu",
    "ヨ": "yo",
    "ワ": "wa",
    "ヰ": "i",
    "ヱ": "e",
    "ヲ": "o",
    "ン": "n",
    "ヴ": "vu",
    "ヵ": "ka",
    "ヶ": "ga",
    "ヮ": "wa",
    "ァ": "a",
    "ィ": "i",
    "ゥ": "u",
    "ェ": "e",
    "ォ": "o",
    "ャ": "ya",
    "ュ": "yu",
    "ョ": "yo",
}
_SMALL_Y = {"ャ": "a", "ュ": "u", "ョ": "o"}
_SMALL_VOWEL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
_BEFORE_SMALL_VOWEL = {
    "ウ": "w",
    "ヴ": "v",
    "フ": "f",
    "ツ": "ts",
    "テ": "t",
    "ト": "t",
    "デ": "d",
    "ド": "d",
    "シ": "sh",
    "ジ": "j",
    "チ": "ch",
    "イ": "y",
    "ク": "kw",
    "グ": "gw",
    "キ": "ky",
}


def slug_from_kana(kana: str) -> str:
    """Return an address part in Hepburn: long vowels once (コウナン → konan), ん as n, letters and digits kept.

    Everything else separates words by a hyphen. At most 60 characters, cut between words where it can. Never empty:
    a text without kana, letters or digits gives a short stable code. Uniqueness is the caller's (`numbered`).
    """
    plain = unicodedata.normalize("NFKC", kana).translate(_TO_KATAKANA).casefold().replace("’", "")
    words = re.findall(r"[ァ-ヺー]+|[a-z0-9]+", plain)
    parts = [_romanised(word) for word in words]
    slug = _cut("-".join(part for part in parts if part))
    return slug or "x" + hashlib.sha256(kana.encode("utf-8", "replace")).hexdigest()[:8]


def numbered(slug: str, number: int) -> str:
    """Return the slug for the `number`-th thing of the same name: hiroba, hiroba-2, hiroba-3; never too long."""
    tail = "" if number < 2 else f"-{number}"
    return slug[: MAX_LENGTH - len(tail)].rstrip("-") + tail


def _romanised(word: str) -> str:
    if word.isascii():
        return word
    out: list[str] = []
    index = 0
    while index < len(word):
        sound, used = _sound(word, index)
        out.append(sound)
        index += used
    return re.sub(r"(?<=o)[uo]|(?<=u)u", "", _doubled("".join(out)))


def _sound(word: str, index: int) -> tuple[str, int]:
    """Return the letters that begin at `index` and how many kana they use. ッ stays for `_doubled`, ー is dropped."""
    kana, following = word[index], word[index + 1 : index + 2]
    if kana == "ー":
        return "", 1
    if kana == "ッ":
        return "ッ", 1
    if following in _SMALL_VOWEL and following and kana in _BEFORE_SMALL_VOWEL:
        return _BEFORE_SMALL_VOWEL[kana] + _SMALL_VOWEL[following], 2
    single = _SINGLE.get(kana, "")
    if following in _SMALL_Y and following and len(single) > 1 and single[-1] in "iue":
        return _with_y(single, _SMALL_Y[following]), 2
    return single, 1


def _with_y(single: str, vowel: str) -> str:
    stem = single[:-1]
    return stem + vowel if stem in ("sh", "ch", "j") else f"{stem}y{vowel}"


def _doubled(text: str) -> str:
    """ッ doubles the consonant that follows (tch for ch); elsewhere it is silent."""
    text = re.sub(r"ッ+(?=ch)", "t", text)
    return re.sub(r"ッ+([b-df-hj-np-tv-z]?)", r"\1\1", text)


def _cut(slug: str) -> str:
    if len(slug) <= MAX_LENGTH:
        return slug
    head = slug[: MAX_LENGTH + 1].rpartition("-")[0]
    return head or slug[:MAX_LENGTH]

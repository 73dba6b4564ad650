"""The reading of a name, where the name itself says it. Kanji are never guessed: a wrong reading is worse than none."""

import unicodedata

from portal.kernel.names import clean_kana

_DROPPED = "「」『』()[]【】・、。!?-_ "


def guessed_kana(name: str) -> str:
    """「にしかんみらいBASE」 → 「ニシカンミライBASE」; empty as soon as one sign does not say how it is read."""
    text = "".join(char for char in unicodedata.normalize("NFKC", name) if char not in _DROPPED)
    if not text or not all(_is_kana(char) or (char.isascii() and char.isalnum()) for char in text):
        return ""
    return clean_kana(text) if any(_is_kana(char) for char in text) else ""


def _is_kana(char: str) -> bool:
    return "ぁ" <= char <= "ゖ" or "ァ" <= char <= "ヺ" or char == "ー"

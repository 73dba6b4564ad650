"""Photographs that people sent, in the sizes a screen needs: the browser chooses, nothing moves when they arrive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.safestring import SafeString

from .html import el, join

register = template.Library()

MIDDLE = 480  # pixels


@dataclass(frozen=True, slots=True)
class Sized:
    """A picture at an address of ours that hands out its sizes (http.picture). `widths`: the smaller ones that are kept."""

    url: str
    alt: str = ""
    width: int | None = None
    height: int | None = None
    widths: Sequence[int] = ()

    @property
    def src(self) -> str:
        """The address of a middle size, for browsers that choose none."""
        return self.at(MIDDLE)

    @property
    def srcset(self) -> str:
        """All sizes with their widths; empty where there is one."""
        if not self.widths or self.width is None:
            return ""
        smaller = [f"{self.url}?w={each} {each}w" for each in self.widths]
        return ", ".join([*smaller, f"{self.url} {self.width}w"])

    def at(self, width: int) -> str:
        """The address of at least this width, as far as there is one."""
        return f"{self.url}?w={width}" if self.widths and max(self.widths) >= width else self.url


@register.filter
def sized(row: Any, url: str) -> Sized:
    """Of a record with `alt` and a loaded `file`, or of the JSON of one (alt, width, height, widths), shown at `url`."""
    if isinstance(row, Mapping):
        return Sized(url, row["alt"], row["width"], row["height"], tuple(row["widths"] or ()))
    return Sized(url, row.alt, row.file.width, row.file.height, tuple(row.file.widths))


def image(shown: Sized | str, *, sizes: str, alt: str = "", lazy: bool = True, **more: Any) -> SafeString:
    """The picture at the width it has on the page (`sizes` as HTML writes it); a plain address is a drawing of 640 × 400."""
    loading = "lazy" if lazy else None
    if not isinstance(shown, Sized):
        return el("img", src=shown, alt=alt, **more, width=640, height=400, loading=loading)
    return el(
        "img", src=shown.src, srcset=shown.srcset, sizes=sizes if shown.srcset else "", alt=alt or shown.alt, **more,
        width=shown.width, height=shown.height, loading=loading,
    )  # fmt: skip


@register.simple_block_tag
def photo(content: str, shown: Sized | str, *, alt: str = "") -> SafeString:
    """One of several photographs beside each other; the content is its line of words."""
    picture = image(shown, sizes="(min-width: 40rem) 20rem, 100vw", alt=alt)
    words = SafeString(content.strip())
    return el("figure", join([picture, el("figcaption", words) if words else ""]), class_="photos__one")

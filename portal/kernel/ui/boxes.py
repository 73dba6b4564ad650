"""Boxes: a frame means 「ここで何かをする」; black for the one panel that matters. Never a box in a box."""

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from . import html
from .html import classes, el, join
from .marks import ICONS, WARDS, button, more
from .photos import Sized, image

register = template.Library()

PANELS = {"": "", "key": "panel--key", "ward": "panel--ward"}
TONES = {"ok": "notice--ok", "info": "", "warn": "notice--warn", "ng": "notice--ng"}
VIEWS = {
    "kita": "雪の山と潟、舟で漕ぎ出す人と冬鳥の絵",
    "higashi": "工場と港、岸壁に立つ人たちの絵",
    "chuo": "石の橋を行き交う人と、川をゆく船の絵",
    "konan": "縞もようの畑と蔵、実りを分けあう人たちの絵",
    "akiha": "里山のふもとを走る列車と、沿線で手を振る人たちの絵",
    "minami": "川の両岸で大凧を揚げる人と、梨の木の絵",
    "nishi": "日本海に沈む夕日を、浜から見る人たちの絵",
    "nishikan": "山のふもとの田とはさ木、ぶどう棚と人の絵",
}
SPOKEN = {"ok": "", "info": "", "warn": "注意:", "ng": "問題:"}


@register.simple_block_tag
def panel(
    content: str,
    title: Any = "",
    *,
    kind: str = "",
    more: Any = "",
    url: Any = "",
    note: Any = "",
    level: int = 2,
    id: str = "",
    stack: bool = True,
) -> SafeString:
    """A box with a heading. `kind`: "" desk box, key (black: act here), ward (tint of the ward)."""
    look = classes("panel", PANELS[kind], "stack" if stack else "")
    head = _head(title, level, id, more, url, note)
    return el("section", join([head, mark_safe(content)]), class_=look, aria_labelledby=id or None)


@register.simple_block_tag
def notice(
    content: str, tone: str, title: Any, *, size: str = "", live: bool = False, level: int = 0
) -> SafeString:
    """News inside a page: what happened, then what to do. `live` announces it when it appears."""
    look = classes("notice", TONES[tone], "notice--s" if size == "s" else "")
    words = join([html.sr(SPOKEN[tone]) if SPOKEN[tone] else "", title])
    head = el(f"h{level}" if level else "p", words, class_="notice__title")
    body = el("div", mark_safe(content), class_="notice__body") if content.strip() else ""
    return el("div", join([ICONS[tone], head, body]), class_=look, role="status" if live else None)


@register.simple_block_tag
def empty_state(
    content: str, title: Any, *, pic: str = "", action: Any = "", url: Any = "", level: int = 0
) -> SafeString:
    """A collection without anything in it: says so, and what to do next."""
    parts: list[Any] = []
    if pic:
        parts.append(
            el("img", src=static(f"img/scene-{pic}.svg"), alt="", width=192, height=120, loading="lazy")
        )
    parts.append(el(f"h{level}" if level else "p", title, class_="h3 strong empty__title"))
    if content.strip():
        parts.append(el("p", mark_safe(content.strip()), class_="small"))
    if action:
        parts.append(button(action, url, kind="line"))
    return el("div", join(parts), class_="empty")


@register.simple_block_tag
def wardhead(content: str, area: Any, *, lead: Any = "", pic: str = "", alt: str = "") -> SafeString:
    """The opening of a ward's page: its name, one sentence, its numbers, and its drawing unless `pic` names another."""
    slug = getattr(area, "slug", "") or ""
    scene, said = pic or (slug if slug in VIEWS else ""), alt or VIEWS.get(pic or slug, "")
    name = el(
        "div",
        join([el("h1", area.name), el("p", lead, class_="lead phrase") if lead else ""]),
        class_="wardhead__name",
    )
    text = el("div", join([name, mark_safe(content)]), class_="wardhead__text")
    drawing = (
        el(
            "img",
            src=static(f"img/scene-{scene}.svg"),
            alt=said,
            class_="wardhead__pic",
            width=760,
            height=360,
        )
        if scene
        else ""
    )
    grid = el("div", join([text, drawing]), class_="page wardhead__grid")
    return el("div", grid, class_="wardhead", data_ward=slug if slug in WARDS else None)


@register.simple_tag(takes_context=True)
def tabs(context: Any, items: Any, *, label: str) -> SafeString:
    """Pages beside each other. Items: (text, url), (text, url, count) or (text, url, count, current)."""
    path = getattr(context.get("request"), "path", "")
    rows = []
    for item in items:
        text, url, count, chosen = (*item, None, None)[:4]
        current = chosen if chosen is not None else str(url).split("?")[0] == path
        words = join(
            [
                text,
                mark_safe(" ") if count is not None else "",
                el("small", count) if count is not None else "",
            ]
        )
        rows.append(el("li", el("a", words, href=url, aria_current="page" if current else None)))
    return el("nav", el("ul", join(rows), class_="page"), class_="tabs", aria_label=label)


@register.simple_tag
def steps(
    *names: Any, items: Any = None, current: int = 1, done: str = "", label: str = "手続きの段階"
) -> SafeString:
    """Where one is in a procedure. Names, or items of (text, url or ""); `done`: "1,2", else all before `current`."""
    pairs = [(item[0], item[1]) for item in items] if items else [(name, "") for name in names]
    finished = {int(n) for n in done.split(",") if n} if done else set(range(1, int(current)))
    rows = []
    for number, (text, url) in enumerate(pairs, start=1):
        here = number == int(current)
        inside = el("a", text, href=url) if url and not here else el("span", text)
        spoken = html.sr(" 済み") if number in finished and not here else ""
        rows.append(
            el(
                "li",
                join([inside, spoken]),
                class_="is-done" if number in finished and not here else None,
                aria_current="step" if here else None,
            )
        )
    return el("nav", el("ol", join(rows), class_="steps"), aria_label=label)


@register.simple_tag
def figure(
    scene: str = "", *, src: Sized | str = "", alt: str = "", caption: Any = "", lazy: bool = True,
    whole: bool = False,
) -> SafeString:  # fmt: skip
    """A drawing or a photograph (`src`, best of all `record|sized:url`) with its caption. A drawing without `alt` is decoration.

    `whole`: nothing is cut off, as a map or a plan needs it.
    """
    shown = src or static(f"img/scene-{scene}.svg")
    picture = image(shown, sizes="(min-width: 48rem) 46rem, 100vw", alt=alt, lazy=lazy)
    return el(
        "figure",
        join([picture, el("figcaption", caption) if caption else ""]),
        class_=classes("pic", "pic--whole" if whole else ""),
    )


@register.simple_block_tag
def section_box(
    content: str,
    title: Any,
    *,
    id: str = "",
    changed: bool = False,
    note: Any = "",
    url: Any = "",
    level: int = 2,
) -> SafeString:
    """One section of a case file under review; a changed one carries a mark and the words."""
    side = el("p", el("a", note, href=url) if url else note, class_="small muted") if note else ""
    head = el("div", join([el(f"h{level}", title, class_="h2"), side]), class_="section__head")
    look = classes("section", "section--changed" if changed else "")
    return el(
        "section",
        join([head, el("div", mark_safe(content), class_="section__body stack")]),
        class_=look,
        id=id,
    )


@register.simple_block_tag
def comment_box(content: str, by: Any, at: Any = "", *, kind: str = "", did: Any = "") -> SafeString:
    """What someone wrote about a section. `kind` done: settled."""
    line = el(
        "p",
        join([by, f" {at}" if at else "", "・" if did else "", el("b", did) if did else ""]),
        class_="comment__by",
    )
    return el(
        "div",
        join([line, mark_safe(content)]),
        class_=classes("comment", "comment--done" if kind == "done" else ""),
    )


def _head(title: Any, level: int, id: str, words: Any, url: Any, note: Any) -> SafeString:
    if not title:
        return html.EMPTY
    side = el("p", note, class_="small muted") if note else more(words, url) if words else ""
    return el("div", join([el(f"h{level}", title, class_="h3", id=id), side]), class_="panel__head")

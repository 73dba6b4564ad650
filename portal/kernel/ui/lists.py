"""Lists: set with rules and dates, not with boxes. People first."""

from datetime import date, datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from portal.kernel import clock

from . import html
from .html import classes, el, join
from .marks import BUTTONS, WARDS, tag
from .photos import Sized, image

register = template.Library()
HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}

WEEKDAYS = "月火水木金土日"


@register.simple_block_tag
def datelist(content: str, *, wide: bool = False) -> SafeString:
    """Events, read from the date on. `wide` has a third column for seats."""
    return el("ul", mark_safe(content), class_=classes("datelist", "datelist--wide" if wide else ""))


@register.simple_block_tag
def dateitem(
    content: str,
    at: date | datetime | str | None,
    title: Any,
    url: Any = "",
    *,
    ward: str = "",
    side: Any = "",
    tag: Any = "",
    level: int = 0,
) -> SafeString:
    """One line of a datelist: the date, the title, what the content says, the `side` column."""
    head = el("a", title, href=url) if url else title
    text = join(
        [
            el(f"h{level}" if level else "p", head, class_="datelist__title"),
            el("p", mark_safe(content.strip()), class_="datelist__meta") if content.strip() else "",
        ]
    )
    lead = _big_date(at) if isinstance(at, date) else tag
    seat = el("div", side, class_="datelist__seat") if side else ""
    return el("li", join([lead, el("div", text), seat]), data_ward=ward if ward in WARDS else None)


@register.simple_block_tag
def entry(
    content: str,
    title: Any,
    url: Any,
    *,
    pic: str = "",
    src: Sized | str = "",
    alt: str = "",
    ward: str = "",
    lead: bool = False,
    meta: Any = "",
    level: int = 3,
) -> SafeString:
    """A story with its picture: activity, community. `pic` is a scene; that of a ward stands on the ward's colour."""
    shown = src or (static(f"img/scene-{pic}.svg") if pic else "")
    frame = classes("entry__pic", "entry__pic--ward" if pic in WARDS and not src else "")
    wide = "40rem, 100vw" if lead else "11rem, 7.5rem"
    picture = image(shown, sizes=f"(min-width: 60rem) {wide}", alt=alt, class_=frame) if shown else ""
    above = el("p", meta, class_="entry__meta") if meta else ""
    heading = el(f"h{level}", el("a", title, href=url), class_="entry__title")
    text = join([above, heading, mark_safe(content)])
    inside = join([picture, text if lead else el("div", text, class_="entry__text")])
    look = classes("entry", "entry--lead" if lead else "", "" if shown else "entry--plain")
    return el("article", inside, class_=look, data_ward=ward if ward in WARDS else None)


@register.simple_block_tag
def people(content: str) -> SafeString:
    """The people of a community who agreed to be shown."""
    return el("ul", mark_safe(content), class_="people")


@register.simple_tag
def person(
    name: Any, *, role: Any = "", note: Any = "", face: int = 0, src: str = "", url: Any = ""
) -> SafeString:
    """One person. Without a photograph of theirs a drawn face stands in: `face` 1–8, chosen from the name when 0."""
    image = _face(name, face, src)
    lines = join(
        [
            el("b", el("a", name, href=url) if url else name),
            el("span", role, class_="strong") if role else "",
            el("span", note) if note else "",
        ]
    )
    return el("li", join([image, lines]), class_="person")


@register.simple_tag(name="face")
def face_of(name: Any, *, src: str = "") -> SafeString:
    """The photograph of a person, or the drawn face that stands in for it."""
    return _face(name, 0, src)


@register.simple_tag
def ruby(name: Any, reading: Any = "") -> SafeString:
    """A name with its reading above it, in hiragana; the name alone where no reading is known."""
    if not reading:
        return el("span", name)
    kana = str(reading).translate(HIRAGANA)
    return el("ruby", join([name, el("rp", "("), el("rt", kana), el("rp", ")")]))


@register.simple_block_tag
def timeline(content: str, *, small: bool = False) -> SafeString:
    """What happened, newest first."""
    return el("ol", mark_safe(content), class_=classes("timeline", "timeline--s" if small else ""))


@register.simple_block_tag
def moment(
    content: str, at: Any, *, title: Any = "", url: Any = "", now: bool = False, level: int = 3
) -> SafeString:
    """One point of a timeline."""
    head = el(f"h{level}", el("a", title, href=url) if url else title, class_="h3") if title else ""
    body = el("div", mark_safe(content.strip()), class_="measure") if content.strip() else ""
    parts = [el("p", at, class_="timeline__when") if at else "", head, body]
    return el("li", join(parts), class_=classes("stack stack--s", "is-now" if now else ""))


@register.simple_tag
def stages(groups: Any, *, level: int = 3) -> SafeString:
    """The way of initiatives. Groups: (heading, [(text, url)], words when there is none)."""
    columns = []
    for heading, links, nothing in groups:
        rows = (
            el("ul", join(el("li", el("a", text, href=url)) for text, url in links))
            if links
            else el("p", nothing, class_="small muted")
        )
        columns.append(el("li", join([el(f"h{level}", heading), rows]), class_="is-on" if links else None))
    return el("ol", join(columns), class_="stages")


@register.simple_tag
def todo(items: Any, *, lead: bool = True) -> SafeString:
    """To-dos by deadline (kernel.ports.DeskItem). The late ones, or else the first, get the filled button; `lead=False`: only late ones.

    Items with a `later_url` offer 「あとで」 beside it.
    """
    rows, today = [], clock.today_jst()
    for number, item in enumerate(items):
        days = (item.due_on - today).days if item.due_on else None
        late = days is not None and days < 0
        act = el(
            "a",
            join([item.action, html.sr(f":{item.title}")]),
            href=item.url,
            class_=classes("button button--s", "" if late or (lead and number == 0) else BUTTONS["line"]),
        )
        later = (
            el("a", join(["あとで", html.sr(f":{item.title}")]), href=item.later_url, class_="todo__later")
            if item.later_url
            else ""
        )
        text = join(
            [
                el("p", item.title, class_="todo__title"),
                el("p", item.meta, class_="todo__meta") if item.meta else "",
            ]
        )
        rows.append(
            el(
                "li",
                join(
                    [
                        _due(item.due_on, days),
                        el("div", text),
                        el("p", join([act, later]), class_="todo__act"),
                    ]
                ),
                class_="is-late" if late else None,
            )
        )
    return el("ol", join(rows), class_="todo")


@register.simple_tag
def related(edges: Any, *, label: str = "つながり") -> SafeString:
    """The thread (kernel.ports.Edge): person → community → event → initiative → money → collaboration → number."""
    rows = [
        el(
            "li",
            join(
                [
                    el("span", edge.kind, class_="thread__kind"),
                    el("a", edge.title, href=edge.url),
                    el("span", edge.note, class_="small muted") if edge.note else "",
                ]
            ),
        )
        for edge in edges
    ]
    return el("ol", join(rows), class_="thread", aria_label=label) if rows else html.EMPTY


@register.simple_tag
def checks(items: Any) -> SafeString:
    """Answers to a checklist: (text, note, verdict), verdict 適, 否, 該当なし or None."""
    kinds = {"適": "ok", "否": "ng"}
    rows = []
    for text, note, verdict in items:
        words = join(
            [text, mark_safe("<br>") if note else "", el("span", note, class_="checks__note") if note else ""]
        )
        answer = tag(verdict, kinds.get(verdict, "")) if verdict else tag("まだ", "warn")
        rows.append(el("li", join([el("span", words), answer]), class_="checks__row"))
    return el("ul", join(rows), class_="checks")


def _face(name: Any, face: int, src: str) -> SafeString:
    number = face or sum(map(ord, str(name))) % 8 + 1
    return el("img", src=src or static(f"img/face-{number}.svg"), alt="", width=72, height=72, loading="lazy")


def _big_date(at: date) -> SafeString:
    from portal.kernel.templatetags import fmt

    day = fmt.local_day(at)
    year = el("small", f"{day.year}年", class_="datelist__year") if day.year != clock.today_jst().year else ""
    words = join([year, el("b", f"{day.month}/{day.day}"), el("small", f"{WEEKDAYS[day.weekday()]}曜")])
    return el("time", words, datetime=fmt.iso(at))


def _due(due_on: date | None, days: int | None) -> SafeString:
    from portal.kernel.templatetags import fmt

    if due_on is None or days is None:
        return el("p", "期限なし", class_="todo__due todo__due--open")
    left = f"{-days}日すぎました" if days < 0 else "今日まで" if days == 0 else f"あと{days}日"
    return el("p", join([fmt.jday(due_on), el("small", left)]), class_="todo__due")

"""The one search over everything: a few words, what the person may see, grouped by kind.

Found by audience in the search table, then asked once more of each kind's own `visible_to` (port `search_sources`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from portal.accounts.scope import Scope
from portal.kernel import ports, search
from portal.kernel.ports import SearchHit

# The kinds in the order in which they are shown.
KINDS = {
    "community": "コミュニティ",
    "event": "イベント",
    "initiative": "取組",
    "post": "投稿",
    "group": "部会",
    "platform": "コミュニティ・プラットフォーム",
    "person": "人",
    "project": "応援の取組",
    "call": "募集",
}
LIMIT, LIMIT_OF_ONE_KIND = 30, 60
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind, best first. `more_url` leads to this kind alone."""

    kind: str
    label: str
    hits: list[SearchHit]
    more_url: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave. `has_more`: more was found than is shown."""

    groups: list[Group]
    count_label: str
    has_more: bool


def words(raw: str) -> str:
    """What was typed, tidied: one line, no control characters, at most 100 characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in raw).split())[:LONGEST]


def chips(query: str, kind: str) -> list[tuple[str, str, bool]]:
    """The kinds as links, 「すべて」 first: (label, address, current)."""
    return [
        ("すべて", address(query), not kind),
        *((KINDS[name], address(query, name), name == kind) for name in kinds_known()),
    ]


def kinds_known() -> list[str]:
    """The kinds that some part of the portal fills, in the order of the page."""
    return [kind for kind in KINDS if kind in ports.search_sources]


def find(query: str, scope: Scope, *, kind: str = "") -> Found:
    """Search for all words of `query` among what `scope` may see. One query, and one more for each kind found."""
    limit = LIMIT_OF_ONE_KIND if kind else LIMIT
    results = search.find(
        query, audience=scope.audience, kinds=[kind] if kind else kinds_known(), limit=limit
    )
    by_kind: dict[str, list[str]] = {}
    for entry in results.items:
        by_kind.setdefault(entry.kind, []).append(entry.object_id)
    groups = []
    for name in kinds_known():
        hits = visible(name, by_kind.get(name, []), scope)
        if hits:
            groups.append(Group(name, KINDS[name], hits, "" if kind else address(query, name)))
    return Found(groups, results.count_label, results.has_more)


def visible(kind: str, ids: Sequence[str], scope: Scope) -> list[SearchHit]:
    """Of `ids`, those the scope may see, in the order given. At most one query."""
    if not ids:
        return []
    seen = ports.search_sources[kind](ids, scope)
    return [seen[object_id] for object_id in ids if object_id in seen]


def address(query: str, kind: str = "") -> str:
    """The address of a search."""
    return f"{reverse('site:search')}?{urlencode({'q': query, **({'kind': kind} if kind else {})})}"

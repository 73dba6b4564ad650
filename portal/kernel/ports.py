"""Ports: what a lower floor needs from a higher one. A higher floor fills them in its `apps.py`, and nowhere else.

These are few and all. There is no other registry, and there are no model signals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar
from uuid import UUID

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import Model, QuerySet

    from .exports import ExportKind
    from .imports import ImportKind
    from .jobs import Running

T = TypeVar("T")


class Port(Generic[T]):
    """Named entries, one each. Iterating gives the entries in the order of their names, the same in every process."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[str, T] = {}

    def register(self, key: str, entry: T | None = None) -> Callable[[T], T]:
        """Add `entry` under `key`, or decorate a function with it. A second, different entry raises ValueError."""

        def add(value: T) -> T:
            if self._entries.get(key, value) is not value:
                raise ValueError(f"port {self.name}: {key} is taken")
            self._entries[key] = value
            return value

        if entry is not None:
            add(entry)
        return add

    def __getitem__(self, key: str) -> T:
        return self._entries[key]

    def get(self, key: str) -> T | None:
        return self._entries.get(key)

    def items(self) -> Iterator[tuple[str, T]]:
        return iter(sorted(self._entries.items()))

    def __iter__(self) -> Iterator[T]:
        return (entry for _, entry in self.items())

    def __contains__(self, key: object) -> bool:
        return key in self._entries


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskItem:
    """One thing to do on the staff desk. `due_on` is a date in Japan; None means no deadline.

    `key` names the thing itself, the same tomorrow (empty: its address and title do); `kind` is the word by which
    people choose among many; `place` is the ward or town it is about; `later_url` is set by the desk.
    """

    title: str
    meta: str
    url: str
    action: str
    due_on: date | None = None
    count: int = 1
    key: str = ""
    kind: str = ""
    place: str = ""
    later_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A piece that a page of a lower floor shows from above."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One arrow of the thread person → community → event → initiative → money → collaboration → number."""

    kind: str
    title: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """How one audit event reads in 履歴."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One thing found, as its owner shows it."""

    title: str
    url: str
    meta: str = ""
    place: str = ""
    ward_slug: str = ""
    happens_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKind:
    """A kind of official document.

    `model` is "app.Model" of the objects it is issued for; `visible_to(scope)` is the owner's own rule, so that list,
    page and file go through one. `snapshot(obj)` gives JSON data only. The same kind, object and `version(obj)` is the
    same document; a later version replaces the earlier. `seal` is the text in the seal's place (「(公印省略)」).
    """

    key: str
    code: str
    title: str
    template: str
    model: str
    snapshot: Callable[[Any], dict[str, Any]]
    visible_to: Callable[[Any], QuerySet[Any]]
    permission: str
    version: Callable[[Any], str] = lambda obj: "1"
    void_permission: str = ""
    seal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A kind of thing that staff speak about with people: what one may note on, and how it is called and found.

    `rows(scope)` are those the staff of an area work with; `search(rows, words)` narrows them by name; `areas(obj)` are
    the codes of the offices that answer for it, the nearest first; `url(obj)` is its staff page, empty when it has none.
    """

    label: str
    rows: Callable[[Any], QuerySet[Any]]
    search: Callable[[QuerySet[Any], str], QuerySet[Any]]
    title: Callable[[Any], str]
    areas: Callable[[Any], Sequence[str]]
    url: Callable[[Any], str] = lambda obj: ""


class Standings(Protocol):
    """Gives (kind, ref) rows of one user: one SELECT, joined to the others by UNION ALL."""

    def __call__(self, user_id: UUID) -> QuerySet[Any]: ...


class DeskItems(Protocol):
    """To-dos of one scope, in a constant number of queries."""

    def __call__(self, scope: Any) -> Iterable[DeskItem]: ...


class Panels(Protocol):
    """What this floor shows on the page of `obj`; empty for objects it does not know."""

    def __call__(self, obj: Any, scope: Any) -> Iterable[Panel]: ...


class SearchSource(Protocol):
    """Of `ids`, those that `scope` may see: {id: SearchHit}. One query."""

    def __call__(self, ids: Sequence[str], scope: Any) -> Mapping[str, SearchHit]: ...


class PersonalData(Protocol):
    """Everything this floor holds about one person, as plain rows for 開示: {"見出し": [{"項目": 値}]}."""

    def __call__(self, user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]: ...


class ThreadEdges(Protocol):
    """The arrows this floor knows from `obj`, seen by `scope`."""

    def __call__(self, obj: Any, scope: Any) -> Iterable[Edge]: ...


class JobHandler(Protocol):
    """Does the work of one job. Called again after a crash: it must be safe twice."""

    def __call__(self, job: Running) -> None: ...


class AuditPresenter(Protocol):
    """Turns the data of an audit entry into a line. Every event has one; an unknown event fails a test."""

    def __call__(self, data: Mapping[str, Any]) -> AuditLine: ...


class MailGuard(Protocol):
    """Looks at a mail once more when it is sent: its text as it is true now, None when it is not to be sent."""

    def __call__(self, message: Any) -> str | None: ...


class Speaker(Protocol):
    """The comma (「、」 or 「，」) of the government that writes a mail about `about`, a row of this floor."""

    def __call__(self, about: Any) -> str: ...


class OpenCases(Protocol):
    """What one user still holds, for hand-over: rows of title, url."""

    def __call__(self, user_id: UUID) -> Iterable[DeskItem]: ...


class Interests(Protocol):
    """Organisation ids with a bare kind that tie a person, as one government has them on record: never another's."""

    def __call__(self, user_id: UUID, authority_id: Any) -> Iterable[tuple[UUID, str]]: ...


class Companions(Protocol):
    """Who accompanies a community: rows of name, url."""

    def __call__(self, community: Model) -> Iterable[tuple[str, str]]: ...


class Accompanied(Protocol):
    """The keys of the communities that somebody accompanies now, as a QuerySet of one column, for statements about many."""

    def __call__(self) -> QuerySet[Any, Any]: ...


class Keeper(Protocol):
    """Where the plan of `obj` is changed instead, by a procedure of this floor: (sentence, address). None: not here."""

    def __call__(self, obj: Any) -> tuple[str, str] | None: ...


class Sweeper(Protocol):
    """Ends what has run out on this floor, in transactions of its own, safe twice. Returns (label, how many)."""

    def __call__(self) -> tuple[str, int]: ...


class VisibleTo(Protocol):
    """The rows of one model that `scope` may see: the same rule that lists, pages, files and exports of it use."""

    def __call__(self, scope: Any) -> QuerySet[Any]: ...


visible: Port[VisibleTo] = Port("visible")  # key: "app.model" in lower case
standings: Port[Standings] = Port("standings")
desk_items: Port[DeskItems] = Port("desk_items")
panels: Port[Panels] = Port("panels")
search_sources: Port[SearchSource] = Port("search_sources")
personal_data: Port[PersonalData] = Port("personal_data")
thread_edges: Port[ThreadEdges] = Port("thread_edges")
job_handlers: Port[JobHandler] = Port("job_handlers")
document_kinds: Port[DocumentKind] = Port("document_kinds")
audit_presenters: Port[AuditPresenter] = Port("audit_presenters")
open_cases: Port[OpenCases] = Port("open_cases")
interests: Port[Interests] = Port("interests")
companions: Port[Companions] = Port("companions")
accompanied: Port[Accompanied] = Port("accompanied")  # filled beside `companions`, by the same floor
keepers: Port[Keeper] = Port("keepers")
import_kinds: Port[ImportKind] = Port("import_kinds")
sweepers: Port[Sweeper] = Port("sweepers")
subjects: Port[Subject] = Port("subjects")  # key: a short word for addresses ("community")
speakers: Port[Speaker] = Port("speakers")  # key: the label of an app
mail_guards: Port[MailGuard] = Port("mail_guards")  # key: the template of the mail
export_kinds: Port[ExportKind] = Port("export_kinds")


def say(prefix: str, lines: Mapping[str, str | tuple[str, str]]) -> None:
    """Register events of 履歴 that always read alike: event below `prefix` → its words, or (words, tone)."""

    def add(event: str, line: AuditLine) -> None:
        audit_presenters.register(f"{prefix}.{event}", lambda data: line)

    for event, said in lines.items():
        text, tone = (said, "") if isinstance(said, str) else said
        add(event, AuditLine(text=text, tone=tone))

"""What can be reported and hidden: one row of the table for each kind. A new kind of page adds its row here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.areas.queries import default_authority

from .. import indexing, moderation, queries
from ..enums import EventState, MembershipRole, MembershipState
from ..enums.events import PitchState
from ..enums.people import Side
from ..indexing import groups as indexing_groups
from ..indexing import people as indexing_people
from ..models import (
    Activity,
    Community,
    Event,
    EventPhoto,
    Exchange,
    Initiative,
    Measure,
    Membership,
    Photo,
    Pitch,
    PlatformPart,
    Post,
    Problem,
    Profile,
    SurveyAnswer,
    WorkingGroup,
)
from ..queries.exchanges import exchanges_visible_to
from ..queries.groups import groups_visible_to
from ..rules import READERS

SHOWN_LETTERS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One kind. `area` gives the code of the area whose staff decide; `authors` who is told and may appeal.

    `visible(scope)` is the kind's own rule of seeing; `reindex(row)` writes its search entry anew after a change.
    """

    noun: str
    model: type[Model]
    visible: Callable[[Scope], QuerySet[Any]]
    title: Callable[[Any], str]
    text: Callable[[Any], str]
    area: Callable[[Any], str]
    authors: Callable[[Any], Iterable[User]]
    reindex: Callable[[Any], None]
    related: tuple[str, ...] = ()
    page: Callable[[Any], str] = lambda row: str(row.get_absolute_url())  # where it stands
    is_private: bool = False  # staff read the text only while a report or an appeal about it is open

    @property
    def label(self) -> str:
        """How a report and a hiding name the kind."""
        return self.model._meta.label_lower

    def rows(self) -> QuerySet[Any]:
        """All rows, with what the other functions read."""
        return self.model._default_manager.select_related(*self.related)


def _organisers(community: Community) -> list[User]:
    rows = Membership.objects.filter(
        community=community, role=MembershipRole.ORGANISER, state=MembershipState.ACTIVE
    )
    return [row.user for row in rows.select_related("user").order_by("joined_at", "id")]


def _community_again(community: Community) -> None:
    """The community and what goes with it: its initiatives, meetings and posts."""
    indexing.community_changed(community)
    for event in community.events.select_related("host_community", "host_platform", "host_authority"):
        indexing.put_event(event)
    for post in community.posts.select_related("community"):
        indexing.put_post(post)


def _hosts(event: Event) -> list[User]:
    return _organisers(event.host_community) if event.host_community else []


def _words(*fields: str) -> Callable[[Any], str]:
    return lambda row: "\n\n".join(text for field in fields if (text := str(getattr(row, field) or "")))


def _area_of_person(profile: Profile) -> str:
    """The first of the areas a person names; without one, the installation's own government."""
    first = profile.areas.order_by("code").values_list("pk", flat=True).first()
    return first or default_authority().area_id


def _letters(exchange: Exchange) -> str:
    names = {Side.SENDER: exchange.sender.name, Side.RECIPIENT: exchange.recipient.name}
    rows = exchange.letters.order_by("-created_at", "-id")[:SHOWN_LETTERS]
    return "\n\n".join(f"{names[Side(row.side)]}\n{row.text}" for row in reversed(rows))


def _area_of_exchange(exchange: Exchange) -> str:
    profile = Profile.objects.filter(user=exchange.recipient_id).first()
    return _area_of_person(profile) if profile else default_authority().area_id


def _photos(scope: Scope) -> QuerySet[EventPhoto]:
    """The photos of reports whose meetings this person sees."""
    rows = EventPhoto.objects.filter(event__in=queries.events_visible_to(scope).values("pk"))
    rows = rows.filter(event__state=EventState.REPORTED)
    return rows.filter(_stands(EventPhoto) | Q(event__area__in=scope.areas(*READERS)))


def _survey_texts(scope: Scope) -> QuerySet[SurveyAnswer]:
    """What was written freely to the meetings that this person runs or watches over."""
    theirs = Q(survey__event__host_community__in=scope.standing("organiser"))
    theirs &= _stands(SurveyAnswer)
    theirs |= Q(survey__event__area__in=scope.areas(*READERS))
    return SurveyAnswer.objects.filter(theirs).exclude(text="")


def _parts(scope: Scope) -> QuerySet[PlatformPart]:
    rows = PlatformPart.objects.filter(platform__in=queries.platforms_visible_to(scope).values("pk"))
    return rows.filter(_stands(PlatformPart) | Q(platform__area__in=scope.areas(*READERS)))


def _pitches(scope: Scope) -> QuerySet[Pitch]:
    """The pitches whose titles a page lists."""
    events = queries.events_visible_to(scope).filter(takes_pitches=True).values("pk")
    rows = Pitch.objects.filter(event__in=events, state=PitchState.ACCEPTED)
    return rows.filter(_stands(Pitch) | Q(event__area__in=scope.areas(*READERS)))


def _problems(scope: Scope) -> QuerySet[Problem]:
    rows = Problem.objects.filter(group__in=groups_visible_to(scope).values("pk"))
    return rows.filter(_stands(Problem) | Q(group__area__in=scope.areas(*READERS)))


def _measures(scope: Scope) -> QuerySet[Measure]:
    return Measure.objects.filter(problem__in=_problems(scope).values("pk")).filter(
        _stands(Measure) | Q(problem__group__area__in=scope.areas(*READERS))
    )


def _stands(model: type[Model]) -> Q:
    """Not hidden by itself: what is hidden has no page of reporting either, but for the staff of its area."""
    return ~moderation.is_hidden_here(model)


def _organisers_of_group(group: WorkingGroup) -> list[User]:
    """Nobody for a group of the ward itself: its words are the office's own."""
    return _organisers(group.community) if group.community else []


def _again(photo: Photo) -> None:
    """The post says its captions to the search; a record of activity says nothing there."""
    if photo.post:
        indexing.put_post(photo.post)


def _writers(photo: Photo) -> list[User]:
    author = photo.post.author if photo.post else None
    return [author] if author else _organisers(photo.owner.community)


def _nothing(row: Any) -> None:
    """Of kinds that no search names."""


SUBJECTS: dict[str, Subject] = {
    "community": Subject(
        noun="コミュニティ", model=Community, visible=queries.communities_visible_to, title=lambda row: row.name,
        text=_words("summary", "story", "contact"), area=lambda row: row.area_id, authors=_organisers,
        reindex=_community_again,
    ),
    "event": Subject(
        noun="イベント", model=Event, visible=queries.events_visible_to, title=lambda row: row.title,
        text=_words("summary", "description", "contact"), area=lambda row: row.area_id, authors=_hosts,
        reindex=indexing.put_event, related=("host_community", "host_platform", "host_authority"),
    ),
    "initiative": Subject(
        noun="取組", model=Initiative, visible=queries.initiatives_visible_to, title=lambda row: row.title,
        text=_words("summary", "story"), area=lambda row: row.community.area_id,
        authors=lambda row: _organisers(row.community), reindex=indexing.put_initiative, related=("community",),
    ),
    "post": Subject(
        noun="投稿", model=Post, visible=queries.posts_visible_to, title=lambda row: row.title,
        text=_words("body"), area=lambda row: row.area_id,
        authors=lambda row: [row.author] if row.author else _organisers(row.community),
        reindex=indexing.put_post, related=("community", "author"),
    ),
    "exchange": Subject(
        noun="やりとり", model=Exchange, visible=exchanges_visible_to, title=lambda row: "ひろばを通したやりとり",
        text=_letters, area=_area_of_exchange, authors=lambda row: [row.sender, row.recipient],
        reindex=lambda row: None, related=("sender", "recipient"), is_private=True,
    ),
    "person": Subject(
        noun="プロフィール", model=Profile, visible=queries.profiles_visible_to, title=lambda row: row.name,
        text=_words("does", "helps", "seeks"), area=_area_of_person, authors=lambda row: [row.user],
        reindex=indexing_people.put_person, related=("user",),
    ),
    "activity": Subject(
        noun="活動記録", model=Activity, visible=queries.activities_visible_to, title=lambda row: row.title,
        text=_words("place", "summary", "outcome"), area=lambda row: row.community.area_id,
        authors=lambda row: _organisers(row.community), reindex=_nothing, related=("community",),
    ),
    "photo": Subject(
        noun="催しの写真", model=EventPhoto, visible=_photos, title=lambda row: row.alt, text=_words("alt", "caption"),
        area=lambda row: row.event.area_id, authors=lambda row: _hosts(row.event), reindex=_nothing,
        related=("event__host_community",), page=lambda row: str(row.event.get_absolute_url()),
    ),
    "survey": Subject(
        noun="アンケートに書かれたこと", model=SurveyAnswer, visible=_survey_texts,
        title=lambda row: row.survey.event.title, text=_words("text"),
        area=lambda row: row.survey.event.area_id, authors=lambda row: [], reindex=_nothing,
        related=("survey__event",), page=lambda row: reverse("communities:event_survey", args=[row.survey.event_id]),
    ),
    "part": Subject(
        noun="コミプラの構成団体・部会", model=PlatformPart, visible=_parts, title=lambda row: row.name,
        text=_words("name", "role"), area=lambda row: row.platform.area_id, authors=lambda row: [], reindex=_nothing,
        related=("platform",), page=lambda row: str(row.platform.get_absolute_url()),
    ),
    "pitch": Subject(
        noun="ピッチの題", model=Pitch, visible=_pitches, title=lambda row: row.title, text=_words("title"),
        area=lambda row: row.event.area_id, authors=lambda row: [row.user] if row.user else _hosts(row.event),
        reindex=_nothing, related=("user", "event__host_community"),
        page=lambda row: str(row.event.get_absolute_url()),
    ),
    "group": Subject(
        noun="部会", model=WorkingGroup, visible=groups_visible_to, title=lambda row: row.name,
        text=_words("name", "summary"), area=lambda row: row.area_id, authors=_organisers_of_group,
        reindex=indexing_groups.put_group, related=("community", "area"),
    ),
    "problem": Subject(
        noun="部会の課題", model=Problem, visible=_problems, title=lambda row: row.title,
        text=_words("title", "detail"), area=lambda row: row.group.area_id,
        authors=lambda row: _organisers_of_group(row.group),
        reindex=lambda row: indexing_groups.put_group(row.group), related=("group__community", "group__area"),
        page=lambda row: str(row.group.get_absolute_url()),
    ),
    "measure": Subject(
        noun="部会の対応策", model=Measure, visible=_measures, title=lambda row: row.title,
        text=_words("title", "taker_name"), area=lambda row: row.problem.group.area_id,
        authors=lambda row: _organisers_of_group(row.problem.group),
        reindex=lambda row: indexing_groups.put_group(row.problem.group),
        related=("problem__group__community", "problem__group__area"),
        page=lambda row: str(row.problem.group.get_absolute_url()),
    ),
    "picture": Subject(
        noun="写真", model=Photo, visible=queries.photos_visible_to, title=lambda row: row.caption,
        text=_words("alt", "caption"), area=lambda row: row.owner.community.area_id, authors=_writers,
        reindex=_again, related=("post__community", "post__author", "activity__community"),
        page=lambda row: str(row.owner.get_absolute_url()),
    ),
}  # fmt: skip


def subject_of(label: str) -> Subject:
    """The kind with this label ("communities.profile"). Raises KeyError."""
    return {subject.label: subject for subject in SUBJECTS.values()}[label]


def row_of(label: str, pk: Any) -> Any | None:
    """The row itself, None when it has gone since."""
    return subject_of(label).rows().filter(pk=pk).first()


def is_author(user: User, label: str, pk: Any) -> bool:
    """Whether this person answers for the row, and so may appeal."""
    row = row_of(label, pk)
    return row is not None and user.pk in {author.pk for author in subject_of(label).authors(row)}

"""Search hits once more through `visible_to`: of the ids found, those one may see, as they are shown. One query each."""

from collections.abc import Mapping, Sequence

from portal.accounts.scope import Scope
from portal.kernel.ports import SearchHit

from . import queries
from .enums import CommunityState, EventState
from .profiles.cards import card_of


def communities(ids: Sequence[str], scope: Scope) -> Mapping[str, SearchHit]:
    """Communities with their area; a state beside the normal one is said."""
    rows = queries.communities_visible_to(scope).filter(pk__in=ids).select_related("area")
    return {
        str(row.pk): SearchHit(
            title=row.name,
            url=row.get_absolute_url(),
            meta=row.summary
            if row.state == CommunityState.PUBLISHED
            else f"{row.get_state_display()}・{row.summary}",
            place=row.area.name,
            ward_slug=row.area.slug,
        )
        for row in rows
    }


def events(ids: Sequence[str], scope: Scope) -> Mapping[str, SearchHit]:
    """Events with day and venue."""
    rows = queries.events_visible_to(scope).filter(pk__in=ids).select_related("area")
    return {
        str(row.pk): SearchHit(
            title=row.title,
            url=row.get_absolute_url(),
            meta=row.venue
            if row.state == EventState.PUBLISHED
            else f"{row.get_state_display()}・{row.venue}",
            place=row.area.name,
            ward_slug=row.area.slug,
            happens_at=None if row.state == EventState.POSTPONED else row.starts_at,
        )
        for row in rows
    }


def initiatives(ids: Sequence[str], scope: Scope) -> Mapping[str, SearchHit]:
    """Initiatives with their stage and community."""
    rows = queries.initiatives_visible_to(scope).filter(pk__in=ids).select_related("community__area")
    return {
        str(row.pk): SearchHit(
            title=row.title,
            url=row.get_absolute_url(),
            meta=f"{row.get_stage_display()}・{row.community.name}",
            place=row.community.area.name,
            ward_slug=row.community.area.slug,
        )
        for row in rows
    }


def platforms(ids: Sequence[str], scope: Scope) -> Mapping[str, SearchHit]:
    """Platforms with municipality and stage."""
    rows = queries.platforms_visible_to(scope).filter(pk__in=ids)
    return {
        str(row.pk): SearchHit(
            title=row.name,
            url=row.get_absolute_url(),
            meta=row.get_stage_display(),
            place=row.area.name,
            ward_slug=row.area.slug,
        )
        for row in rows
    }


def people(ids: Sequence[str], scope: Scope) -> Mapping[str, SearchHit]:
    """People as this viewer may see them."""
    rows = queries.with_names(queries.profiles_visible_to(scope)).filter(pk__in=ids)
    cards = {str(row.pk): card_of(row, near=row.is_near) for row in rows}
    return {
        pk: SearchHit(title=card.name, url=card.url, meta=card.summary[:80], place="・".join(card.areas[:3]))
        for pk, card in cards.items()
        if card is not None
    }


def posts(ids: Sequence[str], scope: Scope) -> Mapping[str, SearchHit]:
    """Posts with their community."""
    rows = queries.posts_visible_to(scope).filter(pk__in=ids).select_related("community__area")
    return {
        str(row.pk): SearchHit(
            title=row.title,
            url=row.get_absolute_url(),
            meta=row.community.name,
            place=row.community.area.name,
            ward_slug=row.community.area.slug,
        )
        for row in rows
    }


SOURCES = {
    "community": communities,
    "event": events,
    "initiative": initiatives,
    "person": people,
    "platform": platforms,
    "post": posts,
}

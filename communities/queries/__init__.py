"""Reads of communities: QuerySets and functions of QuerySets, never a write."""

from .collaborations import (
    collaborations_in_areas,
    collaborations_shown_on,
    collaborations_visible_to,
    counted,
    evidence_visible_to,
    organisations_known,
    with_evidence_kinds,
    year_is_locked,
)
from .communities import (
    active_members_of,
    communities_visible_to,
    filter_options,
    memberships_visible_to,
    published_communities,
    requests_of,
    shown_members,
    standing_rows,
    with_people,
    with_theme_names,
)
from .events import (
    events_of,
    events_visible_to,
    live_registration_of,
    needs_of,
    parties_of,
    place_in_queue,
    registrations_visible_to,
    upcoming_events,
    upcoming_of,
)
from .initiatives import initiatives_of, initiatives_shown_on, initiatives_visible_to, with_partners
from .platforms import platforms_of, platforms_visible_to

__all__ = [
    "active_members_of", "collaborations_in_areas", "collaborations_shown_on", "collaborations_visible_to",
    "communities_visible_to", "counted", "events_of", "events_visible_to", "evidence_visible_to", "filter_options",
    "initiatives_of", "initiatives_shown_on", "initiatives_visible_to", "live_registration_of",
    "memberships_visible_to", "needs_of", "organisations_known", "parties_of", "place_in_queue", "platforms_of",
    "platforms_visible_to", "published_communities", "registrations_visible_to", "requests_of", "shown_members",
    "standing_rows", "upcoming_events", "upcoming_of", "with_evidence_kinds", "with_partners", "with_theme_names",
    "with_people", "year_is_locked",
]

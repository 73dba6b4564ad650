"""A small world for page tests: one community of 秋葉区 with everything on it, and everybody who may look at it."""

from dataclasses import dataclass, field
from typing import Any

from communities.models import Collaboration, Community, Event, Initiative, Membership, Platform, Registration
from portal.accounts.enums import Role
from portal.kernel.actors import UserActor
from tests.factories import communities as make
from tests.factories.accounts import actor, officer
from tests.support.strict import StrictClient

PEOPLE = (
    "anonymous", "resident", "member", "organiser", "other_organiser", "ward", "other_ward", "city", "auditor",
    "municipal", "prefecture",
)  # fmt: skip


@dataclass
class Cast:
    """`client(name)` is signed in as that person; "anonymous" is nobody."""

    community: Community
    draft: Community
    event: Event
    initiative: Initiative
    counted: Collaboration
    submitted: Collaboration
    request: Membership
    party: Registration
    platform: Platform
    people: dict[str, UserActor] = field(default_factory=dict)

    def client(self, name: str) -> StrictClient:
        made = StrictClient()
        if name != "anonymous":
            made.force_login(self.people[name].user, backend="django.contrib.auth.backends.ModelBackend")
        return made


def cast() -> Cast:
    """Made by the actions."""
    community = make.community(name="「タイトル未定」", join_policy="approval")
    people: dict[str, Any] = {
        "resident": make.person(), "ward": make.ward_officer(), "other_ward": make.ward_officer("151017"),
        "city": make.city_officer(), "auditor": actor(officer(Role.AUDITOR, "151009")),
        "municipal": make.municipal_officer(), "prefecture": actor(officer(Role.PREFECTURE_OFFICER, "460001")),
        "organiser": make.organiser(community), "other_organiser": make.organiser(make.community()),
        "member": make.person(),
    }  # fmt: skip
    make.member(community, people["member"])
    event = make.event(community, collector="joint", capacity=3)
    party = make.registration(event, people["member"], party_size=2, needs="車いすで使える席")
    initiative = make.initiative(community)
    return Cast(
        community=community, draft=make.community(publish=False), event=event, initiative=initiative, party=party,
        counted=make.counted(initiative, organisation_name="公開しない高校", partner_public=False),
        submitted=make.collaboration(initiative, organisation_name="まだの会社"),
        request=make.actions.join_community(by=make.person(name="渡辺 さくら"), community=community, message="自習室"),
        platform=make.platform(), people=people,
    )  # fmt: skip

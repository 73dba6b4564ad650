"""Who may do what of the officer's day."""

from typing import Any

import rules

from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor, TokenActor, UserActor

from ..queries.contacts import noting_areas
from . import is_organiser, is_ward_staff


@rules.predicate
def is_of_the_office(actor: Actor, contact: Any) -> bool:
    return isinstance(actor, UserActor) and contact.area_id in noting_areas(Scope.of(actor))


@rules.predicate
def holds_inquiry_link(actor: Actor, recipient: Any) -> bool:
    return isinstance(actor, TokenActor) and actor.object_ref == f"inquiryrecipient:{recipient.pk}"


permissions.define(
    "communities.run_inquiry",
    is_ward_staff,
    reason="照会を送れるのは、その地域の担当者だけです。",
)
permissions.define(
    "communities.answer_inquiry",
    is_ward_staff | is_organiser | holds_inquiry_link,
    reason="照会に答えられるのは、たずねられたコミュニティの世話人だけです。",
)
permissions.define(
    "communities.write_to_organisers",
    is_ward_staff,
    reason="世話人に一斉に送れるのは、その地域の担当者だけです。",
)
permissions.define(
    "communities.work_on_contact",
    is_of_the_office,
    reason="対応記録を扱えるのは、それを書いた担当の職員だけです。",
)

"""A kind of document for tests: a letter about a person's account. The person and staff of 新潟市 see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import rules
from django.db.models import QuerySet

from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor, JobActor, UserActor
from portal.kernel.ports import DocumentKind, document_kinds

KEY = "tests.letter"
CITY = "151009"


@rules.predicate
def is_own(actor: Actor, user: User) -> bool:
    return isinstance(actor, JobActor) or (isinstance(actor, UserActor) and actor.user_id == user.pk)


if "tests.issue_letter" not in permissions.names():
    permissions.define("tests.issue_letter", is_own, reason="本人だけが発行できます。")


def visible_to(scope: Scope) -> QuerySet[User]:
    if CITY in scope.areas():
        return User.objects.all()
    return User.objects.filter(pk=scope.user_id)


def snapshot(user: User) -> dict[str, Any]:
    return {
        "addressee": ["鹿児島県知事　殿"],
        "sender": ["鹿屋市長"],
        "title": "髙﨑地区の届出",
        "name": user.name,
        "amount_yen": 650000,
        "starts_on": "2026-05-01",
    }


def version(user: User) -> str:
    return str(getattr(user, "letter_version", 1))


KIND = DocumentKind(
    key=KEY,
    code="ZZ",
    title="試験の届出",
    template="documents/pdf/letter.html",
    model="accounts.User",
    snapshot=snapshot,
    visible_to=visible_to,
    permission="tests.issue_letter",
    void_permission="tests.issue_letter",
    version=version,
    seal="(公印省略)",
)


@contextmanager
def registered() -> Iterator[DocumentKind]:
    """KIND in the port while the block runs."""
    document_kinds.register(KEY, KIND)
    try:
        yield KIND
    finally:
        document_kinds._entries.pop(KEY)

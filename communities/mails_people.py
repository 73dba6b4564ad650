"""What people are told by mail about moderation. Plain text; what users wrote is never markup."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from portal.accounts.models import User
from portal.kernel import outbox

from .models import Hiding


def hidden(hiding: Hiding, noun: str, authors: Iterable[User]) -> None:
    """Tell the authors what was hidden and why, and where they can answer once."""
    _to_authors("hidden", hiding, noun, authors)


def decided(hiding: Hiding, noun: str, authors: Iterable[User], note: str) -> None:
    """Tell the authors that it stands again, or stays hidden and why."""
    _to_authors("hiding_decided", hiding, noun, authors, note=note)


def _to_authors(name: str, hiding: Hiding, noun: str, authors: Iterable[User], **more: Any) -> None:
    url = f"{settings.BASE_URL}{reverse('communities:hiding_mine', args=[hiding.pk])}"
    for author in authors:
        outbox.queue(
            f"communities/mail/{name}",
            to=author.email,
            about=hiding,
            key=f"{name}:{hiding.pk}:{hiding.state}:{author.pk}",
            context={"hiding": hiding, "noun": noun, "url": url, **more},
        )

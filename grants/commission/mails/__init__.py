"""What the sides of menu ④ tell each other by mail."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models

from portal.accounts.models import Appointment
from portal.kernel import clock, outbox


def posted(area_code: str, *roles: str, **more: Any) -> list[str]:
    """The mail addresses of who holds one of `roles` at an area today. One query."""
    posts = Appointment.objects.live(clock.today_jst()).filter(
        area=area_code, role__in=roles, user__is_active=True, **more
    )
    return list(posts.order_by("user__email").values_list("user__email", flat=True).distinct())


def send(name: str, to: Iterable[str], about: models.Model, *, once: str, path: str, **context: Any) -> None:
    """Queue one mail to each address; the same `once` about the same row again sends none."""
    for address in to:
        outbox.queue(
            f"grants/commission/mail/{name}",
            to=address,
            about=about,
            key=f"commission:{name}:{about.pk}:{once}:{address}",
            context={**context, "url": f"{settings.BASE_URL}{path}"},
        )

"""What the コミプラ and its municipality tell each other."""

from datetime import datetime

from django.conf import settings

from portal.kernel import clock, outbox

from ..mails import addresses
from ..models import SubGrant
from . import queries


def named(subgrant: SubGrant, address: str) -> None:
    """A person of the コミプラ: you may write its file now."""
    _tell("subgrant_named", subgrant, [address], once=f"{clock.now():%Y%m%d%H%M%S}")


def submitted(subgrant: SubGrant) -> None:
    """The municipality: the コミプラ applied."""
    _tell("subgrant_submitted", subgrant, _town(subgrant), once=_at(subgrant.submitted_at))


def reported(subgrant: SubGrant) -> None:
    """The municipality: the コミプラ reported its result."""
    _tell("subgrant_reported", subgrant, _town(subgrant), once=_at(subgrant.reported_at))


def returned(subgrant: SubGrant) -> None:
    """The コミプラ: please correct until."""
    _tell("subgrant_returned", subgrant, _people(subgrant), once=f"{clock.now():%Y%m%d%H%M%S%f}")


def answered(subgrant: SubGrant) -> None:
    """The コミプラ: decided, refused, settled or revoked."""
    _tell("subgrant_answered", subgrant, _people(subgrant))


def _town(subgrant: SubGrant) -> list[str]:
    return addresses.town(subgrant.application.municipality_id)


def _at(on: datetime | None) -> str:
    """Part of a key: what is filed again is told again."""
    return f"{on:%Y%m%d%H%M%S%f}" if on else ""


def _people(subgrant: SubGrant) -> list[str]:
    """The addresses of who writes for the コミプラ."""
    rows = queries.writers(subgrant).filter(user__is_active=True)
    return sorted(rows.values_list("user__email", flat=True))


def _tell(name: str, subgrant: SubGrant, to: list[str], *, once: str = "") -> None:
    context = {"subgrant": subgrant, "url": settings.BASE_URL + subgrant.get_absolute_url()}
    for address in to:
        outbox.queue(
            f"grants/mail/{name}", to=address, about=subgrant, context=context,
            key=f"{name}:{subgrant.pk}:{once or subgrant.state}:{address}",
        )  # fmt: skip

"""What the コミプラ and its municipality tell each other."""

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
    _tell("subgrant_submitted", subgrant, addresses.town(subgrant.application.municipality_id))


def reported(subgrant: SubGrant) -> None:
    """The municipality: the コミプラ reported its result."""
    _tell("subgrant_reported", subgrant, addresses.town(subgrant.application.municipality_id))


def answered(subgrant: SubGrant) -> None:
    """The コミプラ: decided, refused, settled or revoked."""
    people = queries.writers(subgrant).filter(user__is_active=True).values_list("user__email", flat=True)
    _tell("subgrant_answered", subgrant, sorted(people))


def _tell(name: str, subgrant: SubGrant, to: list[str], *, once: str = "") -> None:
    context = {"subgrant": subgrant, "url": settings.BASE_URL + subgrant.get_absolute_url()}
    for address in to:
        outbox.queue(
            f"grants/mail/{name}", to=address, about=subgrant, context=context,
            key=f"{name}:{subgrant.pk}:{once or subgrant.state}:{address}",
        )  # fmt: skip

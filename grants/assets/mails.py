"""What the two sides tell each other about acquired property."""

from django.conf import settings

from portal.kernel import outbox

from ..mails import addresses
from ..models import Approval, Disposal


def asked(disposal: Disposal) -> None:
    """The regional office: a municipality asks to dispose of a piece."""
    _tell("disposal_asked", disposal, addresses.office(disposal.office_id))


def answered(disposal: Disposal) -> None:
    """The municipality: the answer, with the 納付金."""
    _tell("disposal_answered", disposal, addresses.town(disposal.municipality_id))


def sent_back(disposal: Disposal, approval: Approval, note: str) -> None:
    """The officers of the office: the draft came back."""
    _tell("disposal_sent_back", disposal, addresses.office(disposal.office_id), str(approval.pk), note=note)


def _tell(name: str, disposal: Disposal, to: list[str], mark: str = "", **more: str) -> None:
    context = {"disposal": disposal, "url": settings.BASE_URL + disposal.get_absolute_url(), **more}
    for address in to:
        outbox.queue(
            f"grants/mail/{name}", to=address, about=disposal.application, context=context,
            key=f"{name}:{disposal.pk}:{mark}:{address}",
        )  # fmt: skip

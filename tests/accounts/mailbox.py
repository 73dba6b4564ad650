"""The mailbox of a person in tests: what the outbox sends them, by its own job."""

import re

from django.core import mail

from portal.kernel import jobs
from portal.kernel.models import Job, OutboxMessage

CODE = re.compile(r"^\d{4}-\d{4}$", re.MULTILINE)


def messages_to(address: str) -> list[OutboxMessage]:
    """Rows of the outbox for this address, oldest first."""
    return list(OutboxMessage.objects.filter(to_address=address).order_by("created_at"))


def received(address: str) -> mail.EmailMessage:
    """The newest mail to the address, sent just now."""
    row = messages_to(address)[-1]
    assert jobs.run(Job.objects.get(key=f"mail:{row.pk}").pk)
    message = mail.outbox[-1]
    assert message.to == [address]
    return message


def code_for(address: str) -> str:
    """The code in the newest mail to the address."""
    found = CODE.search(str(received(address).body))
    assert found is not None
    return found.group()

"""What the tests of menu ④ share: clients, mails, and how many queries a page takes."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.kernel.models import OutboxMessage

MAIL = "grants/commission/mail/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def mails(to: str) -> list[str]:
    """Names of the mails of menu ④ to one address, oldest first."""
    rows = OutboxMessage.objects.filter(to_address=to, template__startswith=MAIL).order_by("created_at", "id")
    return [row.template.removeprefix(MAIL) for row in rows]


def body_of(name: str, to: str) -> str:
    return OutboxMessage.objects.filter(template=f"{MAIL}{name}", to_address=to).latest("created_at").body


def counted(client: Client, url: str) -> int:
    """The queries of one page, opened a second time."""
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)

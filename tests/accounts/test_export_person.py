"""`export_person` writes out what every floor holds about one person, and notes that it did."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.kernel.models import AuditEntry
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_export_holds_the_account_and_is_noted() -> None:
    user = UserFactory(name="斎藤 里帆")
    UserFactory(name="別の人")
    out = StringIO()
    call_command("export_person", user.email.upper(), stdout=out, stderr=StringIO())
    held = json.loads(out.getvalue())
    assert held["アカウント"][0]["表示名"] == "斎藤 里帆"
    assert "別の人" not in out.getvalue()
    entry = AuditEntry.objects.get(event="accounts.user.exported")
    assert (entry.target_id, user.email in str(entry.data)) == (str(user.pk), False)


def test_export_of_nobody_says_so() -> None:
    with pytest.raises(CommandError, match="いません"):
        call_command("export_person", "nobody@example.jp")

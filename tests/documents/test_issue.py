"""issue(): one number, date and frozen content per version of a case."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from portal.areas.models import Authority
from portal.documents import actions, snapshots
from portal.documents.enums import DocumentState
from portal.documents.models import Counter, Document
from portal.kernel import clock
from portal.kernel.models import AuditEntry, Job
from portal.kernel.refusals import Refusal
from tests.factories.accounts import UserFactory, actor
from tests.factories.areas import SectionFactory
from tests.factories.documents import issued

from .kind import KEY

pytestmark = pytest.mark.django_db


def test_issue_fixes_number_date_and_content(city: Authority) -> None:
    user = UserFactory(name="髙﨑 花子")
    with clock.at(datetime(2026, 11, 30, 15, 30, tzinfo=UTC)):  # 1 December, 0:30 in Japan
        document = issued(KEY, user, authority=city, own_number="新市協第12号")
    assert (document.state, document.number_label, document.issued_on.isoformat()) == (
        "issuing",
        "R8-ZZ-0001",
        "2026-12-01",
    )
    paper, body = document.snapshot["paper"], document.snapshot["body"]
    assert paper["number"] == document.check_number == f"R8-ZZ-0001-{document.check_suffix}"
    assert (paper["issued_on"], paper["own_number"], paper["seal"]) == (
        "2026-12-01",
        "新市協第12号",
        "(公印省略)",
    )
    assert paper["verify_url"].endswith(f"/documents/verify/{document.token}/")
    assert document.snapshot["issuer"] == {"name": "新潟市", "section": "", "comma": "、"}
    assert body["name"] == "髙﨑 花子"
    assert len(document.token) >= 22


def test_issue_is_audited_without_names_and_queued_once(city: Authority) -> None:
    user = UserFactory(name="髙﨑 花子")
    document = issued(KEY, user, authority=city)
    entry = AuditEntry.objects.get(event="documents.document.issued", target_id=str(document.pk))
    assert entry.actor_ref == f"user:{user.pk}"
    assert entry.data == {
        "number": document.check_number,
        "kind": KEY,
        "object": str(user.pk),
        "version": "1",
    }
    assert Job.objects.get(key=f"document:{document.pk}").kind == "documents.render"


def test_issue_twice_gives_the_same_document_and_no_second_number(city: Authority) -> None:
    user = UserFactory()
    first, second = issued(KEY, user, authority=city), issued(KEY, user, authority=city)
    assert first.pk == second.pk
    assert Counter.objects.get(kind=KEY, authority=city).last == 1
    assert Job.objects.filter(object_id=str(first.pk)).count() == 1


def test_a_later_version_replaces_the_earlier_with_a_new_number(city: Authority) -> None:
    user = UserFactory()
    first = issued(KEY, user, authority=city)
    user.letter_version = 2
    second = issued(KEY, user, authority=city)
    first.refresh_from_db()
    assert (first.state, second.state) == (DocumentState.REPLACED, DocumentState.ISSUING)
    assert (second.replaces, first.successor, second.number) == (first, second, 2)
    assert issued(KEY, user, authority=city).pk == second.pk


def test_a_later_version_of_somebody_else_changes_nothing_here(city: Authority) -> None:
    first, other = issued(KEY, authority=city), issued(KEY, authority=city)
    assert other.replaces is None
    first.refresh_from_db()
    assert first.state == DocumentState.ISSUING


def test_series_are_numbered_apart(city: Authority, prefecture: Authority) -> None:
    section = SectionFactory(authority=city)
    numbers = [
        issued(KEY, authority=city, year=2026).number,
        issued(KEY, authority=city, year=2027).number,
        issued(KEY, authority=city, section=section).number,
        issued(KEY, authority=prefecture).number,
        issued(KEY, authority=city, year=2026).number,
    ]
    assert numbers == [1, 1, 1, 1, 2]


def test_issue_by_somebody_else_is_denied_and_takes_no_number(city: Authority) -> None:
    with pytest.raises(PermissionDenied, match="本人だけが発行できます"), transaction.atomic():
        actions.issue(KEY, UserFactory(), by=actor(UserFactory()), authority=city, section=None, year=2026)
    assert not Counter.objects.filter(kind=KEY).exists()
    assert not Document.objects.filter(kind=KEY).exists()


def test_issue_after_the_version_was_voided_is_refused(city: Authority) -> None:
    user = UserFactory()
    document = issued(KEY, user, authority=city)
    actions.void(document, by=actor(user), note="誤って発行したため")
    with pytest.raises(Refusal, match="無効になっています"):
        issued(KEY, user, authority=city)
    user.letter_version = 2
    again = issued(KEY, user, authority=city)
    assert (again.number, again.replaces) == (2, None)


def test_an_undone_transaction_gives_the_number_back(city: Authority) -> None:
    with transaction.atomic():
        issued(KEY, authority=city)
        transaction.set_rollback(True)
    assert issued(KEY, authority=city).number == 1


def test_an_unknown_kind_is_an_error_of_the_caller(city: Authority) -> None:
    with pytest.raises(KeyError):
        issued("tests.unknown", authority=city)


def test_content_that_json_cannot_say_is_refused_before_a_row_is_written(city: Authority) -> None:
    user = UserFactory()
    user.name = object()
    with pytest.raises(TypeError), transaction.atomic():
        issued(KEY, user, authority=city)
    assert not Document.objects.filter(object_id=user.pk).exists()


def test_the_counter_is_the_last_row_that_issue_locks(city: Authority) -> None:
    user = UserFactory()
    issued(KEY, user, authority=city)
    user.letter_version = 2
    log = _Log()
    with connection.execute_wrapper(log):
        issued(KEY, user, authority=city)
    locked = [sql.split(" FROM ")[1].split()[0] for sql in log.statements if "FOR NO KEY UPDATE" in sql]
    assert locked == ['"documents_document"', '"documents_counter"']


def test_dates_of_the_snapshot_reach_the_template_as_dates(city: Authority) -> None:
    document = issued(KEY, authority=city)
    context = snapshots.context(document.snapshot)
    assert context["paper"]["issued_on"] == document.issued_on
    assert context["body"]["starts_on"].isoformat() == "2026-05-01"
    assert context["paper"]["qr"].startswith("data:image/svg+xml")


class _Log:
    """Collects the statements of a block."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        self.statements.append(sql)
        return execute(sql, params, many, context)

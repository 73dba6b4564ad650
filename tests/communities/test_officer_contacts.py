"""対応記録: two taps, a promise that becomes a to-do, read by the office alone, handed over, disclosed to the person."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities import actions, queries
from communities.desk import desk_items, open_cases
from communities.models import Contact
from communities.personal import officer as personal_officer
from portal.accounts.scope import Scope
from portal.kernel import clock, ports
from portal.kernel.models import AuditEntry
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.support.html import assert_html
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db


def client_of(who) -> StrictClient:  # type: ignore[no-untyped-def]
    made = StrictClient()
    made.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    return made


def note(by, about, kind: str = "community", **fields: object) -> Contact:  # type: ignore[no-untyped-def]
    return actions.record_contact(by=by, kind=kind, subject=about, text="会場の鍵の相談", **fields)


def promised(by, about, days: int = 3) -> Contact:  # type: ignore[no-untyped-def]
    due = clock.today_jst() + timedelta(days=days)
    return note(by, about, promise="鍵の借り方を知らせる", due_on=due)


@pytest.fixture
def officer():  # type: ignore[no-untyped-def]
    return make.ward_officer()


def test_by_name_and_two_taps(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community(name="里山の道なおし隊")
    client = client_of(officer)
    found = client.get("/staff/contacts/find/?q=道なおし")
    assert_html(found.content)
    address = f"/staff/contacts/community/{where.pk}/"
    assert address in found.content.decode()
    page = client.get(address)
    sent = {
        "once": page.context["form"].initial["once"], "channel": "counter", "text": "草刈り機を借りたい",
        "happened_on": clock.today_jst().isoformat(), "promise": "", "due_on": "",
    }  # fmt: skip
    first, again = client.post(address, sent), client.post(address, sent)
    assert (first.status_code, again.status_code, Contact.objects.count()) == (303, 303, 1)
    staff_page = client.get(f"/staff/communities/{where.pk}/")
    assert "草刈り機を借りたい" in staff_page.content.decode()
    assert_html(staff_page.content)


def test_a_promise_lies_on_the_desk_until_it_is_kept(officer) -> None:  # type: ignore[no-untyped-def]
    contact = promised(officer, make.community())
    [item] = [item for item in desk_items(Scope.of(officer)) if "promises" in item.key]
    assert (item.title, item.due_on, item.url) == (
        contact.promise,
        contact.due_on,
        contact.get_absolute_url(),
    )
    other = make.ward_officer()
    assert not [item for item in desk_items(Scope.of(other)) if "promises" in item.key]
    actions.keep_promise(by=officer, contact=contact)
    assert not [item for item in desk_items(Scope.of(officer)) if "promises" in item.key]
    with pytest.raises(Refusal):
        actions.keep_promise(by=officer, contact=contact)


def test_given_up_only_with_a_reason(officer) -> None:  # type: ignore[no-untyped-def]
    contact = promised(officer, make.community())
    with pytest.raises(Refusal):
        actions.drop_promise(by=officer, contact=contact, note="")
    assert actions.drop_promise(by=officer, contact=contact, note="先方の都合").state == "dropped"


def test_handed_over_to_somebody_of_the_office_only(officer) -> None:  # type: ignore[no-untyped-def]
    contact, colleague = promised(officer, make.community()), make.ward_officer()
    with pytest.raises(Refusal):
        actions.hand_over_promise(by=officer, contact=contact, holder=make.ward_officer("151017").user)
    assert [case.url for case in open_cases(officer.user_id)] == [f"/staff/contacts/{contact.pk}/hand-over/"]
    for _ in range(2):
        actions.hand_over_promise(by=officer, contact=contact, holder=colleague.user)
    assert list(open_cases(officer.user_id)) == []
    assert [item.due_on for item in open_cases(colleague.user_id)] == [contact.due_on]
    assert AuditEntry.objects.filter(event="communities.contact.handed_over").count() == 1


def test_whose_holder_has_left_lies_on_every_desk_of_the_office(officer) -> None:  # type: ignore[no-untyped-def]
    contact = promised(make.ward_officer(), make.community())
    Contact.objects.filter(pk=contact.pk).update(holder=None)
    assert [item.url for item in desk_items(Scope.of(officer)) if "promises" in item.key] == [
        contact.get_absolute_url()
    ]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"promise": "知らせる"}, "due_on"),
        ({"due_on": "today"}, "promise"),
        ({"promise": "知らせる", "due_on": "yesterday"}, "due_on"),
        ({"happened_on": "tomorrow"}, "happened_on"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(officer, fields, field) -> None:  # type: ignore[no-untyped-def]
    days = {"today": 0, "yesterday": -1, "tomorrow": 1}
    made = {k: clock.today_jst() + timedelta(days=days[v]) if v in days else v for k, v in fields.items()}
    with pytest.raises(ValidationError) as refused:
        note(officer, make.community(), **made)
    assert list(refused.value.error_dict) == [field]
    assert not Contact.objects.exists()


def test_only_the_office_reads_it(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community()
    contact = note(officer, where)
    organiser = make.organiser(where)
    for who, seen in (
        (officer, True), (make.ward_officer(), True), (make.city_officer(), True), (make.ward_officer("151017"), False),
        (make.municipal_officer(), False), (organiser, False), (make.person(), False),
    ):  # fmt: skip
        who = make.fresh(who)
        assert queries.contacts_visible_to(Scope.of(who)).filter(pk=contact.pk).exists() is seen
        status = client_of(who).get(contact.get_absolute_url()).status_code
        assert status == (200 if seen else 404)
    assert StrictClient().get(contact.get_absolute_url()).status_code == 302
    assert "会場の鍵" not in StrictClient().get(where.get_absolute_url()).content.decode()
    assert "会場の鍵" not in client_of(organiser).get(f"/communities/{where.slug}/manage/").content.decode()


def test_nobody_notes_on_what_is_not_theirs(officer) -> None:  # type: ignore[no-untyped-def]
    elsewhere, stranger = make.community(place=make.area("151017")), make.person()
    with pytest.raises(PermissionDenied):
        note(officer, elsewhere)
    with pytest.raises(PermissionDenied):
        note(officer, stranger.user, kind="person")
    client = client_of(officer)
    assert client.get(f"/staff/contacts/community/{elsewhere.pk}/").status_code == 404
    assert client.get(f"/staff/contacts/person/{stranger.user_id}/").status_code == 404
    assert client.get(f"/staff/contacts/nothing/{elsewhere.pk}/").status_code == 404


def test_a_person_of_the_ward_reads_what_was_noted_about_them(officer) -> None:  # type: ignore[no-untyped-def]
    where, person = make.community(), make.person()
    make.member(where, person)
    note(officer, person.user, kind="person")
    found = personal_officer.personal_data(person.user_id)
    assert [row["内容"] for row in found["対応記録(本人について)"]] == ["会場の鍵の相談"]
    assert ports.personal_data["communities.officer"] is personal_officer.personal_data
    assert (
        personal_officer.personal_data(officer.user_id)["対応記録(職員として)"][0]["相手"] == person.user.name
    )


def test_the_log_holds_no_words_of_it(officer) -> None:  # type: ignore[no-untyped-def]
    promised(officer, make.community())
    assert "鍵" not in str(list(AuditEntry.objects.values_list("data", flat=True)))

"""Many rows at once: each by its own rule, the result row by row, safe twice, bounded, within one's areas."""

import pytest

from communities import actions
from communities.actions.bulk import MOST
from communities.models import BulkRun, BulkStep, Collaboration, Community, Membership
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.support.html import assert_html
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():  # type: ignore[no-untyped-def]
    return make.ward_officer()


def client_of(who) -> StrictClient:  # type: ignore[no-untyped-def]
    made = StrictClient()
    made.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    return made


def results(run: BulkRun) -> dict[str, str]:
    """ "" or why not, by id."""
    return {row["id"]: row.get("why", "") for row in run.rows}


def test_each_community_by_its_own_rule(officer) -> None:  # type: ignore[no-untyped-def]
    draft, public = make.community(publish=False), make.community()
    elsewhere = make.community(place=make.area("151017"), publish=False)
    run = actions.run_bulk(by=officer, step=BulkStep.PUBLISH, rows=[draft, public, elsewhere])
    found = results(run)
    assert found[str(draft.pk)] == ""
    assert "いま「公開中」です" in found[str(public.pk)]
    assert "その地域の担当者だけ" in found[str(elsewhere.pk)]
    assert (run.done_count, run.refused_count) == (1, 2)
    assert set(Community.objects.filter(state="published").values_list("pk", flat=True)) == {
        draft.pk,
        public.pk,
    }


def test_twice_changes_nothing_more_and_says_so(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community(join_policy="approval")
    asked = actions.join_community(by=make.person(), community=where)
    for done in (1, 0):
        run = actions.run_bulk(by=officer, step=BulkStep.ACCEPT, rows=[asked])
        assert run.done_count == done
    assert Membership.objects.get(pk=asked.pk).state == "active"
    assert OutboxMessage.objects.filter(template="communities/mail/join_accepted").count() == 1


def test_records_without_proof_are_left_with_the_reason(officer) -> None:  # type: ignore[no-untyped-def]
    proven = make.collaboration()
    bare = actions.record_collaboration(
        by=officer, initiative=make.initiative(), organisation_name="証拠のない会社", organisation_kind="business",
        form="shared_roles", our_role="場所", their_role="人", started_on=make.yesterday(), submit=False,
    )  # fmt: skip
    run = actions.run_bulk(by=officer, step=BulkStep.CONFIRM, rows=[proven, bare])
    assert results(run)[str(proven.pk)] == ""
    assert results(run)[str(bare.pk)] != ""
    assert Collaboration.objects.get(pk=bare.pk).state == "draft"
    counting = actions.run_bulk(by=make.city_officer(), step=BulkStep.COUNT, rows=[proven])
    assert counting.done_count == 1


def test_a_letter_reaches_each_organiser_once_as_plain_text(officer) -> None:  # type: ignore[no-untyped-def]
    where, alone = make.community(), make.community()
    people = [make.organiser(where), make.organiser(where)]
    run = actions.run_bulk(
        by=officer, step=BulkStep.WRITE, rows=[where, alone], subject="お願い", text="<b>太字</b>のまま"
    )
    assert "世話人がいない" in results(run)[str(alone.pk)]
    mails = OutboxMessage.objects.filter(template="communities/mail/organiser_letter")
    assert {mail.to_address for mail in mails} == {person.user.email for person in people}
    assert all("<b>太字</b>のまま" in mail.body for mail in mails)


def test_none_and_too_many_are_refused(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community()
    for rows in ([], [where] * (MOST + 1)):
        with pytest.raises(Refusal):
            actions.run_bulk(by=officer, step=BulkStep.REST, rows=rows)
    assert not BulkRun.objects.exists()


def test_from_the_list_by_confirmation_to_the_result(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community(join_policy="approval")
    asked = [actions.join_community(by=make.person(), community=where) for _ in range(3)]
    client = client_of(officer)
    assert_html(client.get("/staff/requests/").content)
    sent = {"step": "accept", "pick": [str(row.pk) for row in asked[:2]]}
    shown = client.post("/staff/bulk/requests/", sent | {"preview": "1"})
    assert shown.status_code == 200
    assert_html(shown.content)
    assert Membership.objects.filter(state="active").count() == 0
    payload = sent | {"once": shown.context["once"]}
    first, again = (client.post("/staff/bulk/requests/", payload) for _ in range(2))
    assert (first.status_code, again.headers["Location"]) == (303, first.headers["Location"])
    page = client.get(first.headers["Location"])
    assert_html(page.content)
    assert page.content.decode().count("できました") >= 2
    assert Membership.objects.filter(state="active").count() == 2
    assert client_of(make.ward_officer()).get(first.headers["Location"]).status_code == 404


def test_all_of_a_filter_and_nothing_of_another_ward(officer) -> None:  # type: ignore[no-untyped-def]
    drafts = [make.community(publish=False) for _ in range(3)]
    make.community(place=make.area("151017"), publish=False)
    client = client_of(officer)
    shown = client.post(
        "/staff/bulk/communities/",
        {"step": "publish", "all": "on", "state": "draft", "q": "", "preview": "1"},
    )
    assert {row.pk for row, _ in shown.context["chosen"]} == {row.pk for row in drafts}
    other = client_of(make.ward_officer("151017"))
    refused = other.post("/staff/bulk/communities/", {"step": "publish", "pick": str(drafts[0].pk)})
    assert refused.status_code == 422
    assert "まだ一つも選んでいません" in refused.content.decode()
    assert_html(refused.content)


def test_the_letter_is_suggested_and_needs_its_words(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community()
    make.organiser(where)
    client = client_of(officer)
    sent = {"step": "write", "pick": str(where.pk)}
    shown = client.post("/staff/bulk/communities/", sent | {"preview": "1"})
    assert "最近の活動のようすを" in shown.content.decode()
    refused = client.post(
        "/staff/bulk/communities/", sent | {"once": shown.context["once"], "subject": "", "text": "あ"}
    )
    assert (refused.status_code, "件名を入力してください" in refused.content.decode()) == (422, True)
    assert (
        client.post("/staff/bulk/communities/", {"step": "accept", "pick": str(where.pk)}).status_code == 422
    )
    assert client.post("/staff/bulk/nothing/", sent).status_code == 404
    assert client_of(make.person()).post("/staff/bulk/communities/", sent).status_code == 404


@pytest.mark.parametrize("need", ["asleep", "organiser"])
def test_the_list_shows_what_needs_a_look(officer, need) -> None:  # type: ignore[no-untyped-def]
    where = make.community()
    found = client_of(officer).get(f"/staff/communities/?state={need}")
    assert ([row.pk for row in found.context["page"].items] == [where.pk]) is (need == "organiser")
    assert_html(found.content)

"""Coming in, being answered, showing oneself, leaving."""

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from communities import actions, queries
from communities.models import Membership
from portal.kernel import audit
from portal.kernel.models import OutboxMessage, TransitionNote
from portal.kernel.refusals import Refusal
from tests.factories import communities as make

pytestmark = pytest.mark.django_db


def events_of(row):
    return [entry.event for entry in reversed(audit.history(row))]


def mails(template):
    return list(OutboxMessage.objects.filter(template=f"communities/mail/{template}"))


def test_an_open_community_takes_people_in_at_once():
    where, who = make.community(), make.person()
    row = actions.join_community(by=who, community=where, message="草刈り機が使えます", show_name=True)
    assert (row.state, row.role, row.show_name) == ("active", "member", True)
    assert row.joined_at is not None
    assert events_of(row) == ["communities.membership.joined"]
    assert audit.history(row)[0].data == {"community": str(where.pk)}


def test_approval_leaves_a_request_and_tells_every_organiser():
    where = make.community(join_policy="approval")
    organisers = [make.organiser(where), make.organiser(where)]
    OutboxMessage.objects.all().delete()
    row = actions.join_community(
        by=make.person(name="渡辺 さくら"), community=where, message="自習室をやりたい"
    )
    assert (row.state, row.joined_at) == ("requested", None)
    sent = mails("join_requested")
    assert {mail.to_address for mail in sent} == {each.user.email for each in organisers}
    assert "渡辺 さくらさん" in sent[0].body
    assert "自習室をやりたい" in sent[0].body
    assert f"/communities/{where.slug}/manage/" in sent[0].body


def test_invitation_only_is_refused_with_words():
    where = make.community(join_policy="invitation")
    with pytest.raises(Refusal, match="世話人が招いた人だけ"):
        actions.join_community(by=make.person(), community=where)
    assert not where.memberships.exists()


@pytest.mark.parametrize("step", ["rest", "dissolve"])
def test_a_community_that_rests_or_is_gone_takes_nobody(step):
    where = make.community()
    actions.move_community(by=make.ward_officer(), community=where, step=step, note="休みます")
    with pytest.raises(Refusal, match="参加は受け付けていません"):
        actions.join_community(by=make.person(), community=where)


def test_a_draft_takes_nobody():
    with pytest.raises(Refusal, match="下書き"):
        actions.join_community(by=make.person(), community=make.community(publish=False))


def test_joining_twice_is_refused_while_in_and_possible_after_leaving():
    where, who = make.community(), make.person()
    row = actions.join_community(by=who, community=where)
    with pytest.raises(Refusal, match="もう参加している"):
        actions.join_community(by=who, community=where)
    actions.leave_community(by=who, membership=row)
    assert actions.join_community(by=who, community=where).pk != row.pk


def test_a_visitor_is_asked_to_sign_in():
    with pytest.raises(PermissionDenied, match="ログイン"):
        actions.join_community(by=make.visitor(), community=make.community())


def test_a_minor_is_never_named_whatever_was_ticked():
    where, who = make.community(), make.person(age_group="teen")
    row = actions.join_community(by=who, community=where, show_name=True)
    assert row.show_name is False
    with pytest.raises(Refusal, match="18歳未満"):
        actions.show_member(by=who, membership=row, show_name=True)
    Membership.objects.filter(pk=row.pk).update(show_name=True)
    assert list(queries.shown_members(where)) == []


def test_accepting_lets_in_and_tells_the_person_once():
    where, who = make.community(join_policy="approval"), make.person()
    row = actions.join_community(by=who, community=where)
    officer = make.ward_officer()
    actions.accept_member(by=officer, membership=row)
    assert (row.state, row.answered_by) == ("active", officer.user)
    assert row.joined_at is not None
    [mail] = mails("join_accepted")
    assert mail.to_address == who.user.email
    assert events_of(row) == ["communities.membership.requested", "communities.membership.accept"]
    with pytest.raises(Refusal, match="いま「参加中」です"):
        actions.accept_member(by=officer, membership=row)
    assert len(mails("join_accepted")) == 1


def test_declining_needs_a_reason_which_the_person_reads():
    where, who = make.community(join_policy="approval"), make.person()
    row = actions.join_community(by=who, community=where)
    with pytest.raises(Refusal, match="理由"):
        actions.decline_member(by=make.ward_officer(), membership=row, note=" ")
    actions.decline_member(by=make.ward_officer(), membership=row, note="いまは満員です")
    assert row.state == "declined"
    [mail] = mails("join_declined")
    assert "いまは満員です" in mail.body
    assert TransitionNote.objects.get(target_id=str(row.pk)).text == "いまは満員です"
    assert "いまは満員です" not in str(audit.history(row)[0].data)


def test_strangers_members_and_other_wards_do_not_answer():
    where = make.community(join_policy="approval")
    row = actions.join_community(by=make.person(), community=where)
    other = make.organiser(make.community())
    for stranger in (make.person(), other, make.ward_officer("151017")):
        with pytest.raises(PermissionDenied):
            actions.accept_member(by=stranger, membership=row)
    assert actions.accept_member(by=make.organiser(where), membership=row).state == "active"


def test_appointing_an_organiser_is_for_organisers_and_officers_and_safe_twice():
    where = make.community()
    row = make.member(where)
    with pytest.raises(PermissionDenied):
        actions.appoint_organiser(by=make.organiser(make.community()), membership=row)
    officer = make.ward_officer()
    actions.appoint_organiser(by=officer, membership=row)
    actions.appoint_organiser(by=officer, membership=row)
    assert row.role == "organiser"
    assert events_of(row).count("communities.membership.appointed") == 1


def test_appointing_someone_who_only_asked_is_refused():
    where = make.community(join_policy="approval")
    row = actions.join_community(by=make.person(), community=where)
    with pytest.raises(PermissionDenied):
        actions.appoint_organiser(by=make.ward_officer(), membership=row)


def test_leaving_is_ones_own_and_hides_the_name():
    where, who = make.community(), make.person()
    row = actions.join_community(by=who, community=where, show_name=True)
    with pytest.raises(PermissionDenied):
        actions.leave_community(by=make.person(), membership=row)
    actions.leave_community(by=who, membership=row)
    assert (row.state, row.show_name) == ("left", False)
    assert row.left_at is not None
    with pytest.raises(Refusal):
        actions.leave_community(by=who, membership=row)


def test_a_request_can_be_taken_back():
    where, who = make.community(join_policy="approval"), make.person()
    row = actions.join_community(by=who, community=where)
    assert actions.leave_community(by=who, membership=row).state == "refused"


def test_removing_needs_a_reason():
    where = make.community()
    row = make.member(where)
    with pytest.raises(Refusal, match="理由"):
        actions.answer_member(by=make.ward_officer(), membership=row, step="remove")
    assert (
        actions.answer_member(by=make.organiser(where), membership=row, step="remove", note="約束違反").state
        == "left"
    )


def test_showing_oneself_is_ones_own_and_only_while_taking_part():
    where, who = make.community(), make.person(name="五十嵐 悠")
    row = actions.join_community(by=who, community=where)
    assert list(queries.shown_members(where)) == []
    with pytest.raises(PermissionDenied):
        actions.show_member(by=make.ward_officer(), membership=row, show_name=True)
    actions.show_member(by=who, membership=row, show_name=True, about="花の生産者")
    [shown] = queries.shown_members(where)
    assert (shown.user.name, shown.about) == ("五十嵐 悠", "花の生産者")
    assert audit.history(row)[0].data == {"show_name": True}
    actions.leave_community(by=who, membership=row)
    with pytest.raises(Refusal, match="参加している間だけ"):
        actions.show_member(by=who, membership=row, show_name=True)
    assert list(queries.shown_members(where)) == []


def test_the_row_history_keeps_the_state_but_never_the_words():
    where, who = make.community(), make.person()
    row = actions.join_community(by=who, community=where, message="秘密のひとこと")
    actions.leave_community(by=who, membership=row)
    past = apps.get_model("communities", "MembershipEvent")
    rows = list(past.objects.filter(pgh_obj=row.pk).order_by("pgh_id").values())
    assert [each["state"] for each in rows] == ["active", "left"]
    assert "message" not in rows[0]
    assert "about" not in rows[0]

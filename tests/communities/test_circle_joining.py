"""Invitations by mail, several organisers, handing over: nobody is left without one by accident."""

import pytest
from django.core.exceptions import PermissionDenied

from communities import actions
from communities.actions import invitations, organisers
from communities.mails import joining as mails_joining
from communities.models import Membership
from portal.kernel.actors import TokenActor
from portal.kernel.models import OutboxMessage, TransitionNote
from portal.kernel.refusals import Refusal
from tests.factories import communities as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return make.community(join_policy="invitation")


@pytest.fixture
def organiser(where):
    who = make.person()
    row = invite(make.ward_officer(), where, who, role="organiser")
    invitations.accept_invitation(by=who, invitation=row)
    return make.fresh(who)


def invite(by, where, who, **kwargs):
    return invitations.invite_member(by=by, community=where, email=who.user.email, **kwargs)


def membership(where, who):
    return Membership.objects.get(community=where, user=who.user, state="active")


def mails(name):
    return list(OutboxMessage.objects.filter(template=f"communities/mail/{name}"))


def test_an_invited_organiser_comes_in_through_the_table(where, organiser):
    row = membership(where, organiser)
    assert (row.role, row.state) == ("organiser", "active")
    assert row.joined_at is not None
    assert mails("invited")[0].is_secret


def test_an_invitation_is_worth_something_to_its_address_only(where, organiser):
    row = invite(organiser, where, make.person())
    with pytest.raises(PermissionDenied, match="別のメールアドレス"):
        invitations.accept_invitation(by=make.person(), invitation=row)
    with pytest.raises(PermissionDenied):
        invitations.refuse_invitation(by=TokenActor("invitation", "invitation:other"), invitation=row)
    assert not Membership.objects.filter(community=where, role="member").exists()


def test_the_link_alone_may_refuse_but_not_accept(where, organiser):
    row = invite(organiser, where, make.person())
    holder = TokenActor("invitation", f"invitation:{row.pk}")
    with pytest.raises(PermissionDenied):
        invitations.accept_invitation(by=holder, invitation=row)
    assert invitations.refuse_invitation(by=holder, invitation=row).state == "refused"
    with pytest.raises(Refusal):
        invitations.refuse_invitation(by=holder, invitation=row)


def test_the_page_of_a_link_for_everybody_who_may_hold_it(client, where, organiser):
    invited = make.person()
    row = invite(organiser, where, invited, message="いっしょにどうですか")
    address = f"/invitations/{mails_joining.invitation_token(row)}/"
    page = client.get(address)
    assert "ログインして受ける" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    client.force_login(make.person().user)
    assert "いまのアカウントでは、受けられません" in client.get(address).content.decode()
    client.force_login(invited.user)
    assert "届いている招待" in client.get("/me/").content.decode()
    form = client.get(address).context["form"]
    assert client.post(address, {"step": "accept", "once": form.initial["once"]}).status_code == 303
    assert membership(where, invited).role == "member"
    assert client.get("/invitations/forged/").status_code == 404


def test_an_invitation_ends_after_two_weeks_and_can_be_sent_again(clock, where):
    clock.set("2026-11-01")
    who = make.person()
    row = invite(make.ward_officer(), where, who)
    with pytest.raises(Refusal, match="もう招待を送っています"):
        invite(make.ward_officer(), where, who)
    clock.set("2026-11-16")
    with pytest.raises(Refusal, match="期限が過ぎました"):
        invitations.accept_invitation(by=who, invitation=row)
    again = invite(make.ward_officer(), where, who)
    row.refresh_from_db()
    assert (row.state, again.state) == ("expired", "sent")


def test_who_is_in_or_asks_is_not_invited(organiser, where):
    with pytest.raises(Refusal, match="もう参加しています"):
        invite(make.ward_officer(), where, organiser)
    open_to = make.community(join_policy="approval")
    asking = make.person()
    actions.join_community(by=asking, community=open_to)
    with pytest.raises(Refusal, match="参加の申込みに返事"):
        invite(make.ward_officer(), open_to, asking)


def test_strangers_members_and_other_wards_do_not_invite(where, organiser):
    member = make.person()
    invitations.accept_invitation(by=member, invitation=invite(organiser, where, member))
    for who in (make.person(), make.fresh(member), make.ward_officer("151017")):
        with pytest.raises(PermissionDenied):
            invite(who, where, make.person())


def test_a_cancelled_invitation_lets_nobody_in(where, organiser):
    who = make.person()
    row = invite(organiser, where, who)
    invitations.cancel_invitation(by=organiser, invitation=row)
    with pytest.raises(Refusal):
        invitations.accept_invitation(by=who, invitation=row)


def test_the_last_organiser_hands_over_or_leaves_a_word(where, organiser):
    officer = make.ward_officer()
    with pytest.raises(Refusal, match="あなただけです"):
        actions.leave_community(by=organiser, membership=membership(where, organiser))
    with pytest.raises(Refusal, match="あなただけです"):
        organisers.hand_over(by=organiser, community=where, to=None)
    actions.leave_community(by=organiser, membership=membership(where, organiser), note="佐藤さんに頼めます")
    (mail,) = [mail for mail in mails("last_organiser_left") if mail.to_address == officer.user.email]
    assert "佐藤さんに頼めます" in mail.body
    assert TransitionNote.objects.filter(transition="leave", text="佐藤さんに頼めます").exists()


def test_handing_over_leaves_a_plain_member_and_a_new_organiser(where, organiser):
    heir = make.person()
    invitations.accept_invitation(by=heir, invitation=invite(organiser, where, heir))
    mine = organisers.hand_over(by=organiser, community=where, to=membership(where, heir))
    assert (mine.role, membership(where, heir).role) == ("member", "organiser")
    assert mails("organiser_appointed")[0].to_address == heir.user.email
    with pytest.raises(PermissionDenied):
        organisers.hand_over(by=make.fresh(organiser), community=where, to=membership(where, heir))


def test_handing_over_to_somebody_who_belongs_elsewhere_is_refused(where, organiser):
    other = make.member(make.community())
    with pytest.raises(Refusal, match="いま参加していません"):
        organisers.hand_over(by=organiser, community=where, to=other)


def test_an_organiser_leaves_by_the_door_for_leaving(where, organiser):
    with pytest.raises(Refusal, match="退会する"):
        actions.remove_member(by=organiser, membership=membership(where, organiser), note="やめます")


def test_the_leave_page_asks_the_last_organiser_for_a_word(client, where, organiser):
    client.force_login(organiser.user)
    address = f"{where.get_absolute_url()}leave/"
    form = client.get(address).context["form"]
    answer = client.post(address, {"once": form.initial["once"], "note": ""})
    assert answer.status_code == 409
    assert "世話人は、あなただけです" in answer.content.decode()
    again = client.post(address, {"once": form.initial["once"], "note": "あとはお願いします"})
    assert again.status_code == 303

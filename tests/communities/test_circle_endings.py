"""A community that ends tells its people once; invitations have a bound; who took lists out is told what is held."""

import re

import pytest

from communities import actions
from communities.actions.invitations import cancel_invitation, invite_member
from communities.enums import INVITATIONS_DAILY, INVITATIONS_SAME
from communities.personal import tables
from portal.kernel import clock, exports, ports
from portal.kernel.models import Job, OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories import imports as make_imports

from .test_officer_inquiries import run

pytestmark = pytest.mark.django_db
NAME = "communities/mail/community_dissolved"


@pytest.fixture
def where():  # type: ignore[no-untyped-def]
    return make.community(name="<b>本の会</b>")


def dissolve(where, by) -> None:  # type: ignore[no-untyped-def]
    actions.move_community(by=by, community=where, step="dissolve", note="三年の活動を終えました & {{ 1 }}")


def told() -> list[str]:
    return sorted(OutboxMessage.objects.filter(template=NAME).values_list("to_address", flat=True))


def test_members_and_the_wards_officers_are_told_once_and_who_ended_it_is_not(where) -> None:  # type: ignore[no-untyped-def]
    organiser, officer, elsewhere = make.organiser(where), make.usual(), make.ward_officer("151017")
    members = [make.member(where).user for _ in range(3)]
    left = make.member(where)
    actions.leave_community(by=make.fresh(make.actor(left.user)), membership=left)
    dissolve(where, organiser)
    assert told() == []
    run("communities.tell_dissolution")
    assert told() == sorted([*(user.email for user in members), officer.user.email])
    assert elsewhere.user.email not in told()


def test_an_officer_who_belongs_to_it_is_told_once(where) -> None:  # type: ignore[no-untyped-def]
    officer = make.usual()  # the ward's only one
    make.member(where, officer)
    dissolve(where, make.organiser(where))
    run("communities.tell_dissolution")
    assert told() == [officer.user.email]


def test_the_mail_says_who_why_and_where_in_plain_text(where) -> None:  # type: ignore[no-untyped-def]
    member = make.member(where)
    dissolve(where, make.ward_officer())
    run("communities.tell_dissolution")
    row = OutboxMessage.objects.get(template=NAME, to_address=member.user.email)
    text = f"{row.subject}\n{row.body}"
    assert text.startswith("「<b>本の会</b>」が解散しました\n")
    for words in (
        "三年の活動を終えました & {{ 1 }}",
        "もうできません",
        where.get_absolute_url(),
        "自動でお送りしています",
    ):
        assert words in text
    assert not re.search(r"&(amp|lt|gt);|\n{4,}", text)


def test_resting_and_waking_tell_nobody(where) -> None:  # type: ignore[no-untyped-def]
    officer = make.ward_officer()
    actions.move_community(by=officer, community=where, step="rest", note="冬のあいだ")
    actions.move_community(by=officer, community=where, step="wake")
    assert not Job.objects.filter(kind="communities.tell_dissolution").exists()


def test_inviting_and_taking_back_is_no_way_to_write_to_somebody_again_and_again(where) -> None:  # type: ignore[no-untyped-def]
    organiser = make.organiser(where)
    for _ in range(INVITATIONS_SAME):
        cancel_invitation(
            by=organiser, invitation=invite_member(by=organiser, community=where, email="a@example.jp")
        )
    with pytest.raises(Refusal, match="1日に3回招待を送りました") as refused:
        invite_member(by=organiser, community=where, email="A@example.jp ")
    assert (refused.value.field, refused.value.code) == ("email", "often")
    invite_member(by=organiser, community=where, email="b@example.jp")
    with clock.at(clock.now() + exports.actions.KEPT):
        invite_member(by=organiser, community=where, email="a@example.jp")


def test_a_community_sends_so_many_invitations_a_day_also_when_they_are_taken_back(
    where, monkeypatch
) -> None:  # type: ignore[no-untyped-def]
    assert INVITATIONS_DAILY == 60
    monkeypatch.setattr("communities.actions.invitations.INVITATIONS_DAILY", 4)
    organiser = make.organiser(where)
    for number in range(4):
        made = invite_member(by=organiser, community=where, email=f"p{number}@example.jp")
        cancel_invitation(by=organiser, invitation=made)
    with pytest.raises(Refusal, match="1日に送れる招待は、4件まで"):
        invite_member(by=organiser, community=where, email="p9@example.jp")
    other = make.community()
    invite_member(by=make.organiser(other), community=other, email="p9@example.jp")


def test_who_took_a_list_out_and_brought_a_table_in_is_told_what_is_held() -> None:
    officer, other = make.ward_officer(), make.ward_officer()
    exports.ask_for_export(
        by=officer, kind="people", form="xlsx", params={"q": "佐久間"}, purpose="名札をつくる"
    )
    make_imports.previewed("名前,フリガナ\n本の会,ホンノカイ\n", by=officer)
    held = ports.personal_data["communities.tables"](officer.user_id)
    assert ports.personal_data["communities.tables"] is tables.personal_data
    [taken], [brought] = held["書き出した一覧"], held["表からの登録"]
    assert (taken["一覧"], taken["使いみち"], taken["絞り込み"]) == (
        "活動している人",
        "名札をつくる",
        "q=佐久間",
    )
    assert (brought["表"], brought["状態"]) == ("コミュニティ", "確かめる")
    assert not any(tables.personal_data(other.user_id).values())

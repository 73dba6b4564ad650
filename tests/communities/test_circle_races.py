"""Two at once: the last two organisers, one invitation, one post."""

import pytest

from communities import actions
from communities.actions import invitations, merging, organisers
from communities.actions.organisations import find_or_register_organisation
from communities.models import Collaboration, Community, Invitation, Membership, Organisation, Post
from tests.factories import communities as make
from tests.support.threads import race

pytestmark = pytest.mark.usefixtures("world")


def rows(where, **kwargs):
    return Membership.objects.filter(community=where, state="active", **kwargs)


def own(where, who):
    return rows(where).select_related("community").get(user=who.user)


def two():
    where = make.community()
    return where, make.organiser(where), make.organiser(where)


def test_two_last_organisers_leaving_at_once_leave_one_behind():
    where, one, other = two()
    outcomes = race(
        *[lambda who=who: actions.leave_community(by=who, membership=own(where, who)) for who in (one, other)]
    )
    assert sorted(outcome.ok for outcome in outcomes) == [False, True]
    assert rows(where, role="organiser").count() == 1


def test_two_organisers_removing_each_other_leave_one_behind():
    where, one, other = two()
    calls = [
        lambda by=by, whom=whom: actions.remove_member(by=by, membership=own(where, whom), note="けんか")
        for by, whom in ((one, other), (other, one))
    ]
    assert [outcome.ok for outcome in race(*calls)].count(True) == 1
    assert rows(where, role="organiser").count() == 1


def test_one_steps_back_while_the_other_leaves():
    where, one, other = two()
    race(
        lambda: organisers.hand_over(by=one, community=Community.objects.get(pk=where.pk), to=None),
        lambda: actions.leave_community(by=other, membership=own(where, other)),
    )
    assert rows(where, role="organiser").count() == 1


def test_an_invitation_accepted_at_once_is_one_membership():
    where, who = make.community(join_policy="invitation"), make.person()
    row = invitations.invite_member(by=make.ward_officer(), community=where, email=who.user.email)
    calls = [
        lambda: invitations.accept_invitation(
            by=make.fresh(who), invitation=Invitation.objects.select_related("community").get(pk=row.pk)
        )
        for _ in range(3)
    ]
    assert [outcome.ok for outcome in race(*calls)].count(True) == 1
    assert rows(where, user=who.user).count() == 1


def test_the_same_address_invited_at_once_gets_one_invitation():
    where, who = make.community(), make.person()
    officer = make.ward_officer()
    calls = [
        lambda: invitations.invite_member(
            by=make.fresh(officer), community=Community.objects.get(pk=where.pk), email=who.user.email
        )
        for _ in range(2)
    ]
    assert [outcome.ok for outcome in race(*calls)].count(True) == 1
    assert Invitation.objects.filter(community=where, email=who.user.email).count() == 1


def test_a_post_released_and_withdrawn_at_once_ends_withdrawn():
    where, author = make.community(), make.person()
    make.member(where, author)
    post = make.post(where, make.fresh(author), publish=False)
    actions.move_post(by=make.fresh(author), post=post, step="hold")
    outcomes = race(
        lambda: actions.move_post(by=make.ward_officer(), post=Post.objects.get(pk=post.pk), step="release"),
        lambda: actions.move_post(by=make.fresh(author), post=Post.objects.get(pk=post.pk), step="withdraw"),
    )
    post.refresh_from_db()
    assert outcomes[1].ok
    assert post.state == "withdrawn"


def test_two_merges_against_each_other_leave_one_standing():
    by = make.ward_officer()
    where = make.community()
    one, other = (
        find_or_register_organisation(by=by, name=f"競走{where.slug}{name}", kind="school", area=where.area)
        for name in "甲乙"
    )
    calls = [
        lambda kept=kept, gone=gone: merging.merge_organisations(
            by=make.fresh(by),
            kept=Organisation.objects.get(pk=kept.pk),
            gone=Organisation.objects.get(pk=gone.pk),
            note="同じ",
        )
        for kept, gone in ((one, other), (other, one))
    ]
    assert [outcome.ok for outcome in race(*calls)].count(True) == 1
    assert Organisation.objects.filter(pk__in=(one.pk, other.pk), merged_into__isnull=True).count() == 1


def test_a_record_made_while_its_partner_is_merged_stands_with_the_kept_one():
    by = make.ward_officer()
    initiative = make.initiative()
    kept, gone = (
        find_or_register_organisation(
            by=by, name=f"相手{initiative.pk}{name}", kind="school", area=initiative.community.area
        )
        for name in "甲乙"
    )
    race(
        lambda: merging.merge_organisations(by=make.fresh(by), kept=kept, gone=gone, note="同じ"),
        lambda: make.collaboration(initiative, by=make.fresh(by), organisation=gone),
    )
    assert {row.organisation_id for row in Collaboration.objects.filter(initiative=initiative)} == {kept.pk}

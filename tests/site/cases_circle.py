"""Objects of the access table that members and organisers write."""

from typing import Any

from communities import actions
from communities.actions import facts, groups, invitations, merging, platform_parts
from communities.actions.organisations import find_or_register_organisation
from communities.mails import joining as mails_joining
from communities.models import Activity, Community, Platform
from portal.accounts.models import User
from portal.kernel.actors import UserActor
from portal.site.demo.papers import charter
from portal.site.demo.pictures import picture
from portal.site.demo.step_platforms import SHIBUSHI_SEA
from portal.site.demo.world import DOMAIN


def _actor(key: str) -> UserActor:
    return UserActor(User.objects.get(email=f"{key}@{DOMAIN}"))


def cases() -> dict[str, dict[str, Any]]:
    """Posts, records, invitations, groups, organisations and a platform's part."""
    akiha = Community.objects.get(name="「タイトル未定」")
    officer = _actor("ward-akiha")
    return {
        **_writing(akiha, officer),
        **_joining(akiha, officer),
        **_groups(akiha, officer),
        **_bodies(akiha, officer),
    }


def _writing(akiha: Community, officer: UserActor) -> dict[str, dict[str, Any]]:
    member, words = _actor("resident-11"), {"alt": "机の絵", "caption": "見本", "consent": "nobody"}
    held = actions.write_post(by=member, community=akiha, title="待つ投稿", body="本文", publish=True)
    post = actions.write_post(
        by=member, community=akiha, title="出た投稿", body="本文", publish=True,
        photo=actions.NewPhoto(file=picture(member), **words),
    )  # fmt: skip
    actions.move_post(by=officer, post=post, step="release")
    activity = Activity.objects.filter(community=akiha).latest("held_on")
    shown = actions.add_photo(
        by=officer, owner=activity, photo=actions.NewPhoto(file=picture(officer), **words)
    )
    return {
        "shown post": {"slug": akiha.slug, "pk": post.pk},
        "held post": {"slug": akiha.slug, "pk": held.pk},
        "post photo": {"slug": akiha.slug, "pk": post.pk, "photo_pk": post.photos.get().pk},
        "photo": {"slug": akiha.slug, "pk": post.photos.get().pk},
        "activity": {"slug": akiha.slug, "pk": activity.pk},
        "activity photo": {"slug": akiha.slug, "pk": activity.pk, "photo_pk": shown.pk},
    }


def _joining(akiha: Community, officer: UserActor) -> dict[str, dict[str, Any]]:
    invitation = invitations.invite_member(by=officer, community=akiha, email="invited@example.jp")
    facts.save_facts(by=officer, community=akiha, charter=charter(officer))
    return {
        "open invitation": {"slug": akiha.slug, "pk": invitation.pk},
        "invitation": {"token": mails_joining.invitation_token(invitation)},
    }


def _groups(akiha: Community, officer: UserActor) -> dict[str, dict[str, Any]]:
    group = groups.start_group(by=officer, community=akiha, name="つながり")
    problem = groups.write_problem(by=officer, group=group, title="知りあう場がない")
    measure = groups.write_measure(by=officer, problem=problem, title="集まりをひらく")
    return {
        "group": {"pk": group.pk},
        "problem": {"pk": group.pk, "problem_pk": problem.pk},
        "measure": {"pk": group.pk, "measure_pk": measure.pk},
    }


def _bodies(akiha: Community, officer: UserActor) -> dict[str, dict[str, Any]]:
    first, second, third = (
        find_or_register_organisation(by=officer, name=name, kind="school", area=akiha.area)
        for name in ("見本高校", "見本高等学校", "見本こうこう")
    )
    merge = merging.merge_organisations(by=officer, kept=first, gone=third, note="同じ高校")
    town, platform = _actor("officer-shibushi"), Platform.objects.get(name=SHIBUSHI_SEA)
    part = platform_parts.add_part(
        by=town, platform=platform, part="body", name="見本自治会", kind="neighbourhood"
    )
    return {
        "platform page": {"slug": platform.slug},
        "platform part": {"pk": platform.pk, "part_pk": part.pk},
        "organisation": {"pk": first.pk},
        "two organisations": {"pk": first.pk, "other_pk": second.pk},
        "merge": {"pk": merge.pk},
    }

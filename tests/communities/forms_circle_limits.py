"""Rows that break the rules of what members, organisers and keepers write; the mails of it; relations that let go."""

from typing import Any

from django.db import models

from communities.actions import facts, groups, invitations, merging, platform_parts
from communities.actions.organisations import find_or_register_organisation
from communities.models import CityRole, Invitation, OrganisationMerge, PlatformPart
from tests.factories import communities as make


def changed(row: models.Model, **values: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def photo(**values: Any) -> None:
    by = make.ward_officer()
    changed(make.post(by=by, photo=make.new_photo(by)).photos.get(), **values)


def invitation(**values: Any) -> Any:
    return invitations.invite_member(
        by=make.ward_officer(), community=make.community(), email=make.email("asked"), **values
    )


def second_invitation() -> None:
    row = invitation()
    Invitation.objects.create(community=row.community, email=row.email, expires_on=row.expires_on)


def said(**values: Any) -> None:
    changed(facts.save_facts(by=make.ward_officer(), community=make.community(), links=[]), **values)


def second_role() -> None:
    where, day = make.community(), make.yesterday()
    facts.set_city_role(by=make.ward_officer(), community=where, role="leading", since_on=day)
    CityRole.objects.create(community=where, role="watching", since_on=day)


def group() -> Any:
    return groups.start_group(by=make.ward_officer(), community=make.community(), name="部会")


def problem() -> Any:
    return groups.write_problem(by=make.ward_officer(), group=group(), title="課題")


def measure(**values: Any) -> None:
    changed(groups.write_measure(by=make.ward_officer(), problem=problem(), title="策"), **values)


def body(name: str) -> Any:
    by = make.ward_officer()
    return find_or_register_organisation(by=by, name=name, kind="school", area=make.area(make.AKIHA))


def into_itself() -> None:
    row = body("自分の会")
    changed(row, merged_into=row)


def merge() -> Any:
    return merging.merge_organisations(
        by=make.ward_officer(), kept=body("甲の会"), gone=body("乙の会"), note="同じ"
    )


def second_merge() -> None:
    row = merge()
    OrganisationMerge.objects.create(kept=row.kept, gone=row.gone, note="もう一度")


def plan_backwards() -> None:
    day = make.yesterday()
    changed(make.platform(), plan_from=day, plan_to=day.replace(year=day.year - 1, day=1))


def part(**values: Any) -> Any:
    row = make.platform()
    by = make.municipal_officer(row.area_id)
    made = platform_parts.add_part(by=by, platform=row, part="team", name="防災部会")
    changed(made, **values) if values else None
    return made


def second_part() -> None:
    PlatformPart.objects.create(platform=part().platform, part="team", name="防災部会")


BROKEN = {
    "post_published_has_time": lambda: changed(make.post(), published_at=None),
    "post_not_empty": lambda: changed(make.post(), title=""),
    "activity_not_empty": lambda: changed(make.activity(), title=""),
    "activity_visits_not_below_people": lambda: changed(make.activity(), visits_count=1),
    "photo_one_owner": lambda: photo(post=None),
    "photo_has_words": lambda: photo(alt=""),
    "invitation_one_open": second_invitation,
    "invitation_email_form": lambda: changed(invitation(), email="nobody"),
    "communityfacts_seven_bands": lambda: said(age_counts=[1, 2], counted_on=make.yesterday()),
    "communityfacts_counted_on_a_day": lambda: said(under_35=3),
    "cityrole_one_a_day": second_role,
    "workinggroup_name_not_empty": lambda: changed(group(), name=""),
    "problem_title_not_empty": lambda: changed(problem(), title=""),
    "measure_title_not_empty": lambda: measure(title=""),
    "measure_taker_named": lambda: measure(taker_kind="role"),
    "organisation_not_into_itself": into_itself,
    "organisationmerge_one_live": second_merge,
    "organisationmerge_says_why": lambda: changed(merge(), note=""),
    "platform_plan_ends_after_start": plan_backwards,
    "platformpart_once": second_part,
    "platformpart_name_not_empty": lambda: part(name=""),
}
OWNED = {"event.activities": "", "initiative.activities": "", "initiative.measures": ""}
MAILS = {
    "post_held": "test_circle_writing",
    "post_released": "test_circle_writing",
    "post_given_back": "test_circle_writing",
    "post_taken_down": "test_circle_writing",
    "invited": "test_circle_joining",
    "organiser_appointed": "test_circle_joining",
    "last_organiser_left": "test_circle_joining",
    "community_dissolved": "test_circle_endings",
}

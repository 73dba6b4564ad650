"""会則, links and age bands of a community; the part the city takes in it.

save_facts(by=organiser, community=c, links=["https://…"], age_counts=[0, 12, 20, 4, 0, 0, 0], under_35=25, counted_on=today)
set_city_role(by=officer, community=c, role="accompanying", since_on=date(2026, 4, 1), note="場の運営を手伝う")
"""

from datetime import date
from typing import Any

from django.db import transaction

from portal.kernel import audit, clock, permissions, uploads
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..models import CityRole, Community, CommunityFacts
from ..saving import change, insert, locked, user_of

EDITABLE = ("charter", "charter_on", "links", "age_counts", "under_35", "counted_on")


@transaction.atomic
def save_facts(*, by: Actor, community: Community, **fields: Any) -> CommunityFacts:
    """Keep what a community says about itself. Another 会則 takes the place of the one before.

    Raises PermissionDenied, Refusal for a day to come, ValidationError for figures without a day.
    """
    if unknown := set(fields) - set(EDITABLE):
        raise TypeError(f"not facts of a community: {sorted(unknown)}")
    locked(community)
    permissions.require(by, "communities.edit_community", community)
    if (day := fields.get("counted_on")) and day > clock.today_jst():
        raise Refusal("数えた日は、今日までにしてください。", field="counted_on", code="date")
    facts = CommunityFacts.objects.filter(community=community).first() or insert(
        CommunityFacts(community=community)
    )
    before = facts.charter
    changed = change(facts, fields)
    if facts.charter is not None and facts.charter != before:
        uploads.attach(facts.charter, facts)
    if before is not None and before != facts.charter:
        uploads.release(before)
    if changed:
        audit.record("communities.community.facts_saved", by=by, target=community, data={"fields": changed})
    return facts


@transaction.atomic
def set_city_role(*, by: Actor, community: Community, role: str, since_on: date, note: str = "") -> CityRole:
    """Say from which day the city leads, accompanies or watches. Raises Refusal for a day before the last one.

    Going back (from 見守り to 伴走, say) needs to say what the part is (`note`).
    """
    locked(community)
    permissions.require(by, "communities.set_city_role", community)
    last = community.city_roles.order_by("-since_on").first()
    if last is not None and since_on < last.since_on:
        raise Refusal("これまでの記録より前の日付には、できません。", field="since_on", code="date")
    order = [choice for choice, _ in CityRole._meta.get_field("role").flatchoices]
    if last is not None and order.index(role) < order.index(last.role) and not note.strip():
        raise Refusal("前の役割にもどすときは、役割の中身を書いてください。", field="note", code="note")
    row = insert(CityRole(community=community, role=role, since_on=since_on, note=note, set_by=user_of(by)))
    audit.record("communities.community.city_role_set", by=by, target=community, data={"role": role})
    return row

"""What people are told when their community has ended: those who take part, and the area's officers, once each."""

from django.db import transaction

from portal.accounts.enums import Role
from portal.accounts.models import Appointment
from portal.kernel import clock, outbox
from portal.kernel.addresses import whole
from portal.kernel.jobs import Running
from portal.kernel.models import TransitionNote

from ..enums import MembershipState
from ..models import Community

BATCH = 200
NAME = "communities/mail/community_dissolved"


def tell_dissolution(job: Running) -> None:
    """Job: tell everybody who takes part, and the officers of the area. Again after a crash: nobody is told twice.

    Who ended it (`payload["by"]`) knows already.
    """
    community: Community = job.obj
    rows = community.memberships.filter(state=MembershipState.ACTIVE).order_by("pk")
    total, done, after = rows.count(), 0, None
    told = {job.payload.get("by", "")}
    while batch := list((rows.filter(pk__gt=after) if after else rows).select_related("user")[:BATCH]):
        with transaction.atomic():
            for member in batch:
                _tell(community, member.user.email, f"user:{member.user_id}", told)
        after, done = batch[-1].pk, done + len(batch)
        job.progress(done, total)
    posts = Appointment.objects.live(clock.today_jst()).filter(
        role__in=[Role.WARD_OFFICER, Role.MUNICIPAL_OFFICER], area=community.area_id
    )
    with transaction.atomic():
        for user_id, email in sorted(set(posts.values_list("user_id", "user__email"))):
            _tell(community, email, f"user:{user_id}", told)


def _tell(community: Community, to: str, who: str, told: set[str]) -> None:
    if who in told:
        return
    told.add(who)
    note = TransitionNote.objects.filter(
        target_type=community._meta.label_lower, target_id=str(community.pk), transition="dissolve"
    )
    outbox.queue(
        NAME,
        to=to,
        about=community,
        key=f"dissolved:{community.pk}:{who}",
        context={
            "community": community,
            "note": note.values_list("text", flat=True).first() or "",
            "url": whole("communities:community_detail", community.slug),
        },
    )

"""What municipalities are told about a 要望調査 and its 内示: to their officers and chiefs, once each however often a job runs."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from portal.accounts.models import Appointment
from portal.kernel import clock, outbox
from portal.kernel.jobs import Running

from ..enums import NeedsState
from ..models import NeedsAnswer, NeedsSurvey
from ..rules import MUNICIPAL

BATCH = 20


def tell_survey(job: Running) -> None:
    """Job: the paper, or a reminder, to every municipality that has not answered."""
    survey: NeedsSurvey = job.obj
    rows = list(
        survey.answers.filter(state=NeedsState.ASKED).select_related(
            "municipality", "survey__menu__programme__authority"
        )
    )
    for start in range(0, len(rows), BATCH):
        with transaction.atomic():
            for answer in rows[start : start + BATCH]:
                tell(answer, job.payload["mail"], once=job.payload["round"])
        job.progress(min(start + BATCH, len(rows)), len(rows))


def tell(answer: NeedsAnswer, mail: str, *, once: str, note: str = "") -> None:
    """Queue one mail to each officer and chief of the municipality; the same `once` again sends none."""
    for address in addresses(answer):
        outbox.queue(
            f"grants/mail/{mail}",
            to=address,
            about=answer,
            key=f"needs:{once}:{answer.pk}:{address}",
            context={
                "answer": answer,
                "survey": answer.survey,
                "note": note,
                "url": f"{settings.BASE_URL}{answer.get_absolute_url()}",
            },
        )


def addresses(answer: NeedsAnswer) -> Iterable[str]:
    """The mail addresses of who works for the municipality today."""
    posts = Appointment.objects.live(clock.today_jst()).filter(
        area=answer.municipality_id, role__in=MUNICIPAL, user__is_active=True
    )
    return posts.order_by("user__email").values_list("user__email", flat=True).distinct()

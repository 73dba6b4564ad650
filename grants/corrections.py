"""What the actions around a return for correction share: the open one, its end, the verdicts that stay."""

from portal.kernel import clock
from portal.kernel.refusals import Refusal

from . import comparing, queries
from .models import Application, CheckAnswer, Correction


def carry_checks(application: Application) -> None:
    """Take over what was found of the submission before, for the sections that did not change since."""
    pair = queries.snapshot_pair(application, application.version - 1, application.version)
    if len(pair) < 2:
        return
    changed = comparing.changed_parts(pair[0].data, pair[1].data)
    parts = {row["key"]: row["part"] for row in application.menu.checklist}
    before = application.checks.filter(number=application.version - 1)
    CheckAnswer.objects.bulk_create(
        [
            CheckAnswer(
                application=application, number=application.version, key=row.key, verdict=row.verdict, note=row.note,
                answered_by=row.answered_by, answered_at=row.answered_at,
            )
            for row in before.select_related("answered_by")
            if row.key in parts and parts[row.key] not in changed
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def open_correction(application: Application) -> Correction:
    """The correction that is under way. Raises Refusal when the file is not returned."""
    if not application.is_returned:
        raise Refusal(f"この申請は、いま「{application.get_state_display()}」です。", code="moved")
    return application.corrections.get(ended_at__isnull=True)


def close(correction: Correction) -> None:
    correction.ended_at = clock.now()
    correction.save(update_fields=["ended_at"])

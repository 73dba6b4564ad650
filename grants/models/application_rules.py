"""The rules of an application's row, each with the words that people get when it is broken."""

from django.db import models
from django.db.models import F, Q

from grants.enums import EXAMINED, FIXED, GRANTED, JUDGED, RESULTED, ApplicationState, Mode

UNDER_WAY = (
    ApplicationState.RETURNED,
    ApplicationState.DECIDING,
)  # held by an officer, not examined just now

APPLICATION_RULES: list[models.BaseConstraint] = [
    models.CheckConstraint(
        name="application_submitted_iff_left_draft",
        condition=Q(
            ~Q(state=ApplicationState.DRAFT),
            submitted_at__isnull=False,
            version__gte=1,
        )
        | Q(
            state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN],
            submitted_at__isnull=True,
            version=0,
        ),
        violation_error_message="提出日時と提出の回数は、提出した申請だけが持ちます。",
    ),
    models.CheckConstraint(
        name="application_held_iff_taken",
        condition=Q(held_at__isnull=False, held_by__isnull=False, submitted_at__isnull=False)
        | (
            ~Q(state__in=sorted({*EXAMINED, *JUDGED, *UNDER_WAY}))
            & Q(held_at__isnull=True, held_by__isnull=True)
        ),
        violation_error_message="担当は、審査に入った申請が持ちます。",
    ),
    models.CheckConstraint(
        name="application_correction_iff_returned",
        condition=Q(state=ApplicationState.RETURNED, correct_until__isnull=False)
        | (~Q(state=ApplicationState.RETURNED) & Q(correct_until__isnull=True)),
        violation_error_message="補正の期限は、補正待ちの申請だけが持ちます。",
    ),
    models.CheckConstraint(
        name="application_decided_iff_judged",
        condition=Q(state__in=sorted(JUDGED), decided_at__isnull=False)
        | Q(state=ApplicationState.WITHDRAWN)
        | (~Q(state__in=sorted({*JUDGED, ApplicationState.WITHDRAWN})) & Q(decided_at__isnull=True)),
        violation_error_message="決定した日時は、決定した申請だけが持ちます。",
    ),
    models.CheckConstraint(
        name="application_decided_within_grant",
        condition=Q(decided_yen__isnull=True) & ~Q(state__in=sorted(GRANTED))
        | Q(
            decided_yen__isnull=False,
            decided_yen__lte=F("grant_yen"),
            decided_at__isnull=False,
        )
        & (Q(decided_yen__gt=0) | ~Q(stopped="")),
        violation_error_message="交付決定額は、交付を決定した申請が、交付申請額までで持ちます。0円は、廃止のときだけです。",
    ),
    models.CheckConstraint(
        name="application_stopped_once_decided",
        condition=Q(stopped="") | Q(decided_yen__isnull=False),
        violation_error_message="廃止にできるのは、交付を決定した申請だけです。",
    ),
    models.CheckConstraint(
        name="application_carried_once_decided",
        condition=Q(carried="") | Q(decided_yen__isnull=False),
        violation_error_message="繰り越せるのは、交付を決定した申請だけです。",
    ),
    models.CheckConstraint(
        name="application_withdrawn_iff_stamped",
        condition=Q(state=ApplicationState.WITHDRAWN, withdrawn_at__isnull=False)
        | (~Q(state=ApplicationState.WITHDRAWN) & Q(withdrawn_at__isnull=True)),
        violation_error_message="取りやめた日時は、取りやめた申請だけが持ちます。",
    ),
    models.CheckConstraint(
        name="application_ends_after_start",
        condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        violation_error_message="完了予定は、着手予定と同じ日か、それより後にしてください。",
    ),
    models.CheckConstraint(
        name="application_outlay_only_indirect",
        condition=Q(mode=Mode.INDIRECT) | Q(outlay_yen__isnull=True),
        violation_error_message="18節の額は、間接補助のときだけ入力します。",
    ),
    models.CheckConstraint(
        name="application_grant_within_base",
        condition=Q(grant_yen__lte=F("base_yen")) & Q(base_yen__lte=F("total_yen")),
        violation_error_message="交付申請額は補助対象経費を、補助対象経費は総事業費を、超えられません。",
    ),
    models.CheckConstraint(
        name="application_submitted_complete",
        condition=Q(submitted_at__isnull=True)
        | Q(
            grant_yen__gt=0,
            platform__isnull=False,
            project_type__isnull=False,
            share_yen__isnull=False,
        )
        & ~Q(title="")
        & Q(starts_on__isnull=False, ends_on__isnull=False),
        violation_error_message="提出する申請には、事業の名称、コミプラ、型、期間、金額がすべて要ります。",
    ),
    models.CheckConstraint(
        name="application_reported_iff_filed",
        condition=Q(state__in=sorted(RESULTED), reported_at__isnull=False)
        | Q(state=ApplicationState.REVOKED)
        | (~Q(state__in=sorted({*RESULTED, ApplicationState.REVOKED})) & Q(reported_at__isnull=True)),
        violation_error_message="実績報告の日時は、実績を報告した申請だけが持ちます。",
    ),
    models.CheckConstraint(
        name="application_inspected_iff_passed",
        condition=Q(state__in=sorted({*FIXED, ApplicationState.INSPECTED}), inspected_at__isnull=False)
        | Q(state=ApplicationState.REVOKED)
        | (
            ~Q(state__in=sorted({*FIXED, ApplicationState.INSPECTED, ApplicationState.REVOKED}))
            & Q(inspected_at__isnull=True)
        ),
        violation_error_message="検査の日時は、検査が済んだ申請だけが持ちます。",
    ),
    models.CheckConstraint(
        name="application_settled_within_decided",
        condition=Q(state__in=sorted({*FIXED, ApplicationState.REVOKED}))
        & Q(
            settled_at__isnull=False,
            settled_yen__isnull=False,
            decided_yen__isnull=False,
            settled_yen__lte=F("decided_yen"),
        )
        | (~Q(state__in=sorted(FIXED)) & Q(settled_at__isnull=True, settled_yen__isnull=True)),
        violation_error_message="確定額は、額を確定した申請が、交付決定額までで持ちます。",
    ),
    models.CheckConstraint(
        name="application_closed_iff_stamped",
        condition=Q(state=ApplicationState.CLOSED, closed_at__isnull=False)
        | Q(state=ApplicationState.REVOKED)
        | (~Q(state__in=[ApplicationState.CLOSED, ApplicationState.REVOKED]) & Q(closed_at__isnull=True)),
        violation_error_message="完了した日時は、完了した申請だけが持ちます。",
    ),
    models.CheckConstraint(
        name="application_revoked_iff_stamped",
        condition=Q(state=ApplicationState.REVOKED, revoked_at__isnull=False)
        | (~Q(state=ApplicationState.REVOKED) & Q(revoked_at__isnull=True)),
        violation_error_message="取り消した日時は、交付決定を取り消した申請だけが持ちます。",
    ),
]

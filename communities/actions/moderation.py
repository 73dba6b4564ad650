"""Moderation: say that something should be looked at, hide it with a reason, restore it, appeal, decide.

report = report_object(by=visitor, subject="community", row=c, reason="advert", text="…")
hiding = hide_object(by=officer, subject="community", row=c, reason="宣伝だけのページのため")
appeal_hiding(by=organiser, hiding=hiding, text="…") · move_hiding(by=officer, hiding=hiding, step="grant", note="")
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from portal.accounts.models import User
from portal.kernel import audit, permissions
from portal.kernel.actors import Actor, UserActor, VisitorActor
from portal.kernel.refusals import Refusal

from .. import workflow
from ..enums.people import LIVE_HIDINGS, ReportState
from ..mails import people as mails_people
from ..models import Community, Hiding, PostingRule, Report
from ..moderation import subjects
from ..saving import change, insert, locked, user_of


@transaction.atomic
def report_object(*, by: Actor, subject: str, row: Any, reason: str, text: str = "") -> Report:
    """Ask the staff of the area to look at `row`. The same person about the same row again: the first report stands."""
    if not isinstance(by, UserActor | VisitorActor):
        raise PermissionDenied(f"知らせは、{by.verbose}では送れません。")
    kind = subjects.SUBJECTS[subject]
    known = Report.objects.filter(
        object_type=kind.label, object_id=row.pk, sender_ref=by.ref, state=ReportState.OPEN
    )
    if before := known.first():
        return before
    report = insert(
        Report(
            object_type=kind.label, object_id=row.pk, area_id=kind.area(row), reason=reason, text=text,
            user=user_of(by), sender_ref=by.ref,
        )
    )  # fmt: skip
    audit.record("communities.report.sent", by=by, target=report, data={"object": f"{kind.label}:{row.pk}"})
    return report


@transaction.atomic
def hide_object(*, by: Actor, subject: str, row: Any, reason: str) -> Hiding:
    """Take `row` off every page, list, feed and search at once; its authors read why. Open reports of it are upheld.

    Raises Refusal when it is hidden already, PermissionDenied outside one's area.
    """
    kind = subjects.SUBJECTS[subject]
    hiding = Hiding(
        object_type=kind.label, object_id=row.pk, title=kind.title(row)[:200] or kind.noun,
        area_id=kind.area(row), reason=reason.strip(), hidden_by=user_of(by),
    )  # fmt: skip
    permissions.require(by, "communities.moderate", hiding)
    if not hiding.reason:
        raise Refusal("理由を入力してください。相手に表示されます。", field="note", code="note")
    about = _held([(hiding.object_type, hiding.object_id)])
    try:
        insert(hiding)
    except Refusal as twin:
        raise _second(hiding) or twin from None
    audit.record("communities.hiding.hidden", by=by, target=hiding, data={"object": f"{kind.label}:{row.pk}"})
    for report in about:
        workflow.REPORT.apply(report, "uphold", by=by, note=reason)
    kind.reindex(row)
    mails_people.hidden(hiding, kind.noun, kind.authors(row))
    return hiding


@transaction.atomic
def answer_reports(*, by: Actor, reports: Iterable[Report], step: str, note: str = "") -> list[Report]:
    """The buttons of the queue, for one or for many: uphold (hides, with the reason) or dismiss. In order of age.

    All or nothing. Raises Refusal: answered meanwhile, no reason given; PermissionDenied.
    """
    done = sorted(reports, key=lambda report: (report.created_at, report.pk))
    if not done:
        raise Refusal("知らせを選んでください。", code="none")
    _held([(report.object_type, report.object_id) for report in done])
    for report in done:
        if step == "dismiss":
            workflow.REPORT.apply(report, "dismiss", by=by, note=note)
        elif locked(report).state == ReportState.OPEN:
            _uphold(by, report, note)
        elif len(done) == 1:
            raise _answered(report)
    return done


@transaction.atomic
def note_reading(*, by: Actor, case: Report | Hiding) -> None:
    """Write down that somebody of the staff read, for this report or appeal, what only two people read."""
    permissions.require(by, "communities.read_case", case)
    data = {"object": f"{case.object_type}:{case.object_id}"}
    audit.record(f"{case._meta.label_lower}.read", by=by, target=case, data=data)


@transaction.atomic
def move_hiding(*, by: Actor, hiding: Hiding, step: str, note: str = "") -> Hiding:
    """Restore, or decide an appeal: grant, or keep with a note. The authors are told."""
    workflow.HIDING.apply(hiding, step, by=by, note=note)
    kind = subjects.subject_of(hiding.object_type)
    row = subjects.row_of(hiding.object_type, hiding.object_id)
    if row is not None:
        kind.reindex(row)
        mails_people.decided(hiding, kind.noun, kind.authors(row), note)
    return hiding


@transaction.atomic
def appeal_hiding(*, by: Actor, hiding: Hiding, text: str) -> Hiding:
    """The author asks once for another look. Raises Refusal without a reason, or when it was asked before."""
    if not text.strip():
        raise Refusal("異議の理由を入力してください。", field="text", code="note")
    return workflow.HIDING.apply(hiding, "appeal", by=by, appeal=text)


@transaction.atomic
def set_posting_rule(*, by: Actor, community: Community, holds_first: bool) -> PostingRule:
    """Whether first texts of new members wait for an organiser."""
    permissions.require(by, "communities.edit_community", community)
    rule = PostingRule.objects.get_or_create(community=community)[0]
    if change(locked(rule), {"holds_first": holds_first}):
        audit.record("communities.postingrule.set", by=by, target=rule, data={"holds_first": holds_first})
    return rule


def _uphold(by: Actor, report: Report, note: str) -> None:
    key = next(key for key, kind in subjects.SUBJECTS.items() if kind.label == report.object_type)
    row = subjects.row_of(report.object_type, report.object_id)
    if row is None:
        raise Refusal(
            "もう取り消されていて、見つかりません。「問題なしとする」を押してください。", code="gone"
        )
    hide_object(by=by, subject=key, row=row, reason=note)
    report.refresh_from_db()


def _held(objects: Iterable[tuple[str, UUID]]) -> list[Report]:
    """The open reports about these things, held in one order everywhere, so that two officers never wait in a ring."""
    about = Q(pk__in=[])
    for object_type, object_id in set(objects):
        about |= Q(object_type=object_type, object_id=object_id)
    rows = Report.objects.select_for_update(no_key=True, of=("self",)).filter(about, state=ReportState.OPEN)
    return list(rows.order_by("created_at", "id"))


def _second(hiding: Hiding) -> Refusal | None:
    """What the one is told who hides what another has just hidden: who was first."""
    live = Hiding.objects.filter(object_type=hiding.object_type, object_id=hiding.object_id)
    first = live.filter(state__in=LIVE_HIDINGS).select_related("hidden_by").first()
    if first is None:
        return None
    message = f"もう非表示になっています。{_named(first.hidden_by)}、先に非表示にしました。"
    return Refusal(message, code="moved")


def _answered(report: Report) -> Refusal:
    """What the one is told who answers a report that another has just answered."""
    word = report.get_state_display()
    return Refusal(
        f"{_named(report.answered_by)}、先に「{word}」としました。あなたの操作では、何も変わっていません。",
        code="moved",
    )


def _named(who: User | None) -> str:
    return f"{who.name}さんが" if who else "ほかの担当者が"

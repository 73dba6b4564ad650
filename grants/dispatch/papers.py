"""The papers of menu ①. Titled 標準様式 with 「第○条」 until the menu has its own (domain.md 8); everything they say is JSON made here."""

from datetime import datetime
from typing import Any

from communities.queries.notes import reason_of
from portal.kernel import clock
from portal.kernel.fiscal import wareki
from portal.kernel.ports import DocumentKind

from ..documents import named
from ..enums.approving import ApprovalState, Matter
from ..models import Approval, Dispatch, Visit
from . import queries
from .enums import PayeeKind, Side

APPLICATION = "grants.dispatch_request"
DECISION_KIND = "grants.dispatch_decision"
NOTICE_KIND = "grants.dispatch_notice"
REPORT_KIND = "grants.visit_report"
REFUSAL_KIND = "grants.dispatch_refusal"
CANCEL_KIND = "grants.dispatch_cancellation"
CANCEL_NOTICE_KIND = "grants.dispatch_cancel_notice"


def request_snapshot(dispatch: Dispatch) -> dict[str, Any]:
    """The content of アドバイザー派遣申込書."""
    return _request(_whole(dispatch))


def decision_snapshot(dispatch: Dispatch) -> dict[str, Any]:
    """The content of 派遣決定通知書, to the municipality."""
    return _decision(_whole(dispatch))


def notice_snapshot(dispatch: Dispatch) -> dict[str, Any]:
    """The content of 派遣決定通知書, to the advisor: with the fee, without the municipality's number."""
    case = _whole(dispatch)
    advisor = case.advisor
    return {
        **_decision(case),
        "addressee": [named("", advisor.name if advisor else "", "様")],
        "municipality": case.municipality.name,
        "fee": advisor.fee_words if advisor else "",
        "is_person": bool(advisor and advisor.payee_kind == PayeeKind.PERSON),
        "form": case.menu.form("dispatch_notice"),
    }


def _whole(dispatch: Dispatch) -> Dispatch:
    """The case with everything its papers say. One query."""
    return queries.with_case(Dispatch.objects.all()).get(pk=dispatch.pk)


def _request(case: Dispatch) -> dict[str, Any]:
    authority = case.menu.programme.authority
    return {
        "addressee": [named(authority.head_title, authority.head_name, "殿")],
        "sender": [named(case.applicant_title, case.applicant_name)],
        "form": case.menu.form("dispatch_request"),
        "fiscal_year": case.menu.programme.year_label,
        "menu": case.menu.title,
        "title": case.title,
        "subject": case.get_subject_display(),
        "manner": case.get_manner_display(),
        "visits": case.visits_wanted,
        "issue": case.issue,
        "wishes": case.wishes,
        "times": case.times,
        "platform": case.platform.name if case.platform else "",
        "wished": case.wished.name if case.wished else "",
        "contact": case.contact_name,
    }


def _decision(case: Dispatch) -> dict[str, Any]:
    return {
        **_request(case),
        "addressee": [named(case.applicant_title, case.applicant_name, "殿")],
        "sender": _head(case),
        "form": case.menu.form("dispatch_decision"),
        **_letter(case, Matter.DISPATCH),
        "advisor": case.advisor.name if case.advisor else "",
        "visits": case.visits_count,
        "days": _days(case),
        "has_more": len(_days(case)) < (case.visits_count or 0),
        "appeal": case.menu.programme.appeal_notice,
        "report_days": case.menu.report_days,
    }


def refusal_snapshot(dispatch: Dispatch) -> dict[str, Any]:
    """The content of 派遣不承認通知書: the reason is always printed, 教示 as the programme says."""
    case = _whole(dispatch)
    return {
        **_request(case),
        **_letter(case, Matter.REFUSAL),
        "addressee": [named(case.applicant_title, case.applicant_name, "殿")],
        "sender": _head(case),
        "form": case.menu.form("dispatch_refusal"),
        "reason": case.refusal_reason,
        "appeal": case.menu.programme.appeal_notice,
    }


def cancel_snapshot(dispatch: Dispatch) -> dict[str, Any]:
    """The content of 派遣取消通知書, to the municipality: what was decided, and why it does not come about."""
    case = _whole(dispatch)
    return _cancelled(case) | {"addressee": [named(case.applicant_title, case.applicant_name, "殿")]}


def cancel_notice_snapshot(dispatch: Dispatch) -> dict[str, Any]:
    """The same to the advisor."""
    case = _whole(dispatch)
    return _cancelled(case) | {
        "addressee": [named("", case.advisor.name if case.advisor else "", "様")],
        "form": case.menu.form("dispatch_cancel_notice"),
        "appeal": "",
    }


def _cancelled(case: Dispatch) -> dict[str, Any]:
    """What both are told."""
    return {
        **_request(case),
        "sender": _head(case),
        "form": case.menu.form("dispatch_cancellation"),
        "municipality": case.municipality.name,
        "advisor": case.advisor.name if case.advisor else "",
        "visits": case.visits_count,
        "decided_on": _letter(case, Matter.DISPATCH)["dated_on"],
        "reason": reason_of(case, "cancel"),
        "appeal": case.menu.programme.appeal_notice,
    }


def _letter(case: Dispatch, matter: Matter) -> dict[str, Any]:
    """The 施行日 of what was decided, and the request it answers."""
    signed = Approval.objects.filter(dispatch=case, matter=matter, state=ApprovalState.SIGNED)
    on = signed.values_list("effective_on", flat=True).first()
    applied = case.submitted_at.astimezone(clock.JST).date() if case.submitted_at else None
    return {
        "dated_on": on.isoformat() if on else "",
        "applied_on": applied.isoformat() if applied else "",
        "applied_number": case.own_number,
    }


def report_snapshot(visit: Visit) -> dict[str, Any]:
    """The content of 派遣報告書 of one visit: what the municipality reported."""
    row = Visit.objects.select_related("advisor").get(pk=visit.pk)
    case = queries.with_case(Dispatch.objects.all()).get(pk=row.dispatch_id)
    report = row.reports.get(side=Side.MUNICIPALITY)
    authority = case.menu.programme.authority
    return {
        "addressee": [named(authority.head_title, authority.head_name, "殿")],
        "sender": [named(case.applicant_title, case.applicant_name)],
        "form": case.menu.form("visit_report"),
        "fiscal_year": case.menu.programme.year_label,
        "menu": case.menu.title,
        "title": case.title,
        "number": row.number,
        "when": _when(row),
        "place": row.place,
        "manner": case.get_manner_display(),
        "advisor": row.advisor.name,
        "people": report.people_count,
        "content": report.content,
        "outcome": report.outcome,
    }


def _head(case: Dispatch) -> list[str]:
    authority = case.menu.programme.authority
    return [named(authority.head_title, authority.head_name)]


def _days(case: Dispatch) -> list[str]:
    """The days that are set, 「第1回　令和8年12月10日 13時30分から15時30分まで　市役所」."""
    return [
        f"第{visit.number}回　{_when(visit)}　{visit.place}".rstrip("　") for visit in queries.visits_of(case)
    ]


def _when(visit: Visit) -> str:
    first, last = (at.astimezone(clock.JST) for at in (visit.starts_at, visit.ends_at))
    return f"{wareki(first.date())} {_hour(first)}から{_hour(last)}まで"


def _hour(at: datetime) -> str:
    return f"{at.hour}時{at.minute:02d}分" if at.minute else f"{at.hour}時"


REQUEST = DocumentKind(
    key=APPLICATION,
    code="HM",
    title="アドバイザー派遣申込書",
    template="grants/pdf/dispatch_request.html",
    model="grants.Dispatch",
    snapshot=request_snapshot,
    visible_to=queries.seen_by_offices,
    permission="grants.submit_dispatch",
    version=lambda dispatch: str(dispatch.version),
    seal="（公印省略）",
)
DECISION = DocumentKind(
    key=DECISION_KIND,
    code="HK",
    title="アドバイザー派遣決定通知書",
    template="grants/pdf/dispatch_decision.html",
    model="grants.Dispatch",
    snapshot=decision_snapshot,
    visible_to=queries.seen_by_offices,
    permission="grants.conclude_dispatch",
    seal="（公印省略）",
)
NOTICE = DocumentKind(
    key=NOTICE_KIND,
    code="HT",
    title="アドバイザー派遣決定通知書(アドバイザー宛)",
    template="grants/pdf/dispatch_notice.html",
    model="grants.Dispatch",
    snapshot=notice_snapshot,
    visible_to=queries.seen_by_advisor,
    permission="grants.conclude_dispatch",
    seal="（公印省略）",
)
REPORT = DocumentKind(
    key=REPORT_KIND,
    code="HR",
    title="アドバイザー派遣報告書",
    template="grants/pdf/visit_report.html",
    model="grants.Visit",
    snapshot=report_snapshot,
    visible_to=queries.visits_visible_to,
    permission="grants.issue_visit_report",
    seal="（公印省略）",
)
REFUSAL = DocumentKind(
    key=REFUSAL_KIND, code="HA", title="アドバイザー派遣不承認通知書", template="grants/pdf/dispatch_refusal.html",
    model="grants.Dispatch", snapshot=refusal_snapshot, visible_to=queries.seen_by_offices,
    permission="grants.conclude_dispatch", seal="（公印省略）",
)  # fmt: skip
CANCEL = DocumentKind(
    key=CANCEL_KIND, code="HC", title="アドバイザー派遣取消通知書", template="grants/pdf/dispatch_cancellation.html",
    model="grants.Dispatch", snapshot=cancel_snapshot, visible_to=queries.seen_by_offices,
    permission="grants.run_dispatch", seal="（公印省略）",
)  # fmt: skip
CANCEL_NOTICE = DocumentKind(
    key=CANCEL_NOTICE_KIND, code="HD", title="アドバイザー派遣取消通知書(アドバイザー宛)",
    template="grants/pdf/dispatch_cancellation.html", model="grants.Dispatch", snapshot=cancel_notice_snapshot,
    visible_to=queries.seen_by_advisor, permission="grants.run_dispatch", seal="（公印省略）",
)  # fmt: skip
KINDS = (REQUEST, DECISION, NOTICE, REPORT, REFUSAL, CANCEL, CANCEL_NOTICE)

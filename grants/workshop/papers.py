"""The papers of menu ②. Titled 標準様式 with 「第○条」 until the menu has its own (domain.md 8); everything they say is JSON made here."""

from typing import Any

from communities.models import EventPhoto
from portal.kernel import clock
from portal.kernel.fiscal import wareki
from portal.kernel.ports import DocumentKind

from ..documents import named
from ..enums.approving import ApprovalState, Matter
from ..models import Approval, Workshop
from . import queries
from .enums import HostKind

PLAN_KIND = "grants.workshop_plan"
DECISION_KIND = "grants.workshop_decision"
REPORT_KIND = "grants.workshop_report"


def when(workshop: Workshop) -> str:
    """「令和8年12月10日 13時30分から15時30分まで」; the second day where it ends on another."""
    if workshop.starts_at is None or workshop.ends_at is None:
        return ""
    first, last = (at.astimezone(clock.JST) for at in (workshop.starts_at, workshop.ends_at))
    ends = "" if first.date() == last.date() else f"{wareki(last.date())} "
    return f"{wareki(first.date())} {_hour(first)}から{ends}{_hour(last)}まで"


def _hour(at: Any) -> str:
    return f"{at.hour}時{at.minute:02d}分" if at.minute else f"{at.hour}時"


def hosts(workshop: Workshop) -> str:
    """Who hosts, in words: 「鹿児島県・見本地区まちづくり協議会」."""
    home, town = workshop.menu.programme.authority.name, workshop.municipality.name
    names = {
        HostKind.PREFECTURE: [home],
        HostKind.MUNICIPALITY: [home, town],
        HostKind.COMMUNITY: [home, str(workshop.organisation or "")],
        HostKind.USE: [town],
    }
    return "・".join(names[HostKind(workshop.host_kind)]) if workshop.host_kind else ""


def plan_content(workshop: Workshop) -> dict[str, Any]:
    """What both sides agree to, as it is frozen: no names of who signs."""
    return {
        "title": workshop.title,
        "host_kind": workshop.get_host_kind_display(),
        "hosts": hosts(workshop),
        "aim": workshop.aim,
        "content": workshop.content,
        "when": when(workshop),
        "venue": " ".join(part for part in (workshop.venue, workshop.address) if part),
        "audience": workshop.audience,
        "capacity": workshop.capacity,
        "desk": workshop.municipality.name,
        "participants": [area.name for area in workshop.participants.order_by("pk")],
        "lecturers": [
            {
                "name": row.name,
                "affiliation": row.affiliation,
                "topic": row.topic,
                "fee_yen": row.fee_yen,
                "travel_yen": row.travel_yen,
            }
            for row in workshop.lecturers.all()
        ],
        "duties": [
            {
                "kind": row.get_kind_display(),
                "doer": row.get_doer_display(),
                "payer": row.get_payer_display(),
                "note": row.note,
            }
            for row in workshop.duties.all()
        ],
    }


def _case(workshop: Workshop) -> Workshop:
    return queries.with_case(Workshop.objects.all()).get(pk=workshop.pk)


def _frame(case: Workshop, key: str) -> dict[str, Any]:
    return {
        "form": case.menu.form(key),
        "fiscal_year": case.menu.programme.year_label,
        "menu": case.menu.title,
        "contact": case.contact_name,
    }


def _sides(case: Workshop) -> tuple[list[str], list[str]]:
    """(prefecture, municipality) as addressees of letters."""
    authority = case.menu.programme.authority
    return (
        [named(authority.head_title, authority.head_name)],
        [named(case.applicant_title or case.municipality.name, case.applicant_name)],
    )


def plan_snapshot(workshop: Workshop) -> dict[str, Any]:
    """The content of 開催計画書: from the municipality to the prefecture, or the other way round where that planned it."""
    case = _case(workshop)
    prefecture, town = _sides(case)
    if case.is_planned_by_office:
        addressee, sender = [f"{case.municipality.name}長　殿"], prefecture
    else:
        addressee, sender = [f"{prefecture[0]}　殿"], town
    return {
        **plan_content(case),
        **_frame(case, "workshop_plan"),
        "addressee": addressee,
        "sender": sender,
        "number": case.agreed_version,
    }


def decision_snapshot(workshop: Workshop) -> dict[str, Any]:
    """The content of 開催決定通知書, to the 窓口."""
    case = _case(workshop)
    prefecture, town = _sides(case)
    to = [f"{case.municipality.name}長"] if case.is_planned_by_office else town
    signed = Approval.objects.filter(workshop=case, matter=Matter.WORKSHOP, state=ApprovalState.SIGNED)
    on = signed.order_by("-drafted_at").values_list("effective_on", flat=True).first()
    return {
        **plan_content(case),
        **_frame(case, "workshop_decision"),
        "addressee": [f"{to[0]}　殿"],
        "sender": prefecture,
        "dated_on": on.isoformat() if on else "",
        "number": case.agreed_version,
        "report_days": case.menu.report_days,
        "appeal": case.menu.programme.appeal_notice,
    }


def report_snapshot(workshop: Workshop) -> dict[str, Any]:
    """The content of 実施報告書, from the 窓口."""
    case = _case(workshop)
    report = case.report
    prefecture, town = _sides(case)
    photos = EventPhoto.objects.filter(event=case.event_id).order_by("place")
    return {
        **plan_content(case),
        **_frame(case, "workshop_report"),
        "addressee": [f"{prefecture[0]}　殿"],
        "sender": [f"{case.municipality.name}長"] if case.is_planned_by_office else town,
        "people": [{"label": label, "count": count} for label, count in report.people_rows],
        "people_count": report.people_count,
        "survey_count": report.survey_count,
        "survey_average": str(report.survey_average) if report.survey_average is not None else "",
        "survey_note": report.survey_note,
        "outcome": report.outcome,
        "next_step": report.next_step,
        "photos": [photo.alt for photo in photos],
    }


PLAN = DocumentKind(
    key=PLAN_KIND,
    code="WK",
    title="地域協働ワークショップ開催計画書",
    template="grants/pdf/workshop_plan.html",
    model="grants.Workshop",
    snapshot=plan_snapshot,
    visible_to=queries.seen_by_sides,
    permission="grants.consult_workshop",
    version=lambda workshop: str(workshop.revision),
    seal="（公印省略）",
)
DECISION = DocumentKind(
    key=DECISION_KIND,
    code="WD",
    title="地域協働ワークショップ開催決定通知書",
    template="grants/pdf/workshop_decision.html",
    model="grants.Workshop",
    snapshot=decision_snapshot,
    visible_to=queries.seen_by_sides,
    permission="grants.conclude_workshop",
    version=lambda workshop: str(workshop.agreed_version),
    seal="（公印省略）",
)
REPORT = DocumentKind(
    key=REPORT_KIND,
    code="WR",
    title="地域協働ワークショップ実施報告書",
    template="grants/pdf/workshop_report.html",
    model="grants.Workshop",
    snapshot=report_snapshot,
    visible_to=queries.seen_by_sides,
    permission="grants.report_workshop",
    seal="（公印省略）",
)
KINDS = (PLAN, DECISION, REPORT)

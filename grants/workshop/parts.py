"""The rows of a plan, and what a plan says that has to fit together. Within the caller's transaction, the case locked."""

from collections.abc import Sequence
from typing import Any

from communities.saving import insert
from portal.accounts.models import User
from portal.accounts.queries import person_by_email
from portal.kernel.refusals import Refusal

from ..calculations.payments import by_the_hour
from ..dispatch.enums import FeeUnit
from ..models import Advisor, Workshop, WorkshopDuty, WorkshopLecturer
from .enums import LECTURERS_MAX, PREFECTURE_PAYS, Duty, HostKind, Payer
from .rows import DutyRow, LecturerRow

FIXED = "もう催しを公開しているため、主催と共催の相手は変えられません。申し込んだ方は、いまの主催に同意しています。"
HOSTING = ("host_kind", "platform", "community")


def check_kind(workshop: Workshop, values: dict[str, Any]) -> None:
    """The organisation is one, and of the 窓口; who hosts stays as it is once the event is announced. Raises Refusal."""
    platform, community = values.get("platform"), values.get("community")
    if platform is not None and community is not None:
        raise Refusal("コミプラかコミュニティの、どちらか一つを選んでください。", field="community")
    if platform is not None and platform.area_id != workshop.municipality_id:
        raise Refusal("コミプラは、窓口の市町村のものから選んでください。", field="platform")
    if community is not None and workshop.municipality_id not in (
        community.area_id,
        community.area.parent_id,
    ):
        raise Refusal("コミュニティは、窓口の市町村のものから選んでください。", field="community")
    if values.get("host_kind") == HostKind.COMMUNITY and platform is None and community is None:
        raise Refusal(
            "県・地域コミュニティ組織共催のときは、共催する組織を選んでください。", field="platform"
        )
    starts_at, ends_at = values.get("starts_at"), values.get("ends_at")
    if starts_at and ends_at and ends_at <= starts_at:
        raise Refusal("終わりは、始まりより後にしてください。", field="ends_at")
    if workshop.event is None:
        return
    if any(getattr(workshop, name) != values.get(name) for name in HOSTING):
        raise Refusal(FIXED, field="host_kind", code="agreed")
    taken = workshop.event.seats.taken
    if (values.get("capacity") or 0) < taken:
        raise Refusal(f"もう{taken}人の申込みがあるため、定員はそれより少なくできません。", field="capacity")


def write_lecturers(workshop: Workshop, rows: Sequence[LecturerRow]) -> None:
    """Put these lecturers in the place of those before. Raises Refusal (too many, one twice), ValidationError."""
    if len(rows) > LECTURERS_MAX:
        raise Refusal(f"講師は、{LECTURERS_MAX}人までです。", code="too_many")
    named = [row.advisor.pk for row in rows if row.advisor is not None]
    if len(set(named)) < len(named):
        raise Refusal("同じアドバイザーが2回入っています。", field=rows[-1].key or None)
    workshop.lecturers.all().delete()
    for position, row in enumerate(rows, start=1):
        insert(_lecturer(workshop, position, row))


def _lecturer(workshop: Workshop, position: int, row: LecturerRow) -> WorkshopLecturer:
    """Of an advisor, name and payee are those of the register, and the fee when none is given."""
    advisor = row.advisor
    fee = row.fee_yen
    if fee is None:
        fee = _fee(workshop, advisor) if advisor else 0
    return WorkshopLecturer(
        workshop=workshop, position=position, advisor=advisor, user=advisor.user if advisor else _account(row), name=advisor.name if advisor else row.name,
        affiliation=row.affiliation, topic=row.topic, payee_kind=advisor.payee_kind if advisor else row.payee_kind,
        fee_yen=fee, travel_yen=row.travel_yen,
    )  # fmt: skip


def _account(row: LecturerRow) -> User | None:
    """The account of a lecturer who is not of the register. Raises Refusal when nobody has it."""
    if not row.email:
        return None
    user = person_by_email(row.email)
    if user is None:
        raise Refusal(
            "このメールアドレスの利用者は、まだいません。空にするか、本人がログインの画面から登録したあとで入れてください。",
            field=row.key.replace("advisor", "email") or None,
        )
    return user


def _fee(workshop: Workshop, advisor: Advisor) -> int:
    """By the register: for one visit, or for the hours of the workshop."""
    if advisor.fee_unit == FeeUnit.VISIT or not (workshop.starts_at and workshop.ends_at):
        return advisor.fee_yen
    minutes = int((workshop.ends_at - workshop.starts_at).total_seconds() // 60)
    return by_the_hour(advisor.fee_yen, minutes)


def write_duties(workshop: Workshop, rows: Sequence[DutyRow]) -> None:
    """Put these rows in the place of those before. Raises Refusal where the prefecture would pay for more than it does."""
    for row in rows:
        if row.payer == Payer.PREFECTURE and row.kind not in PREFECTURE_PAYS:
            raise Refusal(
                f"「{Duty(row.kind).label}」の費用は、県では負担できません。県が負担するのは、講師等の謝金・旅費などだけです。",
                field=f"payer_{row.kind}",
            )
    workshop.duties.all().delete()
    for row in rows:
        position = list(Duty).index(Duty(row.kind))
        insert(
            WorkshopDuty(
                workshop=workshop, position=position, kind=row.kind, doer=row.doer, payer=row.payer, note=row.note
            )
        )  # fmt: skip

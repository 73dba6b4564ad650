"""Reads of people and appointments."""

from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from portal.areas.models import Area, Section
from portal.kernel import clock

from .enums import CHIEFS, GIVEN_BY_CITY_OFFICER, ROLE_KINDS, Role
from .models import Appointment, AppointmentQuerySet, User
from .scope import Scope


def visible_to(scope: Scope) -> AppointmentQuerySet:
    """Appointments a person may see in the list: all for the system administrator, a city officer's own city.

    Everybody sees their own.
    """
    if scope.has(Role.SYSTEM_ADMIN):
        return Appointment.objects.all()
    codes = scope.areas(Role.CITY_OFFICER)
    own = Q(user=scope.user_id) if scope.user_id else Q(pk__in=[])
    return Appointment.objects.filter(own | Q(area__in=codes))


def listed(scope: Scope, *, ended: bool, on: date) -> AppointmentQuerySet:
    """The list page: live and coming ones, or the ended ones, with what a row shows."""
    rows = visible_to(scope).select_related("user", "area", "section")
    return rows.ended(on) if ended else rows.not_over(on)


def roles_given_by(scope: Scope) -> list[Role]:
    """Roles this person may hand out, in the order of the table."""
    if scope.has(Role.SYSTEM_ADMIN):
        return list(Role)
    if scope.has(Role.CITY_OFFICER):
        return [role for role in Role if role in GIVEN_BY_CITY_OFFICER]
    return []


def areas_given_by(scope: Scope) -> QuerySet[Area]:
    """Areas where this person may hand out roles: those with a government of ours, and its wards."""
    places = Area.objects.filter(Q(authority__isnull=False) | Q(parent__authority__isnull=False, kind="ward"))
    if not scope.has(Role.SYSTEM_ADMIN):
        places = places.filter(pk__in=scope.areas(Role.CITY_OFFICER))
    return places.order_by("code")


def at_same_place(appointment: Appointment) -> AppointmentQuerySet:
    """Every term, past and coming, of the same role at the same area and section; this one too."""
    return Appointment.objects.filter(
        role=appointment.role, area=appointment.area_id, section=appointment.section_id
    )


def stands_ready(appointment: Appointment, *, after: date) -> bool:
    """Whether another holds the same role at the same place on the day after `after`: a successor or 職務代理.

    A system administrator must always remain, too. One query.
    """
    others = at_same_place(appointment).exclude(pk=appointment.pk).exclude(user=appointment.user_id)
    others = others.filter(user__is_active=True)
    next_day = date.fromordinal(after.toordinal() + 1)
    return others.live(next_day).exists()


def needs_successor(role: str) -> bool:
    """Whether the place may never be empty."""
    return role in CHIEFS or role == Role.SYSTEM_ADMIN


def role_fits(role: str, area: Area | None) -> bool:
    """Whether `role` is held at areas of this kind (None: at the installation)."""
    kinds = ROLE_KINDS[role]
    return area.kind in kinds if area else not kinds


def person_by_email(email: str) -> User | None:
    """The person with this address, whatever its case."""
    return User.objects.filter(email=email.strip().lower()).first()


def sections_given_by(scope: Scope) -> QuerySet[Section]:
    """Sections in which this person may hand out roles."""
    rows = Section.objects.select_related("authority").order_by("authority__area", "name")
    return (
        rows
        if scope.has(Role.SYSTEM_ADMIN)
        else rows.filter(authority__area__in=scope.areas(Role.CITY_OFFICER))
    )


def possible_successors(appointment: Appointment) -> AppointmentQuerySet:
    """Others with the same role at the same place whose term is not over."""
    others = at_same_place(appointment).exclude(pk=appointment.pk).exclude(user=appointment.user_id)
    return others.not_over(clock.today_jst()).select_related("user").order_by("starts_on")


def people_visible_to(scope: Scope) -> QuerySet[User]:
    """Accounts a person may see as such: their own; the system administrator keeps them all."""
    if scope.has(Role.SYSTEM_ADMIN):
        return User.objects.all()
    return User.objects.filter(pk=scope.user_id) if scope.user_id else User.objects.none()


def personal_data(user_id: UUID) -> dict[str, list[dict[str, object]]]:
    """Everything accounts hold about one person, for 開示."""
    user = User.objects.get(pk=user_id)
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    terms = Appointment.objects.filter(user=user).select_related("area", "section").order_by("starts_on")
    return {
        "アカウント": [
            {
                "表示名": user.name,
                "メールアドレス": user.email,
                "年齢": user.get_age_group_display(),
                "18歳以上と確認した日": user.adult_confirmed_on,
                "同意した日時": user.consented_at,
                "登録日時": user.created_at,
                "最後のログイン": user.last_login,
                "二段階認証を設定した日時": app.created_at if app else None,
            }
        ],
        "役職": [
            {
                "役職": term.get_role_display(),
                "場所": term.place,
                "始まる日": term.starts_on,
                "終わる日": term.ends_on,
            }
            for term in terms
        ],
    }

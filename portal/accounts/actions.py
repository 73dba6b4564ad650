"""Writes of accounts: people, appointments, sessions. Every one is audited; none keeps personal data in the log."""

from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest

from portal.areas.models import Area, Section
from portal.kernel import audit, clock, outbox, permissions
from portal.kernel.actors import Actor, UserActor
from portal.kernel.refusals import Refusal

from . import queries
from .enums import CHIEFS, AgeGroup, Role
from .middleware import forget
from .models import Appointment, User

DISCARD_BATCH = 500
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@transaction.atomic
def sign_up(*, by: Actor, email: str, name: str, age_group: str) -> User:
    """Make the account of a visitor who fills in the sign-up form and agrees. The address still waits for its code."""
    user = _new_user(email=email, name=name, age_group=age_group)
    user.consented_at = clock.now()
    user.full_clean(
        exclude=["password"], validate_unique=False
    )  # a race for one address ends in IntegrityError
    user.save(force_insert=True)
    audit.record("accounts.user.registered", by=by, target=user, data={"age_group": age_group})
    return user


@transaction.atomic
def create_user(*, by: Actor, email: str, name: str, age_group: str = AgeGroup.ADULT) -> User:
    """Make an account for somebody else: staff before their first day, people of the demo. Signs in by mailed code.

    The address counts as theirs once they have entered a code sent to it. Raises Refusal when it is taken.
    """
    if queries.person_by_email(email):
        raise Refusal("このメールアドレスは、すでに登録されています。", field="email")
    user = _new_user(email=email, name=name, age_group=age_group)
    user.full_clean(exclude=["password"])
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    audit.record("accounts.user.created", by=by, target=user, data={"age_group": age_group})
    return user


@transaction.atomic
def confirm_adult(*, by: Actor, user: User) -> User:
    """Note that a person who signed up as a minor has turned 18. Said by themselves, as at sign-up."""
    if not (isinstance(by, UserActor) and by.user_id == user.pk):
        raise Refusal("18歳以上であることは、本人だけが確認できます。")
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if locked.is_adult:
        return locked
    locked.age_group, locked.adult_confirmed_on = AgeGroup.ADULT, clock.today_jst()
    locked.save(update_fields=["age_group", "adult_confirmed_on"])
    audit.record("accounts.user.confirmed_adult", by=by, target=locked)
    return locked


@transaction.atomic
def rename(*, by: Actor, user: User, name: str) -> User:
    """Change one's own display name. Raises ValidationError."""
    if not (isinstance(by, UserActor) and by.user_id == user.pk):
        raise Refusal("表示名は、本人だけが変えられます。")
    user.name = name
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name"])
    audit.record("accounts.user.renamed", by=by, target=user)
    return user


@transaction.atomic
def appoint(
    *,
    by: Actor,
    user: User,
    role: str,
    area: Area | None = None,
    section: Section | None = None,
    starts_on: date,
    ends_on: date | None = None,
    acting: bool = False,
) -> Appointment:
    """Give `user` a role at an area or section from `starts_on` to `ends_on`, both days included; tells them by mail.

    Raises Refusal (a minor, a place the role is not held at, a chief with an end, a term that overlaps),
    PermissionDenied, ValidationError.
    """
    appointment = Appointment(
        user=user, role=role, area=area, section=section, starts_on=starts_on, ends_on=ends_on, acting=acting
    )
    _permit(by, "accounts.appoint", appointment)
    _ensure_appointable(appointment)
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    appointment.full_clean()
    appointment.save(force_insert=True)
    data = {
        "role": role,
        "area": area.pk if area else "",
        "starts_on": starts_on,
        "ends_on": ends_on,
        "acting": acting,
    }
    audit.record("accounts.appointment.appointed", by=by, target=appointment, data=data)
    _tell(appointment, "appointed", f"appointed:{appointment.pk}")
    return appointment


@transaction.atomic
def appoint_person(*, by: Actor, email: str, name: str = "", **term: Any) -> Appointment:
    """`appoint` for a mail address. Who has no account yet gets one, under `name`. Raises as `appoint` does."""
    user = queries.person_by_email(email)
    if user is None:
        if not name.strip():
            raise Refusal(
                "このメールアドレスのアカウントはまだありません。作るために、氏名を入力してください。",
                field="name",
            )
        user = create_user(by=by, email=email, name=name)
    return appoint(by=by, user=user, **term)


@transaction.atomic
def end_appointment(
    *, by: Actor, appointment: Appointment, ends_on: date, successor: Appointment | None = None
) -> Appointment:
    """Let an appointment end after the day `ends_on`, which may still be moved while it has not passed.

    A chief's place, and that of the last system administrator, never stands empty: a successor or 職務代理 must hold
    the same role there on the next day. All who hold it are locked, so that two cannot leave at once, each relying on
    the other. Raises Refusal, PermissionDenied.
    """
    list(queries.at_same_place(appointment).select_for_update(no_key=True, of=("self",)).order_by("pk"))
    appointment.refresh_from_db()
    _permit(by, "accounts.end_appointment", appointment)
    if appointment.ends_on and appointment.ends_on < clock.today_jst():
        raise Refusal("この役職は、すでに終わっています。", code="moved")
    if ends_on < appointment.starts_on:
        raise Refusal("終わる日は、始まる日より前にはできません。", field="ends_on")
    if queries.needs_successor(appointment.role) and not queries.stands_ready(appointment, after=ends_on):
        raise Refusal(
            "次の日から同じ役職に就く後任か職務代理を、先に設定してください。空席にはできません。",
            field="ends_on",
        )
    appointment.ends_on, appointment.successor = ends_on, successor
    appointment.full_clean()
    appointment.save(update_fields=["ends_on", "successor"])
    data = {"ends_on": ends_on, "successor": successor.pk if successor else None}
    audit.record("accounts.appointment.ended", by=by, target=appointment, data=data)
    _tell(appointment, "appointment_ended", f"appointment-ended:{appointment.pk}:{ends_on}")
    return appointment


@transaction.atomic
def end_other_sessions(*, by: Actor, user: User) -> User:
    """Sign `user` out everywhere: the stamp that all sessions carry changes. The caller renews the one it keeps."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    audit.record("accounts.user.signed_out_everywhere", by=by, target=user)
    return user


@transaction.atomic
def reset_second_factor(*, by: Actor, user: User) -> User:
    """Take away authenticator and recovery codes of a person who lost both; they set it up again at the next sign-in.

    Ends their sessions and tells them by mail. Raises PermissionDenied.
    """
    _permit(by, "accounts.reset_second_factor", user)
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise Refusal("この人は、二段階認証を設定していません。")
    user.set_unusable_password()
    user.save(update_fields=["password"])
    audit.record("accounts.user.second_factor_reset", by=by, target=user)
    outbox.queue(
        "accounts/mail/second_factor_reset",
        to=user.email,
        context={"name": user.name, "base_url": settings.BASE_URL},
        key=f"second-factor-reset:{user.pk}:{clock.now().isoformat()}",
        about=user,
    )
    return user


@transaction.atomic
def discard_unconfirmed(*, by: Actor, before: datetime) -> int:
    """Delete accounts made by sign-up before `before` whose code was never entered. Returns how many.

    They hold nothing: no sign-in, no appointment. Accounts made by staff for somebody wait for their first sign-in.
    """
    rows = User.objects.filter(
        created_at__lt=before, last_login__isnull=True, consented_at__isnull=False, appointments__isnull=True
    ).exclude(emailaddress__verified=True)
    found = list(rows.select_for_update(no_key=True, of=("self",), skip_locked=True)[:DISCARD_BATCH])
    for user in found:
        audit.record("accounts.user.discarded", by=by, target=user)
        user.delete()
    return len(found)


@transaction.atomic
def sign_in_demo(request: HttpRequest, user: User) -> None:
    """Sign in a person of the demo without a code; their address counts as confirmed. Raises Http404 outside the demo."""
    if not settings.DEMO:
        raise Http404
    login(request, user, backend=BACKEND)
    forget(request)
    EmailAddress.objects.filter(user=user).update(verified=True)
    audit.record("accounts.user.signed_in", by=UserActor(user), target=user, data={"methods": ["demo"]})


def _new_user(*, email: str, name: str, age_group: str) -> User:
    adult = age_group == AgeGroup.ADULT
    user = User(
        email=email.strip().lower(),
        name=name,
        age_group=age_group,
        adult_confirmed_on=clock.today_jst() if adult else None,
    )
    user.set_unusable_password()
    return user


def _ensure_appointable(appointment: Appointment) -> None:
    if not appointment.user.is_adult:
        raise Refusal("18歳以上と確認していない人には、役職を設定できません。", field="email")
    if not queries.role_fits(appointment.role, appointment.area):
        raise Refusal(f"「{Role(appointment.role).label}」は、選んだ地域には置けません。", field="area")
    if appointment.role in CHIEFS and appointment.ends_on and not appointment.acting:
        raise Refusal(
            "決裁者の終わる日は、後任か職務代理が決まってから設定します。空けておいてください。",
            field="ends_on",
        )
    if appointment.ends_on and appointment.ends_on < appointment.starts_on:
        raise Refusal("終わる日は、始まる日より前にはできません。", field="ends_on")


def _tell(appointment: Appointment, template: str, key: str) -> None:
    context = {
        "name": appointment.user.name,
        "role": appointment.get_role_display(),
        "place": appointment.place,
        "acting": appointment.acting,
        "starts_on": appointment.starts_on,
        "ends_on": appointment.ends_on,
        "base_url": settings.BASE_URL,
        "second_factor": settings.MFA_REQUIRED_FOR_APPOINTMENTS,
    }
    outbox.queue(
        f"accounts/mail/{template}", to=appointment.user.email, context=context, key=key, about=appointment
    )


def _permit(by: Actor, name: str, obj: object) -> None:
    """Users need the permission; jobs and commands act for the installation itself."""
    if isinstance(by, UserActor):
        permissions.require(by, name, obj)
    elif by.kind != "job":
        raise ValidationError("この手続きは、職員だけができます。")

"""The register: a student applies, the guardian of a minor consents, an officer confirms; the free days; leaving."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from communities.saving import change, insert, locked, user_of
from portal.areas.models import Authority, Section
from portal.kernel import audit, clock, permissions, uploads
from portal.kernel.actors import Actor
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal

from ...models import Supporter, SupporterOffer, SupporterTerms
from ...models.supporters import age_on
from .. import mails, queries
from ..enums import (
    ADULT_AGE,
    CONSENT_MAILS,
    DAYS_AHEAD,
    DAYS_AT_ONCE,
    MIN_AGE,
    RUNNING,
    ConsentBy,
    SupporterState,
)
from ..workflow import SUPPORTER
from .placing import end_placement

GUARDIAN = ("guardian_name", "guardian_phone", "guardian_email")
ONCE_ONLY = ("name", "kana", "birth_on", *GUARDIAN)  # fixed once an officer has confirmed them


@transaction.atomic
def apply_as_supporter(
    *, by: Actor, authority: Authority, offices: Sequence[Section] = (), **values: Any
) -> Supporter:
    """Ask for an entry in the register. The guardian of a minor with a mail address gets a link to consent over.

    Raises PermissionDenied, Refusal (not offered, too young, no guardian, entered already, too many mails), ValidationError.
    """
    permissions.require(by, "grants.apply_as_supporter", authority)
    if not queries.offering().filter(pk=authority.pk).exists():
        raise Refusal("いま、学生サポーターを募っていません。", code="closed")
    _check_guardian(by, values)
    _check_offices(authority, offices)
    supporter = insert(Supporter(authority=authority, user=user_of(by), **values))
    supporter.offices.set(offices)
    audit.record("grants.supporter.applied", by=by, target=supporter)
    _tell_guardian(supporter)
    return supporter


@transaction.atomic
def change_supporter(
    *, by: Actor, supporter: Supporter, offices: Sequence[Section] = (), **values: Any
) -> Supporter:
    """Change one's own entry; who one is stays as the officer confirmed it. Another guardian has to consent anew.

    Raises PermissionDenied, Refusal (ended, too young, no guardian, too many mails), ValidationError.
    """
    permissions.require(by, "grants.own_supporter", supporter)
    _check_offices(supporter.authority, offices)
    if not locked(supporter).is_live:
        raise Refusal("この登録は終わっています。もう一度、登録を申し込んでください。", code="moved")
    if supporter.state == SupporterState.REGISTERED:
        values = {name: value for name, value in values.items() if name not in ONCE_ONLY}
    else:
        _check_guardian(by, values)
        if any(getattr(supporter, name) != values[name] for name in ("birth_on", *GUARDIAN)):
            values |= {"consented_at": None, "consented_by": "", "consent_paper": None}
            values["token_version"] = supporter.token_version + 1
    changed = change(supporter, values)
    supporter.offices.set(offices)
    audit.record("grants.supporter.changed", by=by, target=supporter, data={"fields": sorted(changed)})
    if "token_version" in changed:
        _tell_guardian(supporter)
    return supporter


@transaction.atomic
def ask_guardian(*, by: Actor, supporter: Supporter) -> Supporter:
    """Send the guardian a new link; the one before ends. Raises PermissionDenied, Refusal (nothing to ask, no address)."""
    permissions.require(by, "grants.keep_supporter", supporter)
    _check_wanted(locked(supporter))
    if not supporter.guardian_email:
        raise Refusal("保護者のメールアドレスがありません。書面で同意をもらってください。", code="address")
    change(supporter, {"token_version": supporter.token_version + 1})
    audit.record("grants.supporter.guardian_asked", by=by, target=supporter)
    mails.consent_asked(supporter)
    return supporter


@transaction.atomic
def consent_as_guardian(*, by: Actor, supporter: Supporter, version: int) -> Supporter:
    """The guardian's consent, by whoever holds the link of this version. Raises Refusal (another link, nothing to ask)."""
    locked(supporter)
    if supporter.token_version != version:
        raise Refusal("このリンクは、もう使えません。新しいメールのリンクを開いてください。", code="ended")
    _check_wanted(supporter)
    change(supporter, {"consented_at": clock.now(), "consented_by": ConsentBy.LINK})
    audit.record("grants.supporter.consented", by=by, target=supporter)
    return supporter


@transaction.atomic
def keep_consent_paper(*, by: Actor, supporter: Supporter, file: StoredFile) -> Supporter:
    """The guardian's consent on paper, which the officer has seen and keeps. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.keep_supporter", supporter)
    _check_wanted(locked(supporter))
    if file.uploaded_by_ref != by.ref:
        raise Refusal("添付するファイルを、もう一度選んでください。", field="file")
    change(supporter, {"consented_at": clock.now(), "consented_by": ConsentBy.PAPER, "consent_paper": file})
    uploads.attach(file, supporter)
    audit.record("grants.supporter.consent_filed", by=by, target=supporter, data={"sha256": file.sha256})
    return supporter


@transaction.atomic
def register_supporter(*, by: Actor, supporter: Supporter) -> Supporter:
    """Confirm the entry: 18 or older today, or with the guardian's consent. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.keep_supporter", supporter)
    if locked(supporter).is_requested and supporter.lacks_consent:
        raise Refusal("18歳未満の人です。保護者の同意を確かめてから、登録してください。", code="consent")
    SUPPORTER.apply(supporter, "register", by=by)
    mails.registered(supporter)
    return supporter


@transaction.atomic
def refuse_supporter(*, by: Actor, supporter: Supporter, note: str) -> Supporter:
    """Do not register, with the reason. Raises PermissionDenied, Refusal."""
    SUPPORTER.apply(supporter, "refuse", by=by, note=note)
    mails.refused(supporter, note)
    return supporter


@transaction.atomic
def leave_register(*, by: Actor, supporter: Supporter) -> Supporter:
    """End the entry: what is not reported yet is called off, free days and the guardian's contact are erased.

    What was reported goes on to its certificate. Raises PermissionDenied, Refusal (ended already).
    """
    permissions.require(by, "grants.leave_supporters", supporter)
    locked(supporter)  # whoever proposes takes the same lock: no question comes after they were read
    for placement in supporter.placements.filter(state__in=RUNNING[:2]).select_related("request"):
        end_placement(placement, by=by, note="学生が、サポーターの登録をやめました。")
    SUPPORTER.apply(supporter, "leave", by=by)
    change(supporter, {"phone": "", "guardian_phone": "", "guardian_email": ""})
    supporter.offers.all().delete()
    return supporter


@transaction.atomic
def offer_days(*, by: Actor, supporter: Supporter, first_on: date, last_on: date | None = None) -> int:
    """Offer a day, or all days from one to another; those offered already stay. Returns how many are new.

    Raises PermissionDenied, Refusal (not in the register, past, too far, too many).
    """
    permissions.require(by, "grants.own_supporter", supporter)
    last, today = last_on or first_on, clock.today_jst()
    if not locked(supporter).is_live:
        raise Refusal("この登録は終わっています。", code="moved")
    if first_on <= today:
        raise Refusal("あしたからの日を入れてください。", field="first_on")
    if last < first_on or (last - first_on).days >= DAYS_AT_ONCE:
        raise Refusal(f"おわりの日は、はじめの日から{DAYS_AT_ONCE}日のうちにしてください。", field="last_on")
    if (last - today).days > DAYS_AHEAD:
        raise Refusal("1年より先の日は、まだ出せません。", field="last_on")
    wanted = {first_on + timedelta(days=count) for count in range((last - first_on).days + 1)}
    known = set(supporter.offers.filter(on__in=wanted).values_list("on", flat=True))
    for on in sorted(wanted - known):
        insert(SupporterOffer(supporter=supporter, on=on))
    data = {"first_on": first_on, "last_on": last}
    audit.record("grants.supporter.days_offered", by=by, target=supporter, data=data)
    return len(wanted - known)


@transaction.atomic
def withdraw_day(*, by: Actor, offer: SupporterOffer) -> SupporterOffer:
    """Take a day back; what is booked stays. Again: nothing changes. Raises PermissionDenied."""
    permissions.require(by, "grants.own_supporter", offer.supporter)
    if SupporterOffer.objects.filter(pk=offer.pk).exists():
        audit.record("grants.supporter.day_withdrawn", by=by, target=offer.supporter, data={"on": offer.on})
        SupporterOffer.objects.filter(pk=offer.pk).delete()
    return offer


@transaction.atomic
def settle_terms(*, by: Actor, authority: Authority, **values: Any) -> SupporterTerms:
    """Settle what counts for the supporters of an authority, from now on. Raises PermissionDenied, ValidationError."""
    permissions.require(by, "grants.keep_supporters", authority)
    found = SupporterTerms.objects.filter(authority=authority).first()
    terms = found or insert(SupporterTerms(authority=authority))
    change(locked(terms), values)
    audit.record("grants.supporterterms.settled", by=by, target=terms)
    return terms


def _check_guardian(by: Actor, values: dict[str, Any]) -> None:
    """Old enough; a minor names a guardian who is somebody else. Raises Refusal."""
    age = age_on(values["birth_on"], clock.today_jst())
    if age < MIN_AGE:
        raise Refusal(f"登録できるのは、{MIN_AGE}歳からです。", field="birth_on", code="young")
    if age >= ADULT_AGE:
        return
    if not (values.get("guardian_name") and values.get("guardian_phone")):
        raise Refusal("18歳未満の人は、保護者の氏名と電話番号を入れてください。", field="guardian_name")
    user = user_of(by)
    if user and values.get("guardian_email") == user.email:
        raise Refusal("保護者のメールアドレスは、本人のものとは別にしてください。", field="guardian_email")


def _tell_guardian(supporter: Supporter) -> None:
    """Mail the link at the student's request, where it is wanted. Raises Refusal: so many of one person in a day, no more."""
    if not (supporter.lacks_consent and supporter.guardian_email):
        return
    if queries.consent_mails(supporter.user_id) >= CONSENT_MAILS:
        raise Refusal(
            f"保護者あてのメールは、1日に{CONSENT_MAILS}通までです。あすになってから、もう一度保存してください。",
            field="guardian_email", code="rate",
        )  # fmt: skip
    mails.consent_asked(supporter)


def _check_wanted(supporter: Supporter) -> None:
    """The consent is wanted: a minor's live entry that has none. Raises Refusal."""
    if not supporter.is_live:
        raise Refusal("この登録は終わっています。", code="moved")
    if supporter.consented_at is not None:
        raise Refusal("保護者の同意は、もう確かめてあります。", code="twice")
    if supporter.is_adult:
        raise Refusal("18歳以上のため、保護者の同意は要りません。", code="adult")


def _check_offices(authority: Authority, offices: Sequence[Section]) -> None:
    if any(row.authority_id != authority.pk for row in offices):
        raise Refusal("行ける地域は、この団体の振興局・支庁から選んでください。", field="offices")

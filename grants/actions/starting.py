"""Starting an application: under an open call, or under a closed one where the office let the municipality in."""

from typing import Any

from django.db import transaction

from communities.saving import locked, user_of
from portal.areas.models import Area
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .. import living
from ..enums import Applicant, Part, ProgrammeState
from ..models import Admission, Application, ApplicationPart, Call, CapAccount, ProjectType
from ..relief import queries as relief
from ..relief.actions import bind
from ..routing import office_of


@transaction.atomic
def start_application(
    *,
    by: Actor,
    call: Call,
    municipality: Area,
    title: str = "",
    project_type: ProjectType | None = None,
) -> Application:
    """Open a draft of `municipality` under `call`, routed to the regional office that looks after it.

    `project_type`: chosen beforehand, in the guide. Raises PermissionDenied, or Refusal when the call is closed (and the office let
    nobody of the municipality in), its menu has no application here, or the municipality has as many live files as it allows.
    """
    permissions.require(by, "grants.start_application", municipality)
    now = clock.now()
    admission = None if call.is_open(now) else relief.unbound(call, municipality, now)
    _check_start(call, municipality, project_type, admission)
    return _open(
        by,
        call,
        municipality,
        admission,
        office=office_of(call.menu, municipality),
        title=title,
        project_type=project_type,
    )


@transaction.atomic
def type_in(*, by: Actor, admission: Admission) -> Application:
    """Open the draft of an application that came on paper, to be typed in by its office; 収受日 is that of the paper.

    The municipality sees it, and may write in it too. Raises PermissionDenied, Refusal (nothing was accepted on paper, its
    time is over, a file was begun already).
    """
    permissions.require(by, "grants.judge_admission", admission)
    living.lock_room(
        admission.call.menu, admission.municipality_id
    )  # before the admission, as in start_application
    if locked(admission).application_id is not None:
        raise Refusal("この紙の申請書は、もう入力が始まっています。", code="taken")
    if not admission.is_to_type(clock.now()):
        raise Refusal("入力できるのは、受理した紙の申請書で、提出の期限がまだのものだけです。", code="moved")
    call, municipality = admission.call, admission.municipality
    _check_start(call, municipality, None, admission)
    return _open(by, call, municipality, admission, office=admission.office, typed_in=True)


def _open(
    by: Actor, call: Call, municipality: Area, admission: Admission | None, **values: Any
) -> Application:
    """Make the draft with its sections and its cap; what let it in after the deadline is its own from now on."""
    living.check_room(call.menu, municipality.pk, drafts=not values.get("typed_in"))
    application = Application.objects.create(
        municipality=municipality,
        call=call,
        menu=call.menu,
        applicant_title=f"{municipality.name}長",
        created_by=user_of(by),
        **values,
    )
    ApplicationPart.objects.bulk_create(ApplicationPart(application=application, key=key) for key in Part)
    _open_cap(application)
    if admission is not None:
        bind(by=by, admission=admission, application=application)
    audit.record(
        "grants.application.typed_in" if application.typed_in else "grants.application.started",
        by=by,
        target=application,
        data={"call": call.pk, "office": application.office_id},
    )
    return application


def _check_start(
    call: Call, municipality: Area, project_type: ProjectType | None, admission: Admission | None
) -> None:
    menu = call.menu
    if project_type and project_type.menu_id != menu.pk:
        raise Refusal("型は、このメニューのものを選んでください。", field="project_type")
    if not menu.is_applied_for_here:
        raise Refusal(
            "このメニューの申請は、まだこの画面からは出せません。県の担当に相談してください。", field="call"
        )
    if menu.programme.state != ProgrammeState.PUBLISHED:
        raise Refusal(f"{menu.programme}は、いま申請を受け付けていません。", field="call", code="closed")
    if not menu.takes(Applicant.MUNICIPALITY):
        raise Refusal(f"このメニューに申請できるのは、{menu.applicants_words}です。", field="call")
    if not call.is_open(clock.now()) and admission is None:
        raise Refusal(
            f"{call.title}は、受付の期間ではありません。締切は{call.deadline.label}です。",
            field="call",
            code="closed",
        )
    if menu.programme.authority.area_id != municipality.parent_id:
        raise Refusal("この募集に申請できるのは、その県の市町村です。", field="municipality")


def _open_cap(application: Application) -> None:
    """Make the row that stands for the municipality's cap of the year, where the menu counts its cap so."""
    menu = application.menu
    if menu.town_cap_yen is not None:
        CapAccount.objects.get_or_create(
            municipality=application.municipality,
            menu=menu,
            fiscal_year=menu.programme.fiscal_year,
            defaults={"limit_yen": menu.town_cap_yen},
        )

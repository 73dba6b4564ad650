"""What the pages of one application share: finding it, its steps, its side panels."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from portal.areas.models import Authority
from portal.areas.site import set_authority
from portal.kernel import clock, permissions
from portal.kernel.money import yen

from .. import completeness, needs, queries
from ..calculations import Amounts
from ..completeness import Problem
from ..enums import Part, Side
from ..models import Application, Menu
from ..queries import CapState, presence
from ..relief import queries as relief


def find(request: HttpRequest, applications: QuerySet[Application], pk: UUID) -> Application:
    """The application if the scope sees it, else 404; the page then speaks for its authority."""
    application = get_object_or_404(applications, pk=pk)
    set_authority(request, application.menu.programme.authority)
    return application


def find_own(request: HttpRequest, pk: UUID) -> Application:
    """The application with its sections, budget and papers, for those who write in it.

    Raises Http404 for everybody else: readers have a page of their own.
    """
    user_id = request.scope.user_id
    seen = queries.noting_kept(queries.visible_to(request.scope), user_id)
    seen = presence.noting_present(seen, Side.MUNICIPALITY, user_id)
    application = find(request, queries.with_papers(seen), pk)
    if not permissions.check(request.actor, "grants.edit_application", application):
        raise Http404
    return application


def case_context(application: Application, part: str = "", cap: CapState | None = None) -> dict[str, Any]:
    """The head of every page of a draft: the case, its steps, what it still lacks. `cap`, when it is known already."""
    cap = cap or queries.cap(application)
    amounts = queries.amounts(application, cap)
    found = completeness.problems(application, amounts)
    return {
        "application": application,
        "cap": cap,
        "amounts": amounts,
        "problems": found,
        "steps": step_items(application),
        "step": list(Part.values).index(part) + 1 if part else 0,
        "done": done_steps(application, found),
        "part": part,
    }


def step_items(application: Application) -> list[tuple[str, str]]:
    return [(part.label, application.get_edit_url(part)) for part in Part]


def done_steps(application: Application, found: list[Problem]) -> str:
    """Numbers of the sections that were saved and lack nothing, as `{% steps done=… %}` takes them; "0" for none."""
    lacking = completeness.incomplete_parts(found)
    saved = {part.key for part in application.parts.all() if part.revision} | (
        {Part.ATTACHMENTS} if application.papers else set()
    )
    numbers = [
        str(number) for number, part in enumerate(Part, start=1) if part in saved and part not in lacking
    ]
    return ",".join(numbers) or "0"


def formula_rows(amounts: Amounts, menu: Menu) -> list[tuple[str, str, str, str]]:
    """The calculation line by line, for `{% formula %}`."""
    rows = [
        ("", "支出の合計", f"{amounts.total_yen:,}", ""),
        ("−", "対象外の経費", f"{amounts.ineligible_yen:,}", ""),
        ("−", "特定財源", f"{amounts.specific_yen:,}", ""),
    ]
    if amounts.outlay_binds:
        rows.append(("≦", "18節の額", f"{amounts.outlay_yen:,}", ""))
    rows += [
        ("=", "補助対象経費", f"{amounts.base_yen:,}", "sum"),
        ("×", f"補助率 {menu.share_label}", f"{amounts.shared_yen:,}", ""),
    ]
    if amounts.cap_left_yen is not None:
        rows.append(("≦", menu.cap_left_label, f"{amounts.cap_left_yen:,}", ""))
    return [*rows, ("=", "補助金額", f"{amounts.grant_yen:,}円", "grant")]


def side_context(application: Application, amounts: Amounts, cap: CapState | None) -> dict[str, Any]:
    """The calculation and the cap beside the budget."""
    context = {
        "amounts": amounts,
        "cap": cap,
        "formula_rows": formula_rows(amounts, application.menu),
    }
    return context | (cap_context(cap, amounts.grant_yen) if cap else {})


def cap_context(cap: CapState, grant_yen: int) -> dict[str, Any]:
    """What is left when this file gets its amount, and the bar of the cap in words."""
    left = max(0, cap.left_yen - grant_yen)
    used = "" if cap.is_of_file else f"使われている額{yen(cap.used_yen)}、"
    words = f"{yen(cap.limit_yen)}のうち、{used}この申請{yen(grant_yen)}、残り{yen(left)}"
    return {"left_after": left, "cap_words": words}


def late_context(application: Application) -> dict[str, Any]:
    """What became of a draft whose call has closed: who let it in, until when, or what it may ask for."""
    now = clock.now()
    if not application.is_draft or now < application.call.closes_at:
        return {"is_late": False, "admission": None, "asked": None}
    admission = relief.open_admission(application, now)
    return {
        "is_late": True,
        "admission": admission,
        "asked": None if admission else relief.latest(application),
    }


def informal_context(application: Application) -> dict[str, Any]:
    """The 内示 that the application has to stay within, and whether it does."""
    found = needs.informal_notice(application)
    return {"informal": found, "informal_holds": found is None or found.holds(application.grant_yen)}


def own_authority(request: HttpRequest, *roles: str, otherwise: Iterable[str] = ()) -> Authority:
    """The government in which the person holds one of `roles`, else one of `otherwise`; of several the first by code.

    Raises Http404 where there is none.
    """
    homes = request.scope.homes(*roles) or request.scope.homes(*otherwise)  # type: ignore[attr-defined]
    found = Authority.objects.select_related("area").filter(area__in=homes).order_by("area").first()
    if found is None:
        raise Http404
    return found

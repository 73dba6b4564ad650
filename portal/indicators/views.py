"""Pages of the indicators: what there is, the number of one year with its records, and the values that staff type."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from communities.enums import OrganisationKind
from portal.accounts.decorators import staff_required
from portal.accounts.enums import Role
from portal.areas.site import authority_of
from portal.kernel import clock, paging, permissions
from portal.kernel.fiscal import fiscal_year as year_of
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from . import actions, filters, queries
from .calculations import grouped
from .enums import COLLABORATIONS
from .forms import ValueForm


def short(kind: str) -> str:
    """The kind without what its brackets explain, for heads of columns."""
    return OrganisationKind(kind).label.split("(")[0]


CHART_GROUPS = (
    *((short(kind), frozenset({kind})) for kind in OrganisationKind.values[:5]),
    ("その他の主体", frozenset(OrganisationKind.values[5:])),
)

WORDS = {
    "series": [name for name, _ in CHART_GROUPS],
    "short_kinds": [short(kind) for kind in OrganisationKind.values],
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Which indicators there are, each with its count of the current year."""
    authority, this_year = authority_of(request), year_of(clock.today_jst())
    versions = queries.definitions(authority, COLLABORATIONS, this_year)
    _, total = queries.ward_totals(authority, this_year)
    context = {
        "definition": queries.in_force(versions, this_year),
        "total": total,
        "fiscal_year": this_year,
        "today": clock.today_jst(),
    }
    return render(request, "indicators/index.html", context)


@require_safe
def collaborations(request: HttpRequest, fiscal_year: int) -> HttpResponse:
    """協働数 of one year: the number, the table ward × kind of actor, and the records behind the number chosen."""
    authority, this_year = authority_of(request), year_of(clock.today_jst())
    report = (
        queries.report(authority, COLLABORATIONS, fiscal_year) if 2019 <= fiscal_year <= this_year else None
    )
    if report is None:
        raise Http404("この年度の協働数はありません。")
    ward_names = {row.place.slug: row.place.name for row in report.matrix.rows if row.place}
    chosen = filters.selection(request.GET, ward_names)
    found = queries.records(authority, fiscal_year, chosen)
    page = paging.keyset(request, found, order=("-started_on", "id"), per_page=20)
    page.count = report.count(chosen)  # known already: the list is headed by the very number that opened it
    context = {
        "report": report,
        "fiscal_year": fiscal_year,
        "this_year": this_year,
        "today": clock.today_jst(),
        "chosen": chosen,
        "chosen_title": filters.title(chosen, ward_names),
        "bars": grouped(report.matrix.rows, report.matrix.kinds, CHART_GROUPS),
        "page": page,
        **WORDS,
    }
    return render(request, "indicators/collaborations.html", context)


@staff_required(Role.CITY_OFFICER, Role.CITY_CHIEF, Role.AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_form
def staff_values(request: HttpRequest) -> HttpResponse:
    """The typed values with their sources, and the form to add or correct one."""
    versions = queries.definitions(authority_of(request), COLLABORATIONS, year_of(clock.today_jst()))
    if not versions:
        raise Http404("指標がまだ登録されていません。")
    indicator = versions[0].indicator
    form = ValueForm(request.POST or None, once=request)
    if form.acts(actions.record_value, by=request.actor, indicator=indicator):  # type: ignore[attr-defined]
        messages.success(request, "指標の値を登録しました。")
        return see_other("indicators:staff_values")
    context = {
        "indicator": indicator,
        "versions": versions,
        "form": form,
        "values": queries.values_list(indicator),
        "verdict": permissions.check(request.actor, "indicators.record_value", indicator),  # type: ignore[attr-defined]
    }
    return render(request, "indicators/staff_values.html", context, status=form.status)

"""Writing the minutes of a joint meeting, for all three sides."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from portal.accounts.decorators import signed_in
from portal.areas.site import set_authority
from portal.kernel import permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import queries
from ..actions.meetings import record_meeting
from ..forms import MeetingForm


@keeps_form
@require_http_methods(["GET", "POST"])
@signed_in
def joint_meeting_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what was settled on one day, and who was there."""
    contract = get_object_or_404(queries.with_case(queries.visible_to(request.scope)), pk=pk)
    set_authority(request, contract.proposal.call.theme.menu.programme.authority)
    permissions.require(request.actor, "grants.minute_meeting", contract)
    mine = permissions.check(request.actor, "grants.fulfil_contract", contract)
    back = contract.get_absolute_url() if mine else contract.get_staff_url()
    form = MeetingForm(request.POST or None, once=request)
    if form.acts(record_meeting, by=request.actor, contract=contract):
        messages.success(request, "協議を記録しました。")
        return see_other(back)
    context = {"contract": contract, "form": form, "back": back}
    return render(request, "grants/contracts/joint_meeting_new.html", context, status=form.status)

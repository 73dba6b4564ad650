"""The draw of an event: its page for everybody, what one needs to draw again, and the button that draws."""

import csv
import io
from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in
from portal.kernel.forms import ButtonForm, keeps_form
from portal.kernel.http import see_other

from .. import actions
from ..enums import EntryMethod
from ..models import Event, Lottery
from ..seats import draw
from .requests import posted, require, visible_event

SHOWN = 200


@require_safe
def event_lottery(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The seal before the draw; seed, numbers and result after it. Nobody is named."""
    event, lottery = _drawn_event(request, pk)
    result = lottery.result if lottery else []
    context = {
        "event": event, "lottery": lottery, "lines": result[:SHOWN], "more": max(len(result) - SHOWN, 0),
        "winners": sum(line.has_seats for line in result), "entries": len(result),
    }  # fmt: skip
    return render(request, "communities/event_lottery.html", context)


@require_safe
def lottery_entries(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The entries with which it was drawn, as CSV: number and people, nobody named. 404 before the draw."""
    _, lottery = _drawn_event(request, pk)
    if lottery is None or lottery.drawn_at is None:
        raise Http404
    text = io.StringIO()
    csv.writer(text).writerows([("受付番号", "人数"), *lottery.entries])
    return _file("entries.csv", "text/csv; charset=utf-8", text.getvalue())


@require_safe
def lottery_program(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The program that draws, to run on one's own machine."""
    _drawn_event(request, pk)
    return _file("draw.py", "text/x-python; charset=utf-8", Path(draw.__file__).read_text())


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_draw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw, after entries have ended."""
    event, lottery = _drawn_event(request, pk)
    require(request, "communities.draw_lottery", event)
    form = ButtonForm(*posted(request), once=request)
    if form.acts(actions.draw_lottery, by=request.actor, event=event):
        messages.success(request, "抽選しました。結果を、申し込んだ方全員にお知らせします。")
        return see_other("communities:event_lottery", event.pk)
    context = {"event": event, "lottery": lottery, "form": form}
    return render(request, "communities/event_draw.html", context, status=form.status)


def _drawn_event(request: HttpRequest, pk: UUID) -> tuple[Event, Lottery | None]:
    """An event that is drawn, and its lottery (None while it is a draft); 404 for any other event."""
    event = visible_event(request, pk)
    if event.entry_method != EntryMethod.LOTTERY:
        raise Http404
    return event, Lottery.objects.filter(event=event).first()


def _file(name: str, content_type: str, text: str) -> HttpResponse:
    response = HttpResponse(
        text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8"), content_type=content_type
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

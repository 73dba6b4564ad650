"""Writing to each other through the portal: the first message, the page of an exchange, stopping, one's own list."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in
from portal.kernel import paging, tokens
from portal.kernel.actors import TokenActor
from portal.kernel.forms import ButtonForm, keeps_form
from portal.kernel.http import private, see_other

from .. import moderation
from ..actions import exchanges as actions
from ..actions.moderation import report_object
from ..enums.people import ExchangeState, Side
from ..forms.exchanges import LetterForm
from ..forms.moderation import ReportForm
from ..mails.people import GONE, exchange_token
from ..models import Exchange
from ..moderation.subjects import SUBJECTS
from ..queries import exchanges as queries
from .people import visible_person
from .requests import posted

SHOWN = 100


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def person_write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A first message to a person whose profile is open to me."""
    profile, card = visible_person(request, pk)
    form = LetterForm(*posted(request), once=request)
    if form.acts(actions.write_to, by=request.actor, profile=profile):
        messages.success(
            request, "メッセージを送りました。返事は、このページと、あなたあてのメールに届きます。"
        )
        return private(see_other("communities:exchange_detail", exchange_token(form.result, Side.SENDER)))
    context = {"form": form, "card": card, "profile": profile}
    return private(render(request, "communities/person_write.html", context, status=form.status))


def by_token(token: str) -> tuple[Exchange, Side, TokenActor]:
    """The exchange a link stands for and whose link it is; 404 for a forged or ended one, or what the staff ended."""
    for side in Side:
        try:
            pk, version = tokens.read(f"exchange.{side}", token)
        except tokens.BadToken:
            continue
        rows = queries.with_people(moderation.shown(Exchange.objects.all()))
        exchange = get_object_or_404(rows, pk=pk, token_version=version)
        return exchange, side, TokenActor("exchange", f"exchange:{pk}:{side}")
    raise Http404


def other_name(exchange: Exchange, side: str) -> str:
    """How the other one is named to this side now. Who closed their profile is named no more."""
    if side == Side.SENDER:
        return exchange.handle or GONE  # type: ignore[attr-defined]
    return exchange.sender.name if exchange.sender.is_active else "退会した人"


@require_http_methods(["GET", "POST"])
@keeps_form
def exchange_detail(request: HttpRequest, token: str) -> HttpResponse:
    """The messages of both, and the answer. Opened by the link, with or without an account."""
    exchange, side, actor = by_token(token)
    form = LetterForm(*posted(request), once=request)
    if form.acts(actions.answer_letter, by=actor, exchange=exchange, side=side):
        messages.success(request, "メッセージを送りました。")
        return private(see_other("communities:exchange_detail", token))
    newest = list(exchange.letters.order_by("-created_at", "-id")[:SHOWN])
    context = {
        "form": form, "exchange": exchange, "side": side, "token": token, "name": other_name(exchange, side),
        "letters": newest[::-1], "is_open": exchange.state == ExchangeState.OPEN,
    }  # fmt: skip
    return private(render(request, "communities/exchange_detail.html", context, status=form.status))


@require_http_methods(["GET", "POST"])
@keeps_form
def exchange_stop(request: HttpRequest, token: str) -> HttpResponse:
    """End it for both."""
    exchange, side, actor = by_token(token)
    form = ButtonForm(*posted(request), once=request)
    if form.acts(actions.stop_exchange, by=actor, exchange=exchange, side=side):
        messages.success(request, "やりとりをやめました。これからは、だれもここに書けません。")
        return private(see_other("communities:exchange_detail", token))
    context = {"form": form, "token": token, "name": other_name(exchange, side), "side": side}
    return private(render(request, "communities/exchange_stop.html", context, status=form.status))


@require_http_methods(["GET", "POST"])
@keeps_form
def exchange_report(request: HttpRequest, token: str) -> HttpResponse:
    """Ask the staff to read along: from now until they have answered, they see the messages."""
    exchange, side, _ = by_token(token)
    form = ReportForm(*posted(request), once=request)
    if form.acts(report_object, by=request.actor, subject="exchange", row=exchange):
        messages.success(request, "知らせを受け取りました。担当者がメッセージを読んで、3日以内に確かめます。")
        return private(see_other("communities:exchange_detail", token))
    context = {
        "form": form, "token": token, "name": other_name(exchange, side), "subject": SUBJECTS["exchange"],
    }  # fmt: skip
    return private(render(request, "communities/exchange_report.html", context, status=form.status))


@require_safe
@signed_in
def exchange_list(request: HttpRequest) -> HttpResponse:
    """Mine, the latest first."""
    page = paging.keyset(request, queries.exchanges_of(request.scope), order=("-last_at", "-id"))
    me = request.scope.user_id
    rows = [(row, Side.SENDER if row.sender_id == me else Side.RECIPIENT) for row in page.items]
    context = {
        "page": page,
        "rows": [
            {"exchange": row, "name": other_name(row, side), "token": exchange_token(row, side)}
            for row, side in rows
        ],
    }
    return private(render(request, "communities/exchange_list.html", context))

"""What a menu says and lists besides its terms, one page each."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from .. import actions
from ..forms import menu_rows as forms
from ..offering.parts import MenuList
from .programme_forms import form_page, own_menu, saved, shown

ROWS = "grants/programme_rows.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its form, what it does, what it says."""

    form: type[Any]
    action: Callable[..., Any]
    heading: str
    lead: str
    template: str = ROWS
    only_subsidy: bool = True


def _list(form: type[Any], lead: str) -> Page:
    kind: MenuList = form.kind
    action = partial(actions.change_rows, kind=kind)
    return Page(form=form, action=action, heading=kind.label, lead=lead)


PAGES = {
    "words": Page(
        form=forms.WordsForm, action=actions.change_words, heading="内容の文",
        lead="公開するメニューのページと、書類に出る言葉です。", template="grants/programme_form.html", only_subsidy=False,
    ),
    "types": Page(
        form=forms.TypesForm, action=actions.change_types, heading="型",
        lead="事業の型と、その型が想定するコミプラの段階です。申請で選ばれた型は、変えたりなくしたりできません。",
    ),
    "checks": _list(forms.ChecksForm, "審査の画面に並ぶ項目です。答えのある項目は、変えたりなくしたりできません。"),
    "points": _list(forms.PointsForm, "検査調書に並ぶ項目です。検査に使った項目は、変えたりなくしたりできません。"),
    "rules": _list(forms.RulesForm, "支出の行に当てはめる決まりです。申請が提出されたあとは変えられません。"),
    "attached": _list(forms.AttachedForm, "申請に添付する書類です。添付のある書類は、変えたりなくしたりできません。"),
}  # fmt: skip


@form_page
def programme_part(request: HttpRequest, programme: str, number: int, part: str) -> HttpResponse:
    """Edit one part of a menu: its words, its types, one of its lists."""
    row, menu = own_menu(request, programme, number)
    page = PAGES.get(part)
    if page is None or (page.only_subsidy and not menu.is_applied_for_here):
        raise Http404
    form = page.form(request.POST or None, menu=menu, once=request)
    if form.acts(page.action, by=request.actor, menu=menu):
        return saved(request, row)
    return shown(request, row, form, f"{menu}の{page.heading}", "保存する", page.lead, template=page.template)

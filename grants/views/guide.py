"""The guide in public: one question a page, every answer in the address, a result that can be shared and printed."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.accounts.scope import Scope
from portal.areas.site import set_authority
from portal.kernel import clock

from .. import living, queries
from ..beginning import beginning, cap_rule
from ..forms.guide import FIELDS, GuideForm
from ..guide import Judged, Question, judge
from ..models import Programme
from ..queries.own_caps import caps_of_towns
from ..rules import MUNICIPAL

LINKS = {Question.WHO, Question.WANT, Question.STAGE}  # one answer, one press


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Ask what is not answered yet; then say which menu fits, and of each other one why it does not."""
    programme = queries.for_guide().first()
    if programme is None:
        raise Http404
    set_authority(request, programme.authority)
    form = GuideForm(request.GET)
    status = 422 if form.is_wrong else 200
    if form.current:
        context = _question(form, form.current) | {"programme": programme}
        return render(request, "grants/guide_question.html", context, status=status)
    context = _result(form, programme, request.scope)
    return render(request, "grants/guide_result.html", context)


def _question(form: GuideForm, question: Question) -> dict[str, Any]:
    path = reverse("grants:guide")
    name = FIELDS[question][0]
    return {
        "form": form,
        "question": question,
        "step": list(Question).index(question) + 1,
        "steps": [(f"質問{number}", "") for number in range(1, len(Question) + 1)],
        "links": [
            (label, form.address(path, (name, value), without=question))
            for value, label in form.fields[name].choices
        ]
        if question in LINKS
        else [],
        "boxes": [form[field] for field in FIELDS[question]] if question not in LINKS else [],
        "kept": form.given(without=question),
        "answered": [row for row in answered(form) if row[0] != question.label],
    }


def answered(form: GuideForm) -> list[tuple[str, str, str]]:
    """(question, answer in words, address that asks it again) of every question answered so far."""
    path, rows = reverse("grants:guide"), []
    for question, names in FIELDS.items():
        words = "、".join(_spoken(form, name) for name in names if form.shown(name))
        if words:
            rows.append((Question(question).label, words, form.address(path, ("ask", question))))
    return rows


def _spoken(form: GuideForm, name: str) -> str:
    if name == "students":
        return "学生サポーターに手伝ってほしい" if form.shown(name) == "はい" else "学生サポーターは要らない"
    return f"費用のめやす {form.shown(name)}" if name == "cost" else form.shown(name)


def _result(form: GuideForm, programme: Programme, scope: Scope) -> dict[str, Any]:
    at = clock.now()
    rows = judge(programme.menus.all(), form.answers, at)
    fitting = [row for row in rows if row.fits]
    return {
        "programme": programme,
        "answered": answered(form),
        "fitting": [_named(row, form, scope, at) for row in fitting],
        "others": [row for row in rows if not row.fits],
        "nearest": None if fitting else rows[0],
        "again_url": reverse("grants:guide"),
    }


def _named(row: Judged, form: GuideForm, scope: Scope, at: datetime) -> dict[str, Any]:
    """A menu that fits: how it is begun, and what its cap leaves to the municipality of who asks."""
    begin = beginning(row, form.answers, at)
    return {
        "row": row,
        "begin": begin,
        "may_begin": scope.has(*begin.roles),
        "cap_rule": cap_rule(row.menu),
        "live_rule": living.live_rule(row.menu),
        "live": living.live_of_towns(row.menu, scope),
        "caps": caps_of_towns(row.menu, scope) if scope.has(*MUNICIPAL) else [],
    }

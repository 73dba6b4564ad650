"""Calls: everybody sees those that were published; drafts are for the government that makes them."""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet

from communities.queries.notes import reason_of
from portal.accounts.enums import Role
from portal.accounts.scope import Scope

from ...enums import ProgrammeState
from ...models import CommissionCall, CommissionQuestion, CommissionTheme, Menu
from ...queries import READERS
from ..enums import OUT, CallState, QuestionState, ThemeState

PANEL_READERS = (*READERS, Role.SECRETARIAT)


def visible_to(scope: Scope) -> QuerySet[CommissionCall]:
    """Published calls for everybody; drafts for the readers of their authority."""
    return _loaded(CommissionCall.objects.filter(Q(state__in=OUT) | _of_authority(scope)))


def public() -> QuerySet[CommissionCall]:
    return _loaded(CommissionCall.objects.filter(state__in=OUT))


def received(scope: Scope) -> QuerySet[CommissionCall]:
    """The calls of the authorities the scope reads for, drafts too; for officers, chiefs, auditors, the secretariat."""
    return _loaded(CommissionCall.objects.filter(_of_authority(scope)))


def counted(calls: QuerySet[CommissionCall]) -> QuerySet[CommissionCall]:
    """With `open_questions`: how many wait for an answer."""
    waiting = Count("questions", filter=Q(questions__state=QuestionState.ASKED), distinct=True)
    return calls.annotate(open_questions=waiting)


def of_menu(menu: Menu) -> QuerySet[CommissionCall]:
    """The public calls of a menu, the newest first, without those given up."""
    rows = public().filter(theme__menu=menu, theme__menu__programme__state=ProgrammeState.PUBLISHED)
    return rows.exclude(state=CallState.VOID).order_by("-published_at", "id")


def without_call(scope: Scope) -> QuerySet[CommissionTheme]:
    """Selected themes of the scope's authorities that have no living call."""
    rows = CommissionTheme.objects.filter(
        state=ThemeState.SELECTED, menu__programme__authority__area__in=scope.homes(*READERS)
    )
    living = CommissionCall.objects.exclude(state=CallState.VOID).values("theme")
    return rows.exclude(pk__in=living).select_related("municipality", "menu__programme")


def answered(call: CommissionCall) -> Sequence[CommissionQuestion]:
    """What everybody reads, oldest first. One query."""
    return list(call.questions.filter(state=QuestionState.ANSWERED))


def waiting(call: CommissionCall) -> Sequence[CommissionQuestion]:
    """What an officer has to answer, oldest first. One query."""
    return list(call.questions.filter(state=QuestionState.ASKED))


def void_reason(call: CommissionCall) -> str:
    """Why it was given up; empty otherwise. At most one query."""
    return reason_of(call, "void") if call.state == CallState.VOID else ""


def announced(scope: Scope) -> QuerySet[CommissionCall]:
    """Those whose result is out, whoever asks."""
    return CommissionCall.objects.filter(state=CallState.ANNOUNCED)


def whole(calls: QuerySet[CommissionCall]) -> QuerySet[CommissionCall]:
    """With theme, municipality and authority."""
    return _loaded(calls)


def _of_authority(scope: Scope) -> Q:
    return Q(theme__menu__programme__authority__area__in=scope.homes(*PANEL_READERS))


def _loaded(calls: QuerySet[CommissionCall]) -> QuerySet[CommissionCall]:
    return calls.select_related(
        "theme__municipality", "theme__platform", "theme__menu__programme__authority__area"
    )

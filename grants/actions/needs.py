"""要望調査: asked of every municipality at once, answered by its officer, sent by its chief, noticed by the prefecture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import transaction

from communities.saving import change, insert, locked, user_of
from portal.areas.models import Area
from portal.documents import actions as documents
from portal.kernel import audit, clock, jobs, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .. import needs
from ..enums import NEEDS_MAX, Applicant, NeedsState, ProgrammeState
from ..mails import needs as mails
from ..models import Menu, NeedsAnswer, NeedsItem, NeedsSurvey
from ..numbering import optional_number
from ..offering.workflow import NEEDS
from ..papers.needs import NOTICE

REMIND_BEFORE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One planned project and what it would take, in yen."""

    title: str
    amount_yen: int


@transaction.atomic
def ask_needs(*, by: Actor, menu: Menu, due_on: date, text: str = "") -> NeedsSurvey:
    """Ask every municipality of the authority, by mail, with a reminder three days before the day.

    Once for a menu; also while the budget has not passed (準備行為). Raises PermissionDenied, Refusal.
    """
    permissions.require(by, "grants.run_programme", menu.programme)
    locked(menu)
    if menu.programme.state != ProgrammeState.PUBLISHED or not menu.takes(Applicant.MUNICIPALITY):
        raise Refusal("要望を聞けるのは、公開中で、市町村が申請できるメニューです。", code="moved")
    if due_on <= clock.today_jst():
        raise Refusal("あしたより後の日を入れてください。", field="due_on")
    if NeedsSurvey.objects.filter(menu=menu).exists():
        raise Refusal("このメニューの要望調査は、もう行っています。", code="twin")
    survey = insert(NeedsSurvey(menu=menu, due_on=due_on, text=text, asked_by=user_of(by)))
    towns = Area.objects.municipalities().filter(parent=menu.programme.authority.area_id)
    rows = NeedsAnswer.objects.bulk_create(NeedsAnswer(survey=survey, municipality=town) for town in towns)
    audit.record("grants.needssurvey.asked", by=by, target=survey, data={"municipalities": len(rows)})
    _tell(survey, "needs_asked", "asked", by=by)
    at = clock.at_jst(due_on - REMIND_BEFORE, time(9, 0))
    if at > clock.now():
        jobs.enqueue(
            "grants.tell_needs", key=f"needs:{survey.pk}:auto", obj=survey, run_after=at,
            payload={"mail": "needs_reminder", "round": "auto"},
        )  # fmt: skip
    return survey


@transaction.atomic
def remind_needs(*, by: Actor, survey: NeedsSurvey) -> NeedsSurvey:
    """Write again to who has not answered, once a day at most. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.run_programme", survey.menu.programme)
    locked(survey)
    today = clock.today_jst()
    if survey.reminded_on == today:
        raise Refusal("きょうは、もう催促のメールを送りました。", code="twice")
    if not survey.answers.filter(state=NeedsState.ASKED).exists():
        raise Refusal("すべての市町村が回答しています。", code="moved")
    change(survey, {"reminded_on": today})
    audit.record("grants.needssurvey.reminded", by=by, target=survey)
    _tell(survey, "needs_reminder", str(today), by=by)
    return survey


def _tell(survey: NeedsSurvey, mail: str, once: str, *, by: Actor) -> None:
    payload = {"mail": mail, "round": once}
    jobs.enqueue("grants.tell_needs", key=f"needs:{survey.pk}:{once}", obj=survey, by=by, payload=payload)


@transaction.atomic
def save_needs(
    *,
    by: Actor,
    answer: NeedsAnswer,
    revision: int,
    items: Sequence[Wanted],
    no_needs: bool = False,
    note: str = "",
) -> NeedsAnswer:
    """Save the municipality's projects in the order of their priority; nothing is sent yet.

    Raises PermissionDenied, Refusal (sent already, another saved meanwhile, 要望なし with projects).
    """
    permissions.require(by, "grants.write_needs", answer)
    if not locked(answer).is_open:
        raise Refusal("この回答は、もう提出しています。", code="moved")
    if answer.revision != revision:
        message = "この画面を開いたあとに、ほかの人が保存しました。あなたの入力は残っています。保存された内容を見くらべてから、もう一度保存してください。"
        raise Refusal(message, code="conflict")
    if no_needs and items:
        raise Refusal("「要望なし」のときは、事業を空にしてください。", field="no_needs")
    if len(items) > NEEDS_MAX:
        raise Refusal(f"事業は{NEEDS_MAX}件までです。")
    answer.items.all().delete()
    for priority, row in enumerate(items, start=1):
        insert(NeedsItem(answer=answer, priority=priority, title=row.title, amount_yen=row.amount_yen))
    values = {"no_needs": no_needs, "note": note, "revision": revision + 1, "saved_by": user_of(by)}
    change(answer, values)
    audit.record("grants.needsanswer.saved", by=by, target=answer, data={"revision": answer.revision})
    return answer


@transaction.atomic
def send_needs(*, by: Actor, answer: NeedsAnswer) -> NeedsAnswer:
    """Send the answer, by the chief: projects, or 要望なし said outright. Raises PermissionDenied, Refusal."""
    NEEDS.apply(answer, "answer", by=by)
    if not answer.no_needs and not answer.items.exists():
        raise Refusal("事業を入れるか、「要望なし」を選んで保存してから、提出してください。", code="empty")
    return answer


@transaction.atomic
def return_needs(*, by: Actor, answer: NeedsAnswer, note: str) -> NeedsAnswer:
    """Ask a municipality to answer anew, with the reason, by mail. Raises PermissionDenied, Refusal."""
    NEEDS.apply(answer, "return_answer", by=by, note=note, answered_at=None, answered_by=None)
    mails.tell(
        answer, "needs_returned", once=f"returned:{answer.revision}:{clock.now().isoformat()}", note=note
    )
    return answer


@transaction.atomic
def agree_above_notice(*, by: Actor, answer: NeedsAnswer, agreed_yen: int, agreed_note: str) -> NeedsAnswer:
    """Let a municipality apply for more than its 内示, up to `agreed_yen` (円) in all, with the reason; told by mail.

    A later agreement replaces the one before. Raises PermissionDenied, Refusal (no 内示 yet, not above it, above the cap).
    """
    permissions.require(by, "grants.judge_needs", answer)
    notice_yen, cap_yen = locked(answer).notice_yen, needs.most_of(answer)
    if notice_yen is None:
        raise Refusal("内示をしてから、同意を記録してください。", code="moved")
    if agreed_yen <= notice_yen:
        raise Refusal(
            f"内示額は{notice_yen:,}円です。同意する額は、それより大きくしてください。", field="agreed_yen"
        )
    if cap_yen is not None and agreed_yen > cap_yen:
        raise Refusal(f"{_cap_words(answer, cap_yen)}です。それ以下にしてください。", field="agreed_yen")
    values = {"agreed_yen": agreed_yen, "agreed_note": agreed_note}
    change(answer, values | {"agreed_at": clock.now(), "agreed_by": user_of(by)})
    audit.record("grants.needsanswer.agreed", by=by, target=answer, data={"agreed_yen": agreed_yen})
    mails.tell(answer, "needs_agreed", once=f"agreed:{answer.agreed_at}")
    return answer


def _cap_words(answer: NeedsAnswer, cap_yen: int) -> str:
    menu = answer.survey.menu
    one = None if menu.file_cap_yen is None else menu.contract_cap_yen
    return (
        f"1市町村の上限は{cap_yen:,}円" if one is None else f"上限は1件あたり{one:,}円、合わせて{cap_yen:,}円"
    )


@transaction.atomic
def notice_needs(
    *, by: Actor, answer: NeedsAnswer, notice_yen: int, notice_note: str = "", document_number: str = ""
) -> NeedsAnswer:
    """Give the 内示: at most what was asked for, and what the menu gives one municipality. 請求権は生じない.

    0 yen tells that there is none. `document_number`: of the office's own system. Told by mail. Raises PermissionDenied, Refusal.
    """
    cap_yen = needs.most_of(answer)
    if notice_yen > answer.total_yen:
        raise Refusal(
            f"要望額の合計は{answer.total_yen:,}円です。内示は、それ以下にしてください。", field="notice_yen"
        )
    if cap_yen is not None and notice_yen > cap_yen:
        raise Refusal(
            f"{_cap_words(answer, cap_yen)}です。内示は、それ以下にしてください。", field="notice_yen"
        )
    NEEDS.apply(answer, "notice", by=by, notice_yen=notice_yen, notice_note=notice_note)
    mails.tell(answer, "needs_noticed", once="noticed")
    menu = answer.survey.menu
    number = optional_number(menu, None, document_number)
    documents.issue(
        NOTICE, answer, by=by, authority=menu.programme.authority, section=None, year=menu.programme.fiscal_year,
        own_number=number,
    )  # fmt: skip
    return answer

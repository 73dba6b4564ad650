"""What is to be done next with a decided file, for the side that looks at it: the first thing on its page."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from portal.kernel.fiscal import wareki
from portal.kernel.money import yen

from ..enums import ApplicationState
from ..models import Application
from . import queries
from .queries.standing import Standing, standing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do: its words, where it is done, until when. Without `action` it only says who is waited for."""

    title: str
    text: str = ""
    url: str = ""
    action: str = ""
    due_on: date | None = None
    more: tuple[tuple[str, str], ...] = ()  # further ways on: (words, address)


def for_town(application: Application, at: Standing | None = None) -> Step | None:
    """The municipality's next step; None before the decision and after the end. `at`, where it is known already."""
    match application.state:
        case ApplicationState.DECIDED if application.stopped:
            return _stopped(application)
        case ApplicationState.DECIDED:
            return Step(
                title="事業が終わったら、実績を報告します",
                text="実績と決算を書き、証拠書類を添付して、決裁者が報告します。途中でも保存できます。",
                url=application.get_result_url(),
                action="実績報告を開く",
                due_on=queries.due_on(application),
                more=_further(application),
            )
        case ApplicationState.CHANGING:
            stopping = (at or standing_of(application)).stopping
            return Step(
                title=f"{'廃止' if stopping else '変更'}の申請を、県が審査しています",
                text="結果が出るまで、決定した内容のとおりに進めてください。",
                url=_stop_url(application) if stopping else application.get_change_url(),
                action="申請を見る" if stopping else "",
            )
        case ApplicationState.REPORTED | ApplicationState.INSPECTED:
            return Step(
                title="実績報告を、県が確かめています",
                text="検査が済むと、補助金の額が確定し、通知書が届きます。",
                url=application.get_result_url(),
            )
        case ApplicationState.SETTLED:
            return _town_money(application, at or standing_of(application))
        case ApplicationState.CLOSED:
            return _closed(application, application.get_result_url(), at or standing_of(application))
    return None


def _stop_url(application: Application) -> str:
    return reverse("grants:stop", args=[application.pk])


def _stopped(application: Application) -> Step:
    """A project that may stop is reported as far as it came (適正化法14条: 廃止の承認を受けたときも)."""
    return Step(
        title="事業の廃止が承認されました。実績を報告します",
        text="その日までに行ったことと決算を書いて、決裁者が報告します。",
        url=application.get_result_url(),
        action="実績報告を開く",
        due_on=queries.due_on(application),
        more=(("廃止の承認を見る", _stop_url(application)),),
    )


def _further(application: Application) -> tuple[tuple[str, str], ...]:
    """What else a running project may ask for."""
    ways: tuple[tuple[str, str], ...] = (
        ("変更の承認を申請する", application.get_change_url()),
        ("いまの状況を報告する", application.get_status_url()),
        ("次の年度に繰り越す", application.get_carry_over_url()),
        ("事業を途中で終える(廃止)", _stop_url(application)),
    )
    if application.menu.advance_allowed:
        ways = (("概算払を請求する", application.get_advances_url()), *ways)
    if application.is_indirect:
        ways = (("コミプラへの間接補助を進める", reverse("grants:subgrants", args=[application.pk])), *ways)
    return ways


def _town_money(application: Application, at: Standing) -> Step:
    balance, url = at.money, application.get_result_url()
    if balance.left_yen > 0 and not at.invoiced:
        return Step(
            title=f"補助金の額が{yen(application.settled_yen or 0)}に確定しました",
            text="額の確定通知書を確かめて、決裁者が請求書を出します。",
            url=url,
            action="請求書を出す",
        )
    if balance.left_yen > 0:
        return Step(title="請求書を、県が受け付けました", text="県が支払うと、ここに示します。", url=url)
    return Step(title="支払いが済みました", text="県が完了の手続きをします。", url=url)


def _closed(application: Application, url: str, at: Standing) -> Step:
    kept = queries.kept_from(application)
    words = f"書類は、{wareki(kept)}から{application.menu.retention_years}年間保存します。" if kept else ""
    if at.extended_until is not None:
        words += f"保存期間を延ばしたので、{wareki(at.extended_until)}まで保存します。"
    return Step(title="この申請は完了しました", text=words, url=url)


def for_office(application: Application, at: Standing | None = None) -> Step | None:
    """The regional office's next step."""
    url = application.get_staff_result_url()
    if not application.is_granted:
        return None
    at = at or standing_of(application)
    if at.approval_url:
        return Step(
            title=f"「{at.matter}」の決裁が進んでいます",
            text="庁内で決裁したときは、その結果を記録します。",
            url=at.approval_url,
            action="決裁の画面を開く",
        )
    match application.state:
        case ApplicationState.DECIDED:
            return _office_running(application, at)
        case ApplicationState.CHANGING if at.stopping:
            words = "理由と、その日までの経費を確かめて、承認するかを起案します。"
            title = "廃止の申請が届いています"
            return Step(title=title, text=words, url=_stop_url(application), action="廃止に答える")
        case ApplicationState.CHANGING:
            words, at = (
                "決定した内容と見くらべて、承認するかを起案します。",
                application.get_staff_change_url(),
            )
            return Step(title="変更の申請が届いています", text=words, url=at, action="変更に答える")
        case ApplicationState.REPORTED:
            words = "実績と決算、証拠書類を確かめます。"
            return Step(title="実績報告が届いています", text=words, url=url, action="検査する")
        case ApplicationState.INSPECTED:
            return Step(title="額の確定を起案します", url=url, action="起案する")
        case ApplicationState.SETTLED:
            return _office_money(application, at)
        case ApplicationState.CLOSED:
            return _closed(application, url, at)
    return None


def _office_running(application: Application, at: Standing) -> Step:
    """While the project runs: an advance first, else its end is waited for."""
    advances = application.get_advances_url()
    if at.requested_yen:
        words = "理由と資金計画を確かめて、起案します。"
        title = f"概算払{yen(at.requested_yen)}の請求が届いています"
        return Step(title=title, text=words, url=advances, action="概算払を確かめる")
    if at.to_order_yen:
        title = f"概算払{yen(at.to_order_yen)}の支出命令を出します"
        return Step(title=title, url=advances, action="支出命令を出す")
    if at.carrying:
        words = "理由を確かめて、議決日か承認日を入れて起案します。"
        url = application.get_carry_over_url()
        return Step(title="繰越しの申請が届いています", text=words, url=url, action="繰越しに答える")
    if application.stopped:
        title = "事業の廃止を承認しました。実績報告を待っています"
        return Step(title=title, url=_stop_url(application), due_on=queries.due_on(application))
    more = [
        ("状況報告を見る", application.get_status_url()),
        ("繰越しを見る", application.get_carry_over_url()),
    ]
    if application.menu.advance_allowed:
        more.append(("概算払を見る", advances))
    return Step(
        title="事業の完了と実績報告を待っています", text="期限は、完了予定の日から数えています。",
        due_on=queries.due_on(application), more=tuple(more),
    )  # fmt: skip


def _office_money(application: Application, at: Standing) -> Step:
    balance, url = at.money, application.get_staff_result_url()
    if balance.waiting_yen:
        return Step(
            title="出納の支払いを待っています",
            text=f"支出命令の額は{yen(balance.waiting_yen)}です。",
            url=url,
        )
    if balance.left_yen > 0 and at.invoiced:
        return Step(title="請求書が届いています", url=url, action="支出命令を出す")
    if balance.left_yen > 0:
        return Step(title="市町村の請求書を待っています", url=url)
    if balance.left_yen < 0:
        return Step(title=f"{yen(-balance.left_yen)}の返還を待っています", url=url)
    return Step(title="残額がありません。完了にします", url=url, action="完了にする")

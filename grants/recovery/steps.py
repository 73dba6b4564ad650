"""What is to be done next when a decision is revoked or money comes back, for the side that looks at the file."""

from portal.kernel import clock
from portal.kernel.fiscal import wareki
from portal.kernel.money import yen

from ..enums import ApplicationState
from ..models import Application
from ..settlement.queries.standing import Standing, standing_of
from ..settlement.steps import Step

MONEY = (ApplicationState.REVOKED, ApplicationState.SETTLED)


def for_town(application: Application, at: Standing | None = None) -> Step | None:
    """The municipality's step; None where nothing was revoked and nothing is asked back."""
    if application.state not in MONEY:
        return None
    reclaim = (at or standing_of(application)).reclaim
    if reclaim is not None:
        late = clock.today_jst() > reclaim.due_on
        title = (
            f"補助金{yen(reclaim.left_yen)}を返還します" if reclaim.left_yen else "加算金・延滞金を納めます"
        )
        return Step(
            title=title,
            text="納期限を過ぎています。延滞金がかかります。"
            if late
            else "納入通知書のとおり、納期限までに納めてください。",
            url=reclaim.url,
            action="納入通知を見る",
            due_on=reclaim.due_on,
        )
    if application.state == ApplicationState.REVOKED:
        return Step(title="交付決定が取り消されました", text="通知書を確かめてください。")
    return None


def for_office(application: Application, at: Standing | None = None) -> Step | None:
    """The office's step; None where nothing was revoked and nothing is asked back."""
    if application.state not in MONEY:
        return None
    at = at or standing_of(application)
    if at.reclaim is not None and at.money.due_back_yen > at.reclaim.left_yen:
        return Step(
            title="前の返還を終わりにして、取消しの返還を求めます",
            text="前の納入通知を取りやめるか、納入された額で終わりにします。",
            url=at.reclaim.url,
            action="前の返還を開く",
        )
    if at.reclaim is not None:
        late = clock.today_jst() > at.reclaim.due_on
        words = (
            f"納期限({wareki(at.reclaim.due_on)})を過ぎています。" if late else "出納が、納入を記録します。"
        )
        what = f"{yen(at.reclaim.left_yen)}の返還" if at.reclaim.left_yen else "加算金・延滞金の納入"
        return Step(
            title=f"{what}を待っています", text=words, url=at.reclaim.url, due_on=at.reclaim.due_on,
        )  # fmt: skip
    url, due = application.get_recovery_url(), at.money.due_back_yen
    if due:
        return Step(
            title=f"{yen(due)}の返還を求めます",
            text="納期限を決めて、納入通知書を出します。",
            url=url,
            action="納入通知を出す",
        )
    if application.state == ApplicationState.REVOKED:
        return Step(title="交付決定を取り消しました", text="返還を求める額は、ありません。", url=url)
    return None

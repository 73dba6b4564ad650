"""How somebody begins the menu that the guide has named: where in the portal, or when it opens and to whom to speak.

Pure: reads the loaded menu and its calls. Who may open an address is decided there; `roles` only chooses the words of its button.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from portal.accounts.enums import Role
from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear, wareki
from portal.kernel.money import yen

from .calling import intake
from .enums import Applicant, Table
from .guide import Answers, Judged, Moment
from .models import Menu
from .rules import MUNICIPAL

OFFICE = "準備の相談は、市町村を受け持つ振興局・支庁にしてください。"
TOWN_FIRST = "市町村の担当課を通して計画します。市町村の、地域づくりの担当課に話してください。"
WISHED = {
    Table.DISPATCH: "アドバイザーの派遣を申し込む",
    Table.WORKSHOP: "開催を計画する",
    Table.COMMISSION: "テーマを提案する",
}
ASKED = {
    Table.DISPATCH: "市町村の職員として派遣を申し込む",
    Table.WORKSHOP: "市町村の職員として開催を計画する",
    Table.SUBSIDY: "市町村の職員として申請を始める",
    Table.COMMISSION: "市町村の職員としてテーマを提案する",
}

PAGES = {
    Table.DISPATCH: "grants:dispatch_new",
    Table.WORKSHOP: "grants:workshop_new",
    Table.COMMISSION: "grants:theme_new",
}
IN_ITS_YEAR = (Table.DISPATCH, Table.WORKSHOP)  # begun only while their year runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """`url`: where it begins, empty where it cannot now. `words` for who holds one of `roles`, `asked` for others."""

    url: str = ""
    words: str = ""
    asked: str = ""
    text: str = ""
    roles: tuple[Role, ...] = MUNICIPAL


def beginning(row: Judged, answers: Answers, at: datetime) -> Beginning:
    """What somebody who gave these answers does next with a menu that fits."""
    menu, table = row.menu, Table(row.menu.table)
    if answers.who == Applicant.NPO:
        text = "公募に、企画提案を出します。いまの公募は、メニューのページにあります。"
        words = "公募を見る"
        return Beginning(url=menu.get_absolute_url(), words=words, asked=words, text=text)
    if answers.who == Applicant.ORGANISATION:
        return Beginning(text=TOWN_FIRST)
    if table == Table.SUBSIDY:
        return _under_a_call(row, at)
    if answers.moment == Moment.LATER or (table in IN_ITS_YEAR and not _is_running(menu, at)):
        return Beginning(text=_later(menu, at))
    if answers.who == Applicant.PREFECTURE:
        words = "県の職員として開催を計画する"
        url = reverse("grants:workshop_new")
        return Beginning(url=url, words=words, asked=words, roles=(Role.PREFECTURE_OFFICER,))
    found = intake(menu, at)
    text = "" if table == Table.COMMISSION else found.words
    if not found.may_begin and table != Table.COMMISSION:
        return Beginning(text=f"{text}次の募集は、決まると支援メニューのページに載ります。{OFFICE}")
    return Beginning(url=reverse(PAGES[table]), words=WISHED[table], asked=ASKED[table], text=text)


def cap_rule(menu: Menu) -> str:
    """The rule of the cap of ③ in words; empty where it has none."""
    if menu.file_cap_yen is not None and menu.is_applied_for_here:
        return f"補助金は、1件の申請につき{yen(menu.file_cap_yen)}までです。ほかの申請の額は、引かれません。"
    if menu.town_cap_yen is None:
        return ""
    return f"1市町村が{menu.programme.year_label}に受けられる補助金は、合わせて{yen(menu.town_cap_yen)}までです。ほかの申請で決定した額と、決裁中の額は、残りから引かれます。"


def _under_a_call(row: Judged, at: datetime) -> Beginning:
    """③: the open call with what the guide knows; without one, when the next opens."""
    if row.call is not None:
        kind = {"type": row.types[0].code} if len(row.types) == 1 else {}
        query = urlencode({"call": row.call.pk, **kind})
        url = f"{reverse('grants:application_new')}?{query}"
        return Beginning(url=url, words="この内容で申請を始める", asked=ASKED[Table.SUBSIDY])
    coming = next((call for call in row.menu.calls.all() if call.opens_at > at), None)
    if coming is not None:
        opens_on = wareki(coming.opens_at.astimezone(clock.JST).date())
        return Beginning(text=f"{coming.title}は、{opens_on}から受け付けます。{OFFICE}")
    return Beginning(text=f"次の募集は、決まると支援メニューのページに載ります。{OFFICE}")


def _year(menu: Menu) -> FiscalYear:
    return FiscalYear(menu.programme.fiscal_year)


def _is_running(menu: Menu, at: datetime) -> bool:
    return FiscalYear.of(at.astimezone(clock.JST).date()) == _year(menu)


def _later(menu: Menu, at: datetime) -> str:
    """When a menu that is begun at any time of its year is begun: in the year that is meant."""
    today = at.astimezone(clock.JST).date()
    year = _year(menu) if _year(menu).start > today else FiscalYear.of(today).next
    return f"{year.label}の分は、{wareki(year.start)}から始められます。{OFFICE}"

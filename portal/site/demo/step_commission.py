"""Menu ④ of the demo: themes of three towns, one of them selected. All invented."""

from datetime import date, timedelta

from communities.models import Platform
from grants.commission.actions import calls, proposals, questions, themes
from grants.commission.enums import CONTRACT_ENDS, DEFAULT_ITEMS
from grants.commission.queries.themes import menus
from grants.models import CommissionCall, CommissionTheme, Menu
from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.actors import UserActor
from portal.kernel.fiscal import FiscalYear

from .people import DOMAIN
from .people import KANOYA as KANOYA_CODE
from .step_platforms import KAGOSHIMA_EAST, KANOYA_WEST, SHIBUSHI_SEA
from .world import World

KANOYA = ("muni-kanoya", "muni-kanoya-chief", KANOYA_WEST)
SHIBUSHI = ("officer-shibushi", "chief-shibushi", SHIBUSHI_SEA)
CITY = ("muni-kagoshima", "chief-kagoshima", KAGOSHIMA_EAST)
SELECTED = (
    "買い物と見守りを、地区で続けるしくみづくり(見本)",
    "地区の移動を、住民の手で支える(見本)",
    "地区の空き店舗で、世代をつなぐ(見本)",
)
PROBLEM = "店が遠くなり、買い物に困る世帯が増えている。手伝いの担い手は、年ごとに減っている。"
WANTED = "地区の団体と組んで、買い物の手伝いと見守りを続けられる形を試し、次の年度に地区へ引きつぐ。"


def build(world: World) -> None:
    """Themes: some selected, one not, one that waits, one being written; calls of the selected ones."""
    out, given_up, drafted = (selected(world, -60 - n, KANOYA, title) for n, title in enumerate(SELECTED))
    other = _theme(world, -58, CITY, "空き家を、つどいの場にする(見本)")
    waiting = _theme(world, -20, SHIBUSHI, "こどもの居場所を、海辺の地区でつくる(見本)")
    _theme(world, -2, KANOYA, "通学路の見守りを、地区の店とする(見本)")
    for offset, theme, who in ((-54, other, CITY), (-18, waiting, SHIBUSHI)):
        with world.on(offset):
            themes.propose_theme(by=world.actor(who[1]), theme=theme)
    with world.on(-50):
        themes.judge_theme(
            by=world.actor("pref-officer-2"), theme=other, step="decline", note="メニュー③で行える内容のため"
        )
    _out(world, out)
    with world.on(-30):
        call = calls.publish_call(by=world.actor("pref-officer"), call=start(given_up))
    with world.on(-29):
        note = "同じ内容の事業を、国の補助で行うことになったため"
        calls.void_call(by=world.actor("pref-officer"), call=call, note=note)
    with world.on(-1):
        start(drafted)


def _out(world: World, theme: CommissionTheme) -> None:
    """A call that is out: one question answered to all, one that waits."""
    with world.on(-12):
        call = calls.publish_call(by=world.actor("pref-officer"), call=start(theme, (19, 33)))
    with world.on(-10):
        first = questions.ask_question(
            by=world.actor("resident-1"), call=call, text="車両の借上げは、経費の対象になりますか。"
        )
    with world.on(-9):
        answer = "対象になります。見積書を付けてください。"
        questions.answer_question(by=world.actor("pref-officer"), question=first, answer=answer)
        text = "共同で提案するとき、幹事の団体は県外でもよいですか。"
        questions.ask_question(by=world.actor("resident-2"), call=call, text=text)
        town = world.area(KANOYA_CODE)
        proposals.start_proposal(
            by=world.actor("npo-1"),
            call=call,
            organisation_name="NPO法人くらしの足(見本)",
            kind="civic",
            area=town,
        )


def selected(
    world: World, offset: int, who: tuple[str, str, str], title: str, menu: Menu | None = None
) -> CommissionTheme:
    """A theme proposed and selected in its turn; of the newest year's menu where none is given."""
    support = "公民館を使えるようにし、広報紙で知らせる。"
    theme = _theme(world, offset, who, title, support=support, menu=menu)
    with world.on(offset + 5):
        themes.propose_theme(by=world.actor(who[1]), theme=theme)
    with world.on(offset + 10):
        return themes.judge_theme(by=world.actor("pref-officer"), theme=theme, step="select")


def start(
    theme: CommissionTheme, days: tuple[int, int] = (7, 21), *, adopted: int = 1, ceiling: int | None = None
) -> CommissionCall:
    """The 公募要領 about a theme with the usual items: questions and closing so many days from now.

    Late in the year, everything is early enough for the work to end within it.
    """
    today = clock.today_jst()
    year = FiscalYear(theme.menu.programme.fiscal_year)
    closes_on = min(today + timedelta(days=days[1]), year.end - timedelta(days=2))
    ends_on = date(year.end.year, *CONTRACT_ENDS)
    return calls.start_call(
        by=UserActor(User.objects.get(email=f"pref-officer@{DOMAIN}")), theme=theme,
        items=[calls.Item(label, points) for label, points in DEFAULT_ITEMS],
        terms={
            "title": theme.title, "purpose": PROBLEM, "work": WANTED, "conditions": "", "takes_platforms": False,
            "ceiling_yen": ceiling or theme.menu.cap_yen, "adopted_count": adopted, "floor_percent": 60, "tie_position": 3, "panel_min": 3,
            "reserve_days": 7, "questions_on": min(today + timedelta(days=days[0]), closes_on), "closes_on": closes_on,
            "closes_time": None, "shift": "as_is", "presentation_on": closes_on + timedelta(days=14),
            "presentation_place": "県庁の会議室(見本)", "ends_on": ends_on if ends_on > closes_on else year.end,
        },
    )  # fmt: skip


def _theme(
    world: World,
    offset: int,
    who: tuple[str, str, str],
    title: str,
    support: str = "",
    menu: Menu | None = None,
) -> CommissionTheme:
    officer, _, platform = who
    with world.on(offset):
        return themes.start_theme(
            by=world.actor(officer), menu=menu or menus()[0], title=title, problem=PROBLEM, wanted=WANTED, support=support,
            platform=Platform.objects.select_related("area").get(name=platform),
        )  # fmt: skip

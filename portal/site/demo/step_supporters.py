"""Student supporters: the register in each of its states, and a student's activities at files of all menus. All invented."""

from datetime import date
from typing import Any

from grants.commission.enums import ThemeState
from grants.enums import Table
from grants.models import (
    Application,
    CommissionTheme,
    Dispatch,
    Menu,
    Placement,
    Supporter,
    SupportRequest,
    Workshop,
)
from grants.supporters.actions import placing, register, working
from portal.areas.models import Authority
from portal.kernel.fiscal import FiscalYear, fiscal_year

from .people import DOMAIN, KAGOSHIMA, KANOYA, SHIBUSHI
from .step_dispatch import first_day
from .step_people import ensure
from .world import World

STUDENTS = (
    ("student-1", "岩切 結衣", "イワキリ ユイ", "見本大学", "3年", date(2005, 6, 1)),
    ("student-2", "有馬 颯太", "アリマ ソウタ", "見本高等学校", "2年", date(2010, 1, 8)),
    ("student-3", "黒木 凪", "クロキ ナギ", "見本大学", "1年", date(2006, 9, 9)),
    ("student-4", "竹下 陸", "タケシタ リク", "見本短期大学", "2年", date(2006, 2, 2)),
)
PHONE = "099-000-0000"
WORK = "受付をしたあと、班の話し合いを写真と文で記録した。"


def build(world: World) -> None:
    """Everything within one 年度, as the dispatches; what is ahead lies a week away where the 年度 lasts so long."""
    ensure(world, "student-1", "student-2", "student-3", "student-4")
    base = first_day(world)
    with world.on(base + 7):
        student = _register(world)
        ahead = 6 if fiscal_year(world.day(12)) == fiscal_year(world.day(base)) else base + 18
        stretches = {(base + 9, base + 14), (ahead, ahead + 5), (coming := _coming(world, ahead), coming + 5)}
        for first, last in sorted(stretches):
            register.offer_days(
                by=world.actor("student-1"), supporter=student, first_on=world.day(first), last_on=world.day(last)
            )  # fmt: skip
    _done(world, student, base)
    _reported(world, student, base)
    _ahead(world, student, base, ahead)


def request(
    world: World, file: Any, title: str, first: int, *, days: int = 2, by: str = "muni-kanoya"
) -> SupportRequest:
    """What a municipality asks for at a file, for so many days from an offset on."""
    return placing.ask_supporters(
        by=world.actor(by), file=file, title=title, field="record", work="写真と文で記録し、受付を手伝う。", place="見本交流センター",
        hours="10時から15時まで(昼休み1時間)", first_on=world.day(first), last_on=world.day(first + days - 1), people=1,
        contact_name="見本 花子",
    )  # fmt: skip


def propose(world: World, wanted: SupportRequest, student: Supporter, *offsets: int) -> Placement:
    """The officer asks the student for these days."""
    return placing.propose_supporter(
        by=world.actor("pref-officer"), request=wanted, supporter=student, days=[world.day(one) for one in offsets]
    )  # fmt: skip


def _register(world: World) -> Supporter:
    """One registered, one who waits for the guardian, one refused, one who left."""
    office, home = world.actor("pref-officer"), Authority.objects.get(area=KAGOSHIMA)
    entries = {}
    for key, name, kana, school, grade, born in STUDENTS:
        guardian = {
            "guardian_name": "有馬 道子",
            "guardian_phone": PHONE,
            "guardian_email": f"guardian-2@{DOMAIN}",
        }
        entries[key] = register.apply_as_supporter(
            by=world.actor(key), authority=home, name=name, kana=kana, school=school, grade=grade, birth_on=born,
            phone=PHONE, fields=["record", "reception"], wish="", **(guardian if key == "student-2" else {}),
        )  # fmt: skip
    register.register_supporter(by=office, supporter=entries["student-1"])
    register.refuse_supporter(
        by=office, supporter=entries["student-3"], note="学生証の写しを確かめられません。"
    )
    register.leave_register(by=world.actor("student-4"), supporter=entries["student-4"])
    return entries["student-1"]


def _done(world: World, student: Supporter, base: int) -> None:
    """Worked, reported, confirmed, certified: at a workshop of ②. One of two days was called off."""
    file = Workshop.objects.get(title="防災と見守りを考える研修会", municipality=KANOYA)
    mine, town, office = (world.actor(key) for key in ("student-1", "muni-kanoya", "pref-officer"))
    with world.on(base + 8):
        wanted = request(world, file, "研修会の記録の手伝い", base + 9)
        made = placing.accept_placement(
            by=mine, placement=propose(world, wanted, student, base + 9, base + 10)
        )
        placing.close_request(by=office, request=wanted)
    with world.on(base + 11):
        first, second = made.days.all()
        working.confirm_day(by=town, day=first, minutes=240, travel_yen=960, is_insured=True)
        working.drop_day(by=town, day=second)
        working.report_placement(
            by=mine, placement=made, work=WORK, learned="話を聞くと、地区のことが好きになった。"
        )
    with world.on(base + 12):
        working.confirm_placement(by=office, placement=made)


def _reported(world: World, student: Supporter, base: int) -> None:
    """Reported, its day recorded and not yet confirmed: at a dispatch of ①."""
    file = Dispatch.objects.get(title="まちづくり協議会の運営について", municipality=KANOYA)
    mine = world.actor("student-1")
    with world.on(base + 8):
        wanted = request(world, file, "協議会の聞き取りの手伝い", base + 12)
        made = placing.accept_placement(by=mine, placement=propose(world, wanted, student, base + 12))
    with world.on(base + 13):
        working.record_day(by=mine, day=made.days.get(), minutes=180, travel_yen=720)
        working.report_placement(by=mine, placement=made, work="役員三人の話を聞き、要点を書きとめた。")


def _ahead(world: World, student: Supporter, base: int, ahead: int) -> None:
    """Taken on (③), asked for once more after a no (④), called off because the request was withdrawn (②)."""
    mine = world.actor("student-1")
    with world.on(base + 14):
        for file, title, days, by in _files():
            day = _in_its_year(world, file, ahead) + days
            wanted = request(world, file, title, day, by=by)
            made = propose(world, wanted, student, day)
            if file._meta.model_name == "application":
                placing.accept_placement(by=mine, placement=made)
            elif file._meta.model_name == "commissiontheme":
                placing.decline_placement(by=mine, placement=made, note="その日は授業があります。")
                propose(world, wanted, student, day + 1)
            else:
                placing.withdraw_request(
                    by=world.actor("muni-kanoya"), request=wanted, note="研修会の日が変わるため。"
                )


def _coming(world: World, ahead: int) -> int:
    """Of the year to come, a week after it begins or after today: where a call of ③ and the themes of ④ are of that year."""
    newest = Menu.objects.filter(table=Table.SUBSIDY, programme__authority__area=KAGOSHIMA)
    year = FiscalYear(newest.order_by("-programme__fiscal_year")[0].programme.fiscal_year)
    if world.day(ahead) in year:
        return ahead
    return max((year.start - world.today).days, 0) + 6


def _in_its_year(world: World, file: Any, ahead: int) -> int:
    """The day that is ahead, in the 年度 of the file."""
    return ahead if world.day(ahead) in FiscalYear(file.menu.programme.fiscal_year) else _coming(world, ahead)


def _files() -> list[tuple[Any, str, int, str]]:
    """A file of ③, a theme of ④ and a workshop of ②: what is asked for, how many days later, by whom."""
    themes = CommissionTheme.objects.filter(municipality=KANOYA, state=ThemeState.SELECTED)
    return [
        (
            Application.objects.get(municipality=SHIBUSHI, title="自主財源を検討する事業"), "売店の売り上げの聞き取り", 0,
            "officer-shibushi",
        ),
        (themes.earliest("created_at"), "まちあるきの案内", 1, "muni-kanoya"),
        (
            Workshop.objects.get(title="防災と見守りを考える研修会", municipality=KANOYA), "研修会の受付", 3,
            "muni-kanoya",
        ),
    ]  # fmt: skip

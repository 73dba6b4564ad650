"""What goes on beside the files of menu ③: a 要望調査 with its 内示, and a 繰越し that is asked for again. All invented."""

from datetime import date, timedelta

from grants import actions
from grants.actions.needs import Wanted
from grants.carrying.actions import deciding, requesting
from grants.models import Application, CarryOver, Menu, NeedsAnswer
from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear

from .people import KAGOSHIMA_CITY, SHIBUSHI
from .step_grants_decisions import open_year
from .world import World

OFFICE = "pref-officer-2"
CARRIED = "子どもの居場所を地域で開く事業"
NOTICE_YEN = 1_000_000  # as much as the cap: nobody is held back by it
ANSWERS = (  # municipality, who writes, who sends, what is wanted
    (KAGOSHIMA_CITY, "muni-kagoshima", "chief-kagoshima", "校区の移動の支え合い", 1_000_000),
    (SHIBUSHI, "officer-shibushi", "chief-shibushi", "海辺の集落の見守り", 700_000),
)


def build(world: World) -> None:
    """One municipality has its 内示, one has answered, the others are asked; of two requests the second waits."""
    found = open_year(world)
    if found is None:
        return
    world, call, _ = found
    with world.on(0):
        _needs(world, call.menu)
        _carry_over(world, Application.objects.get(title=CARRIED, call=call))


def _needs(world: World, menu: Menu) -> None:
    office = world.actor(OFFICE)
    due_on = clock.today_jst() + timedelta(days=20)
    survey = actions.ask_needs(
        by=office, menu=menu, due_on=due_on, text="次の募集で予定する事業を、優先順位の順に教えてください。"
    )
    for area, officer, chief, title, yen in ANSWERS:
        answer = NeedsAnswer.objects.get(survey=survey, municipality=area)
        items = [Wanted(title=title, amount_yen=yen)]
        actions.save_needs(by=world.actor(officer), answer=answer, revision=0, items=items)
        actions.send_needs(by=world.actor(chief), answer=answer)
    first = NeedsAnswer.objects.get(survey=survey, municipality=ANSWERS[0][0])
    actions.notice_needs(by=world.actor("pref-officer"), answer=first, notice_yen=NOTICE_YEN)


def _carry_over(world: World, case: Application) -> None:
    chief, year = world.actor("chief-kagoshima"), FiscalYear(case.menu.programme.fiscal_year)

    def ask(reason: str) -> CarryOver:
        return requesting.request_carry_over(
            by=chief,
            application=case,
            kind="appropriated",
            reason=reason,
            ends_on=date(year.next.year, 9, 30),
        )

    note = "人手の不足は、年度内に補えると見込まれるため。"
    deciding.decline_carry_over(by=world.actor(OFFICE), carry=ask("手伝う人が足りないため。"), note=note)
    ask("会場の改修が、資材の遅れで年度内に終わらないため。")

"""What outlives a file of menu ③: the property of the closed one, bound for years, a 財産処分 that waits, its 一件書類. All invented."""

from datetime import timedelta

from grants.assets.actions import asking, listing
from grants.dossier import actions as dossiers
from grants.models import Application

from .world import World

CLOSED = "地区の計画を住民でつくる集い"
TOWN, CHIEF = "muni-kanoya", "muni-kanoya-chief"
PIECES = (
    {"name": "集会所の照明設備", "spec": "LED 12灯", "unit_price_yen": 60_000, "grant_yen": 30_000},
    {"name": "集会所の充電設備", "spec": "200V 1口", "unit_price_yen": 36_000, "grant_yen": 18_000},
)


def build(world: World) -> None:
    """Two pieces on the list, both to be given away; of the second the prefecture is asked. Everything of the file is put together."""
    with world.on(0):
        case = Application.objects.get(title=CLOSED, state="closed")
        by = world.actor(TOWN)
        lamps, asset = (
            listing.add_asset(
                by=by, application=case, kind="fixture", quantity=1, acquired_on=world.today, place="西地区集会所", **piece
            )
            for piece in PIECES
        )  # fmt: skip
        for place in (
            "東地区の集会所",
            "北地区の集会所",
        ):  # the first is thought better of, the second is being written
            wish = asking.write_disposal(
                by=by, asset=lamps, kind="transfer", planned_on=world.today + timedelta(days=90), price_yen=0,
                reason="集会所を建て替えるため。", plan=f"{place}に譲り、そこで使ってもらう。",
            )  # fmt: skip
            if place.startswith("東"):
                asking.withdraw_disposal(by=world.actor(CHIEF), disposal=wish, note="譲り先が変わったため。")
        wish = asking.write_disposal(
            by=by, asset=asset, kind="transfer", planned_on=world.today + timedelta(days=60), price_yen=12_000,
            reason="集会所に電気自動車が来なくなり、使われていないため。", plan="隣の地区の集会所に譲り、そこで使ってもらう。",
        )  # fmt: skip
        asking.ask_disposal(by=world.actor(CHIEF), disposal=wish)
        dossiers.ask_dossier(by=world.actor("pref-officer"), application=case)

"""Menu ④ of the demo: themes of three towns, one of them selected. All invented."""

from communities.models import Platform
from grants.commission.actions import themes
from grants.commission.queries.themes import menus
from grants.models import CommissionTheme

from .step_platforms import KAGOSHIMA_EAST, KANOYA_WEST, SHIBUSHI_SEA
from .world import World

KANOYA = ("muni-kanoya", "muni-kanoya-chief", KANOYA_WEST)
SHIBUSHI = ("officer-shibushi", "chief-shibushi", SHIBUSHI_SEA)
CITY = ("muni-kagoshima", "chief-kagoshima", KAGOSHIMA_EAST)
SELECTED = "買い物と見守りを、地区で続けるしくみづくり(見本)"
PROBLEM = "店が遠くなり、買い物に困る世帯が増えている。手伝いの担い手は、年ごとに減っている。"
WANTED = "地区の団体と組んで、買い物の手伝いと見守りを続けられる形を試し、次の年度に地区へ引きつぐ。"


def build(world: World) -> None:
    """One selected, one not, one that waits, one being written."""
    selected = _theme(world, -60, KANOYA, SELECTED, support="公民館を使えるようにし、広報紙で知らせる。")
    other = _theme(world, -58, CITY, "空き家を、つどいの場にする(見本)")
    waiting = _theme(world, -20, SHIBUSHI, "こどもの居場所を、海辺の地区でつくる(見本)")
    _theme(world, -2, KANOYA, "通学路の見守りを、地区の店とする(見本)")
    for offset, theme, who in ((-55, selected, KANOYA), (-54, other, CITY), (-18, waiting, SHIBUSHI)):
        with world.on(offset):
            themes.propose_theme(by=world.actor(who[1]), theme=theme)
    with world.on(-50):
        themes.judge_theme(by=world.actor("pref-officer"), theme=selected, step="select")
        themes.judge_theme(
            by=world.actor("pref-officer-2"), theme=other, step="decline", note="メニュー③で行える内容のため"
        )


def _theme(
    world: World, offset: int, who: tuple[str, str, str], title: str, support: str = ""
) -> CommissionTheme:
    officer, _, platform = who
    with world.on(offset):
        return themes.start_theme(
            by=world.actor(officer), menu=menus()[0], title=title, problem=PROBLEM, wanted=WANTED, support=support,
            platform=Platform.objects.select_related("area").get(name=platform),
        )  # fmt: skip

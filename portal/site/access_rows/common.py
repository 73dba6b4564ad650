"""The standings that rows name again and again, and short ways to write a row."""

from ..access import EVERYBODY, SIGNED_IN, Answer, Row

WARD = frozenset({"ward_here"})
CITY = frozenset({"city_officer"})
OWN_STAFF = WARD | CITY  # who works for the community's ward
READING = OWN_STAFF | {"city_chief", "city_auditor"}  # who may also read there
MUNICIPAL = frozenset({"municipal_here", "municipal_elsewhere"})
CHIEFS = frozenset({"municipal_chief_here", "municipal_chief_elsewhere"})
OWN_TOWN = frozenset({"municipal_here", "municipal_chief_here"})
OFFICES = frozenset({"office_here", "office_elsewhere"})
PREFECTURE = OFFICES | {"prefecture_chief", "prefecture_head", "prefecture_auditor"}
LISTS = READING | {"ward_elsewhere", "prefecture_auditor"} | MUNICIPAL | CHIEFS
WRITERS = OWN_STAFF | {"ward_elsewhere"} | MUNICIPAL
ORGANISER = frozenset({"organiser"})


def open_to_all(route: str, note: str, case: str = "") -> Row:
    return Row(route=route, note=note, case=case, may=EVERYBODY)


def own(route: str, note: str, case: str = "", may: frozenset[str] = SIGNED_IN) -> Row:
    return Row(route=route, note=note, case=case, may=may, door=True)


def refused(route: str, note: str, case: str, may: frozenset[str]) -> Row:
    """Everybody sees the object; who may not act is told why."""
    return Row(route=route, note=note, case=case, may=may, door=True, otherwise=Answer.REFUSED)


def post(route: str, note: str, case: str, may: frozenset[str], refused: frozenset[str] = frozenset()) -> Row:
    """An address that only writes."""
    return Row(route=route, note=note, case=case, may=may, method="POST", door=True, refused=refused)


def coming(*names: str, may: frozenset[str] = EVERYBODY) -> tuple[Row, ...]:
    return tuple(
        Row(route=f"site:{name}", note="これからつくるページ", may=may, door=may != EVERYBODY)
        for name in names
    )

"""Pages, forms and costs of 回覧板, calendars, feeds, open data and saved searches, for the tables of tests."""

from datetime import date

from communities import actions
from communities.models import Circular
from portal.kernel.clock import JST
from tests.factories import communities as make

from .cast import Cast

MONTH = f"{make.moment().astimezone(JST):%Y-%m}"


def circular(made: Cast) -> Circular:
    """The 回覧板 of the month in which the cast's event is, made once."""
    first = date.fromisoformat(f"{MONTH}-01")
    return Circular.objects.filter(area="151050", month=first).first() or actions.make_circular(
        by=made.people["ward"], area=made.community.area, month=first
    )


FORMS = {
    "staff_circular_list": ("ward", lambda m: [], {"area": "151050", "month": MONTH, "is_large": "on"}, "checked"),
}  # fmt: skip
READS = {
    "staff_circular_detail": (("ward", "city", "auditor"), lambda m: circular(m).get_absolute_url()),
}  # fmt: skip
COSTS = {
    "staff circulars": ("ward", lambda m: "/staff/circulars/", 9),
    "staff circular": ("ward", lambda m: circular(m).get_absolute_url(), 10),
}  # fmt: skip


def _circulars(made: Cast) -> None:
    month = date(2031 + Circular.objects.count(), 1, 1)
    Circular.objects.create(area=made.community.area, month=month, edition=1, digest="x")


MORE = {"circulars": _circulars}

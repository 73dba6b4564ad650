"""Calls that have closed, and what was accepted after them, written as rows."""

from datetime import date, timedelta
from typing import Any

from grants.models import Admission, Call, Menu
from portal.kernel import clock

from .grants import Town


def closed_call(menu: Menu, closes_on: date = date(2026, 11, 20)) -> Call:
    """A call of `menu` whose deadline was the end of `closes_on`."""
    values: dict[str, Any] = {"closes_on": closes_on, "shift": "as_is", "arrival": "arrive"}
    opens_at = clock.at_jst(closes_on - timedelta(days=60))
    call = Call(menu=menu, title=f"締め切った募集 {closes_on}", opens_at=opens_at, **values)
    call.closes_at = call.deadline.closes_at
    call.save(force_insert=True)
    return call


def admission(town: Town, call: Call, **changed: Any) -> Admission:
    """What the office accepted of the town under `call`, until in five days; no file is known yet."""
    values: dict[str, Any] = {
        "call": call, "municipality": town.area, "office": town.office, "kind": "late", "state": "admitted",
        "reason": "停電があったため", "received_on": clock.today_jst(), "until": clock.now() + timedelta(days=5),
        "judged_at": clock.now(),
    }  # fmt: skip
    return Admission.objects.create(**values | changed)

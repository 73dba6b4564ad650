"""Programmes from data files: the source's year word for word, and the current year as a copy of it with its calls.

Running it again changes nothing that is right already. A year that exists belongs to the officers: it is left as it is.
"""

import tomllib
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from portal.areas.models import Authority
from portal.kernel import audit, clock
from portal.kernel.actors import Actor
from portal.kernel.fiscal import Arrival, Deadline, FiscalYear, Shift, next_business_day

from .enums import ProgrammeState
from .models import Call, Menu, Programme, ProjectType

DATA = Path(__file__).parent / "data"
BUDGET_MONTHS = (2, 3)  # the prefecture announces next year's programme before its budget passes


def load(*, by: Actor) -> list[Programme]:
    """Make the source's programme, that of the current 年度 and, in February and March, next year's (provisional).

    Returns them, oldest first. Raises Authority.DoesNotExist before areas are loaded.
    """
    opening, today = _read("opening"), clock.today_jst()
    source = _read(opening["copies"])
    current = FiscalYear.of(today)
    years = [(current, False), (current.next, True)] if today.month in BUDGET_MONTHS else [(current, False)]
    with transaction.atomic():
        loaded = [_write(source["programme"], source["menus"], by=by)]
        for year, provisional in years:
            programme = _existing(loaded[0], year) or _write(
                *_copied(source, opening, year, provisional), by=by
            )
            is_open = year == years[-1][0]
            _open_calls(programme.menus.get(number=3), opening["calls"], today, is_open=is_open, by=by)
            loaded.append(programme)
    return loaded


def _existing(source: Programme, year: FiscalYear) -> Programme | None:
    """The year's programme, when the officers have opened it already."""
    same = Programme.objects.filter(authority=source.authority, fiscal_year=year.year)
    return same.order_by("created_at", "id").first()


def _read(name: str) -> dict[str, Any]:
    with (DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _copied(
    source: dict[str, Any], opening: dict[str, Any], year: FiscalYear, provisional: bool
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The source's programme and menus as they are opened for `year`."""
    notes = [*opening["notes"], *([opening["provisional_note"]] if provisional else [])]
    programme = source["programme"] | {
        "slug": opening["slug"].format(code=year.code.lower()),
        "fiscal_year": year.year,
        "provisional": provisional,
        "notes": [note.format(year=year.label) for note in notes],
        "source": opening["source"],
    }
    added = {row["number"]: row for row in opening["menus"]}
    return programme, [menu | added.get(menu["number"], {}) for menu in source["menus"]]


def _write(programme: dict[str, Any], menus: list[dict[str, Any]], *, by: Actor) -> Programme:
    fields = dict(programme)
    fields["authority"] = Authority.objects.get(area=fields.pop("area"))
    opened = fields | {"state": ProgrammeState.PUBLISHED, "published_at": clock.now()}
    row, created = Programme.objects.update_or_create(
        slug=fields.pop("slug"), defaults=fields, create_defaults=opened
    )
    for menu in menus:
        _write_menu(row, dict(menu))
    if created:
        audit.record("grants.programme.opened", by=by, target=row, data={"fiscal_year": row.fiscal_year})
    return row


def _write_menu(programme: Programme, fields: dict[str, Any]) -> None:
    types = fields.pop("project_types", [])
    fields["share_numerator"], fields["share_denominator"] = fields.pop("share")
    menu, _ = Menu.objects.update_or_create(programme=programme, number=fields.pop("number"), defaults=fields)
    for row in types:
        ProjectType.objects.update_or_create(
            menu=menu, code=row["code"], defaults={**row, "code": row["code"]}
        )


def _open_calls(menu: Menu, rules: dict[str, Any], today: date, *, is_open: bool, by: Actor) -> None:
    """The year's calls so far, and the open one when `is_open`."""
    if menu.calls.exists():
        return
    year = FiscalYear(menu.programme.fiscal_year)
    past = [
        ("第1次募集", year.start, date(year.year, 6, 30)),
        ("第2次募集", date(year.year, 9, 1), date(year.year, 11, 30)),
    ]
    closed = (
        [row for row in past if row[2] < today - timedelta(days=rules["opened_days_ago"])]
        if is_open
        else past
    )
    for title, opens_on, closes_on in closed:
        _add_call(menu, title, opens_on, closes_on, rules, by)
    if is_open:
        opens_on = today - timedelta(days=rules["opened_days_ago"])
        closes_on = next_business_day(today + timedelta(days=rules["open_for_days"]))
        _add_call(menu, f"第{len(closed) + 1}次募集", opens_on, closes_on, rules, by)


def _add_call(
    menu: Menu, title: str, opens_on: date, closes_on: date, rules: dict[str, Any], by: Actor
) -> None:
    deadline = Deadline(
        closes_on, time.fromisoformat(rules["time"]), Shift(rules["shift"]), Arrival(rules["arrival"])
    )
    call = Call.objects.create(
        menu=menu,
        title=title,
        opens_at=clock.at_jst(opens_on),
        closes_on=deadline.on,
        closes_time=deadline.time,
        shift=deadline.shift.value,
        arrival=deadline.arrival.value,
        closes_at=deadline.closes_at,
    )
    audit.record("grants.call.opened", by=by, target=call, data={"closes_at": call.closes_at})

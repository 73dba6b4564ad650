"""Pages, forms and costs of tables brought in and lists taken out, for the tables of tests."""

from typing import Any
from unittest import mock

from django.urls import reverse

from portal.kernel import exports
from tests.factories import imports as tables
from tests.support.files import chosen

from .cast import Cast

KEPT = "のこるはずの言葉"
EVIL = "'><script>alert(1)</script>&amp;<p>"
HEAD = "名称,ふりがな,区,概要,設立日\n"
TABLE = HEAD + f"{EVIL},ほんのかい,秋葉区,{EVIL},R5.4.1\n里の会,,,{EVIL},{EVIL}\n"
TWINS = HEAD + "山の会,やまのかい,秋葉区,登る。,\n" * 2


def table(made: Cast) -> dict[str, Any]:
    """A table that was chosen and is still held."""
    by = made.people["ward"]
    return {"file-staged": chosen(tables.staged(TABLE, by, f"{KEPT}.csv"), by)}


def events_table(made: Cast) -> dict[str, Any]:
    by = made.people["ward"]
    text = f"イベント名,開催日,時間,場所\n{EVIL},令和8年12月5日(土),18:30~20:30,公民館\n"
    return {"file-staged": chosen(tables.staged(text, by, f"{KEPT}.csv"), by)}


def sent(made: Cast) -> list[Any]:
    return [tables.sent(TABLE, by=made.people["ward"]).pk]


def previewed(made: Cast) -> list[Any]:
    """Read: one row with a fault, one that can be registered."""
    return [tables.previewed(TABLE, by=made.people["ward"]).pk]


def twins(made: Cast) -> list[Any]:
    return [tables.previewed(TWINS, by=made.people["ward"]).pk]


def applied(made: Cast) -> list[Any]:
    return [tables.applied(TABLE, by=made.people["ward"]).pk]


def of_parties(made: Cast) -> str:
    """Where the parties of the cast's event are taken out: it asks what for."""
    address = reverse("communities:staff_export_new", args=["registrations"])
    return f"{address}?event={made.event.pk}"


def export(made: Cast) -> str:
    """A long one that is waiting to be written."""
    with mock.patch("portal.kernel.exports.actions.LONG", 0):
        row = exports.ask_for_export(by=made.people["ward"], kind="communities", form="csv", params={})
    return reverse("communities:staff_export_detail", args=[row.pk])


FORMS: dict[str, Any] = {
    "staff_community_import": ("ward", lambda m: [], table, f"{KEPT}.csv"),
    "staff_event_import": ("ward", lambda m: [], events_table, f"{KEPT}.csv"),
    "staff_import_columns": (
        "ward",
        sent,
        {"column_name": "0", "column_kana": "1", "column_summary": "3", "area": "151050", "publish": "1"},
        'value="1" id="id_publish_1" checked',
    ),
    "staff_import_headings": ("ward", sent, {"header_row": "2", "header_rows": "1"}, 'value="2"'),
    "staff_import_detail": ("ward", previewed, {"step": "apply"}, ""),
    "staff_import_twins": ("ward", twins, {"everything": "register"}, 'value="register" selected'),
    "staff_import_undo": ("ward", applied, {}, ""),
    "staff_export_new": ("ward", of_parties, {"form": "csv", "purpose": KEPT}, KEPT),
}
READS: dict[str, Any] = {"staff_export_detail": (("ward",), export)}
FILES = {
    "staff_export_file": "csv or xlsx",
    "staff_import_faults": "csv",
    "staff_import_template": "csv or xlsx",
}

"""Pages, forms and costs of the officer's day, for the tables of tests."""

from typing import Any

from communities import actions
from communities.models import Contact
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.kernel import clock
from tests.factories.accounts import appointment
from tests.factories.areas import AKIHA

from .cast import Cast

KEPT = "のこるはずの言葉"
COLLEAGUE = "7f1c5b1e-0000-4000-8000-00000000c011"
NOTE = {"channel": "phone", "text": KEPT, "happened_on": "2026-04-01"}


def bulk_run(made: Cast) -> str:
    run = actions.run_bulk(by=made.people["ward"], step="publish", rows=[made.draft, made.community])
    return f"/staff/bulk/runs/{run.pk}/"


def contact(made: Cast) -> Contact:
    """A note of the ward with a promise, and a colleague who could take it over."""
    if not User.objects.filter(pk=COLLEAGUE).exists():
        colleague = User.objects.create(
            pk=COLLEAGUE,
            email="colleague@example.jp",
            name="同僚",
            age_group="adult",
            adult_confirmed_on=clock.today_jst(),
        )
        appointment(colleague, Role.WARD_OFFICER, AKIHA)
    return actions.record_contact(
        by=made.people["ward"], kind="community", subject=made.community, text="会場の相談", promise="鍵の借り方を知らせる",
        due_on=clock.today_jst(),
    )  # fmt: skip


def hand_over(made: Cast) -> list[Any]:
    return [contact(made).pk]


FORMS: dict[str, Any] = {
    "contact_new": ("ward", lambda m: ["community", m.community.pk], NOTE, KEPT),
    "contact_hand_over": ("ward", hand_over, {"holder": COLLEAGUE}, f'value="{COLLEAGUE}" selected'),
    "contact_detail": ("ward", lambda m: [contact(m).pk], {"step": "drop", "note": KEPT}, KEPT),
    "staff_bulk": ("ward", lambda m: ["communities"], {"step": "publish", "all": "on", "state": "draft"}, ""),
}
READS: dict[str, Any] = {
    "staff_request_list": (("ward", "city", "auditor"), lambda m: "/staff/requests/"),
    "staff_bulk_run": (("ward",), bulk_run),
    "contact_list": (("ward", "city", "prefecture"), lambda m: "/staff/contacts/?which=area"),
    "contact_find": (("ward", "city"), lambda m: "/staff/contacts/find/?q=試験"),
}
COSTS: dict[str, Any] = {
    "staff requests": ("ward", lambda m: "/staff/requests/", 7),
    "staff contacts": ("ward", lambda m: "/staff/contacts/?which=area", 6),
    "staff contact find": ("ward", lambda m: "/staff/contacts/find/?q=試験", 8),
    "staff contact new": ("ward", lambda m: f"/staff/contacts/community/{m.community.pk}/", 8),
}

"""Pages, forms and costs of the officer's day, for the tables of tests."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from communities import actions
from communities.actions.inquiries import Asked
from communities.mails.inquiries import inquiry_token
from communities.models import BulkRun, Contact, Inquiry, InquiryQuestion, InquiryRecipient, InquiryReply
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.kernel import clock
from tests.factories import communities as make
from tests.factories.accounts import appointment
from tests.factories.areas import AKIHA

from .cast import Cast

KEPT = "のこるはずの言葉"
PAPER = {"title": KEPT, "due_on": "2099-04-01", "label_1": "何回ひらきますか", "kind_1": "number"}
ANSWERS = {"q_1": KEPT, "q_2": "3", "q_3": "はい"}
COLLEAGUE = "7f1c5b1e-0000-4000-8000-00000000c011"
NOTE = {"channel": "phone", "text": KEPT, "happened_on": "2026-04-01"}


def bulk_run(made: Cast) -> str:
    run = actions.run_bulk(by=made.people["ward"], step="publish", rows=[made.draft, made.community])
    return f"/staff/bulk/runs/{run.pk}/"


def organiser(made: Cast) -> str:
    return f"/staff/people/{made.people['organiser'].user_id}/"


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


def paper(made: Cast) -> Inquiry:
    """An open inquiry to the cast's community, made once."""
    found = Inquiry.objects.filter(title="来年度の会場").first()
    if found is None:
        found = actions.draft_inquiry(
            by=made.people["ward"], area=made.community.area, title="来年度の会場", text="会場の予約に使います。",
            due_on=clock.today_jst() + timedelta(days=10), communities=[made.community, made.draft],
            questions=[Asked("text", "困っていること"), Asked("number", "回数"), Asked("yes_no", "冬も開きますか")],
        )  # fmt: skip
        actions.open_inquiry(by=made.people["ward"], inquiry=found)
    return found


def written(made: Cast) -> Inquiry:
    """A paper of the ward that is not sent yet, made once."""
    found = Inquiry.objects.filter(title="下書きの照会").first()
    return found or actions.draft_inquiry(
        by=made.people["ward"], area=made.community.area, title="下書きの照会",
        due_on=clock.today_jst() + timedelta(days=10), questions=[Asked("text", "困っていること")],
        communities=[made.community],
    )  # fmt: skip


def recipient(made: Cast) -> InquiryRecipient:
    return paper(made).recipients.get(community=made.community)


FORMS: dict[str, Any] = {
    "contact_new": ("ward", lambda m: ["community", m.community.pk], NOTE, KEPT),
    "contact_hand_over": ("ward", hand_over, {"holder": COLLEAGUE}, f'value="{COLLEAGUE}" selected'),
    "contact_detail": ("ward", lambda m: [contact(m).pk], {"step": "drop", "note": KEPT}, KEPT),
    "staff_inquiry_new": ("ward", lambda m: [], PAPER, KEPT),
    "staff_inquiry_detail": ("ward", lambda m: [paper(m).pk], {"step": "close"}, ""),
    "staff_inquiry_edit": (
        "ward",
        lambda m: [written(m).pk],
        lambda m: {**PAPER, "stay": str(m.community.pk), "revision": "0"},
        KEPT,
    ),
    "staff_inquiry_answer": ("ward", lambda m: [paper(m).pk, recipient(m).pk], ANSWERS, KEPT),
    "organiser_inquiry": ("organiser", lambda m: [m.community.slug, paper(m).pk], ANSWERS, KEPT),
    "inquiry_answer": ("anonymous", lambda m: [inquiry_token(recipient(m))], ANSWERS, KEPT),
    "staff_bulk": ("ward", lambda m: ["communities"], {"step": "publish", "all": "on", "state": "draft"}, ""),
}
READS: dict[str, Any] = {
    "staff_request_list": (("ward", "city", "auditor"), lambda m: "/staff/requests/"),
    "staff_bulk_run": (("ward",), bulk_run),
    "staff_person_list": (("ward", "city", "auditor"), lambda m: "/staff/people/"),
    "staff_person_detail": (("ward", "auditor"), organiser),
    "staff_inquiry_list": (("ward", "city"), lambda m: "/staff/inquiries/"),
    "contact_list": (("ward", "city", "prefecture"), lambda m: "/staff/contacts/?which=area"),
    "contact_find": (("ward", "city"), lambda m: "/staff/contacts/find/?q=試験"),
}
NAMED = {
    ("contact", "recorded_by"): "対応記録(職員として)",
    ("contact", "holder"): "対応記録(職員として)",
    ("bulkrun", "run_by"): "まとめて行った手続き",
    ("inquiry", "asked_by"): "照会",
    ("inquiryreply", "answered_by"): "照会",
}
COSTS: dict[str, Any] = {
    "staff requests": ("ward", lambda m: "/staff/requests/", 7),
    "staff people": ("ward", lambda m: "/staff/people/", 10),
    "staff people chosen": ("ward", lambda m: "/staff/people/?area=151050&role=member&q=試験", 10),
    "staff person": ("ward", organiser, 11),
    "staff inquiries": ("ward", lambda m: "/staff/inquiries/", 7),
    "staff inquiry": ("ward", lambda m: f"/staff/inquiries/{paper(m).pk}/", 11),
    "inquiry by link": ("anonymous", lambda m: f"/inquiries/{inquiry_token(recipient(m))}/", 4),
    "staff contacts": ("ward", lambda m: "/staff/contacts/?which=area", 6),
    "staff contact find": ("ward", lambda m: "/staff/contacts/find/?q=試験", 8),
    "staff contact new": ("ward", lambda m: f"/staff/contacts/community/{m.community.pk}/", 8),
}

MAILS = {
    **dict.fromkeys(("inquiry", "inquiry_reminder", "inquiry_thanks"), "test_officer_inquiries"),
    "organiser_letter": "test_officer_bulk",
}


def _inquiry(**more: Any) -> Inquiry:
    values = {"area_id": AKIHA, "title": "照会", "due_on": clock.today_jst()}
    return Inquiry.objects.create(**{**values, **more})


def _recipient(**more: Any) -> InquiryRecipient:
    values = {"inquiry": _inquiry(), "community": make.community()} | more
    return InquiryRecipient.objects.create(**values)


def _recipient_twice(**whom: Any) -> None:
    inquiry = _inquiry()
    for _ in range(2):
        _recipient(inquiry=inquiry, **whom)


def _reply_twice() -> None:
    recipient = _recipient()
    for _ in range(2):
        InquiryReply.objects.create(recipient=recipient, version=1)


def _question_twice() -> None:
    inquiry = _inquiry()
    for _ in range(2):
        InquiryQuestion.objects.create(inquiry=inquiry, position=1, label="質問")


def _contact(**more: Any) -> Contact:
    values = {
        "area_id": AKIHA,
        "subject_kind": "community",
        "subject_id": uuid4(),
        "subject_title": "会",
        "text": "話",
    }
    return Contact.objects.create(**{**values, **more})


BROKEN = {
    "bulkrun_not_empty": lambda: BulkRun.objects.create(step="publish"),
    "contact_kept_at_iff_kept": lambda: _contact(kept_at=clock.now()),
    "contact_promise_has_a_day": lambda: _contact(promise="約束"),
    "contact_text_not_empty": lambda: _contact(text=""),
    "inquiry_opened_at_iff_sent": lambda: _inquiry(opened_at=clock.now()),
    "inquiry_closed_at_iff_closed": lambda: _inquiry(closed_at=clock.now()),
    "inquiryquestion_one_place": _question_twice,
    "inquiryquestion_choice_has_choices": lambda: InquiryQuestion.objects.create(
        inquiry=_inquiry(), position=1, label="質問", kind="choice", choices=["一つ"]
    ),
    "inquiryrecipient_exactly_one": lambda: _recipient(community=None),
    "inquiryrecipient_answered_iff_version": lambda: _recipient(version=1),
    "inquiryrecipient_one_community": lambda: _recipient_twice(community=make.community()),
    "inquiryrecipient_one_municipality": lambda: _recipient_twice(community=None, municipality_id="462039"),
    "inquiryreply_one_version": _reply_twice,
}

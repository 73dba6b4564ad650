"""Pages, forms and costs of people, for the tables of tests."""

from typing import Any

from communities import actions
from communities.actions import exchanges as letters
from communities.mails.people import exchange_token
from communities.models import EasyText, Exchange, Hiding, Letter, Profile, Report, Theme
from portal.areas.models import Area
from portal.kernel import clock
from tests.factories import communities as make
from tests.factories import people

from .cast import Cast

KEPT = "のこるはずの言葉"
EVIL = '"><script>alert(1)</script>&amp;<p>'


def one(made: Cast) -> Profile:
    """The member of the cast, open to everybody, with everything that a page can show."""
    by = made.people["member"]
    if found := Profile.objects.filter(user=by.user).first():
        return found
    make.actions.show_member(by=by, membership=by.user.memberships.get(), show_name=True)
    return people.profile(
        by, photo=people.photo(by), areas=Area.objects.filter(pk="151050"),
        themes=Theme.objects.filter(slug="food"), links=["https://example.jp/a?b&c"],
    )  # fmt: skip


def _more(made: Cast) -> None:
    by = make.person()
    make.member(made.community, by, show_name=True)
    people.profile(by, areas=Area.objects.filter(pk="151050"), themes=Theme.objects.filter(slug="food"))
    letters.write_to(by=by, profile=one(made), text=f"{by.ref}")
    row = make.initiative(made.community)
    actions.report_object(by=by, subject="initiative", row=row, reason="other")
    actions.hide_object(by=made.people["ward"], subject="initiative", row=row, reason="試験")
    actions.report_object(by=by, subject="community", row=make.community(), reason="other")


def nothing(made: Cast) -> list[Any]:
    return []


def reported(made: Cast) -> Report:
    """A report about the cast's initiative."""
    return actions.report_object(
        by=made.people["resident"], subject="initiative", row=made.initiative, reason="advert", text=EVIL
    )


def hidden(made: Cast) -> Hiding:
    """A hidden initiative of the cast's community, made once."""
    found = Hiding.objects.order_by("created_at").first()
    return found or actions.hide_object(
        by=made.people["ward"], subject="initiative", row=make.initiative(made.community), reason=EVIL
    )


def begun(made: Cast) -> Exchange:
    """An exchange with the member of the cast, made once."""
    profile, by = one(made), made.people["resident"]
    found = Exchange.objects.filter(sender=by.user).first()
    return found or letters.write_to(by=by, profile=profile, text=EVIL)


def link(made: Cast) -> list[Any]:
    return [exchange_token(begun(made), "recipient")]


class Newest:
    """The id of the newest report, at the time of sending."""

    def __str__(self) -> str:
        return str(Report.objects.latest("created_at").pk)


FORMS: dict[str, Any] = {
    "community_easy": ("organiser", lambda m: [m.community.slug], {"text": KEPT}, KEPT),
    "event_easy": ("organiser", lambda m: [m.event.pk], {"text": KEPT}, KEPT),
    "person_write": ("organiser", lambda m: [one(m).pk], {"text": KEPT}, KEPT),
    "exchange_detail": ("anonymous", link, {"text": KEPT}, KEPT),
    "exchange_stop": ("anonymous", link, {}, ""),
    "exchange_report": ("resident", link, {"reason": "harm", "text": KEPT}, KEPT),
    "report_new": (
        "resident",
        lambda m: ["community", m.community.pk],
        {"reason": "harm", "text": KEPT},
        KEPT,
    ),
    "hiding_mine": ("organiser", lambda m: [hidden(m).pk], {"text": KEPT}, KEPT),
    "posting_rule": ("organiser", lambda m: [m.community.slug], {"holds_first": "on"}, "checked"),
    "staff_report_list": (
        "ward",
        lambda m: [reported(m)][1:],
        {"reports": Newest(), "step": "dismiss", "note": KEPT},
        KEPT,
    ),
    "staff_report_detail": ("ward", lambda m: [reported(m).pk], {"step": "uphold", "note": KEPT}, KEPT),
    "staff_hiding_detail": ("ward", lambda m: [hidden(m).pk], {"step": "restore", "note": KEPT}, ""),
    "staff_hide": ("ward", lambda m: ["community", m.community.pk], {"reason": KEPT}, KEPT),
    "profile_edit": ("resident", nothing, {"name": "試験", "name_seen": "members", "does": KEPT}, KEPT),
    "profile_close": ("resident", nothing, {}, ""),
}
READS: dict[str, Any] = {
    "exchange_list": (("resident", "member"), lambda m: f"/me/exchanges/?x={begun(m).pk}"),
    "staff_hiding_list": (
        ("ward", "city", "auditor"),
        lambda m: f"/staff/hidings/?state=hidden&x={hidden(m).pk}",
    ),
    "person_list": (("anonymous", "member"), lambda m: f"/people/?x={one(m).pk}"),
    "person_detail": (("anonymous", "member", "ward"), lambda m: one(m).get_absolute_url()),
}
FILES = {"person_photo": "one's photo, drawn anew", "profile_photo": "one's own photo"}
COSTS: dict[str, Any] = {
    "people list": ("anonymous", lambda m: f"/people/?x={one(m).pk}", 3),
    "people list by area and theme": ("anonymous", lambda m: "/people/?area=151050&theme=food", 3),
    "people list by words": ("anonymous", lambda m: "/people/?q=試験", 3),
    "person": ("anonymous", lambda m: one(m).get_absolute_url(), 4),
    "person, signed in": ("resident", lambda m: one(m).get_absolute_url(), 8),
    "people, signed in": ("resident", lambda m: "/people/", 7),
    "exchanges": ("resident", lambda m: f"/me/exchanges/?x={begun(m).pk}", 7),
    "exchange": ("anonymous", lambda m: f"/exchanges/{link(m)[0]}/", 3),
    "staff reports": ("ward", lambda m: f"/staff/reports/?x={reported(m).pk}", 7),
    "staff report": ("ward", lambda m: f"/staff/reports/{reported(m).pk}/", 9),
    "staff hidings": ("ward", lambda m: f"/staff/hidings/?state=hidden&x={hidden(m).pk}", 7),
    "staff hiding": ("ward", lambda m: f"/staff/hidings/{hidden(m).pk}/", 11),
    "one's own profile": ("resident", lambda m: "/me/profile/", 8),
}
MORE = {"people": _more}
NAMED = {
    ("exchange", "sender"): "ひろばを通した連絡",
    ("exchange", "recipient"): "ひろばを通した連絡",
    ("profile", "user"): "プロフィール",
    ("report", "user"): "知らせと非表示の記録",
    ("report", "answered_by"): "知らせと非表示の記録",
    ("hiding", "hidden_by"): "知らせと非表示の記録",
    ("hiding", "appealed_by"): "知らせと非表示の記録",
    ("hiding", "decided_by"): "知らせと非表示の記録",
}
MAILS = {
    "letter": "tests/communities/test_people_letters.py",
    "hidden": "tests/communities/test_people_moderation.py",
    "hiding_decided": "tests/communities/test_people_moderation.py",
}


def _profile(**values: Any) -> None:
    Profile.objects.filter(pk=people.profile().pk).update(**values)


def _report(**values: Any) -> Report:
    where = make.community()
    base = {
        "object_type": where._meta.label_lower, "object_id": where.pk, "area": where.area, "reason": "other",
        "sender_ref": "visitor:x",
    }  # fmt: skip
    return Report.objects.create(**{**base, **values})


def _hiding(**values: Any) -> Hiding:
    where = make.community()
    base = {
        "object_type": where._meta.label_lower, "object_id": where.pk, "area": where.area, "reason": "試験",
        "title": "試験",
    }  # fmt: skip
    return Hiding.objects.create(**{**base, **values})


def _twice(make_one: Any) -> None:
    make_one(object_id=make_one().object_id)


def _exchange(**values: Any) -> Exchange:
    base = {"sender": make.person().user, "recipient": make.person().user, "last_at": clock.now()}
    return Exchange.objects.create(**{**base, **values})


def _exchange_twice() -> None:
    row = _exchange()
    _exchange(sender=row.sender, recipient=row.recipient)


def _exchange_with_oneself() -> None:
    user = make.person().user
    _exchange(sender=user, recipient=user)


OWNED = dict.fromkeys(("event.easy", "community.easy", "community.posting_rule"), "part of its page")
BROKEN = {
    "easytext_of_one": lambda: EasyText.objects.create(text="x"),
    "easytext_not_empty": lambda: EasyText.objects.create(community=make.community(), text=""),
    "exchange_one_open": _exchange_twice,
    "exchange_between_two": _exchange_with_oneself,
    "exchange_stopped_iff_over": lambda: _exchange(state="stopped"),
    "letter_not_empty": lambda: Letter.objects.create(exchange=_exchange(), side="sender", text=""),
    "profile_opened_at_iff_open": lambda: _profile(opened_at=None),
    "profile_open_has_name": lambda: _profile(name=""),
    "report_one_open": lambda: _twice(_report),
    "report_answered_iff_closed": lambda: _report(state="dismissed"),
    "hiding_one_live": lambda: _twice(_hiding),
    "hiding_reason_given": lambda: _hiding(reason=""),
    "hiding_appealed_has_text": lambda: _hiding(state="appealed"),
}

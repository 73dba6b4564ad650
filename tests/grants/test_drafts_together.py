"""Two who write one draft of ①, ② or ④ at once: the later one is told, both texts survive, they see each other."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from communities.actions import organisation_members
from grants.actions import be_present
from grants.models import DraftTyped, Presence
from grants.together import actions, personal
from grants.together.drafts import column
from portal.kernel import audit, sweeping
from portal.kernel.actors import UserActor
from tests.factories import dispatch, workshop
from tests.factories.commission import draft_proposal, draft_theme, person, published_call
from tests.factories.grants import Town
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .commission_support import signed_in
from .pages import form_of, send, text_of
from .test_constraints import change, copy, refuses


@dataclass
class Desk:
    """A draft with two who may write it, and where."""

    draft: models.Model
    one: UserActor
    two: UserActor
    part: str
    field: str
    page: str
    autosave: str
    action: str = ""

    def opened(self, client: Client, query: str = "") -> dict[str, list[str]]:
        """What the form of the page holds."""
        return form_of(client.get(f"{self.page}{query}"), action=self.action)

    def stored(self) -> str:
        row = type(self.draft).objects.get(pk=self.draft.pk)  # type: ignore[attr-defined]
        return str(getattr(row, self.field))

    def url(self, name: str) -> str:
        return reverse(f"grants:draft_{name}", args=[column(self.draft), self.draft.pk, self.part])


def _dispatch(town: Town) -> Desk:
    made = dispatch.draft(town)
    save = reverse("grants:dispatch_autosave", args=[made.pk])
    return Desk(made, town.officer, town.chief, "request", "issue", made.get_edit_url(), save)


def _workshop(town: Town) -> Desk:
    made = workshop.draft(town)
    save = reverse("grants:workshop_autosave", args=[made.pk])
    return Desk(made, town.officer, town.chief, "workshop", "aim", made.get_edit_url(), save)


def _theme(town: Town) -> Desk:
    made = draft_theme(town)
    save = reverse("grants:theme_autosave", args=[made.pk])
    return Desk(
        made,
        town.officer,
        town.chief,
        "theme",
        "problem",
        made.get_absolute_url(),
        save,
        made.get_absolute_url(),
    )


def _proposal(town: Town) -> Desk:
    npo, colleague, call = person(), person(), published_call(town)
    made = draft_proposal(town, call, npo)
    authority = call.theme.menu.programme.authority
    said = organisation_members.say_member(by=colleague, organisation=made.organisation, authority=authority)
    organisation_members.confirm_member(by=town.prefecture, member=said)
    save = reverse("grants:proposal_autosave", args=[made.pk, "words"])
    return Desk(made, npo, colleague, "words", "plan", made.get_edit_url("words"), save)


@pytest.fixture(params=[_dispatch, _workshop, _theme, _proposal], ids=lambda make: make.__name__[1:])
def desk(request: pytest.FixtureRequest, town: Town) -> Desk:
    make: Callable[[Town], Desk] = request.param
    return make(town)


def test_the_later_writer_is_told_and_both_texts_survive(desk: Desk) -> None:
    first, second = signed_in(desk.one.user), signed_in(desk.two.user)
    mine, theirs = desk.opened(first), desk.opened(second)
    assert first.post(desk.autosave, {**mine, desk.field: "先の文"}).status_code == 200
    told = second.post(desk.autosave, {**theirs, desk.field: "後の文"})
    assert (told.status_code, told.json()["conflict"], desk.stored()) == (409, True, "先の文")
    kept = DraftTyped.objects.get()
    assert (kept.sent[desk.field], kept.part, kept.typed_by) == (["後の文"], desk.part, desk.two.user)
    assert audit.history(kept)[0].event == "grants.drafttyped.kept"
    assert personal.rows(desk.two.user_id)["下書きの取り置いた入力"][0]["内容"] == kept.sent
    again = second.get(desk.page)
    assert "まだ反映していない入力があります" in text_of(again)
    both = second.get(f"{desk.page}?restore=1")
    assert_html(both.content)
    assert ("先の文" in text_of(both), "後の文" in text_of(both)) == (True, True)
    assert second.post(desk.page, desk.opened(second, "?restore=1")).status_code == 303
    assert (desk.stored(), DraftTyped.objects.exists()) == ("後の文", False)


def test_the_button_of_the_later_writer_shows_both_and_keeps_them(desk: Desk) -> None:
    first, second = signed_in(desk.one.user), signed_in(desk.two.user)
    mine, theirs = desk.opened(first), desk.opened(second)
    assert first.post(desk.page, {**mine, desk.field: "先の文"}).status_code == 303
    told = second.post(desk.page, {**theirs, desk.field: "後の文"})
    assert (told.status_code, desk.stored()) == (409, "先の文")
    assert ("先の文" in text_of(told), "後の文" in text_of(told)) == (True, True)
    assert DraftTyped.objects.get().sent[desk.field] == ["後の文"]
    settled = send(second, desk.page, action=desk.url("settle"))
    assert (settled.status_code, settled["Location"], DraftTyped.objects.exists()) == (303, desk.page, False)


def test_a_pages_own_lost_answer_is_no_conflict(desk: Desk) -> None:
    client = signed_in(desk.one.user)
    sent = desk.opened(client)
    assert client.post(desk.autosave, {**sent, desk.field: "書きかけ"}).status_code == 200
    again = client.post(desk.autosave, {**sent, desk.field: "書きかけの続き"})
    assert (again.status_code, desk.stored()) == (200, "書きかけの続き")


def test_a_revision_that_no_page_shows_is_refused(desk: Desk) -> None:
    client = signed_in(desk.one.user)
    sent = {**desk.opened(client), "revision": "99999999999", desk.field: "文"}
    assert client.post(desk.autosave, sent).status_code == 422
    assert client.post(desk.page, sent).status_code == 422
    assert not DraftTyped.objects.exists()


def test_who_has_it_open_is_seen_by_the_other(desk: Desk, town: Town) -> None:
    first = signed_in(desk.one.user)
    beat = first.post(desk.url("presence"), {"known": ""})
    assert beat.status_code == 204
    row = Presence.objects.get()
    assert (row.file, row.user) == (desk.draft, desk.one.user)
    refuses("presence_once", copy(row))
    words = text_of(signed_in(desk.two.user).get(desk.page))
    assert f"<b>{desk.one.user.name}</b>さん({row.get_place_display()})" in words
    assert "声をかけあって" in words


def test_strangers_settle_and_say_nothing(desk: Desk) -> None:
    client = signed_in(Town().officer_user)
    for name in ("settle", "presence"):
        assert client.post(desk.url(name)).status_code == 404
        wrong = desk.url(name).replace(f"/{desk.part}/", "/budget/")
        assert signed_in(desk.one.user).post(wrong).status_code == 404
    assert not Presence.objects.exists()


def test_both_sides_of_a_consultation_see_each_other(town: Town) -> None:
    made = workshop.consulting(town)
    be_present(by=town.prefecture, file=made, place="workshop")
    words = text_of(signed_in(town.officer_user).get(made.get_edit_url()))
    assert f"<b>{town.prefecture_user.name}</b>さん(開催計画)" in words


def test_two_sections_of_a_proposal_are_no_conflict(town: Town) -> None:
    desk = _proposal(town)
    client = signed_in(desk.one.user)
    costs = desk.draft.get_edit_url("costs")  # type: ignore[attr-defined]
    words, sums = desk.opened(client), form_of(client.get(costs))
    assert client.post(desk.autosave, {**words, "plan": "計画"}).status_code == 200
    save = reverse("grants:proposal_autosave", args=[desk.draft.pk, "costs"])
    assert client.post(save, {**sums, "label_1": "人件費", "amount_1": "800000"}).status_code == 200


def test_the_database_keeps_one_text_a_person_and_section(town: Town) -> None:
    made = dispatch.draft(town)
    row = actions.keep_draft(by=town.officer, draft=made, part="request", revision=1, sent={"issue": ["文"]})
    again = actions.keep_draft(
        by=town.officer, draft=made, part="request", revision=2, sent={"issue": ["新しい文"]}
    )
    assert (again.pk, again.sent) == (row.pk, {"issue": ["新しい文"]})
    refuses("drafttyped_one_a_person", copy(again))
    refuses("drafttyped_of_one_draft", change(again, dispatch=None))
    assert actions.settle_draft(by=town.officer, draft=made, part="request") == 1
    assert actions.settle_draft(by=town.officer, draft=made, part="request") == 0


def test_what_nobody_settled_is_forgotten_after_a_year(town: Town, clock: ClockFile) -> None:
    draft = dispatch.draft(town)
    actions.keep_draft(by=town.officer, draft=draft, part="request", revision=1, sent={})
    clock.set("2027-11-25T09:59:59+09:00")
    sweeping.sweep_floors()
    assert DraftTyped.objects.exists()
    clock.set("2027-11-25T10:00:01+09:00")
    sweeping.sweep_floors()
    assert not DraftTyped.objects.exists()

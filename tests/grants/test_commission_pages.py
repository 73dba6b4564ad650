"""The pages of ④ from the proposal to the announced result, as each side uses them."""

from django.test import Client
from django.urls import reverse

from grants.models import CommissionCall, Proposal, ScoreSheet
from portal.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.commission import Panel, draft_proposal, person, published_call, ready_proposal
from tests.factories.grants import Town
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .commission_support import counted, signed_in
from .pages import form_of, send, text_of


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    assert_html(response.content)
    return text_of(response)


def test_a_proponent_writes_section_by_section_and_submits(town: Town) -> None:
    call, user = published_call(town), UserFactory()
    npo = signed_in(user)
    new = reverse("grants:proposal_new", args=[call.pk])
    assert "企画提案を書く" in page(Client(), call.get_absolute_url())
    assert Client().get(new).status_code == 302
    bad = send(npo, new, organisation_name="", kind="civic", area=town.area.pk)
    assert bad.status_code == 422
    home = call.theme.menu.programme.authority.area_id
    type(town.area).objects.filter(pk=town.area.pk).update(parent=home)
    assert send(npo, new, organisation_name="頁の会", kind="civic", area=town.area.pk).status_code == 303
    proposal = Proposal.objects.get()
    for section in ("words", "group", "costs", "files", "submit"):
        page(npo, proposal.get_edit_url(section))
    words, group, costs = (proposal.get_edit_url(part) for part in ("words", "group", "costs"))
    assert send(npo, words, title="頁の企画", summary="悪い\x00字").status_code == 422
    assert send(npo, words, title="頁の企画").status_code == 303
    assert send(npo, group, name_1="名だけ").status_code == 422
    assert send(npo, costs, price_yen="1,500,001").status_code == 409
    assert (
        send(npo, costs, label_1="人件費", amount_1="800000", price_yen="８００，０００").status_code == 303
    )
    last = proposal.get_edit_url("submit")
    refused = send(npo, last, action=last, oath="on")
    assert (refused.status_code, "入力してください" in text_of(refused)) == (409, True)
    assert "頁の企画" in page(npo, "/grants/proposals/")
    assert "頁の会" in page(npo, proposal.get_absolute_url())
    assert npo.get(reverse("grants:proposal_edit", args=[proposal.pk, "nowhere"])).status_code == 404
    assert signed_in(UserFactory()).get(proposal.get_absolute_url()).status_code == 404


def test_a_whole_proposal_is_submitted_by_its_page_and_taken_back(town: Town) -> None:
    call, npo = published_call(town), person()
    proposal = ready_proposal(town, call, npo)
    client = signed_in(npo.user)
    last = proposal.get_edit_url("submit")
    assert send(client, last, action=last).status_code == 409
    assert send(client, last, action=last, oath="on").status_code == 303
    paper = proposal.files.first()
    assert paper is not None
    assert client.get(paper.get_absolute_url()).status_code == 200
    assert signed_in(UserFactory()).get(paper.get_absolute_url()).status_code == 404
    url = proposal.get_absolute_url()
    assert send(client, url, action=proposal.get_withdraw_url(), note="").status_code == 422
    assert send(client, url, action=proposal.get_withdraw_url(), note="人が足りない").status_code == 303
    assert "取下げ" in page(client, url)


def test_the_panel_by_its_pages_from_seats_to_the_announcement(town: Town, clock: ClockFile) -> None:
    made = Panel(town)
    clock.set("2026-12-21T10:00:00+09:00")
    keeper, office = signed_in(made.secretariat.user), signed_in(town.prefecture_user)
    call = made.call
    url = reverse("grants:staff_panel", args=[call.pk])
    page(keeper, url)
    assert send(keeper, url, action=f"{url}seats/", email="x@example.jp", title="x").status_code == 409
    assert office.post(f"{url}open/").status_code == 403
    assert send(keeper, url, action=f"{url}open/").status_code == 303
    for number, one in enumerate(made.reviewers):
        _review(made, one.user, number)
    page(keeper, url)
    ranking = reverse("grants:staff_ranking", args=[call.pk])
    text = page(keeper, ranking)
    assert "80.00" in text
    assert "最低基準に満たない" in page(keeper, f"{ranking}?floor=90")
    assert_html(keeper.get(f"{ranking}?floor=101").content)
    assert send(office, ranking, action=f"{ranking}announce/").status_code == 303
    public = page(Client(), call.get_absolute_url())
    assert made.proposals[0].organisation.name in public
    assert made.proposals[1].organisation.name not in public, "only the adopted one is named"
    assert "採択" in page(signed_in(made.npos[0].user), made.proposals[0].get_absolute_url())
    page(signed_in(made.reviewers[0].user), reverse("grants:review_call", args=[call.pk]))


def _review(made: Panel, user: User, number: int) -> None:
    """One reviewer: declares, reads, scores, seals; the last has a conflict with the second proposal."""
    client = signed_in(user)
    url = reverse("grants:review_call", args=[made.call.pk])
    assert made.proposals[0].organisation.name in page(client, url)
    for place, proposal in enumerate(made.proposals):
        score = reverse("grants:review_score", args=[made.call.pk, proposal.pk])
        assert client.get(score).status_code == 404, "nothing before the declaration"
        conflict = number == 2 and place == 1
        values = {"declared": "conflict", "kinds": ["pay"]} if conflict else {"declared": "clear"}
        declare = f"{score}declare/"
        page(client, declare)
        assert send(client, declare, declared="conflict").status_code == 422
        assert send(client, declare, **values).status_code == 303
        if conflict:
            _gets_nothing(client, made, proposal, [url, score, declare])
            continue
        page(client, score)
        points = {
            f"points_{item.position}": item.points * (80 - 10 * place) // 100
            for item in made.call.items.all()
        }
        assert send(client, score, action=score, points_1="99").status_code == 422
        assert send(client, score, action=score, **_shares(points, 80 - 10 * place)).status_code == 303
        assert send(client, score, action=f"{score}seal/").status_code == 303
    assert_html(client.get("/grants/reviews/").content)


def _shares(points: dict[str, int], total: int) -> dict[str, int]:
    """The same points, the rest of what was cut off on the largest item."""
    largest = "points_3"
    return {**points, largest: points[largest] + total - sum(points.values())}


def _gets_nothing(client: Client, made: Panel, proposal: Proposal, urls: list[str]) -> None:
    """Pages, files, lists, search: nothing of the proposal, not even its name."""
    listed, score, declare = urls
    assert proposal.organisation.name not in text_of(client.get(listed))
    paper = proposal.files.first()
    assert paper is not None
    for url in (
        score,
        declare,
        proposal.get_absolute_url(),
        paper.get_absolute_url(),
        proposal.get_staff_url(),
    ):
        assert client.get(url).status_code == 404, url
    assert f"/proposals/{proposal.pk}" not in client.get("/search/", {"q": proposal.title}).content.decode()
    assert (
        ScoreSheet.objects.filter(proposal=proposal, seat__user_id=client.session["_auth_user_id"]).count()
        == 0
    )


def test_lists_cost_the_same_for_one_and_for_many(town: Town) -> None:
    call, npo = published_call(town), person()
    client = signed_in(npo.user)
    draft_proposal(town, call, npo)
    before = counted(client, "/grants/proposals/")
    for _ in range(5):
        draft_proposal(town, call, npo)
    assert counted(client, "/grants/proposals/") == before
    assert form_of(client.get(reverse("grants:proposal_new", args=[call.pk])))["kind"] == ["civic"]
    assert CommissionCall.objects.count() == 1


def test_a_section_is_saved_while_one_types_and_a_second_writer_loses_nothing(town: Town) -> None:
    npo = person()
    made = draft_proposal(town, published_call(town), npo)
    client, page = signed_in(npo.user), made.get_edit_url()
    typed = {"title": "はじめの題", "revision": "0"}
    url = f"{page}autosave/"
    saved = client.post(url, typed)
    assert (saved.status_code, saved.json()["revision"]) == (200, 1)
    late = client.post(url, {**typed, "title": "おくれた題"})
    assert late.status_code == 409
    assert late.json()["conflict"]
    wrong = client.post(url, {"title": "題", "contact_email": "x", "revision": "1"})
    assert wrong.status_code == 422
    shown = send(client, page, title="おくれた題", revision="0")
    assert shown.status_code == 409
    assert "ほかの画面でも保存されました" in text_of(shown)
    assert "はじめの題" in text_of(shown)
    assert "おくれた題" in text_of(shown)
    again = form_of(shown)
    assert again["revision"] == ["1"]
    assert client.post(page, again).status_code == 303
    made.refresh_from_db()
    assert (made.title, made.revision) == ("おくれた題", 2)
    assert client.post(f"{made.get_edit_url('files')}autosave/", typed).status_code == 404
    assert signed_in(person().user).post(url, typed).status_code == 404

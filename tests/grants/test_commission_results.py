"""After the scores of ④: equals parted by the panel, the papers of the result, the clock of the 次点."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from grants.commission import papers
from grants.commission.actions import announcing, results
from grants.commission.actions import proposals as proponents
from grants.commission.queries import panel as reads
from grants.commission.sweeping import lapse_reserves
from grants.desk import cases
from grants.desk import commission as desk
from grants.models import CommissionCall, Proposal
from portal.accounts.scope import Scope
from portal.documents import queries as documents
from portal.documents.models import Document
from portal.kernel import clock as kernel_clock
from portal.kernel import jobs
from portal.kernel.actors import UserActor
from portal.kernel.models import Job
from portal.kernel.refusals import Refusal
from tests.factories.commission import Panel, published_call, submitted_proposal
from tests.factories.contracts import result
from tests.factories.grants import Town
from tests.support.world import ClockFile

from .commission_support import body_of, mails, signed_in
from .pages import text_of

PRICES = (1_400_000, 1_400_000, 1_000_000)


@pytest.fixture
def scored(town: Town, clock: ClockFile) -> Panel:
    """Two equals at the top, one below the floor; the third reviewer is excluded from the third proposal."""
    made = Panel(town, prices=PRICES, terms={"tie_position": None})
    clock.set("2026-12-21T10:00:00+09:00")
    made.open()
    for place, share in enumerate((80, 80, 40)):
        for one in range(3):
            if (one, place) == (2, 2):
                made.declare(one, place, "conflict")
            else:
                made.declare(one, place)
                made.give(one, place, share)
    made.call = CommissionCall.objects.select_related("theme__menu__programme__authority__area").get(
        pk=made.call.pk
    )
    return made


def fresh(row: Proposal) -> Proposal:
    return Proposal.objects.get(pk=row.pk)


def announced(made: Panel) -> Panel:
    first, second, _ = made.proposals
    announcing.decide_tie(
        by=made.secretariat, call=made.call, order=[second, first], note="協働の体制を重く見た。"
    )
    announcing.announce(by=made.town.prefecture, call=made.call)
    return made


def paper_of(kind: str, obj: object) -> Document:
    return Document.objects.get(kind=kind, object_id=obj.pk)  # type: ignore[attr-defined]


def test_equals_wait_for_the_panel_and_are_parted_once(scored: Panel) -> None:
    first, second, third = scored.proposals
    with pytest.raises(Refusal, match="同点の提案があります"):
        announcing.announce(by=scored.town.prefecture, call=scored.call)
    part = {"by": scored.secretariat, "call": scored.call, "note": "協働の体制を重く見た。"}
    with pytest.raises(PermissionDenied):
        announcing.decide_tie(**{**part, "by": scored.town.prefecture}, order=[first, second])
    for order in ([], [first], [first, second, third]):
        with pytest.raises(Refusal, match="同点の提案が変わりました"):
            announcing.decide_tie(**part, order=order)
    with pytest.raises(Refusal, match="合議の内容"):
        announcing.decide_tie(**{**part, "note": " "}, order=[second, first])
    announced(scored)
    assert [fresh(row).state for row in scored.proposals] == ["reserve", "adopted", "not_adopted"]
    assert [fresh(row).place for row in scored.proposals] == [2, 1, 3]
    with pytest.raises(Refusal, match="公表するまで"):
        announcing.decide_tie(**part, order=[first, second])


def test_no_tie_is_recorded_before_the_scores_are_in(town: Town) -> None:
    made = Panel(town).open()
    with pytest.raises(Refusal, match="採点がそろってから"):
        announcing.decide_tie(by=made.secretariat, call=made.call, order=made.proposals, note="合議")


def test_the_result_sheet_tells_a_proponent_their_own_figures_only(scored: Panel) -> None:
    announced(scored)
    first, second, third = scored.proposals
    body = paper_of(papers.RESULT, third).snapshot["body"]
    assert (body["outcome"], body["place"], body["count"]) == ("不採択", 3, 3)
    assert body["items"][0] == ["趣旨の理解", 15, "6.00"]
    words = str(body)
    for other in (first, second):
        assert other.organisation.name not in words
    mine = documents.visible_to(Scope.of(UserActor(third.created_by)))  # type: ignore[arg-type]
    assert paper_of(papers.RESULT, third) in mine
    assert paper_of(papers.RESULT, first) not in mine
    assert not mine.filter(kind=papers.MINUTES)
    town = documents.visible_to(Scope.of(scored.town.officer))
    assert not town.filter(kind__in=[papers.RESULT, papers.MINUTES]), "the theme's municipality is told none"
    assert town.filter(kind=papers.PROPOSAL).count() == 3


def test_the_minutes_name_the_excluded_without_the_cause(scored: Panel) -> None:
    announced(scored)
    body = paper_of(papers.MINUTES, scored.call).snapshot["body"]
    third = scored.proposals[2].organisation.name
    assert body["excluded"] == [[scored.reviewers[2].user.name, third]]
    assert "報酬" not in str(body)
    assert "pay" not in str(body)
    assert body["tie"] == "協働の体制を重く見た。"
    assert [row["sheets"] for row in body["rows"]] == [3, 3, 2]
    assert [row["outcome"] for row in body["rows"]] == ["採択", "次点", "不採択"]
    tied = Scope.of(UserActor(scored.reviewers[2].user))
    assert not reads.minuted(tied)
    assert scored.call in reads.minuted(Scope.of(UserActor(scored.secretariat.user)))


def test_the_public_paper_names_the_adopted_only(scored: Panel) -> None:
    path = reverse("grants:call_paper", args=[scored.call.pk])
    client = signed_in(scored.npos[0].user)
    assert client.get(path).status_code == 404
    announced(scored)
    paper = paper_of(papers.OUTCOME, scored.call)
    body = paper.snapshot["body"]
    assert [row[0] for row in body["adopted"]] == [scored.proposals[1].organisation.name]
    assert body["count"] == 3
    assert scored.proposals[0].organisation.name not in str(body)
    assert jobs.run(Job.objects.get(key=paper.job_key).pk)
    client.logout()
    found = client.get(path)
    assert found.status_code == 200
    assert found["Content-Type"] == "application/pdf"
    assert path in text_of(client.get(scored.call.get_absolute_url()))


def test_submitting_issues_the_proposal_with_its_estimate(town: Town) -> None:
    made = submitted_proposal(town, published_call(town))
    body = paper_of(papers.PROPOSAL, made).snapshot["body"]
    assert body["lines"] == [["人件費", 800_000], ["会場と車両", 600_000]]
    assert (body["price_yen"], body["total_yen"]) == (1_400_000, 1_400_000)
    assert "npo@example.jp" not in str(body), "no address of a person is printed"
    seen = documents.visible_to(Scope.of(town.prefecture))
    assert not seen.filter(kind=papers.PROPOSAL), "nobody opens it before the deadline"
    assert "企画提案書" in text_of(signed_in(made.created_by).get(made.get_absolute_url()))  # type: ignore[arg-type]


def test_the_clock_of_the_next_one_runs_when_the_adopted_falls_out(town: Town, clock: ClockFile) -> None:
    first, second, third = result(town, "adopted", "reserve", "reserve")
    clock.set("2027-01-20T10:00:00+09:00")
    writer = UserActor(second.created_by)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="まだお知らせしていません"):
        results.take_up(by=writer, proposal=second)
    proponents.withdraw_proposal(by=UserActor(first.created_by), proposal=first, note="人が足りない")  # type: ignore[arg-type]
    until = datetime.fromisoformat("2027-01-28T00:00:00+09:00")
    assert [fresh(row).reserve_until for row in (second, third)] == [until, None], "one week, one at a time"
    assert "返事の期限" in body_of("proposal_asked_up", writer.user.email)
    items = list(desk.items_of(Scope.of(UserActor(writer.user))))
    assert [str(item.due_on) for item in items] == ["2027-01-27"]
    clock.set("2027-01-27T23:59:59+09:00")
    assert lapse_reserves()[1] == 0
    assert results.take_up(by=writer, proposal=fresh(second)).state == "adopted"
    assert "proposal_taken_up" in mails(town.prefecture_user.email)
    with pytest.raises(Refusal):
        results.take_up(by=writer, proposal=fresh(second))
    contracts = [item.title for item in cases.items(Scope.of(UserActor(town.prefecture_user)))]
    assert f"{second.organisation.name}との契約の協議を始める" in contracts


def test_the_clock_runs_out_and_the_one_after_is_asked(town: Town, clock: ClockFile) -> None:
    first, second, third = result(town, "adopted", "reserve", "reserve", reserve_days=3)
    clock.set("2027-01-20T10:00:00+09:00")
    proponents.withdraw_proposal(by=UserActor(first.created_by), proposal=first, note="人が足りない")  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="まだ過ぎていません"):
        results.lapse_reserve(by=UserActor(first.created_by), proposal=fresh(second))  # type: ignore[arg-type]
    clock.set("2027-01-24T00:00:00+09:00")
    with pytest.raises(Refusal, match="期限は過ぎたか"):
        results.take_up(by=UserActor(second.created_by), proposal=fresh(second))  # type: ignore[arg-type]
    assert lapse_reserves()[1] == 1
    assert [fresh(row).state for row in (second, third)] == ["not_adopted", "reserve"]
    assert fresh(third).reserve_until == datetime.fromisoformat("2027-01-28T00:00:00+09:00")
    assert lapse_reserves()[1] == 0


def test_a_withdrawn_reserve_that_was_asked_passes_the_clock_on(town: Town, clock: ClockFile) -> None:
    first, second, third = result(town, "adopted", "reserve", "reserve")
    clock.set("2027-01-20T10:00:00+09:00")
    for row in (first, second):
        proponents.withdraw_proposal(by=UserActor(row.created_by), proposal=fresh(row), note="受けられない")  # type: ignore[arg-type]
    assert fresh(third).reserve_until is not None


def test_desks_of_secretariat_officer_and_reviewers(town: Town, clock: ClockFile) -> None:
    def waits(by: UserActor) -> list[str]:
        return [item.title for item in cases.items(Scope.of(UserActor(by.user)))]

    made = Panel(town)
    title = made.call.title
    assert f"「{title}」の審査会を始める" in waits(made.secretariat)
    seat = made.call.seats.first()
    seat.__class__.objects.filter(pk=seat.pk).update(left_at=kernel_clock.now())
    assert f"「{title}」の審査委員をあと1人委嘱する" in waits(made.secretariat)
    assert not [item for item in waits(town.prefecture) if "委嘱する" in item]
    seat.__class__.objects.filter(pk=seat.pk).update(left_at=None)
    Proposal.objects.filter(pk=made.proposals[0].pk).update(state="submitted")
    assert f"「{title}」の審査会を始める" not in waits(made.secretariat)
    assert f"「{title}」の企画提案1件の資格を審査する" in waits(town.prefecture)
    Proposal.objects.filter(pk=made.proposals[0].pk).update(state="qualified")
    clock.set("2026-12-21T10:00:00+09:00")
    made.open()
    one, two = (row.organisation.name for row in made.proposals)
    assert set(waits(made.reviewers[0])) == {f"{one}との利害関係を申告する", f"{two}との利害関係を申告する"}
    assert f"{one}の企画提案に意見を書く" in waits(town.officer)
    gather = f"「{title}」の申告と採点票のそろいを確かめる(残り{{}}枚)"
    assert gather.format(6) in waits(made.secretariat)
    made.declare(0, 0)
    assert set(waits(made.reviewers[0])) == {f"{two}との利害関係を申告する", f"{one}の企画提案を採点する"}
    made.give(0, 0, 80)
    made.declare(2, 1, "conflict")
    assert gather.format(4) in waits(made.secretariat), "one is sealed, one excluded"
    made.interest(1, 0).__class__.objects.filter(pk=made.interest(1, 0).pk).update(recorded=True)
    assert f"「{title}」の利害関係1件を判断する" in waits(made.secretariat)
    assert waits(made.reviewers[0]) == [f"{two}との利害関係を申告する"]
    CommissionCall.objects.filter(pk=made.call.pk).update(frozen_at=kernel_clock.now())
    assert waits(made.secretariat) == [f"「{title}」の順位を確かめ、同点なら合議を記録する"]
    CommissionCall.objects.filter(pk=made.call.pk).update(frozen_at=None)
    page = signed_in(made.reviewers[0].user).get(reverse("accounts:me"))
    assert "との利害関係を申告する" in text_of(page)

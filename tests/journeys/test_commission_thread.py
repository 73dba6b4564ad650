"""Menu ④ up to its result: a theme, its call, a question for all, five proposals, their qualification, the panel."""

from pathlib import Path

import pytest
from django.urls import reverse

from grants.commission.actions import panel, qualifying, scoring
from grants.commission.actions.themes import judge_theme
from grants.commission.enums import NEEDED_FILES, QUALIFICATIONS
from grants.models import CommissionCall, CommissionTheme, PanelInterest, Proposal
from portal.accounts.enums import Role
from portal.kernel.actors import UserActor
from tests.factories.accounts import UserFactory, actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.commission import (
    FIT,
    THEME,
    WORDS,
    closed_call,
    proposed_theme,
    published_call,
    qualified,
)
from tests.factories.grants import Town, menu, office
from tests.support.browser import People
from tests.support.processes import Worker, wait_until
from tests.support.world import World

from .commission import BODIES, CLOSED, SCORED, START, choose, owner, paper_of, proposed, reads_paper
from .steps import Visitor

pytestmark = pytest.mark.usefixtures("world")
DESK, PHONE = 1280, 390
# The tests share a world and come in any order: two themes of one title, proposed at one moment, stand in any order too.
OURS = {**THEME, "title": "移動と居場所を、ひとつの仕組みで続ける"}
PRICES = (1_450_000, 1_300_000, 1_200_000, 1_100_000, 900_000)
# Points by item: the second and the third are equal in sum, and parted by the third item.
SHEETS = (
    (14, 13, 22, 14, 9, 8, 9),
    (12, 11, 20, 11, 8, 7, 6),
    (13, 12, 18, 11, 8, 7, 6),
    (8, 8, 12, 8, 5, 5, 5),
)


def test_from_two_themes_to_five_proposals_and_their_qualification(
    world: World, worker: Worker, people: People, tmp_path: Path
) -> None:
    world.clock.set(START)
    shared, _ = office(), menu(4)
    town, other = Town(shared), Town(shared)
    theme = _municipality_proposes(people, town)
    declined = proposed_theme(other, title="空き家を、つどいの場にする")
    desk = Visitor(people, DESK, user=town.prefecture_user).go("/staff/grants/themes/").reads(declined.title)
    desk.press(theme.title).fill({"step": "select"}).press("選定の結果を記録する").reads("選定の日")
    judge_theme(by=other.prefecture, theme=declined, step="decline", note="メニュー③で行えるため")
    call = _prefecture_publishes(desk, theme)
    _question_is_answered_to_all(people, desk, call)
    first = _proponent_writes(people, call, town, tmp_path)
    text = reads_paper(Visitor(people, PHONE, user=owner(first).user), paper_of(first, "grants.proposal"))
    assert "企画提案書" in text
    assert "大隅大学地域研究室" in text
    rest = [
        proposed(town, call, name, price_yen=price)
        for name, price in zip(BODIES[1:], PRICES[1:], strict=True)
    ]
    desk.go(call.get_staff_url())
    assert BODIES[1] not in desk.page.locator("main").inner_text(), "nobody opens one before the deadline"
    world.clock.set(CLOSED)
    desk.go(call.get_staff_url()).press("締め切る").reads(*BODIES)
    for row in rest[:3]:
        qualifying.judge_qualification(by=town.prefecture, proposal=_fresh(row), step="qualify", answers=FIT)
    _qualified_by_pages(desk, first, rest[3])
    states = Proposal.objects.filter(call=call).values_list("state", flat=True)
    assert sorted(states) == ["disqualified", *["qualified"] * 4]
    Visitor(people, PHONE, user=owner(rest[3]).user).go(rest[3].get_absolute_url()).reads("資格審査")


def _municipality_proposes(people: People, town: Town) -> CommissionTheme:
    writer = Visitor(people, DESK, user=town.officer_user)
    platform = town.platform
    writer.go("/grants/themes/").press("テーマを書く")
    writer.fill({"platform": str(platform.pk), **OURS}).press("下書きを保存する")
    theme = CommissionTheme.objects.get(municipality=town.area)
    chief = Visitor(people, DESK, user=town.chief_user).go(theme.get_absolute_url())
    chief.press("保存したテーマを提案する").reads("提案日")
    return theme


def _prefecture_publishes(desk: Visitor, theme: CommissionTheme) -> CommissionCall:
    desk.go("/staff/grants/reviews/").press(theme.title)
    desk.go(reverse("grants:staff_call_new", args=[theme.pk]))
    days = {
        "questions_on": "R8.12.4",
        "closes_on": "令和8年12月18日",
        "closes_time": "17:00",
        "ends_on": "2027-03-18",
    }
    desk.fill({**days, "tie_position": "3", "presentation_on": "2027-01-15", "presentation_place": "県庁"})
    desk.press("保存する").press("公募を始める")
    return CommissionCall.objects.get(theme=theme)


def _question_is_answered_to_all(people: People, desk: Visitor, call: CommissionCall) -> None:
    asker = Visitor(people, PHONE).go(call.get_absolute_url()).press("質問する")
    asker.fill({"text": "車両の借上げは、経費の対象になりますか。"}).press("質問を送る")
    assert "車両の借上げ" not in asker.page.locator("main").inner_text(), "not before it is answered"
    desk.go(call.get_staff_url()).fill({"answer": "対象になります。見積書を付けてください。"}).press(
        "回答して公開する"
    )
    Visitor(people, PHONE).go(call.get_absolute_url()).reads("車両の借上げ", "見積書を付けて")


def _proponent_writes(people: People, call: CommissionCall, town: Town, folder: Path) -> Proposal:
    """On a phone: every section, what was typed is kept by itself, three papers, the oath."""
    writer = Visitor(people, PHONE, user=UserFactory()).go(call.get_absolute_url()).press("企画提案を書く")
    writer.fill({"organisation_name": BODIES[0], "kind": "civic", "area": town.area.pk}).press("下書きを作る")
    made = Proposal.objects.get(call=call)
    writer.fill(WORDS)
    wait_until(lambda: "に保存しました" in writer.page.locator("#saved").inner_text(), what="it saves itself")
    assert Proposal.objects.get(pk=made.pk).plan == WORDS["plan"]
    writer.go(made.get_edit_url()).reads("企画の内容")
    assert writer.page.locator("main [name=plan]").input_value() == WORDS["plan"]
    writer.press("保存して次へ").fill({"name_1": "大隅大学地域研究室", "role_1": "聞き取りと効果の検証"})
    writer.press("保存して次へ").fill(
        {"price_yen": "1,450,000", "label_1": "人件費", "amount_1": "８５０，０００"}
    )
    writer.fill({"label_2": "会場と車両", "amount_2": "600,000"}).press("保存して次へ")
    for kind in NEEDED_FILES:
        choose(writer.fill({"kind": kind.value}), "file", folder, f"{kind.value}.pdf").press("添付する")
    writer.press("確認と提出へ進む").fill({"oath": "on"}).press("企画提案を提出する").reads("手続きのようす")
    return _fresh(made)


def _qualified_by_pages(desk: Visitor, fit: Proposal, unfit: Proposal) -> None:
    verdicts = {f"verdict_{key}": "fit" for key, _ in QUALIFICATIONS}
    desk.go(fit.get_staff_url()).fill({**verdicts, "step": "qualify"}).press("結果を記録する").reads(
        "資格あり"
    )
    why = {"verdict_office": "unfit", "note_office": "事務所が県外にある", "note": "県内に事務所がないため"}
    desk.go(unfit.get_staff_url()).fill({**verdicts, **why, "step": "disqualify"}).press("結果を記録する")
    desk.reads("資格なし", "事務所が県外にある")


def test_from_the_panel_to_the_result_one_reviewer_in_conflict(
    world: World, worker: Worker, people: People
) -> None:
    world.clock.set(START)
    town = Town()
    call, rows = _qualified_call(town)
    world.clock.set(CLOSED)
    secretariat = officer(Role.SECRETARIAT, KAGOSHIMA)
    reviewers = [UserFactory() for _ in range(3)]
    keeper = Visitor(people, DESK, user=secretariat)
    _panel_begins(keeper, call, actor(secretariat), reviewers)
    tied = Visitor(people, PHONE, user=reviewers[1])
    tied.go(reverse("grants:review_declare", args=[call.pk, rows[0].pk]))
    tied.fill({"declared": "conflict", "kinds": "pay"}).press("申告する")
    _conflicted_finds_nothing(tied, call, rows[0])
    _reviewer_scores(people, reviewers[0], call, rows[0])
    given = [(one, row) for row in range(4) for one in range(3) if (one, row) not in {(0, 0), (1, 0)}]
    for one, row in given[:-1]:
        _give(UserActor(reviewers[one]), rows[row], SHEETS[row])
    keeper.go(reverse("grants:staff_panel", args=[call.pk])).reads("採点済み(封)", "除斥")
    keeper.go(reverse("grants:staff_ranking", args=[call.pk])).reads("採点はまだそろっていません")
    world.clock.set(SCORED)
    _give(UserActor(reviewers[2]), rows[3], SHEETS[3])
    _announced(people, town, call, rows)
    _conflicted_finds_nothing(tied, call, rows[0])
    _papers_of_the_result(people, town, call, rows, reviewers[1].name)


def _qualified_call(town: Town) -> tuple[CommissionCall, list[Proposal]]:
    """Five proposals, the last of them without the qualification; a consortium is the first."""
    call = published_call(town)
    made = [
        proposed(town, call, name, price_yen=price, group=name == BODIES[0])
        for name, price in zip(BODIES, PRICES, strict=True)
    ]
    closed_call(town, call)
    for row in made[:4]:
        qualified(town, row)
    unfit = FIT | {"office": ("unfit", "事務所が県外にある")}
    qualifying.judge_qualification(
        by=town.prefecture,
        proposal=_fresh(made[4]),
        step="disqualify",
        answers=unfit,
        note="県内に事務所がないため",
    )
    return CommissionCall.objects.get(pk=call.pk), [_fresh(row) for row in made[:4]]


def _panel_begins(keeper: Visitor, call: CommissionCall, by: UserActor, reviewers: list) -> None:  # type: ignore[type-arg]
    keeper.go(reverse("grants:staff_panel", args=[call.pk]))
    keeper.fill({"email": reviewers[0].email, "title": "大学准教授(地域福祉)"}).press("委嘱する").reads(
        reviewers[0].name
    )
    for one in reviewers[1:]:
        panel.seat_reviewer(by=by, call=call, email=one.email, title="地域づくりの専門家")
    keeper.go(reverse("grants:staff_panel", args=[call.pk])).press("審査を始める").reads("未申告")


def _conflicted_finds_nothing(tied: Visitor, call: CommissionCall, row: Proposal) -> None:
    """Neither page nor sheet nor file nor paper, nor its name among what one may search; nor a mean of it."""
    file, paper = row.files.select_related("file").first(), paper_of(row, "grants.proposal")
    assert file is not None
    for address in (
        reverse("grants:review_score", args=[call.pk, row.pk]), reverse("grants:review_declare", args=[call.pk, row.pk]),
        row.get_absolute_url(), row.get_staff_url(), file.get_absolute_url(), f"/documents/{paper.pk}/file/",
    ):  # fmt: skip
        assert tied.page.request.get(address).status == 404, address
    for address in (
        reverse("grants:review_call", args=[call.pk]),
        "/grants/reviews/",
        f"/search/?q={BODIES[0]}",
        "/me/",
    ):
        answer = tied.page.request.get(address)
        assert answer.status == 200, address
        said = answer.text().replace(f'value="{BODIES[0]}"', "").replace(f"「{BODIES[0]}」", "")
        assert BODIES[0] not in said, address
        assert file.file.filename not in said, address
        assert "89.00" not in said, address


def _reviewer_scores(people: People, user: object, call: CommissionCall, row: Proposal) -> None:
    """On a phone: interests first, then the sheet, saved and handed in."""
    reviewer = Visitor(people, PHONE, user=user)  # type: ignore[arg-type]
    assert reviewer.page.request.get(reverse("grants:review_score", args=[call.pk, row.pk])).status == 404
    reviewer.go(reverse("grants:review_declare", args=[call.pk, row.pk])).fill({"declared": "clear"}).press(
        "申告する"
    )
    reviewer.go(reverse("grants:review_score", args=[call.pk, row.pk])).reads(BODIES[0], "大隅大学地域研究室")
    points = {f"points_{n}": str(given) for n, given in enumerate(SHEETS[0], start=1)}
    reviewer.fill({**points, "comment": "具体的で、続けられる形になっている。"}).press("採点票を保存する")
    reviewer.press("採点票を提出する").reads("提出済み")


def _give(by: UserActor, row: Proposal, points: tuple[int, ...]) -> None:
    """Declared clear, given and sealed, as the pages do it."""
    interest = PanelInterest.objects.select_related("seat").get(seat__user=by.user, proposal=row)
    panel.declare_interest(by=by, interest=interest, declared="clear")
    given = {item.pk: (count, "") for item, count in zip(row.call.items.all(), points, strict=True)}
    scoring.save_sheet(by=by, interest=interest, revision=0, points=given)
    scoring.seal_sheet(by=by, interest=interest)


def _announced(people: People, town: Town, call: CommissionCall, rows: list[Proposal]) -> None:
    """The ranking with its floor and the tie that its named item parts; 「もし」; then it is out."""
    desk = Visitor(people, DESK, user=town.prefecture_user).go(call.get_staff_url()).press("審査結果")
    desk.reads("89.00", "75.00", "51.00", "最低基準に満たない")
    order = [text.split("\t")[0] for text in desk.page.locator("main table tbody th").all_inner_texts()]
    assert order == list(BODIES[:4]), "equals in sum are parted by the item that the call names"
    desk.fill({"floor": "80"}).press("計算する")
    supposed = desk.page.get_by_role("group", name="もしもの順位").inner_text()
    assert supposed.count("最低基準に満たない") == 3
    assert not Proposal.objects.filter(call=call, place__isnull=False).exists(), (
        "asking 「もし」 stores nothing"
    )
    desk.press("この結果を公表する").reads("次点")
    found = list(
        Proposal.objects.filter(pk__in=[row.pk for row in rows])
        .order_by("place")
        .values_list("state", flat=True)
    )
    assert found == ["adopted", "reserve", "reserve", "not_adopted"]
    Visitor(people, PHONE).go(call.get_absolute_url()).reads(BODIES[0], "89.00")
    Visitor(people, PHONE, user=owner(rows[1]).user).go(rows[1].get_absolute_url()).reads("次点", "2位")


def _papers_of_the_result(
    people: People, town: Town, call: CommissionCall, rows: list[Proposal], excluded: str
) -> None:
    """Minutes with who took no part and never why; one's own result sheet; what everybody reads."""
    desk = Visitor(people, DESK, user=town.prefecture_user)
    minutes = reads_paper(desk, paper_of(call, "grants.panel_minutes"))
    assert "".join(excluded.split()) in minutes
    assert "報酬" not in minutes
    sheet = reads_paper(
        Visitor(people, PHONE, user=owner(rows[1]).user), paper_of(rows[1], "grants.proposal_result")
    )
    assert "75.00" in sheet
    assert "89.00" not in sheet
    paper_of(call, "grants.call_result")
    answer = Visitor(people, PHONE).page.request.get(reverse("grants:call_paper", args=[call.pk]))
    assert answer.status == 200
    assert answer.body().startswith(b"%PDF")


def _fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related("organisation", "call").get(pk=proposal.pk)

"""The permission bar of ④: pages, sheets, files, papers, lists, search, desks, mails – walked by each who may stand there.

Two proposals are judged. What is asked each time: what of the first one does this person reach? The second one, which
nobody is excluded from, shows that the walk finds what is there.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from django.urls import reverse

from grants.commission.queries import panel as reads
from grants.contracts.actions import fulfilling
from grants.models import Approval, Proposal
from grants.payments import queries as payments
from grants.queries import approving
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.documents import queries as documents
from portal.documents.models import Document
from portal.kernel.actors import UserActor
from portal.kernel.models import OutboxMessage
from tests.factories.accounts import appointment, officer
from tests.factories.areas import KAGOSHIMA, NIIGATA
from tests.factories.commission import Panel
from tests.factories.contracts import Deal
from tests.factories.grants import Town
from tests.support.world import ClockFile

from .commission_support import signed_in
from .pages import text_of

HERE = frozenset({"sheet", "declare", "file", "paper"})  # a reviewer who is free to read
STAFF = frozenset({"staff", "file", "paper"})
OWN = frozenset({"page", "edit", "file", "paper"})
SHARES = (90, 70)  # what each proposal is given of its points


@dataclass
class Bar:
    """A running panel: the first reviewer is tied to the first proposal, the second has scored both, the third has not."""

    panel: Panel

    @property
    def tied(self) -> User:
        return self.panel.reviewers[0].user

    def freeze(self) -> None:
        """The last sheets come in."""
        self.panel.give(0, 1, SHARES[1])
        for row, share in enumerate(SHARES):
            self.panel.declare(2, row)
            self.panel.give(2, row, share)
        self.panel.call.refresh_from_db()
        assert self.panel.call.frozen_at is not None

    def places(self, number: int) -> dict[str, str]:
        """Every address that leads to one proposal."""
        row, call = self.panel.proposals[number], self.panel.call
        file, paper = row.files.first(), Document.objects.get(kind="grants.proposal", object_id=row.pk)
        assert file is not None
        return {
            "page": row.get_absolute_url(), "edit": row.get_edit_url(), "staff": row.get_staff_url(),
            "sheet": reverse("grants:review_score", args=[call.pk, row.pk]),
            "declare": reverse("grants:review_declare", args=[call.pk, row.pk]),
            "file": file.get_absolute_url(), "paper": reverse("documents:document_detail", args=[paper.pk]),
        }  # fmt: skip

    def lists(self) -> Iterable[str]:
        """Every page that could name it among others."""
        call, words = self.panel.call, self.panel.proposals[0]
        return (
            "/me/", "/staff/", "/grants/", "/grants/proposals/", "/grants/reviews/", "/staff/grants/reviews/",
            "/staff/grants/contracts/", "/staff/documents/", "/staff/outbox/", "/staff/jobs/", call.get_absolute_url(),
            call.get_staff_url(), reverse("grants:review_call", args=[call.pk]),
            reverse("grants:staff_panel", args=[call.pk]), reverse("grants:staff_ranking", args=[call.pk]),
            f"{reverse('grants:staff_ranking', args=[call.pk])}?floor=10",
            f"/search/?q={words.organisation.name}", "/search/?q=charter.pdf",
        )  # fmt: skip


@pytest.fixture
def bar(town: Town, clock: ClockFile) -> Bar:
    panel = Panel(town, prices=(1_411_000, 1_322_000))
    for number, row in enumerate(panel.proposals):
        Proposal.objects.filter(pk=row.pk).update(title=f"企画その{number}の題名")
    clock.set("2026-12-21T10:00:00+09:00")
    panel.open()
    panel.declare(0, 0, "conflict")
    panel.declare(0, 1)
    for row, share in enumerate(SHARES):
        panel.declare(1, row)
        panel.give(1, row, share)
    return Bar(panel)


def reached(bar: Bar, user: User, number: int = 0) -> set[str]:
    """The names of the addresses that open. A paper is reached by its page or, where one holds no post, by its file."""
    client, found = signed_in(user), set()
    for name, address in bar.places(number).items():
        answer = client.get(address)
        assert answer.status_code in {200, 403, 404, 302}, (name, answer.status_code)
        if answer.status_code == 200:
            found.add(name)
    papers = documents.visible_to(Scope.of(UserActor(user)))
    if papers.filter(kind="grants.proposal", object_id=bar.panel.proposals[number].pk).exists():
        found.add("paper")
    return found


def said(bar: Bar, user: User) -> str:
    """All that the lists say to a person, in one text; pages that do not open say nothing."""
    client, texts = signed_in(user), []
    for address in bar.lists():
        answer = client.get(address)
        if answer.status_code == 200:
            texts.append(text_of(answer).replace(f'value="{bar.panel.proposals[0].organisation.name}"', ""))
    rows = OutboxMessage.objects.filter(to_address=user.email)
    return "\n".join([*texts, *(f"{row.subject}\n{row.body}" for row in rows)])


def names(bar: Bar, number: int) -> tuple[str, ...]:
    """What would tell of a proposal: its body, its title, its price. Its points come with freezing."""
    row = Proposal.objects.select_related("organisation").get(pk=bar.panel.proposals[number].pk)
    return row.title, f"{row.price_yen:,}円", row.get_staff_url(), f"/{row.pk}/"


def means(bar: Bar) -> list[str]:
    return [row.mean_label for row in sorted(reads.ranking(bar.panel.call), key=lambda row: row.place)]


def test_a_conflicted_reviewer_reaches_nothing_whatever_post_they_hold(bar: Bar) -> None:
    for roles in ((), (Role.AUDITOR, Role.SECRETARIAT, Role.PREFECTURE_OFFICER)):
        for role in roles:
            section = bar.panel.town.office if role == Role.PREFECTURE_OFFICER else None
            appointment(bar.tied, role, KAGOSHIMA, section=section)
        assert reached(bar, bar.tied) == set(), roles
        assert reached(bar, bar.tied, 1) >= HERE, roles
    bar.freeze()
    assert reached(bar, bar.tied) == set()
    text, (first, second) = said(bar, bar.tied), means(bar)
    name = bar.panel.proposals[0].organisation.name
    assert not [word for word in (name, *names(bar, 0), first) if word in text.replace(f"「{name}」", "")]
    assert all(word in text for word in (names(bar, 1)[0], second)), "the walk reads what is there"
    assert "判定" not in text, "nor the place of the other, which would tell its own"


def test_a_free_reviewer_reads_before_freezing_and_the_means_only_after(bar: Bar) -> None:
    free = bar.panel.reviewers[1].user
    assert reached(bar, free) == HERE
    before = said(bar, free)
    assert bar.panel.proposals[0].organisation.name in before
    bar.freeze()
    assert reached(bar, free) == HERE
    after = said(bar, free)
    for mean in means(bar):
        assert mean not in before
        assert mean in after


def test_a_reviewer_who_has_not_declared_reads_nothing_yet(bar: Bar) -> None:
    waiting = bar.panel.reviewers[2].user
    assert reached(bar, waiting) == {"declare"}
    text = said(bar, waiting)
    assert not [word for word in names(bar, 0)[:2] if word in text]


def test_a_proponent_reaches_their_own_and_no_score_and_another_nothing(bar: Bar) -> None:
    own, other = (npo.user for npo in bar.panel.npos)
    assert reached(bar, own) == OWN
    assert reached(bar, other) == set()
    bar.freeze()
    for user, number in ((own, 1), (other, 0)):
        text = said(bar, user)
        assert not [word for word in (*names(bar, number), *means(bar)) if word in text]
    answer = signed_in(own).get("/grants/proposals/")
    assert names(bar, 0)[0] in text_of(answer)


def test_of_the_towns_only_that_of_the_theme_reads_and_no_score(bar: Bar) -> None:
    elsewhere, here = Town().officer_user, bar.panel.town.officer_user
    assert reached(bar, elsewhere) == set()
    assert reached(bar, here) == STAFF
    bar.freeze()
    for user, hidden in ((elsewhere, (*means(bar), *names(bar, 0))), (here, means(bar))):
        text = said(bar, user)
        assert not [word for word in hidden if word in text]


def test_the_auditor_reads_everything_once_it_is_frozen(bar: Bar) -> None:
    auditor = officer(Role.AUDITOR, KAGOSHIMA)
    assert reached(bar, auditor) == STAFF
    bar.freeze()
    text = said(bar, auditor)
    assert all(mean in text for mean in means(bar))
    assert reached(bar, officer(Role.AUDITOR, NIIGATA)) == set()


def test_what_follows_of_it_stays_shut_to_who_was_excluded(town: Town, clock: ClockFile) -> None:
    """Contract, 決裁 and payment name the body and the money: no post opens them to an excluded reviewer."""
    deal = Deal(town)
    tied, free = (officer(Role.AUDITOR, KAGOSHIMA) for _ in range(2))
    seat = deal.proposal.call.seats.create(user=tied, title="監査")
    seat.interests.create(
        proposal=deal.proposal, declared="conflict", kinds=["pay"], declared_at=deal.proposal.decided_at
    )
    clock.set("2027-01-20T10:00:00+09:00")
    deal.signed()
    approval = Approval.objects.get(contract=deal.contract)
    clock.set("2027-02-01T10:00:00+09:00")
    fulfilling.start_work(by=deal.npo, contract=deal.fresh(), started_on=deal.contract.starts_on)
    deal.report()
    deal.complete()
    deal.inspect()
    deal.invoice()
    payment = deal.order()
    for user, sees in ((tied, False), (free, True)):
        scope = Scope.of(UserActor(user))
        assert approving.visible_to(scope).filter(pk=approval.pk).exists() is sees
        assert payments.visible_to(scope).filter(pk=payment.pk).exists() is sees
        for address in (
            deal.contract.get_staff_url(),
            approval.get_absolute_url(),
            payment.get_absolute_url(),
        ):
            assert signed_in(user).get(address).status_code == (200 if sees else 404)

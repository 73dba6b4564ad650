"""When a file of ④ without a contract ends, what goes with the last file of its theme, and a longer term wherever a page tells one."""

from datetime import date

import pytest
from django.test import Client

from grants.models import Application, BatchItem, Contract, LetterBatch, Proposal, SupportRequest
from grants.retention import actions, queries
from grants.retention.erasing import MARK, erase
from portal.accounts.enums import Role
from portal.kernel import clock as now
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.assets import closed
from tests.factories.contracts import Deal, result
from tests.factories.deciding import decided
from tests.factories.grants import Town
from tests.factories.supporters import Student
from tests.support.world import ClockFile

from .pages import text_of
from .test_supporters_file_ends import placed, wanted_at

LAST = date(2032, 3, 31)  # five years after the 年度 that ended on 31 March 2027
OVER = "2032-04-01T10:00:00+09:00"


def ends(*rows: Proposal) -> list[tuple[date | None, date | None]]:
    """When each of them ended, and until when it is kept."""
    found = queries.with_terms(Proposal.objects.filter(pk__in=[row.pk for row in rows]))
    by_key = {row.pk: (row.ended_on, row.kept_until if row.ended_on else None) for row in found}
    return [by_key[row.pk] for row in rows]


def test_without_a_contract_adopted_ones_and_reserves_end_with_the_year(town: Town, clock: ClockFile) -> None:
    adopted, reserve = result(town, "adopted", "reserve")
    clock.set("2027-03-31T23:59:59+09:00")
    assert ends(adopted, reserve) == [(None, None)] * 2
    with pytest.raises(Refusal, match="まだ終わっていない"):
        actions.hold_file(by=town.prefecture, case=adopted, kind="audit", reason="検査")
    clock.set("2027-04-01T00:00:00+09:00")
    assert ends(adopted, reserve) == [(date(2027, 3, 31), LAST)] * 2


def test_a_reserve_waits_for_every_contract_of_its_call(town: Town, clock: ClockFile) -> None:
    """Open in April, as one whose last payment waits: not yet. Ended without being signed: with the year, or when it ended."""
    deal = Deal(town, others=("reserve",))
    reserve = deal.proposals[1]
    clock.set("2027-04-20T10:00:00+09:00")
    assert ends(reserve) == [(None, None)]
    Contract.objects.filter(pk=deal.contract.pk).update(state="terminated", terminated_at=now.now())
    assert ends(reserve) == [(date(2027, 4, 20), date(2033, 3, 31))]
    clock.set("2027-03-02T10:00:00+09:00")
    Contract.objects.filter(pk=deal.contract.pk).update(terminated_at=now.now())
    assert ends(reserve) == [(None, None)], "until the year is over another may be contracted"
    clock.set("2027-04-20T10:00:00+09:00")
    assert ends(reserve) == [(date(2027, 3, 31), LAST)]


def thrown_away(town: Town, case: Proposal) -> None:
    row = actions.propose_discard(by=town.prefecture, case=case)
    actions.approve_discard(by=actor(officer(Role.PREFECTURE_SECTION_CHIEF, KAGOSHIMA)), discard=row)


def test_students_at_work_for_a_theme_go_with_its_last_file(town: Town, clock: ClockFile) -> None:
    adopted, reserve = result(town, "adopted", "reserve")
    wanted, other = wanted_at(town, adopted.call.theme), wanted_at(town, decided(town))
    made = placed(Student(town), wanted, "accepted", "recorded")
    clock.set(OVER)
    before = SupportRequest.objects.get(pk=wanted.pk).work
    thrown_away(town, adopted)
    assert SupportRequest.objects.get(pk=wanted.pk).work == before, "another file of the theme is kept"
    thrown_away(town, reserve)
    emptied = SupportRequest.objects.get(pk=wanted.pk)
    assert made.days.get().minutes == 60, "figures stay"
    assert {emptied.title, emptied.work, emptied.place, emptied.contact_name} == {MARK}
    assert SupportRequest.objects.get(pk=other.pk).work == before


def test_a_longer_term_is_told_where_the_file_says_how_long_it_is_kept(
    town: Town, clock: ClockFile, client: Client
) -> None:
    case = decided(town)
    clock.set("2027-03-25T10:00:00+09:00")
    case = closed(case)
    actions.extend_term(by=town.prefecture, case=case, until_on=date(2035, 3, 31), reason="訴訟のため。")
    for user, url in (
        (town.officer_user, case.get_absolute_url()),
        (town.prefecture_user, case.get_staff_url()),
    ):
        client.force_login(user)
        said = text_of(client.get(url))
        assert "令和9年4月1日から5年間保存します" in said, url
        assert "令和17年3月31日まで保存します" in said, url
    assert Application.objects.get(pk=case.pk).state == "closed"


def test_what_a_batch_says_goes_with_the_last_of_its_files(town: Town) -> None:
    first, last = closed(decided(town)), closed(decided(Town(office=town.office)))
    batch = LetterBatch.objects.create(
        menu=first.menu,
        asked_by=town.prefecture_user,
        way="draft",
        matter="rejection",
        reason="目的にあわないため",
    )
    for position, file in enumerate((first, last), start=1):
        BatchItem.objects.create(batch=batch, application=file, position=position)
    erase(first)
    Application.objects.filter(pk=first.pk).update(erased_at=now.now())
    batch.refresh_from_db()
    assert batch.reason == "目的にあわないため", "the other file still needs it"
    erase(last)
    batch.refresh_from_db()
    assert batch.reason == MARK

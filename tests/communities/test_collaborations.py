"""Collaborations 協働: recorded, proven, confirmed, counted, given back; and the year that closes."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities import actions, queries
from communities.models import Collaboration, CollaborationYear, Organisation
from portal.kernel import audit, clock
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories.areas import AKIHA, area, authority

pytestmark = pytest.mark.django_db


def events_of(row):
    return [entry.event.rpartition(".")[2] for entry in reversed(audit.history(row))]


def test_an_organiser_records_what_was_done_with_a_school():
    of = make.initiative()
    by = make.organiser(of.community)
    row = make.collaboration(
        of, by=by, organisation_name="新津高等学校", areas=[area("151017")], partner_public=True
    )
    assert (row.state, row.lead_area_id, row.fiscal_year) == ("submitted", AKIHA, row.fiscal_year)
    assert {place.pk for place in row.areas.all()} == {AKIHA, "151017"}
    assert (row.submitted_by, row.partner_label, row.continuing) == (by.user, "新津高等学校", False)
    assert events_of(row) == ["recorded", "evidence_added", "submit"]
    assert audit.history(row)[2].data == {
        "fiscal_year": row.fiscal_year, "initiative": str(of.pk), "organisation": str(row.organisation_id),
        "form": "shared_roles",
    }  # fmt: skip


def test_the_public_reads_the_kind_when_the_partner_did_not_agree():
    assert (
        make.collaboration(organisation_kind="school", partner_public=False).partner_label == "学校(小中高)"
    )


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2026, 1, 1), 2025)]
)
def test_the_year_is_that_of_the_day(day, year):
    with clock.at(date(2026, 5, 1)):
        assert make.collaboration(started_on=day).fiscal_year == year


def test_the_same_partner_counts_once_a_year_and_initiative():
    of, other = make.initiative(), make.initiative()
    make.collaboration(of, organisation_name="新津高等学校")
    with pytest.raises(Refusal, match="もう記録されています"):
        make.collaboration(of, organisation_name="新津高等学校 ")
    assert make.collaboration(other, organisation_name="新津高等学校").pk
    assert Organisation.objects.filter(name="新津高等学校").count() == 1


def test_what_lies_ahead_cannot_be_recorded():
    with pytest.raises(Refusal) as refused:
        make.collaboration(started_on=clock.today_jst() + timedelta(days=1))
    assert refused.value.field == "started_on"


def test_without_written_roles_nothing_is_stored():
    with pytest.raises(ValidationError):
        make.collaboration(their_role="")
    with pytest.raises(ValidationError, match="終わった日"):
        make.collaboration(ended_on=make.yesterday() - timedelta(days=1))
    assert not Collaboration.objects.exists()
    assert not StoredFile.objects.filter(state="attached").exists()


def test_strangers_record_nothing():
    of = make.initiative()
    for stranger in (make.person(), make.organiser(make.community()), make.ward_officer("151017")):
        with pytest.raises(PermissionDenied):
            make.collaboration(of, by=stranger)


def test_ward_confirms_city_counts_and_both_are_named():
    row, ward, city = make.collaboration(), make.ward_officer(), make.city_officer()
    actions.ward_confirm_collaboration(by=ward, collaboration=row)
    assert (row.state, row.ward_confirmed_by) == ("ward_confirmed", ward.user)
    actions.count_collaboration(by=city, collaboration=row)
    assert (row.state, row.counted_by) == ("counted", city.user)
    assert list(queries.counted(row.fiscal_year, [AKIHA])) == [row]
    assert events_of(row)[-2:] == ["ward_confirm", "count"]
    with pytest.raises(Refusal, match="いま「協働数に算入」です"):
        actions.count_collaboration(by=city, collaboration=row)


def test_the_ward_does_not_count_and_another_ward_does_not_confirm():
    row = make.collaboration()
    with pytest.raises(PermissionDenied):
        actions.ward_confirm_collaboration(by=make.ward_officer("151017"), collaboration=row)
    with pytest.raises(PermissionDenied):
        actions.ward_confirm_collaboration(by=make.organiser(row.initiative.community), collaboration=row)
    actions.ward_confirm_collaboration(by=make.ward_officer(), collaboration=row)
    with pytest.raises(PermissionDenied):
        actions.count_collaboration(by=make.ward_officer(), collaboration=row)


def test_counting_before_the_ward_has_confirmed_is_refused():
    with pytest.raises(Refusal, match="区の確認待ち"):
        actions.count_collaboration(by=make.city_officer(), collaboration=make.collaboration())


def test_without_evidence_nothing_is_confirmed():
    row, ward = make.collaboration(evidence=()), make.ward_officer()
    with pytest.raises(Refusal, match="根拠の資料が1件もありません"):
        actions.ward_confirm_collaboration(by=ward, collaboration=row)
    row.refresh_from_db()
    assert row.state == "submitted"
    actions.add_evidence(by=ward, collaboration=row, kind="photo", file=make.stored(ward))
    assert actions.ward_confirm_collaboration(by=ward, collaboration=row).state == "ward_confirmed"


def test_where_there_is_no_ward_the_municipality_counts_from_submitted():
    officer = make.municipal_officer()
    of = make.initiative(make.community(by=officer, place=area("462039")), by=officer)
    row = make.collaboration(of, by=officer)
    with pytest.raises(PermissionDenied):
        actions.ward_confirm_collaboration(by=officer, collaboration=row)
    with pytest.raises(PermissionDenied):
        actions.count_collaboration(by=make.city_officer(), collaboration=row)
    assert actions.count_collaboration(by=officer, collaboration=row).state == "counted"


def test_returned_with_a_reason_put_right_and_submitted_again():
    of = make.initiative()
    by, ward = make.organiser(of.community), make.ward_officer()
    row = make.collaboration(of, by=by)
    actions.ward_confirm_collaboration(by=ward, collaboration=row)
    with pytest.raises(Refusal, match="理由"):
        actions.return_collaboration(by=ward, collaboration=row, note="")
    actions.return_collaboration(by=make.city_officer(), collaboration=row, note="日付を確かめてください")
    assert (row.state, row.ward_confirmed_at, row.ward_confirmed_by) == ("returned", None, None)
    assert queries.reason_of(row, "return") == "日付を確かめてください"
    actions.edit_collaboration(by=by, collaboration=row, place="新津地区の公民館")
    actions.submit_collaboration(by=by, collaboration=row)
    assert (row.state, row.returned_at, row.place) == ("submitted", None, "新津地区の公民館")
    with pytest.raises(Refusal, match="直せません"):
        actions.edit_collaboration(by=by, collaboration=row, place="ほか")


def test_a_counted_record_takes_no_more_files():
    row = make.counted()
    ward = make.ward_officer()
    with pytest.raises(Refusal, match="資料を加えられません"):
        actions.add_evidence(by=ward, collaboration=row, kind="photo", file=make.stored(ward))


def test_a_partner_of_the_year_before_is_continuing():
    of = make.initiative()
    with clock.at(date(2026, 3, 1)):
        make.counted(of, organisation_name="新津高等学校", started_on=date(2026, 2, 1))
    with clock.at(date(2026, 5, 1)):
        row = make.counted(of, organisation_name="新津高等学校", started_on=date(2026, 4, 10))
        fresh = make.counted(of, organisation_name="ほかの学校", started_on=date(2026, 4, 10))
    assert (row.continuing, fresh.continuing) == (True, False)


def test_a_closed_year_takes_nothing_in_and_gives_nothing_back():
    ward, city = make.ward_officer(), make.city_officer()
    with clock.at(date(2026, 3, 1)):
        row = make.collaboration(started_on=date(2026, 2, 1))
        draft = make.collaboration(started_on=date(2026, 2, 1), submit=False)
        year = actions.lock_year(by=city, authority=authority("151009"), fiscal_year=2025)
        first = year.locked_at
        assert first == clock.now()
        assert actions.lock_year(by=city, authority=authority("151009"), fiscal_year=2025).locked_at == first
        for call in (
            lambda: actions.ward_confirm_collaboration(by=ward, collaboration=row),
            lambda: actions.return_collaboration(by=ward, collaboration=row, note="遅い"),
            lambda: actions.submit_collaboration(by=ward, collaboration=draft),
            lambda: actions.add_evidence(by=ward, collaboration=row, kind="photo", file=make.stored(ward)),
            lambda: make.collaboration(started_on=date(2026, 2, 2)),
        ):
            with pytest.raises(Refusal, match="令和7年度の協働数は、もう締められています"):
                call()
    row.refresh_from_db()
    assert row.state == "submitted"
    assert CollaborationYear.objects.filter(locked_at__isnull=False).count() == 1


def test_only_the_head_office_closes_a_year():
    for stranger in (make.person(), make.ward_officer(), make.municipal_officer()):
        with pytest.raises(PermissionDenied):
            actions.lock_year(by=stranger, authority=authority("151009"), fiscal_year=2025)


def test_evidence_is_a_file_one_sent_oneself_and_that_nothing_has_yet():
    of = make.initiative()
    by = make.organiser(of.community)
    row = make.collaboration(of, by=by, submit=False)
    used, foreign, gone = row.evidence.get().file, make.stored(make.ward_officer()), make.stored(by)
    gone.__class__.objects.filter(pk=gone.pk).delete()
    for file in (used, foreign, gone):
        with pytest.raises(Refusal, match="自分で送った") as refused:
            actions.add_evidence(by=by, collaboration=row, kind="photo", file=file)
        assert refused.value.field == "evidence_file"
    with pytest.raises(Refusal, match="自分で送った"):
        make.actions.record_collaboration(
            by=by, initiative=of, organisation_name="ほかの高校", organisation_kind="school", form="shared_roles",
            our_role="会場", their_role="司会", started_on=make.yesterday(), evidence=[("minutes", foreign)],
        )  # fmt: skip
    assert (row.evidence.count(), of.collaborations.count()) == (1, 1)
    foreign.refresh_from_db()
    assert foreign.state == "staged"
    actions.add_evidence(by=by, collaboration=row, kind="photo", file=make.stored(by))
    assert row.evidence.count() == 2

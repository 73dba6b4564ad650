"""Working groups: problem → measure → who takes it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities.actions import groups
from communities.models import WorkingGroup
from portal.kernel import audit
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories.areas import AKIHA, area

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return make.community()


@pytest.fixture
def organiser(where):
    return make.organiser(where)


def test_from_a_problem_to_who_takes_it_on_one_page(client, where, organiser):
    group = groups.start_group(by=organiser, community=where, name="教育の部会")
    problem = groups.write_problem(by=organiser, group=group, title="放課後の居場所がない")
    started = make.initiative(where, organiser, title="寺子屋の立ち上げ")
    measure = groups.write_measure(
        by=organiser, problem=problem, title="寺子屋をひらく", taker_kind="role", taker_name="読み聞かせの担当", initiative=started
    )  # fmt: skip
    groups.write_measure(by=organiser, problem=problem, title="場所をさがす")
    groups.move_measure(by=organiser, measure=measure, step="start")
    page = client.get(group.get_absolute_url()).content.decode()
    for words in (
        "放課後の居場所がない",
        "読み聞かせの担当",
        "実施中",
        "取組「寺子屋の立ち上げ」",
        "担い手をさがしています",
    ):
        assert words in page
    for address in (where.get_absolute_url(), "/wards/akiha/"):
        shown = client.get(address).content.decode()
        assert "教育の部会" in shown
        assert "対応策 2件(動いているもの 1件)" in shown
    assert "教育の部会" in client.get("/search/?q=寺子屋").content.decode()
    assert [entry.event for entry in audit.history(measure)] == ["communities.measure.start"]


def test_a_ward_has_groups_of_its_own_kept_by_its_staff(where, organiser):
    officer = make.ward_officer()
    group = groups.start_group(by=officer, area=area(AKIHA), name="防災の部会")
    assert (group.community, group.host_name) == (None, "秋葉区")
    for who in (organiser, make.ward_officer("151017"), make.person()):
        with pytest.raises(PermissionDenied):
            groups.write_problem(by=who, group=group, title="課題")
        with pytest.raises(PermissionDenied):
            groups.start_group(by=who, area=area(AKIHA), name="別の部会")


def test_members_and_other_organisers_only_read(where, organiser):
    group = groups.start_group(by=organiser, community=where, name="部会")
    problem = groups.write_problem(by=organiser, group=group, title="課題")
    measure = groups.write_measure(by=organiser, problem=problem, title="策")
    member = make.person()
    make.member(where, member)
    for who in (make.fresh(member), make.organiser(make.community())):
        for act in (
            lambda who=who: groups.edit_group(by=who, group=group, name="別"),
            lambda who=who: groups.write_measure(by=who, problem=problem, title="別"),
            lambda who=who: groups.move_measure(by=who, measure=measure, step="start"),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_a_taker_has_a_name_and_an_initiative_is_of_the_same_community(where, organiser):
    group = groups.start_group(by=organiser, community=where, name="部会")
    problem = groups.write_problem(by=organiser, group=group, title="課題")
    with pytest.raises(ValidationError, match="担い手"):
        groups.write_measure(by=organiser, problem=problem, title="策", taker_kind="authority")
    with pytest.raises(Refusal, match="取組ではありません"):
        groups.write_measure(by=organiser, problem=problem, title="策", initiative=make.initiative())


def test_a_measure_is_dropped_with_a_reason_and_taken_up_again(where, organiser):
    group = groups.start_group(by=organiser, community=where, name="部会")
    problem = groups.write_problem(by=organiser, group=group, title="課題")
    measure = groups.write_measure(by=organiser, problem=problem, title="策")
    with pytest.raises(Refusal, match="理由"):
        groups.move_measure(by=organiser, measure=measure, step="drop")
    groups.move_measure(by=organiser, measure=measure, step="drop", note="費用が足りません")
    with pytest.raises(Refusal):
        groups.move_measure(by=organiser, measure=measure, step="achieve")
    assert groups.move_measure(by=organiser, measure=measure, step="resume").state == "considering"


def test_a_draft_has_no_groups_and_hides_none(client):
    draft = make.community(publish=False)
    with pytest.raises(Refusal):
        groups.start_group(by=make.ward_officer(), community=draft, name="部会")
    assert not WorkingGroup.objects.exists()

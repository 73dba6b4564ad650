"""Two who write at once: nothing is overwritten unseen, and nobody's text is lost."""

import pytest

from grants import actions, queries
from grants.enums import Part
from grants.models import Application, ApplicationPart, SetAside
from portal.kernel import audit
from tests.factories.grants import Town


def save_name(
    town: Town, application: Application, name: str, *, revision: int, tab: str = ""
) -> Application:
    return actions.save_confirm(
        by=town.officer,
        application=application,
        revision=revision,
        applicant_title="長",
        applicant_name=name,
        tab=tab,
    )


def test_save_upon_an_old_revision_is_a_conflict(town: Town) -> None:
    application = town.draft()
    save_name(town, application, "一人目", revision=0, tab="a")
    with pytest.raises(actions.Conflict, match="ほかの画面で保存されました") as refused:
        save_name(town, application, "二人目", revision=0, tab="b")
    assert refused.value.code == "conflict"
    assert refused.value.part.saved_by == town.officer_user
    application.refresh_from_db()
    assert application.applicant_name == "一人目"


def test_page_whose_answer_was_lost_saves_on(town: Town) -> None:
    application = town.draft()
    save_name(town, application, "一", revision=0, tab="a")
    save_name(town, application, "一二", revision=0, tab="a")
    application.refresh_from_db()
    assert application.applicant_name == "一二"
    assert ApplicationPart.objects.get(application=application, key=Part.CONFIRM).revision == 2


def test_page_whose_answer_was_lost_does_not_pass_over_another(town: Town) -> None:
    application = town.draft()
    save_name(town, application, "一", revision=0, tab="a")
    save_name(town, application, "別の人", revision=1, tab="b")
    with pytest.raises(actions.Conflict):
        save_name(town, application, "一二", revision=0, tab="a")


def test_sections_do_not_conflict_with_each_other(town: Town) -> None:
    application = town.fill_target(town.draft())
    town.fill_plan(application)
    town.fill_budget(application)
    assert set(application.parts.values_list("key", "revision")) >= {
        ("target", 1),
        ("plan", 1),
        ("budget", 1),
    }


def test_keep_typed_stores_the_newest_of_a_person(town: Town) -> None:
    application = town.draft()
    for text in ("はじめ", "あと"):
        kept = actions.keep_typed(
            by=town.officer, application=application, key=Part.PLAN, revision=0, sent={"purpose": [text]}
        )
    assert SetAside.objects.get(part__application=application).sent == {"purpose": ["あと"]}
    part = ApplicationPart.objects.get(application=application, key=Part.PLAN)
    assert queries.set_aside(part, town.officer_user.pk) == kept
    assert queries.set_aside(part, town.chief_user.pk) is None
    assert audit.history(kept)[0].event == "grants.setaside.kept"


def test_settle_typed_lets_go_of_ones_own_only(town: Town) -> None:
    application = town.draft()
    for by in (town.officer, town.chief):
        actions.keep_typed(by=by, application=application, key=Part.PLAN, revision=0, sent={"purpose": ["x"]})
    assert actions.settle_typed(by=town.officer, application=application, key=Part.PLAN) == 1
    assert actions.settle_typed(by=town.officer, application=application, key=Part.PLAN) == 0
    assert SetAside.objects.get(part__application=application).typed_by == town.chief_user

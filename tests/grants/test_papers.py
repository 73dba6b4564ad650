"""Attached files, and the cap that decisions outside the portal use."""

import pytest
from django.core.exceptions import PermissionDenied

from grants import actions, queries
from grants.actions.papers import ATTACHMENTS_MAX
from portal.kernel import audit
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal
from tests.factories.areas import AreaFactory
from tests.factories.grants import Town, menu, staged


def test_add_attachment_takes_the_file_and_names_it(town: Town) -> None:
    application = town.draft()
    attachment = town.attach(application, "charter")
    assert (attachment.title, attachment.added_by) == ("実施主体の規約", town.officer_user)
    assert attachment.file.state == "attached"
    entry = audit.history(application)[0]
    assert entry.event == "grants.application.attached"
    assert entry.data["sha256"] == attachment.file.sha256


def test_add_attachment_under_an_unknown_paper_is_refused(town: Town) -> None:
    for kind in ("nonsense", "budget"):
        with pytest.raises(Refusal, match="書類の種類"):
            town.attach(town.draft(), kind)


def test_add_attachment_beyond_the_limit_is_refused(town: Town) -> None:
    application = town.draft()
    for _ in range(ATTACHMENTS_MAX):
        town.attach(application, "other")
    with pytest.raises(Refusal, match="30件まで"):
        town.attach(application, "other")


def test_add_attachment_of_another_persons_file_is_refused(town: Town) -> None:
    file = staged(town.chief)
    with pytest.raises((Refusal, PermissionDenied)):
        actions.add_attachment(by=town.officer, application=town.draft(), kind="other", file=file)


def test_add_attachment_after_submission_is_refused(town: Town) -> None:
    application = town.submitted()
    with pytest.raises(Refusal, match="直せるのは、下書き"):
        town.attach(application, "other")


def test_remove_attachment_keeps_the_file(town: Town) -> None:
    application = town.draft()
    attachment = town.attach(application, "charter")
    actions.remove_attachment(by=town.officer, attachment=attachment)
    actions.remove_attachment(by=town.officer, attachment=attachment)
    assert StoredFile.objects.filter(pk=attachment.file_id).exists()
    assert [entry.event for entry in audit.history(application)].count("grants.application.detached") == 1
    with pytest.raises(PermissionDenied):
        actions.remove_attachment(by=Town().officer, attachment=attachment)


def test_outside_use_takes_from_the_cap_and_never_more_than_is_left(town: Town) -> None:
    application = town.draft()
    use = actions.record_outside_use(
        by=town.prefecture,
        municipality=town.area,
        menu=application.menu,
        title="第1次募集",
        amount_yen=600_000,
    )
    assert audit.history(use)[0].data["amount_yen"] == 600_000
    state = queries.cap(application)
    assert state is not None
    assert (state.used_yen, state.left_yen) == (600_000, 400_000)
    for amount_yen in (400_001, 0, -1):
        with pytest.raises(Refusal, match="枠の残りは400,000円"):
            actions.record_outside_use(
                by=town.prefecture,
                municipality=town.area,
                menu=application.menu,
                title="x",
                amount_yen=amount_yen,
            )


def test_outside_use_of_another_town_is_its_own(town: Town) -> None:
    other = AreaFactory()
    application = town.draft()
    actions.record_outside_use(
        by=town.prefecture, municipality=other, menu=application.menu, title="x", amount_yen=1_000_000
    )
    state = queries.cap(application)
    assert state is not None
    assert state.left_yen == 1_000_000


def test_outside_use_by_a_municipality_is_denied(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        actions.record_outside_use(
            by=town.chief, municipality=town.area, menu=menu(3), title="x", amount_yen=1_000
        )


def test_outside_use_of_a_menu_without_municipal_cap_is_refused(town: Town) -> None:
    with pytest.raises(Refusal, match="市町村ごとの枠がありません"):
        actions.record_outside_use(
            by=town.prefecture, municipality=town.area, menu=menu(4), title="x", amount_yen=1_000
        )

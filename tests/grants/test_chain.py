"""The order in which a menu's decisions are signed: entered on a page, held when one is drafted, not after."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from grants import actions
from grants.enums import Keeping, ProgrammeState
from grants.enums.approving import STEPS_MAX
from grants.models import Application, Menu, Programme
from portal.accounts.enums import Role
from portal.areas.models import Section
from portal.kernel import audit
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA, SectionFactory
from tests.factories.deciding import deciding, open_approval, reviewing
from tests.factories.grants import Town, menu
from tests.support.html import assert_html

from .pages import form_of, send, text_of

CHIEF = {"role": "prefecture_section_chief", "section": "", "title": "くらし共生協働課長", "kind": "approve"}
CONSENT = CHIEF | {"title": "財政課長", "kind": "consent"}
HEAD = CHIEF | {"role": "prefecture_head", "title": "総務部長"}


def url_of(row: Menu) -> str:
    return f"/staff/grants/programmes/{row.programme.slug}/menus/{row.number}/approval/"


def typed(*steps: dict[str, str], approval: str = "portal", numbering: str = "portal") -> dict[str, Any]:
    """The form's fields for these steps."""
    blank = {f"{name}_{place}": "" for place in range(1, STEPS_MAX + 1) for name in ("role", "title")}
    rows = {
        f"{name}_{place}": value for place, step in enumerate(steps, start=1) for name, value in step.items()
    }
    return {"approval": approval, "numbering": numbering} | blank | rows


def kept(*steps: dict[str, str], name: str = "") -> list[dict[str, str]]:
    """What the menu keeps of the steps typed."""
    return [step | {"section_name": name if step["section"] else ""} for step in steps]


@pytest.fixture
def finance(town: Town) -> Section:
    """財政課 of the prefecture, which is asked for its consent."""
    made: Section = SectionFactory(authority=town.office.authority, name="財政課")
    return made


@pytest.fixture
def office(client: Client, town: Town) -> Client:
    client.force_login(town.prefecture_user)
    return client


def test_the_order_is_entered_while_the_year_runs_and_stands_on_its_page(
    office: Client, town: Town, finance: Section
) -> None:
    row = menu(3)
    consent = CONSENT | {"section": str(finance.pk)}
    page = office.get(url_of(row))
    assert_html(page.content)
    assert send(office, url_of(row), **typed(CHIEF, consent, HEAD)).status_code == 303
    row.refresh_from_db()
    assert row.approval_steps == kept(CHIEF, consent, HEAD, name="財政課")
    assert (row.approval, row.numbering) == (Keeping.PORTAL, Keeping.PORTAL)
    shown = text_of(office.get(row.programme.get_absolute_url()))
    assert "くらし共生協働課長、財政課長(財政課の合議)、総務部長" in shown
    assert audit.history(row)[0].event == "grants.menu.chain_changed"
    again = form_of(office.get(url_of(row)))
    assert (again["title_2"], again["section_2"]) == (["財政課長"], [str(finance.pk)])


@pytest.mark.parametrize(
    ("steps", "field"),
    [
        ((), "role_1"),
        ((CHIEF | {"title": ""},), "title_1"),
        ((CHIEF | {"role": ""},), "role_1"),
        ((CHIEF, CONSENT), "kind_2"),
        ((CHIEF, CONSENT, HEAD), "section_2"),
        ((CHIEF | {"section": "00000000-0000-4000-8000-000000000000"},), "section_1"),
    ],
)
def test_what_cannot_be_signed_is_named_at_its_field(
    office: Client, steps: tuple[dict[str, str], ...], field: str
) -> None:
    row = menu(3)
    before = row.approval_steps
    told = send(office, url_of(row), **typed(*steps))
    assert_html(told.content)
    assert told.status_code == 422
    assert f'href="#id_{field}"' in told.content.decode()
    row.refresh_from_db()
    assert (row.approval, row.approval_steps) == (Keeping.EXTERNAL, before)


def test_what_is_drafted_keeps_the_steps_of_its_day(town: Town) -> None:
    row = menu(3)
    values: dict[str, Any] = {"menu": row, "approval": "portal", "numbering": "portal"}
    actions.change_chain(by=town.prefecture, approval_steps=[CHIEF, HEAD], **values)
    case = deciding(town, Application.objects.get(pk=reviewing(town).pk))
    actions.change_chain(by=town.prefecture, approval_steps=[HEAD], **values)
    assert [step.title for step in open_approval(case).steps.all()] == [CHIEF["title"], HEAD["title"]]


def test_only_the_office_changes_it_and_not_of_a_closed_year(town: Town) -> None:
    row = menu(3)
    values: dict[str, Any] = {
        "menu": row,
        "approval": "external",
        "numbering": "external",
        "approval_steps": [],
    }
    for stranger in (town.chief, actor(officer(Role.PREFECTURE_HEAD, KAGOSHIMA))):
        with pytest.raises(PermissionDenied):
            actions.change_chain(by=stranger, **values)
    with pytest.raises(Refusal, match="一人は入れてください"):
        actions.change_chain(by=town.prefecture, **values | {"approval": "portal"})
    foreign: Section = SectionFactory()
    for step, told in ((CHIEF | {"section": str(foreign.pk)}, "団体のもの"), (CONSENT, "合議する部署")):
        with pytest.raises(Refusal, match=told) as refused:
            actions.change_chain(by=town.prefecture, **values | {"approval_steps": [step, HEAD]})
        assert refused.value.field == "section_1"
    Programme.objects.filter(pk=row.programme_id).update(
        state=ProgrammeState.CLOSED, closed_at=row.created_at
    )
    with pytest.raises(Refusal, match="終了した事業"):
        actions.change_chain(by=town.prefecture, **values)

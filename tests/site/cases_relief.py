"""Objects with which the rows of missed deadlines are opened: a closed call, a draft of 志布志市 in it, what it asked for."""

from datetime import timedelta
from typing import Any

from grants import actions, queries
from grants.enums import Part
from grants.models import Admission, Application, ApplicationPart, Attachment, Call
from portal.accounts.models import User
from portal.areas.models import Area, Section
from portal.kernel import clock
from portal.kernel.actors import UserActor
from portal.kernel.models import StoredFile
from portal.site.demo.people import SHIBUSHI
from portal.site.demo.world import World
from tests.factories.areas import area
from tests.factories.grants import staged
from tests.factories.relief import closed_call


def cases() -> dict[str, dict[str, Any]]:
    """The call is another than the open one, so that no page of the demo changes."""
    world, town = World(clock.now()), area(SHIBUSHI)
    call: Call = closed_call(queries.open_calls(clock.now()).get().menu)
    officer = world.actor("pref-officer")
    writer: User = world.actor("officer-shibushi").user
    known = Application.objects.filter(municipality=town).first()
    assert known is not None
    office = known.office
    draft = Application.objects.create(
        municipality=town, call=call, menu=call.menu, office=office, title="遅れた下書き", created_by=writer
    )
    asked = Admission.objects.create(
        call=call, municipality=town, office=office, application=draft, kind="late", asked_reason="停電のため",
        asked_at=clock.now(), asked_by=writer,
    )  # fmt: skip
    paper: StoredFile = staged(officer)
    admitted = Admission.objects.create(
        call=call, municipality=town, office=office, kind="paper", state="admitted", reason="持参したため",
        received_on=clock.today_jst(), until=clock.now() + timedelta(days=5), judged_at=clock.now(),
        judged_by=officer.user, paper=paper,
    )  # fmt: skip
    typed, attached = typed_in(town, call, office, officer)
    return {
        "typed draft": {"pk": typed.pk},
        "typed section": {"pk": typed.pk, "section": "plan"},
        "typed file": {"pk": typed.pk, "attachment_pk": attached.pk},
        "subsidy call": {"pk": call.pk},
        "late draft": {"pk": draft.pk},
        "admission": {"pk": admitted.pk},
        "admission act": {"pk": asked.pk, "act": "admit"},
    }


def typed_in(town: Area, call: Call, office: Section, officer: UserActor) -> tuple[Application, Attachment]:
    """A paper application that the office types in, with a file."""
    typed = Application.objects.create(
        municipality=town,
        call=call,
        menu=call.menu,
        office=office,
        title="紙で届いた申請",
        typed_in=True,
        created_by=officer.user,
    )
    ApplicationPart.objects.bulk_create(ApplicationPart(application=typed, key=key) for key in Part)
    attached = actions.add_attachment(by=officer, application=typed, kind="charter", file=staged(officer))
    return typed, attached

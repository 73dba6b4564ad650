"""Rows for the tests of the indicators: collaborations in a state, written directly, as many as a test wants."""

from datetime import date, datetime, time

from communities.enums import CollaborationState, CommunityState
from communities.models import Collaboration, Community, Initiative, Organisation
from portal.areas.models import Area
from portal.indicators.actions import load_collaborations
from portal.indicators.models import Indicator
from portal.indicators.proposal import EFFECTIVE_ON
from portal.kernel import clock
from portal.kernel.actors import JobActor
from portal.kernel.fiscal import fiscal_year
from tests.factories.areas import AKIHA, NIIGATA, area, authority
from tests.support.factories import number

TODAY = date(2026, 11, 25)
DONE_ON = date(2026, 10, 3)


def indicator() -> Indicator:
    """The indicator 協働数 of 新潟市 with its proposed definition."""
    return load_collaborations(by=JobActor("tests"), authority=authority(NIIGATA), effective_on=EFFECTIVE_ON)


def initiative(ward: Area | None = None) -> Initiative:
    """A fresh initiative of a fresh public community."""
    n, at = number(), clock.at_jst(date(2026, 4, 2), time(9))
    community = Community.objects.create(
        area=ward or area(AKIHA),
        name=f"試験の会{n}",
        kana="シケンノカイ",
        slug=f"shiken-{n}",
        summary="試験",
        state=CommunityState.PUBLISHED,
        published_at=at,
    )
    return Initiative.objects.create(
        community=community, area=community.area, title=f"試験の取組{n}", summary="試験"
    )


def collaboration(
    *,
    ward: str = AKIHA,
    also: tuple[str, ...] = (),
    kind: str = "school",
    state: str = CollaborationState.COUNTED,
    continuing: bool = False,
    done_on: date = DONE_ON,
    public: bool = True,
) -> Collaboration:
    """One record in `state`, of a fresh initiative and organisation; `also`: further wards that take part."""
    lead, n = area(ward), number()
    partner = Organisation.objects.create(name=f"相手{n}", name_key=f"相手{n}", kind=kind, area=lead)
    at = datetime.combine(done_on, time(12), tzinfo=clock.JST)
    stamps = {
        CollaborationState.SUBMITTED: {"submitted_at": at},
        CollaborationState.WARD_CONFIRMED: {"submitted_at": at, "ward_confirmed_at": at},
        CollaborationState.COUNTED: {"submitted_at": at, "ward_confirmed_at": at, "counted_at": at},
        CollaborationState.RETURNED: {"submitted_at": at, "returned_at": at},
    }
    row = Collaboration.objects.create(
        fiscal_year=fiscal_year(done_on),
        initiative=initiative(lead),
        organisation=partner,
        lead_area=lead,
        form="shared_roles",
        our_role="場所",
        their_role="人",
        started_on=done_on,
        partner_public=public,
        continuing=continuing,
        state=state,
        **stamps.get(CollaborationState(state), {}),
    )
    row.areas.set([lead, *Area.objects.filter(pk__in=also)])
    return row

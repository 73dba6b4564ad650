"""Loading the indicator and typing its published values."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from portal.accounts.enums import Role
from portal.indicators import actions
from portal.indicators.enums import DefinitionStatus, ValueKind
from portal.indicators.models import Definition, Indicator, IndicatorValue
from portal.kernel import audit
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import AKIHA, KAGOSHIMA, NIIGATA, authority

from .rows import indicator

pytestmark = pytest.mark.django_db
PAPER = "総合計画2030 政策指標一覧 12ページ"


def typed(by, shown, **changes):  # type: ignore[no-untyped-def]
    fields = {"kind": ValueKind.TARGET, "fiscal_year": 2030, "value": 300, "source": PAPER, **changes}
    return actions.record_value(by=actor(by), indicator=shown, **fields)


def test_loading_twice_makes_one_indicator_with_a_proposed_definition_and_no_values() -> None:
    first, second = indicator(), indicator()
    assert first == second
    definition = Definition.objects.get()
    assert (definition.status, definition.version) == (DefinitionStatus.PROPOSED, 1)
    assert "重点戦略6" in first.strategy
    assert first.pledge == "約束1-6"
    assert not IndicatorValue.objects.exists()
    assert [entry.event for entry in audit.history(first)] == ["indicators.indicator.loaded"]
    assert [entry.event for entry in audit.history(definition)] == ["indicators.definition.loaded"]


def test_a_value_is_recorded_with_its_source_and_corrected_with_its_old_value() -> None:
    hq, shown = officer(Role.CITY_OFFICER, NIIGATA), indicator()
    row = typed(hq, shown, source_on=date(2023, 3, 31))
    again = typed(hq, shown, value=310)
    assert (again.pk, again.value, again.source_on) == (row.pk, 310, None)
    corrected, recorded = audit.history(row)
    assert recorded.event == "indicators.indicatorvalue.recorded"
    assert corrected.data == {"kind": "target", "fiscal_year": 2030, "value": 310, "old_value": 300}
    assert corrected.actor_ref == f"user:{hq.pk}"


def test_the_same_value_again_is_refused_and_leaves_no_entry() -> None:
    hq, shown = officer(Role.CITY_OFFICER, NIIGATA), indicator()
    row = typed(hq, shown)
    with pytest.raises(Refusal) as refused:
        typed(hq, shown)
    assert refused.value.field == "value"
    assert len(audit.history(row)) == 1


@pytest.mark.parametrize(
    ("role", "area"),
    [
        (Role.WARD_OFFICER, AKIHA),
        (Role.CITY_CHIEF, NIIGATA),
        (Role.PREFECTURE_OFFICER, KAGOSHIMA),
        (Role.AUDITOR, NIIGATA),
    ],
)
def test_only_the_city_officer_types_values(role: str, area: str) -> None:
    with pytest.raises(PermissionDenied):
        typed(officer(role, area), indicator())
    assert not IndicatorValue.objects.exists()


@pytest.mark.parametrize(
    "broken",
    [
        lambda shown: IndicatorValue.objects.create(
            indicator=shown, kind="target", fiscal_year=2030, value=1, source=""
        ),
        lambda shown: IndicatorValue.objects.create(
            indicator=shown, kind="guess", fiscal_year=2030, value=1, source="x"
        ),
        lambda shown: [
            IndicatorValue.objects.create(
                indicator=shown, kind="target", fiscal_year=2030, value=n, source="x"
            )
            for n in (1, 2)
        ],
        lambda shown: Indicator.objects.create(authority=shown.authority, key=shown.key, name="x"),
        lambda shown: Definition.objects.create(
            indicator=shown, version=1, effective_on=date(2027, 4, 1), status="proposed"
        ),
        lambda shown: Definition.objects.create(
            indicator=shown, version=2, effective_on=date(2025, 4, 1), status="proposed"
        ),
        lambda shown: Definition.objects.create(
            indicator=shown, version=0, effective_on=date(2027, 4, 1), status="proposed"
        ),
        lambda shown: Definition.objects.create(
            indicator=shown, version=3, effective_on=date(2027, 4, 1), status="final"
        ),
    ],
)
def test_the_database_refuses(broken) -> None:  # type: ignore[no-untyped-def]
    shown = indicator()
    with pytest.raises(IntegrityError), transaction.atomic():
        broken(shown)


def test_each_authority_has_its_own_indicator() -> None:
    indicator()
    other = actions.load_collaborations(
        by=actor(officer(Role.SYSTEM_ADMIN)), authority=authority(KAGOSHIMA), effective_on=date(2026, 4, 1)
    )
    assert Indicator.objects.count() == 2
    assert other.authority.area_id == KAGOSHIMA

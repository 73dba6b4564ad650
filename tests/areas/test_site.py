"""In whose name a page speaks, and what that costs."""

import pytest
from django.db import transaction
from django.http import HttpRequest
from django.test import RequestFactory

from portal.areas import site
from portal.areas.context_processors import authority as processor
from portal.areas.models import Authority
from portal.areas.queries import default_authority
from tests.factories.areas import AreaFactory, area, authority


@pytest.fixture
def request_() -> HttpRequest:
    return RequestFactory().get("/")


@pytest.mark.django_db
def test_a_page_speaks_for_the_default_authority_in_one_query(request_, assert_queries) -> None:  # type: ignore[no-untyped-def]
    with assert_queries(1):
        shown = processor(request_)["authority"]
        assert (shown.name, shown.comma, shown.area.name) == ("新潟市", "、", "新潟市")
        assert default_authority(request_) == shown


@pytest.mark.django_db
def test_a_template_that_never_asks_costs_nothing(request_, assert_queries) -> None:  # type: ignore[no-untyped-def]
    with assert_queries(0):
        processor(request_)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "name"),
    [("151050", "新潟市"), ("460001", "鹿児島県"), ("462039", "鹿屋市"), ("131016", "新潟市")],
)
def test_set_authority_follows_the_area(request_, code: str, name: str) -> None:  # type: ignore[no-untyped-def]
    site.set_authority(request_, area(code))
    assert site.authority_of(request_).name == name


@pytest.mark.django_db
def test_an_area_without_its_own_government_is_spoken_for_by_its_prefecture(request_) -> None:  # type: ignore[no-untyped-def]
    town = AreaFactory(code="460010")
    site.set_authority(request_, town)
    assert site.authority_of(request_).name == "鹿児島県"


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_kept(request_) -> None:  # type: ignore[no-untyped-def]
    assert site.directory().default.site_name == "協働ひろば にいがた"
    Authority.objects.filter(area="151009").update(site_name="別の名")
    assert site.directory().default.site_name == "別の名"


@pytest.mark.django_db
def test_before_master_data_pages_still_have_a_name(request_) -> None:  # type: ignore[no-untyped-def]
    assert site.Directory({}).default.site_name == "協働ひろば"
    assert site.Directory({}).speaking_for("151009").comma == "、"


@pytest.mark.usefixtures("world")
def test_outside_transactions_rows_are_kept_until_forgotten(assert_queries) -> None:  # type: ignore[no-untyped-def]
    site.forget()
    with assert_queries(1):
        assert site.directory().default.name == "新潟市"
        assert site.directory().speaking_for("460001").name == "鹿児島県"
    from portal.areas import actions
    from portal.kernel.actors import JobActor

    kanoya = authority("462039")
    actions.change_authority(by=JobActor("tests"), authority=kanoya, contact_phone="0994-00-0000")
    with assert_queries(1):
        assert site.directory().speaking_for("462039").contact_phone == "0994-00-0000"
    with transaction.atomic():
        Authority.objects.filter(area="462039").update(contact_phone="")
        assert site.directory().speaking_for("462039").contact_phone == ""
        transaction.set_rollback(True)
    assert site.directory().speaking_for("462039").contact_phone == "0994-00-0000"

"""The pages of the 委託先, from its registration to the check of a 精算書, by the office and by the organisation."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from grants.models import AgencyContract, AgencyStatement
from tests.factories.agency import agency, person_of, reported_visits
from tests.factories.deciding import line_of
from tests.factories.dispatch import Adviser, menu
from tests.factories.grants import Town
from tests.support.html import assert_html

from .pages import send, text_of


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def seen(client: Client, url: str) -> str:
    response: HttpResponse = client.get(url)  # type: ignore[assignment]
    assert response.status_code == 200, url
    assert_html(response.content)
    return text_of(response)


def test_the_office_registers_the_contract(town: Town) -> None:
    line = line_of(town, menu())
    desk = signed_in(town.prefecture_user)
    new = reverse("grants:agency_new")
    values = {
        "menu": str(menu().pk), "organisation_name": "試験地域づくりセンター", "kind": "civic", "area": town.area.pk,
        "number": "委-7", "signed_on": "2026-04-01", "amount_yen": "５００，０００円", "line": str(line.pk),
    }  # fmt: skip
    wrong = send(desk, new, **{**values, "amount_yen": ""})
    assert (wrong.status_code, "試験地域づくりセンター" in text_of(wrong)) == (422, True)
    assert_html(wrong.content)
    assert send(desk, new, **{**values, "amount_yen": "200000000"}).status_code == 409
    assert send(desk, new, **values).status_code == 303
    contract = AgencyContract.objects.get()
    assert "500,000円" in seen(desk, contract.get_absolute_url())
    assert "試験地域づくりセンター" in seen(desk, reverse("grants:agency_list"))
    charged = reverse("grants:execution_line", args=[line.programme.slug, line.pk])
    assert "試験地域づくりセンター" in seen(desk, charged)
    change = contract.get_act_url("amount")
    page = contract.get_absolute_url()
    assert send(desk, page, action=change, amount_yen="600,000").status_code == 303
    assert "600,000円" in seen(desk, page)


def test_the_organisation_settles_a_month_and_the_office_checks_it(town: Town) -> None:
    visits = reported_visits(town, Adviser(town))
    contract = agency(town)
    person, desk = signed_in(person_of(contract)), signed_in(town.prefecture_user)
    own = contract.get_absolute_url()
    assert contract.organisation.name in seen(person, reverse("accounts:me"))
    assert "支出負担行為" not in seen(person, own)
    made_at = send(person, own, action=contract.get_act_url("start"), month="2026-11-01")["Location"]
    made = AgencyStatement.objects.get()
    assert made_at == made.get_absolute_url()
    write = made.get_act_url("write")
    assert "46,000円" in seen(person, made_at), (
        "what it comes to so far: two fees and two times the office's part"
    )
    travel = {f"travel_{cost.pk.hex}": "1,000" for cost in made.costs.all()}
    wrong = send(person, made_at, action=write, **dict.fromkeys(travel, "千円"))
    assert (wrong.status_code, "千円" in text_of(wrong)) == (422, True)
    assert_html(wrong.content)
    assert send(person, made_at, action=write, **travel).status_code == 303
    assert "42,000円" not in seen(person, made_at)
    assert "48,000円" in seen(person, made_at)
    assert send(person, made_at, action=write, **travel, hand_in="1").status_code == 303
    assert person.post(made.get_act_url("check")).status_code == 403
    assert "県が内容を確かめています" in seen(person, made_at)
    assert "精算書" in seen(desk, visits[0].get_absolute_url())
    assert send(desk, made_at, action=made.get_act_url("return"), note="").status_code == 422
    assert send(desk, made_at, action=made.get_act_url("check")).status_code == 303
    assert "支払い待ち" in seen(desk, made_at)
    assert desk.post(made.get_act_url("other")).status_code == 404
    assert Client().get(made_at).status_code == 302
    assert signed_in(town.officer_user).get(made_at).status_code == 404

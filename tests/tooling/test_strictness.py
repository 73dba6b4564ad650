"""The tests' own strictness: it must see what it is there to see, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.template import Context, Engine, engines
from django.template.base import Origin, Template
from django.test import RequestFactory, override_settings

from tests.support import strict
from tests.support.database import ROOT
from tests.support.html import html_errors
from tests.support.strict import StrictClient, UndefinedVariable

GOOD = "<!doctype html><html lang=ja><head><title>あ</title></head><body>{}</body></html>"


def render(source: str, place: Path, **context: object) -> str:
    """Render `source` as if it lay in the file `place`."""
    engine: Engine = engines["django"].engine  # type: ignore[attr-defined]
    return Template(source, Origin(str(place)), engine=engine).render(Context(context))


@pytest.mark.parametrize(
    "source", ["{{ typo }}", "{{ typo|default:'x' }}", "{% for x in typo %}{% endfor %}", "{{ known.typo }}"]
)
def test_undefined_variable_in_our_template_fails(source: str):
    with pytest.raises(UndefinedVariable, match=r"typo.*page\.html"):
        render(source, ROOT / "templates" / "page.html", known={"a": 1})


def test_engine_that_a_changed_setting_builds_anew_is_strict_too():
    with override_settings(DEBUG=True), pytest.raises(UndefinedVariable):
        render("{{ typo }}", ROOT / "templates" / "page.html")
    with pytest.raises(UndefinedVariable):
        render("{{ typo }}", ROOT / "templates" / "page.html")


@pytest.mark.parametrize(
    "source", ["{% if typo %}a{% endif %}", "{{ empty }}", "{% for x in none %}{% endfor %}"]
)
def test_asking_whether_a_name_is_there_and_empty_values_are_fine(source: str):
    assert render(source, ROOT / "templates" / "page.html", empty="", none=[]) == ""


def test_undefined_variable_in_a_template_of_a_library_is_as_django_has_it():
    assert render("{{ typo }}", ROOT / ".venv" / "lib" / "page.html") == ""


def test_error_answer_without_exception_fails_the_strict_client(monkeypatch: pytest.MonkeyPatch):
    broken = HttpResponse(status=500)
    monkeypatch.setattr(strict.Client, "request", lambda self, **request: broken)
    with pytest.raises(AssertionError, match="500 for /x/"):
        StrictClient().get("/x/")
    assert StrictClient(raise_request_exception=False).get("/x/").status_code == 500


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>a<div>b</div></p>", "line 1"),
        ("<b><i>a</b></i>", "line 1"),
        ("<p id=a></p><p id=a></p>", "id 'a' is there 2 times"),
        ("<label for=none>a</label>", "for='none' of <label> leads nowhere"),
        ("<a href='#none'>a</a>", "href='#none' leads nowhere"),
        ("<p aria-describedby='x y' id=x></p>", "aria-describedby='y'"),
    ],
)
def test_html_errors_are_found(body: str, said: str):
    assert any(said in error for error in html_errors(GOOD.format(body)))


def test_valid_html_has_no_errors():
    page = GOOD.format('<p id="a">a</p><a href="#a">b</a><label for="i">c</label><input id="i">')
    assert html_errors(page) == []
    assert html_errors('<li id="a"><a href="#elsewhere">a</a></li>', fragment=True) == []
    assert html_errors("<p>no doctype") != []


@pytest.mark.django_db
def test_assert_queries_counts_statements_but_no_savepoints(assert_queries: Callable):
    from django.contrib.contenttypes.models import ContentType
    from django.db import transaction

    def two() -> None:
        with transaction.atomic():
            ContentType.objects.count()
            ContentType.objects.first()

    with assert_queries(2):
        two()
    with pytest.raises(AssertionError, match=r"2 statements instead of 3"), assert_queries(3):
        two()


@pytest.mark.django_db
def test_tests_use_the_rights_of_the_web_role():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)


def test_request_factory_is_not_the_strict_client():
    """Views may be called directly with a bare request; nothing in the test base stands in between."""
    assert RequestFactory().get("/").path == "/"

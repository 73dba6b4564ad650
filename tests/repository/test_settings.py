"""Production is what base.py says: checked as deployed, strict about content, plain about what is missing."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from . import files

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.base", "PROCESS": "web", "SECRET_KEY": "7kq-Zr" * 12, "DEMO": "",
    "ALLOWED_HOSTS": "hiroba.example.lg.jp", "BASE_URL": "https://hiroba.example.lg.jp", "EMAIL_URL": "submission://mail.example",
    "DATABASE_URL": "postgres://web@db/hiroba", "REDIS_URL": "redis://cache:6379/0", "PATH": os.environ["PATH"],
}  # fmt: skip


def manage(*words: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in {**PRODUCTION, **changes}.items() if value is not None}
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=files.ROOT, env=env, capture_output=True, text=True, timeout=120)


def test_check_deploy_is_clean() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout + done.stderr


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"]
)
def test_missing_variable_stops_the_start_with_one_line_that_names_it(name: str) -> None:
    done = manage("check", **{name: None})
    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    assert name in lines[0]
    assert "設定されていません" in lines[0]


def test_the_apps_alone_fill_every_port() -> None:
    """A part that only some page or test imports would be missing in the worker."""
    command = [sys.executable, "-m", "tests.repository.everything"]
    done = subprocess.run(
        command, cwd=files.ROOT, env=PRODUCTION, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("url", ["ftp://mail", "nonsense"])
def test_mail_address_of_unknown_kind_is_told(url: str) -> None:
    done = manage("check", EMAIL_URL=url)
    assert done.returncode != 0
    assert "EMAIL_URL" in done.stderr


def test_content_security_policy_allows_nothing_inline_or_foreign() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    words = {str(word) for values in directives.values() for word in values}
    assert words <= {"'self'", "'none'", "data:"}
    assert [str(word) for word in directives["img-src"]].count("data:") == 1
    assert not any("data:" in map(str, directives[name]) for name in directives if name != "img-src")


@pytest.mark.django_db
def test_every_answer_carries_its_guards(client) -> None:  # type: ignore[no-untyped-def]
    answer = client.get("/accessibility/")
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"

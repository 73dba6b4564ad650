"""Tokens that open one thing for one purpose; the one source of time."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel import clock, tokens


@given(pk=st.uuids(version=4), version=st.integers(0, 65535))
def test_token_round_trip(pk: uuid.UUID, version: int) -> None:
    assert tokens.read("registration", tokens.make("registration", pk, version)) == (pk, version)


@given(st.text(max_size=60))
def test_garbage_is_a_bad_token(text: str) -> None:
    with pytest.raises(tokens.BadToken):
        tokens.read("registration", text)


def test_token_of_another_purpose_or_key_is_bad(settings) -> None:  # type: ignore[no-untyped-def]
    pk = uuid.uuid4()
    with pytest.raises(tokens.BadToken):
        tokens.read("donation", tokens.make("registration", pk, 1))
    token = tokens.make("registration", pk, 1)
    with override_settings(SECRET_KEY="y" * 50), pytest.raises(tokens.BadToken):
        tokens.read("registration", token)
    with override_settings(SECRET_KEY="y" * 50, SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert tokens.read("registration", token) == (pk, 1)


def test_every_bit_of_a_token_counts() -> None:
    token = tokens.make("registration", uuid.uuid4(), 3)
    for place in range(len(token) - 1):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(tokens.BadToken):
            tokens.read("registration", changed)


def test_today_is_the_day_in_japan() -> None:
    with clock.at(datetime(2026, 3, 31, 15, 0, tzinfo=UTC)):
        assert clock.today_jst() == date(2026, 4, 1)
    with clock.at(date(2026, 4, 1)):
        assert clock.now() == datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


def test_clock_file_is_read_by_this_process(clock_file) -> None:  # type: ignore[no-untyped-def]
    clock_file.set("2026-12-31T23:59:00+09:00")
    assert clock.today_jst() == date(2026, 12, 31)

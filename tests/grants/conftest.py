"""Fixtures of the grants' tests."""

import pytest

from tests.factories.grants import Town
from tests.support.world import ClockFile

NOW = "2026-11-25T10:00:00+09:00"


@pytest.fixture
def on_a_wednesday(clock: ClockFile) -> ClockFile:
    """25 November 2026, 10 o'clock in Japan; the open call closes at 17:00 on 3 December."""
    clock.set(NOW)
    return clock


@pytest.fixture
def town(db: None, on_a_wednesday: ClockFile) -> Town:
    """A fresh town of 鹿児島県."""
    return Town()

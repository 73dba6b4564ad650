"""Fixtures of the documents' tests."""

from collections.abc import Iterator

import pytest

from portal.areas.models import Authority
from portal.kernel.ports import DocumentKind

from . import kind


@pytest.fixture(autouse=True)
def letter() -> Iterator[DocumentKind]:
    """The tests' own kind of document."""
    with kind.registered() as registered:
        yield registered


@pytest.fixture
def city() -> Authority:
    """新潟市, which writes 「、」."""
    return Authority.objects.get(area_id=kind.CITY)


@pytest.fixture
def prefecture() -> Authority:
    """鹿児島県, which writes 「，」."""
    return Authority.objects.get(area_id="460001")

"""Base of the factories in tests/factories/<app>.py. Where an action exists, a factory calls it: worlds are made as users make them."""

import itertools
from typing import Any

import factory

_numbers = itertools.count(1)


def number() -> int:
    """A number that no other object of this process has: for slugs, codes, addresses of mail."""
    return next(_numbers)


def email(name: str = "person") -> str:
    """A mail address never used before, in a domain that can receive nothing."""
    return f"{name}-{number()}@example.test"


class RowFactory(factory.django.DjangoModelFactory[Any]):
    """Writes a row directly: for master data and for states that no action can make any more."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

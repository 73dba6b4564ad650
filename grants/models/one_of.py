"""Rows that belong to one of several kinds of case: a nullable column each, exactly one of them filled."""

from collections.abc import Sequence

from django.db.models import Q


def _only(names: Sequence[str], chosen: str) -> Q:
    return Q(**{f"{name}__isnull": name != chosen for name in names})


def one_of(names: Sequence[str]) -> Q:
    """Exactly one of the columns `names` is filled."""
    first, *others = (_only(names, name) for name in names)
    for one in others:
        first |= one
    return first

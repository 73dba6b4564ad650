"""Addresses made from kana once, and kept when the name changes."""

from portal.kernel.names import numbered, slug_from_kana

from ..models import Community, Platform


def free_slug(model: type[Community] | type[Platform], kana: str) -> str:
    """`base`, or `base-2`, `base-3` … when it is taken. A twin in the same second is refused by the database."""
    base = slug_from_kana(kana)
    taken = set(model._default_manager.filter(slug__startswith=base[:50]).values_list("slug", flat=True))
    return next(slug for number in range(1, len(taken) + 2) if (slug := numbered(base, number)) not in taken)

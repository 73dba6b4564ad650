"""What the rows of people are opened with."""

from typing import Any

from tests.factories import people as make


def cases() -> dict[str, dict[str, Any]]:
    """A person who opened everything to everybody, with a photo."""
    by = make.make.person(name="見本 ひらく")
    profile = make.profile(by, name="見本 ひらく", photo=make.photo(by))
    return {"person": {"pk": profile.pk}}

"""What a person's own page shows of their profile: whether it is open, and the one switch that closes it."""

from collections.abc import Iterator
from typing import Any

from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel.ports import Panel

from ..models import Profile


def panels(obj: Any, scope: Scope) -> Iterator[Panel]:
    """One panel on one's own page. One query."""
    if not isinstance(obj, User) or scope.user_id != obj.pk:
        return
    profile = Profile.objects.filter(user=obj.pk).first()
    yield Panel(template="communities/_me_profile.html", context={"profile": profile, "owner": obj}, order=30)

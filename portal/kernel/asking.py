"""The person behind a job: with the rights they have when it runs, not when they asked."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied

from .actors import UserActor


def asker(ref: str) -> UserActor:
    """The actor whose `ref` was noted. Raises PermissionDenied when the account is gone or closed."""
    user = get_user_model()._default_manager.filter(pk=ref.removeprefix("user:")).first()
    if user is None or not user.is_active:
        raise PermissionDenied("頼んだ人のアカウントが、使えなくなっています。")
    return UserActor(user)

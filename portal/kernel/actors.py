"""Who does something: a user, a job, a provider's webhook, the holder of a token, or a visitor without an account.

Every action takes `by=`, an Actor; nobody passes None. `ref` goes into the logs: it names, it does not describe.
"""

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

if TYPE_CHECKING:
    from portal.accounts.models import User


class Actor:
    """Base of the five kinds. `memo` keeps what was worked out about this actor during one request, no longer."""

    kind: ClassVar[str] = ""
    verbose: ClassVar[str] = ""

    def __init__(self) -> None:
        self.memo: dict[str, Any] = {}

    @property
    def ref(self) -> str:
        raise TypeError("Actor itself never acts")

    @property
    def label(self) -> str:
        """What 履歴 shows when nothing better is known."""
        return self.verbose

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Actor) and self.ref == other.ref

    def __hash__(self) -> int:
        return hash(self.ref)

    def __repr__(self) -> str:
        return f"<{self.ref}>"


class UserActor(Actor):
    """A signed-in person."""

    kind, verbose = "user", "利用者"

    def __init__(self, user: "User") -> None:
        super().__init__()
        self.user = user

    @property
    def ref(self) -> str:
        return f"user:{self.user.pk}"

    @property
    def user_id(self) -> UUID:
        return self.user.pk


class JobActor(Actor):
    """Work the portal does by itself, later or at night."""

    kind, verbose = "job", "自動処理"

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    @property
    def ref(self) -> str:
        return f"job:{self.name}"


class ProviderActor(Actor):
    """An outside service that tells us something, such as a payment provider."""

    kind, verbose = "provider", "外部サービス"

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    @property
    def ref(self) -> str:
        return f"provider:{self.name}"


class TokenActor(Actor):
    """A person known only by a link sent to them, for one purpose and one object."""

    kind, verbose = "token", "案内のリンクを持つ人"

    def __init__(self, purpose: str, object_ref: str) -> None:
        super().__init__()
        self.purpose, self.object_ref = purpose, object_ref

    @property
    def ref(self) -> str:
        return f"token:{self.purpose}:{self.object_ref}"


class VisitorActor(Actor):
    """Someone without an account, for a first write only. The session's key is hashed, never kept."""

    kind, verbose = "visitor", "アカウントのない人"

    def __init__(self, session_key_hash: str) -> None:
        super().__init__()
        self.session_key_hash = session_key_hash

    @classmethod
    def of_session(cls, session_key: str | None) -> "VisitorActor":
        return cls(hashlib.sha256((session_key or "").encode()).hexdigest()[:32] if session_key else "none")

    @property
    def ref(self) -> str:
        return f"visitor:{self.session_key_hash}"

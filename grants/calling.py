"""When a menu of ① or ② takes requests: all its year without a call, with calls only while one is open.

`intake` is pure: it reads the loaded calls of a menu. The year and its publication are those of `dispatch.queries.menus` and
`workshop.queries.menus`. What came back for correction is bound by no call: the prefecture asked for it.
What an office accepts of one municipality after a call (`relief`) lets one request of it in until its day.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel import clock
from portal.kernel.fiscal import wareki
from portal.kernel.refusals import Refusal

from .models import Admission, Call, Dispatch, Menu, Workshop
from .relief import queries as relief


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """The calls of a menu as they stand at one instant. `open`: the one that closes first; `coming`: the next one."""

    open: Call | None = None
    coming: Call | None = None
    closed: Call | None = None
    let: bool = False  # an office accepts one more request of who asks

    @property
    def is_bound(self) -> bool:
        """Whether the menu has a call at all."""
        return any((self.open, self.coming, self.closed))

    @property
    def takes(self) -> bool:
        """Whether a request may be sent now."""
        return self.open is not None or not self.is_bound

    @property
    def may_begin(self) -> bool:
        """Whether it is any use to begin a draft: it can be sent now, or under a call to come."""
        return self.takes or self.let or self.coming is not None

    @property
    def words(self) -> str:
        """What somebody reads who wants to send a request; empty when the menu has no call."""
        if self.open is not None:
            return f"{self.open.title}の締切は、{self.open.deadline.label}です。"
        if self.coming is not None:
            return f"{self.coming.title}は、{wareki(self.coming.opens_at.astimezone(clock.JST).date())}から受け付けます。"
        if self.closed is not None:
            return f"{self.closed.title}の締切({self.closed.deadline.label})を過ぎました。"
        return ""


def intake(menu: Menu, at: datetime, *, let: bool = False) -> Intake:
    """How the calls of `menu` stand at `at`. One query, none when they are prefetched."""
    calls = sorted(menu.calls.all(), key=lambda call: (call.closes_at, call.opens_at))
    return Intake(
        let=let,
        open=next((call for call in calls if call.is_open(at)), None),
        coming=min(
            (call for call in calls if call.opens_at > at), key=lambda call: call.opens_at, default=None
        ),
        closed=next((call for call in reversed(calls) if call.closes_at <= at), None),
    )


def begun(menus: QuerySet[Menu], scope: Scope, at: datetime) -> QuerySet[Menu]:
    """Those of `menus` under which a municipality of the scope can begin a draft that can be sent some day. No query of its own."""
    calls, let = Call.objects.filter(menu=OuterRef("pk")), relief.for_scope(scope, at)
    waits = Exists(calls.filter(closes_at__gt=at)) | Exists(let.filter(call__menu=OuterRef("pk")))
    return menus.filter(~Exists(calls) | waits)


def check_taken(file: Dispatch | Workshop, at: datetime) -> Admission | None:
    """That a request may be sent under its menu's calls at `at`, to the second; else what its office accepted of the town,
    which the submission binds to it (`relief.actions.bind`).

    Raises Refusal.
    """
    found = intake(file.menu, at)
    if found.takes:
        return None
    admission = relief.for_town(file.menu, file.municipality, at)
    if admission is None:
        text = "書いた内容は残っています。相談は、市町村を受け持つ振興局・支庁にしてください。"
        raise Refusal(f"いまは出せません。{found.words}{text}", code="closed")
    return admission


def check_begun(menu: Menu, municipality: Area, at: datetime) -> None:
    """That a draft begun at `at` can be sent some day. Raises Refusal."""
    found = intake(menu, at)
    if not found.may_begin and relief.for_town(menu, municipality, at) is None:
        text = "次の募集は、決まると支援メニューのページに載ります。"
        raise Refusal(f"{found.words}{text}", field="menu", code="closed")

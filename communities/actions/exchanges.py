"""Writing to a person whose profile is open, through the portal: addresses stay where they are.

exchange = write_to(by=resident, profile=profile, text="空き店舗の話を聞かせてください")
answer_letter(by=TokenActor(…), exchange=exchange, side="recipient", text="…") · stop_exchange(by=, exchange=, side=)
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel import audit, clock
from portal.kernel.actors import Actor, JobActor, TokenActor, UserActor
from portal.kernel.refusals import Refusal

from .. import moderation, workflow
from ..enums.people import KEEP_EXCHANGES_DAYS, LETTERS_AN_HOUR, NEW_A_DAY, NEW_A_MONTH, ExchangeState, Side
from ..mails import people as mails_people
from ..models import Exchange, Letter, Profile
from ..queries import exchanges as reads
from ..queries.profiles import profiles_visible_to
from ..saving import change, insert, locked, user_of

MOST_LINKS = 1
CLOSED = "この方には、いまは連絡できません。"


@transaction.atomic
def write_to(*, by: Actor, profile: Profile, text: str) -> Exchange:
    """Send a first message, or one more into the exchange that is open. The recipient gets a mail with a link.

    Raises Refusal: not signed in as a grown-up, not open to this person, no letters wished, stopped before, too many.
    """
    user = user_of(by)
    if user is None:
        raise PermissionDenied("連絡するには、ログインしてください。")
    to = _recipient(by, user, profile)
    exchange = Exchange.objects.filter(sender=user, recipient=to, state=ExchangeState.OPEN).first()
    if exchange is None:
        _within_limits(user)
        exchange = insert(Exchange(sender=user, recipient=to, last_at=clock.now()))
        audit.record("communities.exchange.begun", by=by, target=exchange)
    _write(by, exchange, Side.SENDER, text)
    return exchange


@transaction.atomic
def answer_letter(*, by: Actor, exchange: Exchange, side: str, text: str) -> Letter:
    """One more message of `side`. Raises Refusal when either has stopped, or for too many within an hour."""
    _require_side(by, exchange, side)
    return _write(by, exchange, side, text)


@transaction.atomic
def stop_exchange(*, by: Actor, exchange: Exchange, side: str) -> Exchange:
    """End it for both. What the recipient ended does not begin again. Twice is once."""
    _require_side(by, exchange, side)
    if locked(exchange).state == ExchangeState.STOPPED:
        return exchange
    return workflow.EXCHANGE.apply(exchange, "stop", by=by, stopped_side=side)


@transaction.atomic
def purge_exchanges(*, by: JobActor, at_once: int = 500) -> int:
    """Delete what nobody wrote into for a year and no open report is about. Returns how many."""
    before = clock.now() - timedelta(days=KEEP_EXCHANGES_DAYS)
    old = list(reads.exchanges_over(before).select_for_update(no_key=True, of=("self",))[:at_once])
    for exchange in old:
        audit.record("communities.exchange.purged", by=by, target=exchange)
        exchange.delete()
    return len(old)


def _recipient(by: Actor, user: User, profile: Profile) -> User:
    """The person behind the profile, if this one may write to them now."""
    user.refresh_from_db(fields=["age_group", "is_active"])
    if not user.is_adult:
        raise Refusal(
            "18歳未満の方は、ひろばを通した連絡を使えません。区役所の担当に相談してください。", code="minor"
        )
    if profile.user_id == user.pk:
        raise Refusal("自分あてには送れません。", code="self")
    row = profiles_visible_to(Scope.of(by)).filter(pk=profile.pk, takes_letters=True).first()
    if row is None or reads.stopped_by_recipient(user.pk, profile.user_id):
        raise Refusal(CLOSED, code="closed")
    return row.user


def _within_limits(user: User) -> None:
    """Durable: counted in the table, not in a cache."""
    now = clock.now()
    begun = Exchange.objects.filter(sender=user)
    if begun.filter(created_at__gt=now - timedelta(days=1)).count() >= NEW_A_DAY:
        raise Refusal(f"新しく連絡できるのは、1日{NEW_A_DAY}人までです。明日、送ってください。", code="rate")
    if begun.filter(created_at__gt=now - timedelta(days=30)).count() >= NEW_A_MONTH:
        raise Refusal(f"新しく連絡できるのは、30日に{NEW_A_MONTH}人までです。", code="rate")


def _write(by: Actor, exchange: Exchange, side: str, text: str) -> Letter:
    """Under the lock of the exchange: order of messages, limits, and stopping do not cross."""
    if locked(exchange).state != ExchangeState.OPEN or moderation.is_hidden(exchange):
        raise Refusal("このやりとりは終わりました。新しいメッセージは送れません。", code="moved")
    moderation.check_text(by=by, text=text, most_links=MOST_LINKS)
    recent = exchange.letters.filter(side=side, created_at__gt=clock.now() - timedelta(hours=1))
    if recent.count() >= LETTERS_AN_HOUR:
        raise Refusal("続けてたくさん送られています。1時間ほどおいてから送ってください。", code="rate")
    letter = insert(Letter(exchange=exchange, side=side, text=text))
    change(exchange, {"last_at": clock.now()})
    audit.record(
        "communities.letter.sent", by=by, target=letter, data={"exchange": exchange.pk, "side": side}
    )
    mails_people.letter(letter)
    return letter


def _require_side(by: Actor, exchange: Exchange, side: str) -> None:
    """Who holds this side's link, or is this person signed in."""
    own = {Side.SENDER: exchange.sender_id, Side.RECIPIENT: exchange.recipient_id}[Side(side)]
    if isinstance(by, UserActor) and by.user_id == own:
        return
    if isinstance(by, TokenActor) and by.object_ref == f"exchange:{exchange.pk}:{side}":
        return
    raise PermissionDenied("このやりとりに書けるのは、二人だけです。")

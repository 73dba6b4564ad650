"""What people are told by mail about moderation, and the messages they send each other. Plain text; what users wrote is never markup."""

from collections.abc import Iterable
from typing import Any

from portal.accounts.models import User
from portal.kernel import outbox, tokens
from portal.kernel.addresses import whole

from ..enums.people import Side
from ..models import Exchange, Hiding, Letter
from ..queries.profiles import listed_profiles

GONE = "公開をやめた人"


def hidden(hiding: Hiding, noun: str, authors: Iterable[User]) -> None:
    """Tell the authors what was hidden and why, and where they can answer once."""
    _to_authors("hidden", hiding, noun, authors)


def decided(hiding: Hiding, noun: str, authors: Iterable[User], note: str) -> None:
    """Tell the authors that it stands again, or stays hidden and why."""
    _to_authors("hiding_decided", hiding, noun, authors, note=note)


def _to_authors(name: str, hiding: Hiding, noun: str, authors: Iterable[User], **more: Any) -> None:
    url = whole("communities:hiding_mine", hiding.pk)
    for author in authors:
        outbox.queue(
            f"communities/mail/{name}",
            to=author.email,
            about=hiding,
            key=f"{name}:{hiding.pk}:{hiding.state}:{author.pk}",
            context={"hiding": hiding, "noun": noun, "url": url, **more},
        )


def exchange_token(exchange: Exchange, side: str) -> str:
    """The secret of one side's page. Rebuilt whenever it is needed, never stored."""
    return tokens.make(f"exchange.{side}", exchange.pk, exchange.token_version)


def letter(letter: Letter) -> None:
    """Tell the other side, with the link to the page where they answer. Neither address is named."""
    exchange = letter.exchange
    to_recipient = letter.side == Side.SENDER
    to, side = (exchange.recipient, Side.RECIPIENT) if to_recipient else (exchange.sender, Side.SENDER)
    outbox.queue(
        "communities/mail/letter",
        to=to.email,
        about=letter,
        secret=True,
        key=f"letter:{letter.pk}",
        context={
            "letter": letter,
            "name": exchange.sender.name if to_recipient else handle_of(exchange),
            "url": whole("communities:exchange_detail", exchange_token(exchange, side)),
        },
    )


def handle_of(exchange: Exchange) -> str:
    """How the recipient is named to the sender: as they are open now."""
    profile = listed_profiles().filter(user=exchange.recipient_id).first()
    return profile.name if profile else GONE

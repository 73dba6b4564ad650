"""The outbox: every mail of the portal, sign-in codes included, is a row before it is a mail.

One key is one row is one Message-ID. Templates are plain text; what users wrote is never markup. Bodies that carry a
secret (codes, links that open something) are encrypted until sent and then wiped; staff see 〔非表示〕.
"""

import base64
import hashlib
import re
import uuid
from email.utils import formataddr
from functools import cache
from typing import Any, cast

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.template import Context, Template
from django.template.loader import get_template

from . import clock, jobs, ports
from .enums import MailState
from .inserting import insert_new
from .models import OutboxMessage

HIDDEN = "〔非表示〕"
TOUTEN = "、"
BRACES = re.compile(r"({[{%#].*?[}%#]})")


def queue(
    template: str,
    *,
    to: str,
    context: dict[str, Any],
    key: str,
    about: models.Model | None = None,
    secret: bool = False,
) -> OutboxMessage:
    """Write one mail from `<template>.subject.txt` and `<template>.body.txt` and have it sent after commit.

    The same key again returns the first row and sends nothing. Runs inside the caller's transaction (its own when
    there is none).
    """
    comma = _comma(about)
    subject = " ".join(_plain(f"{template}.subject.txt", context, comma).split())[:200]
    body = _plain(f"{template}.body.txt", context, comma).strip() + "\n"
    with transaction.atomic(savepoint=False):
        message = OutboxMessage(
            key=key,
            template=template,
            to_address=to,
            subject=subject,
            is_secret=secret,
            body="" if secret else body,
            sealed_body=_fernet().encrypt(body.encode()) if secret else None,
            about_type=about._meta.label_lower if about else "",
            about_id=str(about.pk) if about else "",
            message_id=f"<{uuid.uuid4().hex}@{_mail_host()}>",
        )
        if not insert_new(message):
            return OutboxMessage.objects.get(key=key)
        jobs.enqueue("kernel.send_mail", key=f"mail:{message.pk}", obj=message)
    return message


def plain(template: str, context: dict[str, Any]) -> str:
    """The text of a mail's template. Nothing is escaped, because nothing is ever markup."""
    return _plain(template, context)


def shown_body(message: OutboxMessage) -> str:
    """The body as staff may see it: never a secret."""
    return HIDDEN if message.is_secret else message.body


@ports.job_handlers.register("kernel.send_mail")
def send(job: "jobs.Running") -> None:
    """Send one message and note it. A crash between the two sends the same Message-ID again, which mailboxes fold."""
    message: OutboxMessage = job.obj
    if message.state in (MailState.SENT, MailState.WITHDRAWN):
        return
    guard = ports.mail_guards.get(message.template)
    body = guard(message) if guard else _body(message)
    if body is None:
        with transaction.atomic():
            job.hold()
            OutboxMessage.objects.filter(pk=message.pk).update(state=MailState.WITHDRAWN, sealed_body=None)
        return
    EmailMessage(
        subject=message.subject,
        body=body,
        to=[message.to_address],
        from_email=formataddr(("協働ひろば", settings.DEFAULT_FROM_EMAIL)),
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    ).send()
    with transaction.atomic():
        job.hold()
        OutboxMessage.objects.filter(pk=message.pk).update(
            state=MailState.SENT, sent_at=clock.now(), sealed_body=None
        )


def _plain(template: str, context: dict[str, Any], comma: str = TOUTEN) -> str:
    """Plain text: nothing is escaped, because nothing is ever markup."""
    found = cast(Any, get_template(template)).template
    text: str = _with_comma(found, comma).render(Context(context, autoescape=False))
    return text


def _comma(about: models.Model | None) -> str:
    """The comma of the government that writes about this row."""
    speaker = ports.speakers.get(about._meta.app_label) if about else None
    return speaker(about) if speaker else TOUTEN


def _with_comma(template: Template, comma: str) -> Template:
    """The template with this comma in our own words; what stands between braces, people's text among it, is not touched."""
    if comma == TOUTEN:
        return template
    parts = BRACES.split(template.source)
    source = "".join(part if BRACES.fullmatch(part) else part.replace(TOUTEN, comma) for part in parts)
    compiled: Template = cast(Any, template.engine).from_string(source)
    return compiled


def _body(message: OutboxMessage) -> str:
    if not message.is_secret:
        return message.body
    if message.sealed_body is None:
        raise InvalidToken
    return _fernet().decrypt(bytes(message.sealed_body)).decode()


def _fernet() -> MultiFernet:
    return _fernet_of((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@cache
def _fernet_of(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"hiroba.outbox:{key}".encode()).digest()))
            for key in keys
        ]
    )


def _mail_host() -> str:
    base: str = settings.BASE_URL
    return base.split("//", 1)[-1].split("/", 1)[0].split(":", 1)[0]

"""Documents for tests: issued by the action; `ready` also makes the file, as the job would."""

from typing import Any
from unittest.mock import patch

from django.db import transaction

from portal.accounts.models import User
from portal.areas.models import Authority, Section
from portal.documents import actions
from portal.documents.models import Document
from portal.kernel import jobs
from portal.kernel.actors import JobActor
from portal.kernel.models import Job, StoredFile

from .accounts import UserFactory, actor


def issued(
    kind_key: str,
    user: User | None = None,
    *,
    authority: Authority,
    section: Section | None = None,
    year: int = 2026,
    **kwargs: Any,
) -> Document:
    """A numbered document about a user, in state 「作成中」."""
    person = user or UserFactory()
    with transaction.atomic():
        return actions.issue(
            kind_key, person, by=actor(person), authority=authority, section=section, year=year, **kwargs
        )


def ready(document: Document) -> Document:
    """The same document with its file, made by its own job in this process."""
    assert jobs.run(Job.objects.get(key=document.job_key).pk)
    document.refresh_from_db()
    return document


def with_bytes(document: Document, content: bytes) -> Document:
    """The same document with a given small file instead of a rendered one: quick, where the paper is not the subject."""
    with patch("portal.documents.papers.content", return_value=content):
        return actions.make_file(document, by=JobActor("documents.render"), hold=lambda: None)


def files_of(document: Document) -> int:
    """How many stored files carry this document's name."""
    return StoredFile.objects.filter(storage_name__contains=str(document.pk)).count()

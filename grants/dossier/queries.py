"""Reads of 一件書類: the officers of the file's office, and the auditors of its authority."""

from django.db.models import Q, QuerySet

from portal.accounts.enums import Role
from portal.accounts.scope import Scope

from ..models import Application, Dossier, Redaction

READERS = (Role.PREFECTURE_OFFICER, Role.AUDITOR)


def cases(scope: Scope) -> QuerySet[Application]:
    """The submitted files whose papers the scope may take out together."""
    return Application.objects.filter(
        Q(office__in=scope.sections(Role.PREFECTURE_OFFICER))
        | Q(menu__programme__authority__area__in=scope.homes(Role.AUDITOR)),
        submitted_at__isnull=False,
        erased_at__isnull=True,
    )


def dossiers(scope: Scope) -> QuerySet[Dossier]:
    """The 一件書類 of these files. No query of its own."""
    rows = Dossier.objects.filter(application__in=cases(scope).order_by())
    return rows.select_related("application__menu__programme__authority__area", "asked_by", "file")


def redactions(scope: Scope) -> QuerySet[Redaction]:
    """The blacked-out copies of these files. No query of its own."""
    rows = Redaction.objects.filter(dossier__application__in=cases(scope).order_by())
    return rows.select_related(
        "dossier__application__menu__programme__authority__area",
        "dossier__file",
        "file",
        "started_by",
        "making_by",
    )


def of_case(application: Application) -> QuerySet[Dossier]:
    """Those of one file with their copies, newest first: two queries."""
    rows = application.dossiers.select_related("asked_by", "file")
    return rows.prefetch_related("redactions__making_by")

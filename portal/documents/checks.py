"""What must hold for every kind of document, found at start and in the tests, not on the day it is issued."""

import re
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from portal.kernel import permissions, ports
from portal.kernel.ports import DocumentKind


@register
def document_kinds(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Codes are 2–4 capital letters and unique; template, model and permissions exist."""
    problems: list[CheckMessage] = []
    owners: dict[str, str] = {}
    for key, kind in ports.document_kinds.items():
        found = _faults(key, kind)
        if owners.setdefault(kind.code, key) != key:
            found.append(f"記号{kind.code}は、{owners[kind.code]}が使っています。")
        problems += [Error(f"{key}: {text}", id="documents.E001") for text in found]
    return problems


def _faults(key: str, kind: DocumentKind) -> list[str]:
    faults = []
    if kind.key != key:
        faults.append(f"登録名と kind.key({kind.key})が違います。")
    if not re.fullmatch(r"[A-Z]{2,4}", kind.code):
        faults.append("記号は、英大文字2〜4字です。")
    try:
        apps.get_model(kind.model)
    except (LookupError, ValueError):
        faults.append(f"モデル{kind.model}がありません。")
    try:
        get_template(kind.template)
    except TemplateDoesNotExist:
        faults.append(f"ひな形{kind.template}がありません。")
    known = permissions.names()
    faults += [
        f"権限{name}がありません。"
        for name in (kind.permission, kind.void_permission)
        if name and name not in known
    ]
    return faults

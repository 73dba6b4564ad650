"""What the staff list can be narrowed by."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from portal.kernel import ports
from portal.kernel.fields import clean_text

from . import queries
from .enums import DocumentState
from .models import Document


def kind_choices() -> list[tuple[str, str]]:
    return [(key, kind.title) for key, kind in ports.document_kinds.items()]


class DocumentFilter(filters.FilterSet):
    """種類, 状態, and a number: the portal's 確認番号 or the office's own 文書番号."""

    kind = filters.ChoiceFilter(label="種類", choices=kind_choices, empty_label="すべて")
    state = filters.ChoiceFilter(label="状態", choices=DocumentState.choices, empty_label="すべて")
    number = filters.CharFilter(
        label="確認番号か文書番号",
        method="with_number",
        validators=[clean_text],
        max_length=60,
    )

    class Meta:
        model = Document
        fields = ("kind", "state", "number")

    def with_number(self, documents: QuerySet[Document], name: str, value: Any) -> QuerySet[Document]:
        return queries.numbered(documents, value) if value else documents

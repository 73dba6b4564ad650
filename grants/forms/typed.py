"""What a form needs that is saved while people type: a revision keeps order, a second writer is told."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxValueValidator

from portal.kernel.forms import OnceForm
from portal.kernel.refusals import Refusal

REVISION_MAX = 2_000_000_000  # what the column of a revision holds


class TypedForm(OnceForm):
    """A section that is saved by its button or while people type."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "revision" in self.fields:
            self.fields["revision"].validators.append(MaxValueValidator(REVISION_MAX))

    def saves(self, action: Callable[..., Any], **kwargs: Any) -> bool:
        """Like `acts`, for saving while people type: no once-key is spent, the revision keeps order. 422 or 409 when not."""
        if not self.is_valid():
            self.status = 422
            return False
        try:
            self.result = action(**kwargs, **self.cleaned_data_for_action())
        except Refusal as refusal:
            return self._no(409, ValidationError(refusal.message, code=refusal.code))
        return True

    def stored_values(self) -> dict[str, Any]:
        """What is stored, by field name."""
        raise TypeError(f"{type(self).__name__} does not say what is stored")

    def based_on(self) -> int:
        """The revision that the page showed."""
        return int(self.cleaned_data.get("revision") or 0)

    def show_stored(self, row: Any) -> None:
        """From now on `row` is what is stored: read again because another saved it."""
        self.stored = row

    def rebase_on(self, revision: int) -> None:
        """Show again what was typed, now upon what is stored: the next save is a decision, not an accident."""
        self.data = self.data.copy()
        self.data["revision"], self.data["tab"] = str(revision), str(uuid.uuid4())
        self._fresh_key()

    def differences(self) -> list[tuple[str, str, str]]:
        """(label, typed, stored) of each text box whose stored text is another than the typed one."""
        stored = self.stored_values()
        rows = []
        for field in self.visible_fields():
            typed, kept = _words(field.value()), _words(field.field.prepare_value(stored.get(field.name)))
            if typed != kept:
                rows.append((str(field.label), _choice_label(field, typed), _choice_label(field, kept)))
        return rows

    @property
    def conflicts(self) -> bool:
        """Whether somebody else saved the section since this page was opened."""
        return self.is_bound and self.has_error(NON_FIELD_ERRORS, code="conflict")


def _words(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _choice_label(field: Any, value: str) -> str:
    """The label of a chosen value, for boxes of choices."""
    choices = getattr(field.field, "choices", None)
    if choices is None:
        return value
    return next((str(label) for key, label in choices if str(key) == value), value)

"""Forms of what two officers may have open at once: saved upon what the page showed, or the later one is told."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Model

from communities.saving import locked
from portal.kernel.forms import OnceForm
from portal.kernel.refusals import Refusal

STALE = (
    "開いているあいだに、ほかの人が直して保存しました。保存されている内容を見くらべて、"
    "よければもう一度押してください。あなたの入力は残っています。"
)


class SeenForm(OnceForm):
    """A form of `row`. `seen` says what its page showed; when the row says something else by now, nothing is saved.

    `under` is what every action about the row locks first; it is locked while that is asked, so that of two at once one
    is told (409). Without a row there is nothing to compare.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, row: Model | None, under: Model | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.under, self.is_stale = row, under, False
        self.saved_as = ""
        self.initial["seen"] = self._digest()

    def stored(self) -> Mapping[str, Any]:
        """{name of a field: what the row says now}."""
        raise TypeError(f"{type(self).__name__} does not say what its row holds")

    def acts(self, action: Callable[..., Any], **kwargs: Any) -> bool:
        """As every form. Told that somebody was first, one may press again, now knowing what stands there."""
        done = super().acts(self._upon_what_was_shown(action), **kwargs)
        self.is_stale = not done and self.is_bound and self.has_error(NON_FIELD_ERRORS, "stale")
        if self.is_stale:
            self.rebase()
        return done

    def saves(self, action: Callable[..., Any], **kwargs: Any) -> bool:
        """Like `acts`, for saving while people type: no once-key is spent, what was shown keeps order. 422 or 409 when not.

        `saved_as` is then what the page may go on from: read under the lock, so that no other save slips in between.
        """
        if not self.is_valid():
            self.status = 422
            return False
        try:
            with transaction.atomic():
                self.result = self._upon_what_was_shown(action)(**kwargs, **self.cleaned_data_for_action())
                self.saved_as = self._digest()
        except Refusal as refusal:
            self.is_stale = refusal.code == "stale"
            return self._no(409, ValidationError(refusal.message, code=refusal.code))
        except ValidationError as problem:
            return self._no(422, problem)
        return True

    def rebase(self) -> None:
        """Show again what was typed, now upon what is stored: the next save is a decision, not an accident."""
        self.data = cast(Any, self.data).copy()
        self.data["seen"] = self._digest()

    def _upon_what_was_shown(self, action: Callable[..., Any]) -> Callable[..., Any]:
        def upon_what_was_shown(**values: Any) -> Any:
            if self.row is not None and self.under is not None:
                locked(self.under)
                self.row.refresh_from_db()
                if self._digest() != self.cleaned_data["seen"] and not self._saved_here():
                    raise Refusal(STALE, code="stale")
            return action(**values)

        return upon_what_was_shown

    def _saved_here(self) -> bool:
        """Whether what is stored came from this very page, whose answer was lost. Locked rows are read."""
        return False

    @property
    def theirs(self) -> list[tuple[str, str]]:
        """(label, what is stored) of every field in which that is not what was typed."""
        return [
            (str(self.fields[name].label), _in_words(self.fields[name], value))
            for name, value in self.stored().items()
            if value != self.cleaned_data.get(name)
        ]

    @property
    def both(self) -> list[tuple[str, str, str]]:
        """(label, typed, stored) of every field in which the two differ, as people read them."""
        rows = []
        for name, value in self.stored().items():
            field, typed = self.fields[name], self.cleaned_data.get(name)
            if (value or None) != (typed or None):
                said = (_in_words(field, field.prepare_value(part)) for part in (typed, value))
                rows.append((str(field.label), *said))
        return cast(list[tuple[str, str, str]], rows)

    def cleaned_data_for_action(self) -> dict[str, Any]:
        return {name: value for name, value in super().cleaned_data_for_action().items() if name != "seen"}

    def _digest(self) -> str:
        if self.row is None:
            return ""
        said = repr(sorted(self.stored().items()))
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def _in_words(field: forms.Field, value: Any) -> str:
    """A stored value as a person reads it."""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    parts = value if isinstance(value, list | tuple) else [value]
    words = [choices.get(str(part), str(part)) for part in parts if part not in (None, "")]
    return "、".join(words) or "(なし)"

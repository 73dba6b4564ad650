"""Forms that write: parsed, carried out once, and shown again with everything kept when the answer is no.

A view is: visible object → form → `form.acts(action, …)` → message and 303, else the page with `form.status`.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.db import OperationalError, models, transaction
from django.http import HttpRequest, HttpResponse, QueryDict

from . import once, upload_fields, wording
from .fields import clean_text
from .refusals import Refusal

STALE_CSRF = "画面を開いてから時間がたったため、送信できませんでした。入力した内容は残っています。もう一度ボタンを押してください。"
BUSY = "いま混み合っていて、受け付けられませんでした。入力した内容は残っています。少し待ってから、もう一度ボタンを押してください。"


if TYPE_CHECKING:
    _Form = forms.Form  # a mixin for Form and ModelForm: what both have
else:
    _Form = object


class OnceMixin(_Form):
    """For Form and ModelForm. Pass `once=request`; the hidden field `once` is made here.

    `status` is 200, 422 (values), 409 (refused) or 403 (stale CSRF token). `result` is what the action returned.
    """

    purpose = ""  # what the once-key is for; the class's own name when empty

    def __init__(self, *args: Any, once: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request: Any = once
        self.status = 200
        self.result: Any = None
        self.replayed = False
        self.fields["once"] = forms.CharField(required=False, widget=forms.HiddenInput, max_length=500)
        self.initial["once"] = self._new_key()
        wording.teach(self.fields)
        upload_fields.bind(self, once)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and clean_text not in field.validators:
                field.validators = [*field.validators, clean_text]

    def acts(self, action: Callable[..., Any], **kwargs: Any) -> bool:
        """Carry out `action(**kwargs, **cleaned data)` once. True when it is done, now or by the same form before.

        Values that do not fit → False and 422; a Refusal → False and 409; nothing half-done is stored then.
        """
        if not self.is_bound:
            return False
        valid = self.is_valid()
        if getattr(self.request, "csrf_failed", False):
            return self._no(403, ValidationError(STALE_CSRF, code="csrf"))
        if not valid:
            self.status = 422
            self._replace_key_if_foreign()
            return False
        nonce = once.read_key(self.data.get(self.add_prefix("once"), ""), self.request.actor, self._purpose())
        if nonce is None:
            self._fresh_key()
            return self._no(409, ValidationError(STALE_CSRF, code="once"))
        return self._carry_out(nonce, action, kwargs)

    def wants_preview(self) -> bool:
        """Whether the person asked for the confirmation page, and the values allow it."""
        return bool(
            self.is_bound and self.data.get("preview") == "1" and not self._csrf_failed() and self.is_valid()
        )

    def cleaned_data_for_action(self) -> dict[str, Any]:
        """The cleaned values, as keyword arguments of the action. Override where names differ."""
        return {name: value for name, value in self.cleaned_data.items() if name != "once"}

    def hidden(self) -> list[tuple[str, str]]:
        """Everything sent, as (name, value) pairs for the hidden fields of a confirmation page."""
        sent = self.data.lists() if hasattr(self.data, "lists") else [(k, [v]) for k, v in self.data.items()]
        staged = upload_fields.hidden(self)
        skipped = {"csrfmiddlewaretoken", "preview", *dict(staged)}
        return [(name, value) for name, values in sent for value in values if name not in skipped] + staged

    def _carry_out(self, nonce: str, action: Callable[..., Any], kwargs: dict[str, Any]) -> bool:
        payload = once.payload_hash(cast(QueryDict, self.data), self.files)
        try:
            with transaction.atomic():
                claim = once.Claim(nonce, self.request.actor, payload)
                self.replayed = claim.replayed
                if claim.replayed:
                    self.result = claim.result()
                else:
                    self.result = action(**kwargs, **self.cleaned_data_for_action())
                    claim.settle(self.result)
        except Refusal as refusal:
            _read_again(kwargs.values())
            if refusal.code == "used":
                self._fresh_key()
            field = refusal.field if refusal.field in self.fields else None
            return self._no(409, ValidationError(refusal.message, code=refusal.code), field)
        except ValidationError as problem:
            _read_again(kwargs.values())
            return self._no(422, problem)
        except OperationalError:
            return self._no(409, ValidationError(BUSY, code="busy"))
        return True

    def _no(self, status: int, problem: ValidationError, field: str | None = None) -> bool:
        self.status = status
        if hasattr(problem, "error_dict"):
            for name, errors in problem.error_dict.items():
                target = name if name in self.fields and name != NON_FIELD_ERRORS else None
                self.add_error(target, errors)
        else:
            self.add_error(field, problem)
        return False

    def _purpose(self) -> str:
        return f"{self.purpose or type(self).__name__}:{self.request.path}"

    def _new_key(self) -> str:
        return once.new_key(self.request.actor, self._purpose())

    def _fresh_key(self) -> None:
        fresh = cast(Any, self.data).copy()
        fresh[self.add_prefix("once")] = self.initial["once"]
        self.data = fresh

    def _replace_key_if_foreign(self) -> None:
        raw = self.data.get(self.add_prefix("once"), "")
        if once.read_key(raw, self.request.actor, self._purpose()) is None:
            self._fresh_key()

    def _csrf_failed(self) -> bool:
        return bool(getattr(self.request, "csrf_failed", False))


class OnceForm(OnceMixin, forms.Form):
    """A plain form that is carried out once."""


class ButtonForm(OnceForm):
    """A form of one button: nothing to fill in, still carried out once."""


class NoteForm(OnceForm):
    """A form of one button with a reason that the other side sees."""

    note = forms.CharField(label="理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


def _read_again(given: Iterable[Any]) -> None:
    """The action was undone in the database, not in the rows it was given: the page must show what is stored."""
    for row in given:
        if isinstance(row, models.Model):
            with suppress(ObjectDoesNotExist):
                row.refresh_from_db()


def keeps_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view whose POST writes only through `form.acts`.

    A stale CSRF token then shows the filled form with 403 instead of an error page: the view runs again inside a
    read-only transaction, so that nothing can be written even by mistake.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    cast(Any, inner).keeps_form = True
    return inner

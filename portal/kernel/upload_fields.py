"""A form field for a file that survives a refused form: the file is staged at once, its signed id goes back and forth."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from .actors import Actor
from .refusals import Refusal
from .upload_kinds import DOCUMENTS, Kind, names_of
from .upload_models import StoredFile
from .upload_store import MAX_BYTES, size_label, stage

_SALT = "kernel.upload"


class Sent(NamedTuple):
    """What came with the form: a new file, the token of one that is staged, the wish to have none."""

    file: UploadedFile[Any] | None = None
    token: str = ""
    remove: bool = False


class UploadWidget(forms.FileInput):
    """A file input that also shows what is already there. `held` is the file to show, `token` names a staged one."""

    template_name = "ui/form/upload.html"
    held: StoredFile | None = None
    token = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sent:
        return Sent(files.get(name), str(data.get(f"{name}-staged") or ""), bool(data.get(f"{name}-remove")))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files and f"{name}-staged" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        held = self.held or (value if isinstance(value, StoredFile) else None)
        widget = context["widget"]
        widget["held"], widget["token"] = held, self.token
        widget["held_size"] = size_label(held.size) if held else ""
        widget["may_remove"] = held is not None and not self.is_required
        if held is not None:
            told = widget["attrs"]
            widget["held_id"] = f"{told.get('id') or name}_held"
            told["aria-describedby"] = " ".join(
                filter(None, [told.get("aria-describedby"), widget["held_id"]])
            )
            told.pop("required", None)
        return context


class UploadField(forms.Field):
    """Cleans to a StoredFile (staged, or the initial one when nothing was sent) or None.

    Needs `bind` before cleaning, which every OnceForm does: a staged file belongs to its sender, and another person's
    token is worth nothing. Where the request may not write (stale CSRF token) a new file is not taken in.
    """

    widget = UploadWidget
    default_error_messages = {
        "required": "ファイルを選んでください。",
        "again": "ファイルを、もう一度選んでください。",
        "swept": "前に選んだファイルは、お預かりの期間が過ぎました。もう一度選んでください。",
    }

    def __init__(
        self, *, accept: tuple[Kind, ...] = DOCUMENTS, max_bytes: int = MAX_BYTES, **kwargs: Any
    ) -> None:
        limit = size_label(max_bytes).replace(".0MB", "MB")
        kwargs.setdefault("help_text", f"{names_of(accept)}。1つ{limit}まで。")
        super().__init__(**kwargs)
        self.accept, self.max_bytes = accept, max_bytes
        self.request: HttpRequest | None = None
        self._cleaned: tuple[Sent, StoredFile | None] | None = None
        self.widget.attrs.setdefault("accept", ",".join(ending for kind in accept for ending in kind.endings))

    def bind(self, request: HttpRequest) -> None:
        """Say who is asking. The actor is read only when a file is there to be judged."""
        self.request = request

    def _clean_bound_field(self, bf: forms.BoundField) -> StoredFile | None:
        """Called by Form.full_clean; the initial file counts when nothing was sent."""
        return self.clean(bf.data, bf.initial)

    def clean(self, value: Any, initial: StoredFile | None = None) -> StoredFile | None:
        sent = value if isinstance(value, Sent) else Sent()
        if self._cleaned is None or self._cleaned[0] is not sent:
            self._cleaned = (sent, self._taken(sent, initial))
        stored = self._cleaned[1]
        if stored is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return stored

    def has_changed(self, initial: Any, data: Any) -> bool:
        return isinstance(data, Sent) and (data.file is not None or data.remove)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What is shown again: the initial file, unless the sender wished it away."""
        return None if isinstance(data, Sent) and data.remove else initial

    def _taken(self, sent: Sent, initial: StoredFile | None) -> StoredFile | None:
        if sent.file is not None:
            return self._staged_now(sent.file)
        if sent.remove and not self.required:
            return None
        if sent.token:
            return self._staged_before(sent.token)
        return initial

    def _staged_now(self, file: UploadedFile[Any]) -> StoredFile:
        if getattr(self.request, "csrf_failed", False):
            raise ValidationError(self.error_messages["again"], code="again")
        try:
            stored = stage(file, by=self._actor(), accept=self.accept, max_bytes=self.max_bytes)
        except Refusal as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from None
        self._show(stored)
        return stored

    def _staged_before(self, token: str) -> StoredFile:
        try:
            pk, holder = signing.loads(token, salt=_SALT)
        except (signing.BadSignature, ValueError, TypeError):
            raise ValidationError(self.error_messages["again"], code="again") from None
        # Attached ones too: the same form sent twice must lead to the same result. `attach` refuses a second owner.
        stored = StoredFile.objects.filter(pk=pk).exclude(uploaded_by_ref="").first()
        if stored is None or holder != _holder(self._actor()):
            raise ValidationError(self.error_messages["swept"], code="swept")
        self._show(stored)
        return stored

    def _show(self, stored: StoredFile) -> None:
        if isinstance(self.widget, UploadWidget):
            self.widget.held = stored
            self.widget.token = signing.dumps([str(stored.pk), _holder(self._actor())], salt=_SALT)

    def _actor(self) -> Actor:
        if self.request is None:
            raise TypeError("UploadField.bind(request) was not called")
        actor: Actor = self.request.actor  # type: ignore[attr-defined]
        return actor


def bind(form: forms.BaseForm, request: HttpRequest) -> None:
    """Tell every UploadField of a form who is asking."""
    for field in form.fields.values():
        if isinstance(field, UploadField):
            field.bind(request)


def hidden(form: forms.BaseForm) -> list[tuple[str, str]]:
    """The staged files of a form as (name, value) pairs, for the hidden fields of a confirmation page."""
    widgets = {name: field.widget for name, field in form.fields.items() if isinstance(field, UploadField)}
    return [
        (f"{form.add_prefix(name)}-staged", widget.token)
        for name, widget in widgets.items()
        if isinstance(widget, UploadWidget) and widget.token
    ]


def _holder(actor: Actor) -> str:
    """A visitor gets a session with the first write, so a visitor's token is bound to the signature alone."""
    return actor.ref if actor.kind == "user" else actor.kind

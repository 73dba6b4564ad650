"""What a form needs that is saved while people type: a revision keeps order, a second writer is told."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from portal.kernel.forms import OnceForm
from portal.kernel.refusals import Refusal


class TypedForm(OnceForm):
    """A section that is saved by its button or while people type."""

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

    @property
    def conflicts(self) -> bool:
        """Whether somebody else saved the section since this page was opened."""
        return self.is_bound and self.has_error(NON_FIELD_ERRORS, code="conflict")

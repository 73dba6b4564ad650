"""Forms of the grants: parse, validate, hand to an action."""

from .budget import BudgetForm
from .deciding import DeputyForm, GrantForm, RecordForm, RefuseForm, SendBackForm, SignForm
from .examining import AnswerForm, ChecksForm, DueForm, EndForm, ExtendForm, NoteForm, RemarkForm
from .letters import LettersForm
from .parts import ConfirmForm, PartForm, PlanForm, TargetForm
from .start import AttachForm, OutsideUseForm, PostButton, StartForm

__all__ = [
    "AnswerForm",
    "AttachForm",
    "BudgetForm",
    "ChecksForm",
    "ConfirmForm",
    "DeputyForm",
    "DueForm",
    "EndForm",
    "ExtendForm",
    "GrantForm",
    "LettersForm",
    "NoteForm",
    "OutsideUseForm",
    "PartForm",
    "PlanForm",
    "PostButton",
    "RecordForm",
    "RefuseForm",
    "RemarkForm",
    "SendBackForm",
    "SignForm",
    "StartForm",
    "TargetForm",
]

"""How a menu's decisions are signed: kept by the office's own system, or here in an order of steps."""

from typing import Any

from django import forms

from portal.accounts.enums import Role
from portal.areas.models import Section

from ..enums import Keeping, Table
from ..enums.approving import MATTERS_OF, SIGNING, STEPS_MAX, StepKind
from ..models import Menu
from .programmes import shown
from .seen import SeenForm

NAMES = ("role", "section", "title", "kind")
KEPT = {"approval": "決裁", "numbering": "文書番号"}
ANYWHERE, AS_MENU = "部署を問わない", "メニューのとおり"


class ChainForm(SeenForm):
    """Where 決裁 and 文書番号 are kept, and who signs in which order. A step without a role is no step."""

    approval = forms.ChoiceField(
        label="決裁", choices=Keeping.choices, widget=forms.RadioSelect,
        help_text="庁内の文書管理で行うときは、決裁日、決裁権者、起案番号を記録し、決裁済みの文書を付けます。",
    )  # fmt: skip
    numbering = forms.ChoiceField(label="文書番号", choices=Keeping.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, menu: Menu, **kwargs: Any) -> None:
        self.matters = MATTERS_OF[Table(menu.table)]
        super().__init__(*args, initial=shown(self, menu), row=menu, under=menu.programme, **kwargs)
        roles = [("", "なし"), *((role.value, role.label) for role in Role if role in SIGNING)]
        rows = Section.objects.filter(authority=menu.programme.authority_id).order_by("name")
        sections = [("", ANYWHERE), *((str(row.pk), row.name) for row in rows)]
        for number in range(1, STEPS_MAX + 1):
            self.fields[f"role_{number}"] = forms.ChoiceField(
                label=f"{number}番目に押す役職", choices=roles, required=False
            )
            self.fields[f"section_{number}"] = forms.ChoiceField(
                label=f"{number}番目の部署", choices=sections, required=False,
                help_text="選ぶと、その部署でこの役職にある人だけが押せます。合議には要ります。" if number == 1 else "",
            )  # fmt: skip
            self.fields[f"title_{number}"] = forms.CharField(
                label=f"{number}番目の職の名前", max_length=60, required=False,
                help_text="例:くらし共生協働課長" if number == 1 else "",
            )  # fmt: skip
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=f"{number}番目の種別",
                choices=StepKind.choices,
                required=False,
                initial=StepKind.APPROVE,
            )
        self._ask_by_matter()
        self.initial |= self._steps() | self._kept()
        self.order_fields([name for name in self.fields if name not in ("once", "seen")])

    def stored(self) -> dict[str, Any]:
        return shown(self, self.row) | self._steps() | self._kept()

    @property
    def chain(self) -> list[tuple[str, list[Any]]]:
        """(words, [role, section, title, kind]) of each step."""
        places = range(1, STEPS_MAX + 1)
        return [(f"{n}番目に押す人", [self[f"{name}_{n}"] for name in NAMES]) for n in places]

    @property
    def by_matter(self) -> list[tuple[str, list[Any]]]:
        """(matter, [where its 決裁 is kept, where its number is given])."""
        return [
            (str(matter.label), [self[f"{name}_{matter.value}"] for name in KEPT]) for matter in self.matters
        ]

    def clean(self) -> dict[str, Any]:
        """Every step has a name, 合議 its 部署; kept here, there is at least one that decides, and it is the last."""
        values = super().clean() or self.cleaned_data
        for number in range(1, STEPS_MAX + 1):
            if bool(values.get(f"role_{number}")) != bool(values.get(f"title_{number}")):
                lacking = "title" if values.get(f"role_{number}") else "role"
                self.add_error(f"{lacking}_{number}", "役職と、職の名前の両方を入れてください。")
            consents = values.get(f"role_{number}") and values.get(f"kind_{number}") == StepKind.CONSENT
            if consents and not values.get(f"section_{number}"):
                self.add_error(f"section_{number}", "合議する部署を選んでください。")
        steps = self._typed(values)
        here = {values.get("approval"), *(values.get(f"approval_{matter.value}") for matter in self.matters)}
        if Keeping.PORTAL in here and not steps:
            self.add_error("role_1", "ここで決裁するときは、押す人を一人は入れてください。")
        elif steps and steps[-1]["kind"] != StepKind.APPROVE:
            last = max(n for n in range(1, STEPS_MAX + 1) if values.get(f"role_{n}"))
            self.add_error(f"kind_{last}", "最後は、決裁にしてください。合議では終われません。")
        return values

    def cleaned_data_for_action(self) -> dict[str, Any]:
        """Where both are kept, and the steps in their order."""
        values = super().cleaned_data_for_action()
        kept = {name: values[name] for name in ("approval", "numbering")}
        said = {
            matter.value: {name: values[f"{name}_{matter.value}"] for name in KEPT} for matter in self.matters
        }
        return kept | {"approval_steps": self._typed(values), "matter_keeping": said}

    def _ask_by_matter(self) -> None:
        """For each matter: as the menu, or otherwise."""
        choices = [("", AS_MENU), *Keeping.choices]
        for matter in self.matters:
            for name, words in KEPT.items():
                label = f"{matter.label}の{words}"
                box = forms.Select(attrs={"aria-label": label})
                field = forms.ChoiceField(label=label, choices=choices, required=False, widget=box)
                self.fields[f"{name}_{matter.value}"] = field

    def _kept(self) -> dict[str, Any]:
        said = self.row.matter_keeping
        return {
            f"{name}_{matter.value}": said.get(matter, {}).get(name, "")
            for matter in self.matters
            for name in KEPT
        }

    def _steps(self) -> dict[str, Any]:
        rows: dict[str, Any] = {}
        for number in range(1, STEPS_MAX + 1):
            step = self.row.approval_steps[number - 1] if number <= len(self.row.approval_steps) else {}
            rows |= {f"{name}_{number}": step.get(name, "") for name in NAMES}
            rows[f"kind_{number}"] = step.get("kind", StepKind.APPROVE)
        return rows

    def _typed(self, values: dict[str, Any]) -> list[dict[str, str]]:
        return [
            {name: str(values.get(f"{name}_{number}") or "") for name in NAMES}
            | {"kind": str(values.get(f"kind_{number}") or StepKind.APPROVE)}
            for number in range(1, STEPS_MAX + 1)
            if values.get(f"role_{number}")
        ]

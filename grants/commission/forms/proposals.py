"""The forms of a proposal: starting it, its sections, submitting, its qualification."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from communities.enums import OrganisationKind
from portal.areas.models import Area
from portal.kernel import uploads, wording
from portal.kernel.fields import clean_text
from portal.kernel.forms import OnceForm

from ...enums import Verdict
from ...fields import YenField
from ...forms.examining import AtForm
from ...forms.typed import TypedForm
from ...models import CommissionCall, Proposal, QualificationAnswer
from ..actions.proposals import WORDS, Cost, Partner
from ..enums import LINES_MAX, PARTNERS_MAX, PROPONENTS, QUALIFICATIONS, FileKind, ProposalPart
from .themes import area as box


class StartForm(OnceForm):
    """Which organisation proposes."""

    organisation_name = forms.CharField(label="団体の名前", max_length=120)
    kind = forms.ChoiceField(label="団体の区分")
    area = forms.ModelChoiceField(
        label="事務所のある市町村", queryset=Area.objects.none(), empty_label="選んでください"
    )
    corporate_number = forms.CharField(
        label="法人番号", max_length=13, required=False, help_text="法人のときは、13けたの数字で入れます。"
    )

    def __init__(self, *args: Any, call: CommissionCall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left_out = () if call.takes_platforms else (OrganisationKind.NEIGHBOURHOOD,)
        self.fields["kind"].choices = [(k.value, k.label) for k in PROPONENTS if k not in left_out]
        home = call.theme.menu.programme.authority.area_id
        self.fields["area"].queryset = Area.objects.municipalities().filter(parent=home)


@dataclass(frozen=True, slots=True)
class Saved:
    """When a section was last saved; by whom is the history's."""

    saved_at: datetime | None
    saved_by: None = None


class SectionForm(TypedForm):
    """A section as it is stored; `revision` tells who saves an older one."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    tab = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)
    part = ProposalPart.WORDS

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        self.show_stored(proposal)
        known = {"revision": proposal.revision, "tab": str(uuid.uuid4()), **self.known(proposal)}
        super().__init__(*args, initial=known, **kwargs)
        self.add_rows()
        wording.teach(self.fields)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and clean_text not in field.validators:
                field.validators = [*field.validators, clean_text]

    def known(self, proposal: Proposal) -> dict[str, Any]:
        """What is stored, by field."""
        return {}

    def add_rows(self) -> None:
        """Fields that stand in rows."""

    def show_stored(self, row: Proposal) -> None:
        self.proposal = row
        self.stored = Saved(row.part_saved_at(self.part))

    def stored_values(self) -> dict[str, Any]:
        return self.known(self.proposal)


class WordsForm(SectionForm):
    """企画の内容."""

    title = forms.CharField(label="企画の名称", max_length=120, required=False)
    representative = forms.CharField(label="代表者の職と氏名", max_length=80, required=False)
    contact_name = forms.CharField(label="担当者", max_length=60, required=False)
    contact_email = forms.EmailField(label="メールアドレス", required=False)
    contact_phone = forms.CharField(label="電話番号", max_length=20, required=False)
    summary = box("概要", rows=4, most=1000, required=False)
    plan = box(
        "実施計画",
        rows=8,
        most=4000,
        required=False,
        help_text="いつ、どこで、だれと、何をするかを書きます。",
    )
    team = box(
        "体制", rows=4, most=2000, required=False, help_text="県・市町村・コミプラとの役割分担も書きます。"
    )
    record = box("実績", rows=4, most=2000, required=False)

    def known(self, proposal: Proposal) -> dict[str, Any]:
        return {name: getattr(proposal, name) for name in WORDS}


class GroupForm(SectionForm):
    """The further bodies of a consortium, in fixed rows."""

    part = ProposalPart.GROUP

    def known(self, proposal: Proposal) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for row in proposal.partners.all():
            found |= {f"name_{row.position}": row.name, f"role_{row.position}": row.role}
        return found

    def add_rows(self) -> None:
        for n in range(1, PARTNERS_MAX + 1):
            self.fields[f"name_{n}"] = forms.CharField(label=f"団体{n}の名前", max_length=120, required=False)
            self.fields[f"role_{n}"] = forms.CharField(
                label=f"団体{n}が受け持つこと", max_length=200, required=False
            )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"name_{n}"], self[f"role_{n}"]) for n in range(1, PARTNERS_MAX + 1)]

    def clean(self) -> None:
        for n in range(1, PARTNERS_MAX + 1):
            name, role = self.cleaned_data.get(f"name_{n}"), self.cleaned_data.get(f"role_{n}")
            if bool(name) != bool(role) and not {f"name_{n}", f"role_{n}"} & set(self.errors):
                self.add_error(
                    f"role_{n}" if name else f"name_{n}", "名前と受け持つことを、両方入れてください。"
                )

    def cleaned_data_for_action(self) -> dict[str, Any]:
        values = self.cleaned_data
        pairs = [(values[f"name_{n}"], values[f"role_{n}"]) for n in range(1, PARTNERS_MAX + 1)]
        partners = [Partner(name=name, role=role) for name, role in pairs if name]
        return {name: values[name] for name in ("revision", "tab")} | {"partners": partners}


class CostsForm(SectionForm):
    """経費の内訳, in fixed rows."""

    part = ProposalPart.COSTS

    price_yen = YenField(label="提案額(税込)", required=False)
    own_yen = YenField(label="自己負担など", required=False, help_text="ないときは、空のままにします。")

    def known(self, proposal: Proposal) -> dict[str, Any]:
        found: dict[str, Any] = {"price_yen": proposal.price_yen, "own_yen": proposal.own_yen or None}
        for row in proposal.lines.all():
            found |= {f"label_{row.position}": row.label, f"amount_{row.position}": row.amount_yen}
        return found

    def add_rows(self) -> None:
        for n in range(1, LINES_MAX + 1):
            self.fields[f"label_{n}"] = forms.CharField(
                label=f"{n} 費目と内容", max_length=120, required=False
            )
            self.fields[f"amount_{n}"] = YenField(label=f"{n} 金額", required=False)

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"label_{n}"], self[f"amount_{n}"]) for n in range(1, LINES_MAX + 1)]

    def clean(self) -> None:
        for n in range(1, LINES_MAX + 1):
            label, amount = self.cleaned_data.get(f"label_{n}"), self.cleaned_data.get(f"amount_{n}")
            if bool(label) != bool(amount) and not {f"label_{n}", f"amount_{n}"} & set(self.errors):
                self.add_error(
                    f"amount_{n}" if label else f"label_{n}", "費目と1円からの金額を、両方入れてください。"
                )

    def cleaned_data_for_action(self) -> dict[str, Any]:
        values = self.cleaned_data
        pairs = [(values[f"label_{n}"], values[f"amount_{n}"]) for n in range(1, LINES_MAX + 1)]
        lines = [Cost(label=label, amount_yen=amount) for label, amount in pairs if label]
        return {name: values[name] for name in ("revision", "tab", "price_yen", "own_yen")} | {"lines": lines}


class FileForm(OnceForm):
    """One paper."""

    kind = forms.ChoiceField(label="書類の種類", choices=FileKind.choices)
    file = uploads.UploadField(label="ファイル", accept=uploads.DOCUMENTS)


class SubmitForm(OnceForm):
    """The oath, and the button that submits once."""

    oath = forms.BooleanField(label="次のことを誓約します", required=False)


class WithdrawForm(AtForm):
    """Why a proposal is taken back."""

    name = "withdraw"
    note = box("取り下げる理由", rows=3, most=1000, help_text="県に伝わります。")


class JudgeForm(AtForm):
    """資格審査: every point, then the outcome."""

    name = "judge"

    def __init__(
        self, *args: Any, found: Mapping[str, QualificationAnswer] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for key, text in QUALIFICATIONS:
            self.fields[f"verdict_{key}"] = forms.ChoiceField(
                label=text, choices=Verdict.choices, widget=forms.RadioSelect(attrs={"data-ui-row": True})
            )
            self.fields[f"note_{key}"] = forms.CharField(
                label="気づいたこと", max_length=200, required=False, validators=[clean_text]
            )
        self.fields["step"] = forms.ChoiceField(
            label="結果",
            choices=[("qualify", "資格があると認める"), ("disqualify", "資格がないとする")],
            widget=forms.RadioSelect,
        )
        self.fields["note"] = box(
            "資格がない理由",
            rows=3,
            most=1000,
            required=False,
            help_text="資格がないとするときは必須です。提案した団体に伝わります。",
        )
        wording.teach(self.fields)

    @property
    def points(self) -> list[tuple[Any, Any]]:
        return [(self[f"verdict_{key}"], self[f"note_{key}"]) for key, _ in QUALIFICATIONS]

    def clean(self) -> None:
        values = self.cleaned_data
        for key, _ in QUALIFICATIONS:
            if values.get(f"verdict_{key}") == Verdict.UNFIT and not values.get(f"note_{key}", "").strip():
                self.add_error(f"note_{key}", "否にするときは、何が合わないかを書いてください。")
        if (
            values.get("step") == "disqualify"
            and not values.get("note", "").strip()
            and "note" not in self.errors
        ):
            self.add_error("note", "資格がない理由を入力してください。")

    def cleaned_data_for_action(self) -> dict[str, Any]:
        values = self.cleaned_data
        answers = {key: (values[f"verdict_{key}"], values[f"note_{key}"]) for key, _ in QUALIFICATIONS}
        return {"step": values["step"], "note": values["note"], "answers": answers}

"""Starting an application, attaching a file, noting a decision made outside the portal."""

from typing import Any

from django import forms

from portal.areas.models import Area
from portal.kernel import uploads
from portal.kernel.forms import ButtonForm, OnceForm

from ..fields import YenField
from ..models import Application, Call, Menu, ProjectType


class StartForm(OnceForm):
    """Under which call, for which municipality. `chosen_type`: the type that the guide found, to be shown."""

    chosen_type: ProjectType | None = None
    call = forms.ModelChoiceField(
        label="募集", queryset=Call.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    municipality = forms.ModelChoiceField(label="市町村", queryset=Area.objects.none(), empty_label=None)
    title = forms.CharField(
        label="事業の名称",
        max_length=120,
        required=False,
        help_text="あとから直せます。例:浜坂地区の買い物と見守りを支える事業",
    )

    project_type = forms.ModelChoiceField(
        label="事業の型", queryset=ProjectType.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, calls: Any, municipalities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project_type"].queryset = ProjectType.objects.filter(menu__calls__in=calls).distinct()
        self.fields["call"].queryset = calls
        self.fields["call"].label_from_instance = lambda call: (
            f"{call.menu} {call.title}(締切 {call.deadline.label})"
        )
        self.fields["municipality"].queryset = municipalities
        known = list(municipalities)
        if len(known) == 1:
            self.fields["municipality"].widget = forms.HiddenInput()
            self.initial["municipality"] = known[0].pk
        first = list(calls[:2])
        if len(first) == 1:
            self.initial["call"] = first[0].pk

    def clean(self) -> dict[str, Any]:
        """A type of another menu than the chosen call's is let go."""
        values = super().clean() or self.cleaned_data
        call, kind = values.get("call"), values.get("project_type")
        if call and kind and kind.menu_id != call.menu_id:
            values["project_type"] = None
        return values

    def take_from_guide(self, call: str, code: str) -> None:
        """Choose beforehand what the guide found: a call and the code of one of its types. What is unknown chooses nothing."""
        known = self.fields["call"].queryset if call else ()
        found = next((row for row in known if str(row.pk) == call), None)
        if found:
            kind = self.fields["project_type"].queryset.filter(menu=found.menu_id, code=code).first()
            self.initial |= {"call": found.pk, "project_type": kind.pk if kind else None}
            self.chosen_type = kind


class AttachForm(OnceForm):
    """One file under one of the menu's papers."""

    kind = forms.ChoiceField(label="書類の種類")
    file = uploads.UploadField(label="ファイル", accept=uploads.DOCUMENTS)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(row["key"], row["title"]) for row in application.menu.attachable]


class OutsideUseForm(OnceForm):
    """A decision made on paper that uses a municipality's cap."""

    municipality = forms.ModelChoiceField(
        label="市町村", queryset=Area.objects.none(), empty_label="選んでください"
    )
    title = forms.CharField(label="件名", max_length=120, help_text="例:第1次募集 大姶良地区の拠点づくり")
    amount_yen = YenField(label="決定した額")

    def __init__(self, *args: Any, menu: Menu, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        home = menu.programme.authority.area_id
        self.fields["municipality"].queryset = Area.objects.municipalities().filter(parent=home)


class PostButton(ButtonForm):
    """A button on one page that acts at another address `at`; there, its key counts. Has no ids: many stand on a page."""

    def __init__(self, *args: Any, at: str = "", **kwargs: Any) -> None:
        self.at = at
        super().__init__(*args, auto_id=False, **kwargs)

    def _purpose(self) -> str:
        return f"{type(self).__name__}:{self.at or self.request.path}"

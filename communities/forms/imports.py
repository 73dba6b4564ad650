"""Forms of bringing a table in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel import ports, sheets
from portal.kernel.forms import OnceForm
from portal.kernel.import_models import Decision, Import, ImportRow
from portal.kernel.renderer import Choice
from portal.kernel.uploads import MEGABYTE, SHEETS, UploadField

from ..enums import Collector
from ..fields import NumberField
from ..rules import WARD_STAFF
from .events import StaffEventForm, host_choices

LARGEST = 10 * MEGABYTE
PUBLISH = [
    ("", Choice("下書きで登録する", help="一組ずつ確かめてから公開できます。")),
    ("1", Choice("登録して、すぐに公開する", help="だれでも見られるようになります。")),
]
NOT_THERE = "(表にない)"


class TableForm(OnceForm):
    """A table to bring in."""

    file = UploadField(label="表のファイル", accept=SHEETS, max_bytes=LARGEST)


class HeadingsForm(OnceForm):
    """In which sheet and rows the headings stand."""

    sheet = forms.ChoiceField(label="シート", required=False)
    header_row = NumberField(label="見出しの行", min_value=1, max_value=sheets.MAX_ROWS)
    header_rows = forms.ChoiceField(
        label="見出しの行数", choices=[("1", "1行"), ("2", "2行"), ("3", "3行")],
        help_text="結合したセルで2段や3段になっているときは、その行数を選びます。",
    )  # fmt: skip

    def __init__(self, *args: Any, imported: Import, names: Sequence[str], **kwargs: Any) -> None:
        initial = {
            "sheet": imported.sheet,
            "header_row": imported.header_row,
            "header_rows": imported.header_rows,
        }
        super().__init__(*args, initial=initial, **kwargs)
        if names:
            self.fields["sheet"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        else:
            del self.fields["sheet"]

    def cleaned_data_for_action(self) -> dict[str, Any]:
        data = super().cleaned_data_for_action()
        return {"sheet": "", **data, "header_rows": int(data["header_rows"])}


class ColumnsForm(OnceForm):
    """Which column of the table holds what, and how the rows are registered."""

    publish = forms.ChoiceField(
        label="登録のしかた", choices=PUBLISH, required=False, widget=forms.RadioSelect
    )

    def __init__(
        self,
        *args: Any,
        imported: Import,
        columns: Sequence[tuple[int, str, str]],
        scope: Scope,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = ports.import_kinds[imported.kind]
        choices = [("", NOT_THERE)]
        choices += [(str(place), f"{label}(例:{text})" if text else label) for place, label, text in columns]
        for column in self.kind.columns:
            place = imported.mapping.get(column.name, "")
            self.fields[f"column_{column.name}"] = forms.ChoiceField(
                label=column.label, choices=choices, required=column.must_map, initial=str(place),
                help_text=column.help, error_messages={"required": f"{column.label}の列を選んでください。"},
            )  # fmt: skip
        self._options(imported, scope)

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """The choices of columns, in the order of the kind."""
        return [self[f"column_{column.name}"] for column in self.kind.columns]

    @property
    def option_fields(self) -> list[forms.BoundField]:
        """What holds for all rows."""
        return [self[name] for name in ("area", "host", "collector", "publish") if name in self.fields]

    def clean(self) -> None:
        taken: dict[str, str] = {}
        for field in self.column_fields:
            place = self.cleaned_data.get(field.name)
            if place and place in taken:
                self.add_error(
                    field.name, f"同じ列を「{taken[place]}」にも使っています。どちらかを直してください。"
                )
            elif place:
                taken[place] = str(field.label)

    def cleaned_data_for_action(self) -> dict[str, Any]:
        data = super().cleaned_data_for_action()
        mapping = {
            name.removeprefix("column_"): int(place)
            for name, place in data.items()
            if name.startswith("column_") and place
        }
        options = {name: data[name] for name in ("area", "host", "collector", "publish") if data.get(name)}
        return {"mapping": mapping, "options": options}

    def _options(self, imported: Import, scope: Scope) -> None:
        raise TypeError("ColumnsForm is made for a kind")


class CommunityColumnsForm(ColumnsForm):
    """With the area of rows that name none."""

    def _options(self, imported: Import, scope: Scope) -> None:
        areas = Area.objects.filter(pk__in=scope.areas(*WARD_STAFF)).values_list("pk", "name")
        self.fields["area"] = forms.ChoiceField(
            label="地域が書かれていない行の地域", choices=list(areas), initial=imported.options.get("area", imported.place)
        )  # fmt: skip
        self.initial["publish"] = imported.options.get("publish", "")


class EventColumnsForm(ColumnsForm):
    """With the host and collector of rows that name none."""

    def _options(self, imported: Import, scope: Scope) -> None:
        self.scope = scope
        self.fields["host"] = forms.CharField(
            label="主催が書かれていない行の主催", required=False, max_length=60, initial=imported.options.get("host", ""),
            widget=forms.Select(choices=host_choices(scope)),
        )  # fmt: skip
        self.fields["collector"] = forms.ChoiceField(
            label="申込みを集める人", choices=Collector.choices, initial=imported.options.get("collector", Collector.COMMUNITY),
            widget=forms.RadioSelect(attrs={"data-ui-row": "1"}), help_text="表に書かれていない行に使います。あとから変えられません。",
        )  # fmt: skip
        self.initial["publish"] = imported.options.get("publish", "")

    def clean_host(self) -> str:
        """One of the hosts of one's areas, as the form of a single event checks it."""
        if not self.cleaned_data["host"]:
            return ""
        StaffEventForm.clean_host(self)  # type: ignore[arg-type]
        return str(self.cleaned_data["host"])

    _reach = StaffEventForm._reach


class TwinsForm(OnceForm):
    """What becomes of rows that look like something that is there: each, or all alike."""

    everything = forms.ChoiceField(
        label="重なりのある行すべて", required=False,
        choices=[("", "下で一つずつ選ぶ"), (Decision.SKIP, "すべて登録しない"), (Decision.REGISTER, "すべて別のものとして登録する")],
    )  # fmt: skip

    def __init__(self, *args: Any, rows: Sequence[ImportRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            real = any(twin["id"] for twin in row.twins)
            choices = [(value, label) for value, label in Decision.choices if real or value != Decision.SAME]
            self.fields[f"row_{row.number}"] = forms.ChoiceField(
                label=f"{row.number}行目 {row.title}", choices=choices, initial=row.decision, required=False,
                help_text=_told(row),
            )  # fmt: skip

    @property
    def lines(self) -> list[forms.BoundField]:
        """The choices of the rows."""
        return [self[f"row_{row.number}"] for row in self.rows]

    def cleaned_data_for_action(self) -> dict[str, Any]:
        chosen = {row.number: self.cleaned_data.get(f"row_{row.number}") or row.decision for row in self.rows}
        return {"decisions": chosen, "everything": self.cleaned_data["everything"]}


class ImportStepForm(OnceForm):
    """The buttons of an import: register, or give up."""

    def clean(self) -> None:
        if self.data.get("step") not in ("apply", "discard"):
            raise ValidationError(
                "どのボタンが押されたか分かりませんでした。もう一度押してください。", code="step"
            )

    @property
    def step(self) -> str:
        return str(self.data.get("step", ""))


def _told(row: ImportRow) -> SafeString:
    """What the row may be the same as, with links to it."""
    parts = [
        format_html('<a href="{}">{}</a>({})', twin["url"], twin["label"], twin["why"])
        if twin["url"]
        else format_html("{}({})", twin["label"], twin["why"])
        for twin in row.twins
    ]
    return format_html_join("、", "{}", ((part,) for part in parts))


COLUMN_FORMS: dict[str, type[ColumnsForm]] = {"communities": CommunityColumnsForm, "events": EventColumnsForm}

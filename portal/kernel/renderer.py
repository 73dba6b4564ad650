"""How forms look: our templates for the field group and the choices, our classes on every control.

Widgets may carry hints in their attrs that are not printed: `data-ui-unit`, `-size`, `-num`, `-need`, `-note`, `-row`,
`-kind`. See the gallery.
"""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField, CheckboxInput, FileInput, Select
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

SELECT = "django/forms/widgets/select.html"
OURS = {
    "django/forms/widgets/radio.html": "ui/form/choices.html",
    "django/forms/widgets/checkbox_select.html": "ui/form/choices.html",
    "django/forms/widgets/checkbox_option.html": "ui/form/choice.html",
    "django/forms/widgets/radio_option.html": "ui/form/choice.html",
    "django/forms/widgets/clearable_file_input.html": "ui/form/file.html",
}
LOOKS = {
    "select": "select",
    "textarea": "textarea",
    "file": "file",
    "clearable_file_input": "file",
    "upload": "file",
    "checkbox": "check",
    "hidden": "",
    "radio": "",
    "checkbox_select": "",
    "radio_option": "",
    "checkbox_option": "",
    "multiple_hidden": "",
    "multiwidget": "",
    "splitdatetime": "",
    "splithiddendatetime": "",
    "select_date": "",
}
SIZES = {"s": "input--s", "m": "input--m"}


class Choice(str):
    """A choice's label with a line of help under it: `(value, Choice("要約筆記", help="その場で文字にします"))`."""

    help: str

    def __new__(cls, text: str, *, help: str = "") -> "Choice":
        made = super().__new__(cls, text)
        made.help = help
        return made


@dataclass(frozen=True, slots=True)
class Group:
    """What the template of a field group needs, worked out once."""

    kind: str
    need: str
    unit: str
    note: str
    help_id: str
    error_id: str
    described_by: str


class Renderer(TemplatesSetting):
    """FORM_RENDERER of the portal."""

    form_template_name = "ui/form/form.html"
    field_template_name = "ui/form/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Render one of Django's form templates, or ours in its place."""
        if "widget" in context:
            dress(template_name, context["widget"])
            if template_name == SELECT:
                return select(context["widget"])
        elif template_name == self.field_template_name:
            context = {**context, "group": group_of(context["field"])}
        return super().render(OURS.get(template_name, template_name), context, request)


def select(widget: dict[str, Any]) -> SafeString:
    """Django's own select, written without a template: a list of towns has forty options, and a page several lists."""
    lines = []
    for group, options, _ in widget["optgroups"]:
        rows = "".join(
            f'\n  <option value="{escape(str(one["value"]))}"{flatatt(one["attrs"]) if one["attrs"] else ""}>'
            f"{conditional_escape(one['label'])}</option>"
            for one in options
        )
        lines.append(f'<optgroup label="{escape(group)}">{rows}\n</optgroup>' if group else rows)
    head = f'<select name="{escape(widget["name"])}"{flatatt(widget["attrs"])}>'
    return mark_safe(f"{head}{''.join(lines)}\n</select>\n")  # noqa: S308 - every part is escaped above


def dress(template_name: str, widget: dict[str, Any]) -> None:
    """Put our classes on the attributes of a control, and take our own hints out of them."""
    attrs = dict(widget.get("attrs") or {})
    look = LOOKS.get(template_name.rsplit("/", 1)[-1].removesuffix(".html"), "input")
    hints = {name: attrs.pop(name) for name in list(attrs) if name.startswith("data-ui-")}
    if look:
        names = [
            look,
            SIZES.get(hints.get("data-ui-size", ""), ""),
            "input--num" if "data-ui-num" in hints else "",
        ]
        attrs["class"] = " ".join(name for name in [*names, attrs.get("class", "")] if name)
    widget["attrs"] = attrs
    widget["kind"] = hints.get("data-ui-kind", "")
    widget["in_row"] = bool(hints.get("data-ui-row"))
    for _, options, _ in widget.get("optgroups") or ():
        for option in options:
            option["attrs"] = _of_option(option["attrs"], option["type"])
            option["help"] = getattr(option["label"], "help", "")
    for part in widget.get("subwidgets") or ():
        dress(part["template_name"], part)


def _of_option(attrs: dict[str, Any], kind: str) -> dict[str, Any]:
    """An option's own attributes. `aria-invalid` is not for radios: their group is described by its error."""
    dropped = {"class", "aria-invalid"} if kind == "radio" else {"class"}
    return {
        name: value
        for name, value in attrs.items()
        if not name.startswith("data-ui-") and name not in dropped
    }


def group_of(field: BoundField) -> Group:
    """Label, need, unit and the ids that tie help and error to the control."""
    widget = field.field.widget
    hints = widget.attrs
    help_id = f"{field.auto_id}_helptext" if field.help_text else ""
    error_id = f"{field.auto_id}_error" if field.errors else ""
    need = hints.get("data-ui-need", "") or ("※必須" if field.field.required else "任意")
    return Group(
        kind=_kind(field),
        need=need,
        unit=hints.get("data-ui-unit", ""),
        note=hints.get("data-ui-note", ""),
        help_id=help_id,
        error_id=error_id,
        described_by=" ".join(part for part in (help_id, error_id) if part),
    )


def _kind(field: BoundField) -> str:
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, CheckboxInput):
        return "check"
    if field.use_fieldset:
        return "set"
    return "file" if isinstance(widget, FileInput) else "select" if isinstance(widget, Select) else "box"

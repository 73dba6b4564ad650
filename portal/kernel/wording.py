"""What a form says when a value does not fit: what is wrong and how to put it right, naming the field.

Django's own sentences (「このフィールドは必須です。」) name nothing; in a summary of links they could not be told apart.
"""

from collections.abc import Mapping

from django import forms

ENDINGS = ("うと", "か", "までに")  # half a sentence as a label is quoted before its particle
CHOOSES = (forms.ChoiceField, forms.ModelChoiceField)
SAMPLES: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.EmailField, "{name}は、name@example.jp のような形で入力してください。"),
    (forms.URLField, "{name}は、https:// で始まるアドレスで入力してください。"),
    (forms.IntegerField, "{name}は、数字で入力してください。例:100"),
    (forms.DateTimeField, "{name}は、年月日と時刻で入力してください。例:2026-11-28 18:30"),
    (forms.DateField, "{name}は、年月日で入力してください。例:2026-11-28"),
    (forms.TimeField, "{name}は、時刻で入力してください。例:18:30"),
)


def teach(fields: Mapping[str, forms.Field]) -> None:
    """Give every field sentences with its own name, except where the form has written its own."""
    for name, field in fields.items():
        label = str(field.label or name)
        known = messages(f"「{label}」" if label.endswith(ENDINGS) else label, field)
        stock = _stock(field)
        for code, text in known.items():
            if code not in field.error_messages or field.error_messages[code] == stock.get(code):
                field.error_messages[code] = text


def messages(name: str, field: forms.Field) -> dict[str, str]:
    """The sentences of one field, by code. Django fills in those with a limit or a value: a 「%」 of the name stays one."""
    filled = name.replace("%", "%%")
    said = {
        "required": required(name, field),
        "max_length": f"{filled}は、%(limit_value)d字までで入力してください。いまは%(show_value)d字です。",
        "min_length": f"{filled}は、%(limit_value)d字以上で入力してください。",
        "max_value": f"{filled}は、%(limit_value)s以下で入力してください。",
        "min_value": f"{filled}は、%(limit_value)s以上で入力してください。",
        "invalid_choice": f"{filled}は、並んでいるものから選んでください。",
        "invalid_list": f"{name}は、並んでいるものから選んでください。",
        "empty": f"{name}のファイルが空です。中身のあるファイルを選んでください。",
    }
    if isinstance(field, forms.FileField):
        del said["max_length"]  # counts the file's name there, with other parameters
    for kind, text in SAMPLES:
        if isinstance(field, kind):
            said["invalid"] = text.format(name=name)
            break
    return said


def required(name: str, field: forms.Field) -> str:
    """What to do when nothing was given."""
    if isinstance(field, forms.BooleanField):
        return f"「{name.strip('「」')}」に印を付けてください。"
    if isinstance(field, forms.FileField):
        return f"{name}のファイルを選んでください。"
    if isinstance(field, CHOOSES):
        return f"{name}を選んでください。"
    return f"{name}を入力してください。"


def _stock(field: forms.Field) -> dict[str, str]:
    """Django's own sentences for this kind of field."""
    found: dict[str, str] = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            found |= getattr(kind, "default_error_messages", {})
    return found

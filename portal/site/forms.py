"""Forms of the desk."""

from datetime import date, timedelta
from typing import Any

from communities.fields import DayField, LineField
from portal.kernel import clock
from portal.kernel.forms import OnceForm


class LaterForm(OnceForm):
    """Until when, and why."""

    until_on = DayField(label="いつ、また出しますか")
    reason = LineField(
        label="理由", max_length=200, help_text="例:世話人の返事を待っています。あとで見た人にも分かるように書きます。"
    )  # fmt: skip

    def __init__(self, *args: Any, latest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, today = self.fields["until_on"], clock.today_jst()
        field.widget.attrs |= {"min": (today + timedelta(days=1)).isoformat(), "max": latest.isoformat()}
        field.help_text = f"{latest.month}月{latest.day}日まで選べます。"
        self.initial.setdefault("until_on", min(today + timedelta(days=3), latest))

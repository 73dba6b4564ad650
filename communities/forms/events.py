"""Forms of events and registrations."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError

from portal.accounts.scope import Scope
from portal.areas.models import Authority
from portal.kernel.forms import OnceForm

from ..enums import PARTY_LIMIT, Collector, CommunityState, EntryMethod
from ..enums.events import EventFormat
from ..fields import (
    KanaField,
    LineField,
    MailField,
    MomentField,
    NamesField,
    NumberField,
    PersonField,
    PhoneField,
)
from ..models import Community, Event, Host, Platform
from ..rules import WARD_STAFF
from .event_details import DetailsForm

HOSTS_SHOWN = 500
TOO_MANY = "続けて何度も送られたため、いまは受け付けられません。入力した内容は残っています。しばらく待ってから、もう一度お試しください。"
_HOSTS: dict[str, type[Community] | type[Platform] | type[Authority]] = {
    "community": Community, "platform": Platform, "authority": Authority,
}  # fmt: skip


class EventForm(DetailsForm):
    """A meeting. Its host is fixed where an organiser creates it. `publish` is its second button."""

    title = LineField(label="名前", max_length=100)
    summary = LineField(label="ひとことで言うと", max_length=200, required=False)
    starts_at = MomentField(label="始まり")
    ends_at = MomentField(label="終わり")
    venue = LineField(
        label="会場", max_length=120, required=False,
        widget=forms.TextInput(attrs={"data-ui-need": "会場があるときは必須"}),
    )  # fmt: skip
    address = LineField(label="会場の住所", max_length=200, required=False)
    access = LineField(label="行き方", max_length=200, required=False)
    capacity = NumberField(
        label="定員", required=False, min_value=1, max_value=100_000, help_text="空のままにすると、定員なしになります。"
    )  # fmt: skip
    fee_yen = NumberField(label="参加費", required=False, min_value=0, max_value=1_000_000, initial=0)
    entry_method = forms.ChoiceField(
        label="申込みの方法", choices=EntryMethod, initial=EntryMethod.FIRST_COME,
        widget=forms.RadioSelect(attrs={"data-ui-row": "1"}),
    )  # fmt: skip
    entries_close_at = MomentField(
        label="申込みの締切", required=False, help_text="空のままにすると、始まりまで受け付けます。"
    )
    audience = LineField(label="対象", max_length=200, required=False)
    facilities = LineField(
        label="会場の設備",
        max_length=300,
        required=False,
        help_text="例:段差なし、車いす用トイレ、磁気ループ",
    )
    description = forms.CharField(
        label="内容", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    contact = LineField(label="問い合わせ", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].widget.attrs["data-ui-unit"] = "人"
        self.fields["fee_yen"].widget.attrs["data-ui-unit"] = "円"

    def clean_venue(self) -> str:
        """An event that is online alone has no place; its line says so everywhere."""
        online = self.data.get("format") == EventFormat.ONLINE
        venue: str = self.cleaned_data["venue"] or (EventFormat.ONLINE.label if online else "")
        if not venue:
            raise ValidationError("会場を入力してください。", code="required")
        return venue

    def clean_fee_yen(self) -> int:
        return self.cleaned_data["fee_yen"] or 0

    def clean(self) -> None:
        starts, ends = self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends_at")
        closes = self.cleaned_data.get("entries_close_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "終わりは、始まりより後にしてください。")
        elif ends and closes and closes > ends:
            self.add_error("entries_close_at", "申込みの締切は、終わりより前にしてください。")
        self.clean_details()


class EventNewForm(EventForm):
    """With the collector, which never changes once people have agreed to it."""

    collector = forms.ChoiceField(
        label="申込みを集める人", choices=Collector, widget=forms.RadioSelect(attrs={"data-ui-row": "1"}),
        help_text="集めた人が、個人情報に責任をもちます。あとから変えられません。",
    )  # fmt: skip

    def cleaned_data_for_action(self) -> dict[str, Any]:
        data = super().cleaned_data_for_action()
        return {**data, "themes": data["themes"] or None, "publish": self.data.get("publish") == "1"}


class StaffEventForm(EventNewForm):
    """A meeting of any community, コミプラ or government of one's areas: `host` is `kind:<id>`."""

    host = forms.CharField(label="主催", max_length=60, widget=forms.Select)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["host"].widget.choices = host_choices(scope)  # type: ignore[attr-defined]

    def clean_host(self) -> Host:
        kind, _, raw = self.cleaned_data["host"].partition(":")
        try:
            host: Host | None = (
                _HOSTS[kind]._default_manager.filter(pk=UUID(raw)).select_related("area").first()
            )
        except (KeyError, ValueError):
            host = None
        if host is None or host.area_id not in self._reach(kind):
            raise ValidationError("主催は、受け持つ地域のものから選んでください。", code="invalid_choice")
        return host

    def cleaned_data_for_action(self) -> dict[str, Any]:
        """An authority's event of a ward officer belongs to that ward."""
        data = super().cleaned_data_for_action()
        areas = self.scope.areas(*WARD_STAFF)
        if isinstance(data["host"], Authority) and data["host"].area_id not in areas:
            data["area"] = data["host"].area.children.filter(pk__in=areas).order_by("pk").first()
        return data

    def clean(self) -> None:
        super().clean()
        host, collector = self.cleaned_data.get("host"), self.cleaned_data.get("collector")
        if isinstance(host, Authority) and collector == Collector.COMMUNITY:
            self.add_error(
                "collector", "行政が主催する催しの申込みは、行政が集めます。市主催か共催を選んでください。"
            )

    def _reach(self, kind: str) -> frozenset[str]:
        return authority_areas(self.scope) if kind == "authority" else self.scope.areas(*WARD_STAFF)


class RegisterForm(OnceForm):
    """A party that wants to come."""

    name = PersonField(label="氏名", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    kana = KanaField(label="フリガナ", max_length=120)
    email = MailField(
        label="メールアドレス", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="受付の結果と、取り消すためのリンクを送ります。",
    )  # fmt: skip
    phone = PhoneField(
        label="電話番号", max_length=20, required=False, widget=forms.TextInput(attrs={"autocomplete": "tel", "data-ui-size": "m"})
    )  # fmt: skip
    party_size = NumberField(
        label="参加する人数", min_value=1, max_value=PARTY_LIMIT, initial=1, help_text="本人を含めた人数です。お連れの方の氏名は、次の画面で聞きます。"
    )  # fmt: skip
    party_names = NamesField(label="お連れの方の氏名", most=PARTY_LIMIT - 1)
    needs = forms.CharField(
        label="参加に必要なこと", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="手話通訳、要約筆記、車いすで使える席、アレルギーなど。決められた担当者だけが読みます。",
    )  # fmt: skip
    consent = forms.BooleanField(label="上の利用目的に同意します")

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["party_size"].widget.attrs["data-ui-unit"] = "人"

    def clean(self) -> None:
        size, capacity = self.cleaned_data.get("party_size"), self.event.seats.capacity
        if size and capacity is not None and size > capacity:
            self.add_error("party_size", f"定員{capacity}人より多い人数は、申し込めません。")
        elif size and len(self.cleaned_data.get("party_names", [])) >= size:
            self.add_error("party_names", "お連れの方の氏名が、参加する人数より多くなっています。")

    def acts(self, action: Callable[..., Any], **kwargs: Any) -> bool:
        """As every form, but 429 for more than a crowd behind one connection, or one mailbox, would send."""
        if self.is_bound and self.is_valid() and not self._csrf_failed() and not self._within_limits():
            return self._no(429, ValidationError(TOO_MANY, code="rate"))
        return super().acts(action, **kwargs)

    def _within_limits(self) -> bool:
        """The rates stand in settings/accounts.py."""
        return bool(ratelimit.consume(self.request, action="event_entry", key=self.cleaned_data["email"]))

    @property
    def companions(self) -> list[str]:
        """As many names as the party has companions, empty where none was given yet."""
        names = self.cleaned_data.get("party_names", [])
        return [*names, *[""] * (self.cleaned_data["party_size"] - 1 - len(names))]

    def kept(self) -> list[tuple[str, str]]:
        """Everything sent but the companions' names, which the confirmation page asks for."""
        return [(name, value) for name, value in self.hidden() if name != "party_names"]


def authority_areas(scope: Scope) -> frozenset[str]:
    """Areas whose government one speaks for when hosting: the city's own, a ward's city."""
    areas = scope.areas(*WARD_STAFF)
    parents = Authority.objects.filter(area__children__in=areas).values_list("area", flat=True)
    return areas | frozenset(parents)


def host_choices(scope: Scope) -> list[tuple[str, Any]]:
    """Who can host, in groups for a select. Three queries."""
    areas = scope.areas(*WARD_STAFF)
    alive = [CommunityState.DRAFT, CommunityState.PUBLISHED, CommunityState.DORMANT]
    communities = Community.objects.filter(area__in=areas, state__in=alive).order_by("kana", "id")[
        :HOSTS_SHOWN
    ]
    platforms = Platform.objects.filter(area__in=areas).order_by("kana", "id")[:HOSTS_SHOWN]
    authorities = Authority.objects.filter(area__in=authority_areas(scope)).order_by("area")
    groups = {
        "コミュニティ": [(f"community:{row.pk}", row.name) for row in communities],
        "コミュニティ・プラットフォーム": [(f"platform:{row.pk}", row.name) for row in platforms],
        "行政": [(f"authority:{row.pk}", row.name) for row in authorities],
    }
    return [("", "選んでください"), *((label, rows) for label, rows in groups.items() if rows)]

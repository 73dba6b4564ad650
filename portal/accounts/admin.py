"""What system administrators keep: governments, sections, and accounts to look at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.areas import actions
from portal.areas.models import Authority, Section, SectionCoverage

from .enums import Role
from .models import User


class Kept(admin.ModelAdmin):
    """Asks the appointment, not Django's own permission rows. Nothing is deleted here."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.scope.has(Role.SYSTEM_ADMIN))  # type: ignore[attr-defined]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Authority)
class AuthorityAdmin(Kept):
    """What the portal says in a government's name."""

    list_display = ("name", "site_name", "band", "is_default")
    fields = (
        "name",
        "site_name",
        "site_note",
        "band",
        "comma",
        "head_title",
        "head_name",
        "contact_section",
        "contact_postal_code",
        "contact_address",
        "contact_phone",
        "contact_email",
        "contact_hours",
    )
    ordering = ("area",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request)

    def save_model(self, request: HttpRequest, obj: Authority, form: Any, change: bool) -> None:
        """Through the action, so that it is permitted, checked and recorded like every write."""
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        actions.change_authority(by=request.actor, authority=obj, **changes)  # type: ignore[attr-defined]


class CoverageInline(admin.TabularInline):
    """The municipalities a regional office looks after."""

    model = SectionCoverage
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.scope.has(Role.SYSTEM_ADMIN))  # type: ignore[attr-defined]


@admin.register(Section)
class SectionAdmin(Kept):
    """Sections and regional offices."""

    list_display = ("name", "authority", "symbol")
    list_select_related = ("authority",)
    inlines = (CoverageInline,)


@admin.register(User)
class UserAdmin(Kept):
    """Accounts, to look at."""

    list_display = ("name", "email", "age_group", "is_active", "created_at")
    fields = ("name", "email", "age_group", "adult_confirmed_on", "is_active", "created_at", "last_login")
    search_fields = ("email",)
    ordering = ("-created_at",)

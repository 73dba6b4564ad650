"""The site of django-admin: open to a live appointment as system administrator, signed in by the portal's own pages."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from . import second_factor
from .decorators import to_sign_in
from .enums import Role


class SystemAdminSite(AdminSite):
    """Settings of governments and sections, accounts to look at. No case is ever in it."""

    site_header = site_title = "協働ひろば システム管理"
    index_title = "設定"

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.scope.has(Role.SYSTEM_ADMIN))  # type: ignore[attr-defined]

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """To our own sign-in, then the second factor; people without the appointment find nothing here."""
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if Role.SYSTEM_ADMIN in request.scope.withheld:  # type: ignore[attr-defined]
            return HttpResponseRedirect(second_factor.address(request))
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        raise Http404

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """By the portal's own page."""
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There are no passwords."""
        raise Http404

    def password_change_done(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There are no passwords."""
        raise Http404

"""Addresses of the floors, and the middleware that leads to them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from . import views


class FloorAddresses:
    """Lets a request use these addresses instead of the product's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__  # type: ignore[attr-defined]
        return self.get_response(request)


urlpatterns = [
    path("floor/empty/", views.empty),
    path("floor/list/", views.list_bare),
    path("floor/list-counted/", views.list_counted),
    path("floor/detail/<slug:slug>/", views.detail),
    path("layout/", views.layout),
    path("", include("portal.urls")),  # the layout reverses the product's names
]

from django.urls import URLPattern, path

from . import staff_views, views

app_name = "accounts"

urlpatterns: list[URLPattern] = [
    path("me/", views.me, name="me"),
    path("me/name/", views.me_name, name="me_name"),
    path("me/adult/", views.me_adult, name="me_adult"),
    path("me/sessions/", views.me_sessions, name="me_sessions"),
    path("staff/accounts/", staff_views.appointment_list, name="appointment_list"),
    path("staff/accounts/new/", staff_views.appointment_new, name="appointment_new"),
    path("staff/accounts/<uuid:pk>/", staff_views.appointment_detail, name="appointment_detail"),
    path("staff/accounts/<uuid:pk>/end/", staff_views.appointment_end, name="appointment_end"),
    path(
        "staff/accounts/<uuid:pk>/second-factor/", staff_views.second_factor_reset, name="second_factor_reset"
    ),
]

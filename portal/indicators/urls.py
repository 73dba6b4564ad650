from django.urls import URLPattern, path

from . import views

app_name = "indicators"

urlpatterns: list[URLPattern] = [
    path("indicators/", views.index, name="index"),
    path("indicators/collaborations/<int:fiscal_year>/", views.collaborations, name="collaborations"),
    path("staff/indicators/", views.staff_values, name="staff_values"),
]

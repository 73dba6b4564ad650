from django.urls import path

from . import gallery, health, views

app_name = "kernel"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("jobs/<uuid:pk>/", views.job_detail, name="job_detail"),
    path("ui/", gallery.gallery, name="gallery"),
]

from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "portal.areas"
    label = "areas"
    verbose_name = "地域と行政"
    default_auto_field = "django.db.models.BigAutoField"

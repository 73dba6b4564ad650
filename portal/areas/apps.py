from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "portal.areas"
    label = "areas"
    verbose_name = "地域と行政"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import presenters  # noqa: F401 - how the events of this app read in 履歴

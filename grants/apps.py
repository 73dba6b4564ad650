from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    """Fills the ports of the lower floors: every part of `presenters`, `rules` and `wiring` is imported once."""

    name = "grants"
    label = "grants"
    verbose_name = "補助と支援メニュー"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import presenters, rules, wiring
        from .offering import workflow as workflow  # its table is one of the app's

        for package in (presenters, rules, wiring):
            for part in iter_modules(package.__path__):
                import_module(f"{package.__name__}.{part.name}")

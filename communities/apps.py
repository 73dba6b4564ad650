"""Communities: people who act, what they do together, and what grows out of it."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    """Fills the ports of the lower floors."""

    name = "communities"
    label = "communities"
    verbose_name = "コミュニティ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal.kernel import ports

        from . import (
            desk,
            finding,
            mails,
            mine,
            personal,
            presenters,
            queries,
            rules,
            thread,
            wiring,
        )

        for package in (presenters, rules, wiring):
            for part in iter_modules(package.__path__):
                import_module(f"{package.__name__}.{part.name}")
        ports.standings.register("communities", queries.standing_rows)
        ports.desk_items.register("communities", desk.desk_items)
        ports.open_cases.register("communities", desk.open_cases)
        ports.personal_data.register("communities", personal.personal_data)
        ports.panels.register("communities.me", mine.panels)
        ports.thread_edges.register("communities", thread.thread_edges)
        ports.job_handlers.register("communities.tell_cancellation", mails.tell_cancellation)
        for kind, source in finding.SOURCES.items():
            ports.search_sources.register(kind, source)
        for label, visible in queries.VISIBLE.items():
            ports.visible.register(f"communities.{label}", visible)

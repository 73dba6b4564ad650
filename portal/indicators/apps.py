from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "portal.indicators"
    label = "indicators"
    verbose_name = "協働数"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal.kernel import ports

        from . import presenters, rules, thread  # noqa: F401

        presenters.register()
        ports.thread_edges.register("indicators", thread.edges)

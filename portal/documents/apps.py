from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "portal.documents"
    label = "documents"
    verbose_name = "文書"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal.kernel import ports

        from . import checks, presenters, queries, rules, tasks, workflow  # noqa: F401

        ports.visible.register("documents.document", queries.visible_to)

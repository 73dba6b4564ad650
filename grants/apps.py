from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "grants"
    label = "grants"
    verbose_name = "補助と支援メニュー"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal.kernel import ports

        from . import desk, documents, needs_mails, personal, presenters, queries, subjects, thread
        from .offering import workflow as workflow  # its table is one of the app's

        ports.document_kinds.register(documents.KIND, documents.application_kind())
        ports.job_handlers.register("grants.tell_needs", needs_mails.tell_survey)
        ports.visible.register("grants.application", queries.visible_to)
        ports.subjects.register("application", subjects.SUBJECT)
        ports.desk_items.register("grants", desk.items)
        ports.open_cases.register("grants", desk.open_cases)
        ports.personal_data.register("grants", personal.rows)
        ports.thread_edges.register("grants", thread.edges)
        for event, present in presenters.PRESENTERS.items():
            ports.audit_presenters.register(event, present)

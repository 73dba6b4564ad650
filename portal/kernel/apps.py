from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "portal.kernel"
    label = "kernel"
    verbose_name = "基盤"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import (
            outbox,  # noqa: F401 - registers the handler of mails
            ports,
        )

        ports.audit_presenters.register(
            "kernel.job.retried", lambda data: ports.AuditLine(text="失敗した処理をもう一度はじめました")
        )

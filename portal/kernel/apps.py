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

        for event, text in (
            ("kernel.job.retried", "失敗した処理をもう一度はじめました"),
            ("kernel.storedfile.staged", "ファイルを預かりました"),
        ):
            ports.audit_presenters.register(event, lambda data, text=text: ports.AuditLine(text=text))

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
        from .exports import making
        from .imports import runs

        ports.job_handlers.register("kernel.import_preview", runs.preview)
        ports.job_handlers.register("kernel.import_apply", runs.apply)
        ports.job_handlers.register("kernel.import_undo", runs.undo)
        ports.job_handlers.register("kernel.export", making.refused)
        for event, text in (
            ("kernel.export.asked", "一覧を書き出しました"),
            ("kernel.export.expired", "書き出したファイルを消しました"),
            ("kernel.import.uploaded", "表を送りました"),
            ("kernel.import.headings_read", "見出しの行を選びました"),
            ("kernel.import.map", "列を決めました"),
            ("kernel.import.preview", "表を読み取りました"),
            ("kernel.import.decided", "重なりのある行の扱いを選びました"),
            ("kernel.import.apply", "まとめて登録しました"),
            ("kernel.import.undo", "まとめての登録を取り消しました"),
            ("kernel.import.discard", "表を取りやめました"),
            ("kernel.import.refused", "できませんでした"),
            ("kernel.job.retried", "失敗した処理をもう一度はじめました"),
            ("kernel.storedfile.staged", "ファイルを預かりました"),
        ):
            ports.audit_presenters.register(event, lambda data, text=text: ports.AuditLine(text=text))

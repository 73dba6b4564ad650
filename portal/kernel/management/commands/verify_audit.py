"""Recompute every digest of the audit log and report tampering, gaps and what is unsealed."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.kernel import audit

MAX_AGE_SECONDS = 15 * 60


class Command(BaseCommand):
    help = "監査記録を計算し直し、改変、欠落、封印の遅れを報告します。異常があると終了コードが1になります。"

    def handle(self, *args: Any, **options: Any) -> None:
        faults = audit.verify()
        waiting, age = audit.unsealed()
        if age > MAX_AGE_SECONDS:
            faults.append(f"封印が遅れています。いちばん古いものは{age / 60:.0f}分待っています。")
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            self.stderr.write(f"異常が{len(faults)}件あります。")
            raise SystemExit(1)
        self.stdout.write(
            f"監査記録に異常はありません。封印待ち {waiting}件(いちばん古いもので{age:.0f}秒)。"
        )

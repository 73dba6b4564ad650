"""Re-wake waiting jobs and end what has run out."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from portal.kernel import sweeping


class Command(BaseCommand):
    help = "待っている処理を起こし、期限の切れたものを片づけます。"

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            counts = sweeping.sweep()
        floors = "".join(f"{label} {count}件。" for label, count in sweeping.sweep_floors())
        self.stdout.write(
            "片づけました: "
            f"使われなかったファイル {counts['files']}件、送信の控え {counts['submissions']}件、"
            f"送れなかった秘密のメール {counts['secrets']}件、期限切れのセッション {counts['sessions']}件。"
            f"起こした処理 {counts['jobs']}件。{floors}"
        )

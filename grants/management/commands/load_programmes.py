"""Load the programmes: 令和6年度 as in the source, and the current year's with its call. Again: nothing changes."""

from typing import Any

from django.core.management.base import BaseCommand

from grants import programmes
from portal.kernel.actors import JobActor


class Command(BaseCommand):
    help = "事業とメニューを読み込みます。"

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = programmes.load(by=JobActor("load_programmes"))
        self.stdout.write(f"事業を{len(loaded)}件読み込みました: {', '.join(row.slug for row in loaded)}")

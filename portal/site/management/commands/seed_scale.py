"""manage.py seed_scale --communities N: bulk rows for measuring, marked as such. Only where DEMO is on."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.site.demo.scale import seed_scale

MOST = 1_000_000


class Command(BaseCommand):
    help = (
        "計測用の架空のコミュニティ(イベント、参加、検索の見出しをふくむ)を、指定した数になるまで足します。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--communities", type=int, required=True, metavar="N", help="コミュニティの数")

    def handle(self, *args: Any, communities: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("DEMO が入っていないため、計測用のデータはつくりません。")
        if not 0 <= communities <= MOST:
            raise CommandError(f"--communities は、0から{MOST:,}までの数です。")
        began = time.monotonic()
        added = seed_scale(communities, say=self.stdout.write)
        self.stdout.write(
            f"seed_scale: コミュニティを{added:,}組足しました({time.monotonic() - began:.0f}秒)"
        )

"""manage.py seed_demo: the demo's world, made by the actions. Only where DEMO is on; safe to call again."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.site.demo.seeding import STEPS, seed


class Command(BaseCommand):
    help = (
        "見本(デモ)の世界をつくります。DEMO=1 のときだけ動きます。2度目からは、足りない部分だけをつくります。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("DEMO が入っていないため、見本のデータはつくりません。")
        made = seed()
        said = "、".join(made) if made else "足りない部分はありません"
        self.stdout.write(f"seed_demo: {len(STEPS)}部分のうち{len(made)}部分をつくりました({said})")

"""manage.py load_areas: local governments, ward profiles, governments and sections. Safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.areas import loading
from portal.kernel.actors import JobActor


class Command(BaseCommand):
    help = "地方公共団体・区・団体(行政)・課を読み込みます。何度実行しても同じ結果になります。"

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = loading.load(by=JobActor("load_areas"))
        self.stdout.write(
            f"load_areas: 地域{loaded.areas}件・団体{loaded.authorities}件・課と局{loaded.sections}件を書き込みました"
        )

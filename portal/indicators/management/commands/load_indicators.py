"""Load the indicators of the installation's default authority, with their proposed definition. Safe to call again."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.areas.queries import default_authority
from portal.indicators.actions import load_collaborations
from portal.indicators.proposal import EFFECTIVE_ON
from portal.kernel.actors import JobActor


class Command(BaseCommand):
    help = "指標「協働数」と、その提案定義を登録します。基準値・目標値・公式値は登録しません。"

    def handle(self, *args: Any, **options: Any) -> None:
        indicator = load_collaborations(
            by=JobActor("load_indicators"),
            authority=default_authority(),
            effective_on=EFFECTIVE_ON,
        )
        self.stdout.write(f"指標を登録しました: {indicator.name}(提案定義 第1版)")

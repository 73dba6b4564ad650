"""Draw the smaller sizes of pictures that came in before these were kept. Once after an update; again does nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.kernel.upload_redrawing import BATCH, draw_missing


class Command(BaseCommand):
    """Batch by batch until none is left; a run that was stopped goes on where it was."""

    help = "小さい写真のない画像に、小さい写真をつくります(何度でも実行できます)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, help="一度に処理する枚数")

    def handle(self, *args: Any, batch: int, **options: Any) -> None:
        done = skipped = 0
        drawn = draw_missing(limit=batch)
        while drawn.last is not None:
            done, skipped = done + drawn.done, skipped + drawn.skipped
            drawn = draw_missing(after=drawn.last, limit=batch)
        self.stdout.write(f"小さい写真を{done}枚分つくりました(読めなかったもの{skipped}枚)")

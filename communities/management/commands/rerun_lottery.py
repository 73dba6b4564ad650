"""Draw a lottery again from what is stored, and compare it with what became of the parties."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from communities.models import Lottery
from communities.seats import draw
from portal.kernel.models import AuditEntry


class Command(BaseCommand):
    help = "抽選をやり直して、結果が同じかを確かめます。違うときは1で終わります。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event", type=UUID, help="催しの番号(アドレスの/events/のあと)")

    def handle(self, *args: Any, event: UUID, **options: Any) -> None:
        lottery = Lottery.objects.filter(event=event, drawn_at__isnull=False).first()
        if lottery is None:
            raise CommandError("この催しの抽選は、まだ行われていないか、ありません。")
        parties = {party.position: party for party in lottery.event.registrations.all()}
        differ = [] if draw.seal(lottery.seed) == lottery.seal else ["種と封が合いません。"]
        for line in lottery.result:
            step = "win" if line.has_seats else "lose"
            party = parties[line.number]
            self.stdout.write(
                f"{line.rank}\t{line.number}番\t{line.people}人\t{'当選' if line.has_seats else 'キャンセル待ち'}"
            )
            entries = AuditEntry.objects.filter(
                target_type="communities.registration", target_id=str(party.pk)
            )
            if not entries.filter(event=f"communities.registration.{step}").exists():
                differ.append(f"{line.number}番の結果が違います。")
        if differ:
            raise CommandError("\n".join(differ))
        self.stdout.write(f"一致しました。応募{len(lottery.entries)}組、種 {lottery.seed}")

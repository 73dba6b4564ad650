"""Everything the portal holds about one person, for a request under 個人情報保護法76条 (開示)."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from portal.accounts.models import User
from portal.kernel import audit, ports
from portal.kernel.actors import JobActor
from portal.kernel.names import clean_email


class Command(BaseCommand):
    help = "ひとりの人について持っている情報を、JSONで書き出します(開示請求のため)。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="その人のメールアドレス")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=clean_email(options["email"])).first()
        if user is None:
            raise CommandError("そのメールアドレスの利用者は、いません。")
        held: dict[str, Any] = {}
        for _, source in ports.personal_data.items():
            held.update(source(user.pk))
        with transaction.atomic():
            data = {"sections": sorted(held), "rows": sum(len(rows) for rows in held.values())}
            audit.record("accounts.user.exported", by=JobActor("export_person"), target=user, data=data)
        self.stdout.write(json.dumps(held, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder))
        self.stderr.write(f"{len(held)}種類、{data['rows']}件を書き出しました。")

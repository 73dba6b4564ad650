"""manage.py appoint_system_admin EMAIL: the first system administrator of an installation. Safe to run again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.accounts import actions
from portal.accounts.enums import Role
from portal.accounts.models import Appointment
from portal.kernel import clock
from portal.kernel.actors import JobActor
from portal.kernel.refusals import Refusal


class Command(BaseCommand):
    help = "システム管理者を設定します。アカウントがなければ作り、メールで知らせます。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="アカウントがまだないときの氏名")

    def handle(self, *args: Any, **options: Any) -> None:
        today = clock.today_jst()
        live = Appointment.objects.live(today).filter(user__email=options["email"].strip().lower())
        if live.filter(role=Role.SYSTEM_ADMIN).exists():
            self.stdout.write("appoint_system_admin: すでにシステム管理者です")
            return
        try:
            row = actions.appoint_person(
                by=JobActor("appoint_system_admin"),
                email=options["email"],
                name=options["name"],
                role=Role.SYSTEM_ADMIN,
                starts_on=today,
            )
        except Refusal as refusal:
            raise CommandError(f"{refusal.message}(--name 氏名)") from refusal
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        self.stdout.write(f"appoint_system_admin: {row.user.name}をシステム管理者にしました")

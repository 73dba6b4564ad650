"""manage.py demo_people: who can be tried in the demo, one line each. Only where DEMO is on."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.accounts.models import User
from portal.site.demo import people


class Command(BaseCommand):
    help = "見本(デモ)で使える人を、鍵・名前・役割・できることの順に1行ずつ出します。"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("DEMO が入っていないため、見本の人はいません。")
        known = set(User.objects.filter(email__in=people.emails()).values_list("email", flat=True))
        width = max(len(persona.key) for persona in people.PERSONAS)
        for persona in people.PERSONAS:
            if persona.email in known:
                self.stdout.write(f"{persona.key:<{width}}  {persona.name}  {persona.post}  {persona.can}")

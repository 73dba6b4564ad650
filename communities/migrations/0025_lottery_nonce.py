"""Seeds of lotteries that are still to be drawn leave the database: they are sealed anew, from now on by the server's key.

Going back cannot bring a seed back that was kept nowhere; those lotteries would be sealed with a new one.
"""

import hashlib
import hmac
import secrets

from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def reseal(apps, schema_editor):
    """As seats.sealing does it today; a migration does not follow later changes of the code."""
    for row in apps.get_model("communities", "Lottery").objects.filter(drawn_at__isnull=True):
        row.nonce = secrets.token_hex(32)
        key = f"hiroba.lottery:{settings.SECRET_KEY}".encode()
        seed = hmac.new(key, f"{row.pk}:{row.nonce}".encode(), hashlib.sha256).hexdigest()
        row.seed, row.seal, row.sealed_at = "", hashlib.sha256(seed.encode()).hexdigest(), timezone.now()
        row.save(update_fields=["nonce", "seed", "seal", "sealed_at"])


def unseal(apps, schema_editor):
    for row in apps.get_model("communities", "Lottery").objects.filter(drawn_at__isnull=True):
        row.seed = secrets.token_hex(32)
        row.seal, row.sealed_at = hashlib.sha256(row.seed.encode()).hexdigest(), timezone.now()
        row.save(update_fields=["seed", "seal", "sealed_at"])


class Migration(migrations.Migration):

    dependencies = [
        ("communities", "0024_lottery_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="lottery",
            name="nonce",
            field=models.CharField(default="", max_length=64, verbose_name="封のもと"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="lottery",
            name="seed",
            field=models.CharField(blank=True, max_length=64, verbose_name="抽選の種"),
        ),
        migrations.RunPython(reseal, unseal),
    ]

"""The themes communities choose from. Names can be changed later; ids and slugs stay."""

from django.db import migrations

THEMES = [
    ("785929ce-5211-42a6-8c52-cea8e24d5e8e", "food", "食・農"),
    ("f6b86ec9-9d5c-4aa2-91fe-8f6e3c6d88e7", "nature", "自然・里山"),
    ("c7764adf-2f20-4d05-9131-0ddc8370e3db", "children", "子ども・教育"),
    ("8fe448eb-ec7f-4ab8-a331-39fea223227a", "childcare", "子育て"),
    ("83866f11-a040-458c-9540-9b50dd28c31c", "place", "居場所づくり"),
    ("b0db422b-7560-4a2b-965a-1e7232abde8a", "vacant", "空き家・空き店舗"),
    ("d821a6f8-54f4-42fa-b11c-ba2a1453db8a", "craft", "ものづくり"),
    ("09d6255d-165a-4e5f-9459-9e270f6ee144", "culture", "文化・歴史"),
    ("b20fb42d-20df-435d-80fd-f8cc377ad9a1", "railway", "鉄道のまち"),
    ("8f488aca-11e3-4c57-bf9d-e86253ebdd26", "media", "情報発信・映像"),
    ("432ce6c8-c33e-4280-b0d0-e816f7c5dc76", "tourism", "観光・ロケーション"),
    ("bdefe802-7340-45e4-91d3-ee070c3280c4", "welfare", "福祉・健康"),
    ("0407cb26-a3cf-4572-90b8-b61eb6eb9e12", "disaster", "防災・安全"),
    ("06031905-69d1-427d-afba-094a406d952d", "multicultural", "多文化共生"),
    ("c0a45ce5-4646-45d6-952e-6a5aed63b3a3", "sports", "スポーツ"),
    ("a8250349-e172-477a-bd29-939c632be859", "money", "資金づくり"),
]


def add(apps, schema_editor):
    theme = apps.get_model("communities", "Theme")
    for order, (pk, slug, name) in enumerate(THEMES, start=1):
        theme.objects.get_or_create(pk=pk, defaults={"slug": slug, "name": name, "order": order * 10})


def take_back(apps, schema_editor):
    apps.get_model("communities", "Theme").objects.filter(
        pk__in=[pk for pk, _, _ in THEMES], communities=None
    ).delete()


class Migration(migrations.Migration):
    """Master data; reversible as long as no community uses it."""

    dependencies = [("communities", "0001_initial")]

    operations = [migrations.RunPython(add, take_back)]

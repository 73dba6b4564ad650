"""An initiative knows its area, so that home and ward pages find what moved last by an index."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, OuterRef, Q, Subquery


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take over the area of the community."""
    community = apps.get_model("communities", "Community")
    area = community.objects.filter(pk=OuterRef("community")).values("area")
    apps.get_model("communities", "Initiative").objects.update(area=Subquery(area))


class Migration(migrations.Migration):
    dependencies = [("areas", "__first__"), ("communities", "0005_people")]

    operations = [
        migrations.AddField(
            model_name="initiative",
            name="area",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="initiatives",
                to="areas.area",
                verbose_name="地域",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="initiative",
            name="area",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="initiatives",
                to="areas.area",
                verbose_name="地域",
            ),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(
                F("area"),
                F("stage_changed_at").desc(nulls_last=True),
                F("created_at").desc(),
                F("id").desc(),
                name="initiative_area_moved",
                condition=~Q(stage="ended"),
            ),
        ),
        migrations.RemoveIndex(model_name="community", name="community_area_recent"),
        migrations.AddIndex(
            model_name="community",
            index=models.Index(
                fields=["area", "-created_at", "-id"],
                name="community_area_recent",
                condition=~Q(state="discarded"),
            ),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(
                F("stage_changed_at").desc(nulls_last=True),
                F("created_at").desc(),
                F("id").desc(),
                name="initiative_moved",
                condition=~Q(stage="ended"),
            ),
        ),
    ]

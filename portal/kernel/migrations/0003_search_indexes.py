"""Two more ways into the search table: what comes next, and what few may see (measured at 100,000 entries)."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_guards")]

    operations = [
        migrations.AddIndex(
            model_name="searchentry", index=models.Index(fields=["happens_at"], name="searchentry_upcoming")
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=GinIndex(fields=["audience"], name="searchentry_audience", fastupdate=False),
        ),
    ]

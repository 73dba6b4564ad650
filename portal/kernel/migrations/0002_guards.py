"""The database's own guards: who may touch the audit tables, and the trigger that notes what waits for a seal."""

from django.db import migrations

# The application's roles get ordinary rights on every table, now and later; the audit tables are then narrowed.
GRANTS = """
DO $$
DECLARE app text;
BEGIN
    FOREACH app IN ARRAY ARRAY['hiroba_web', 'hiroba_worker'] LOOP
        IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = app) THEN
            EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', app);
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %I', app);
            EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO %I', app);
            EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I', app);
            EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO %I', app);
            EXECUTE format('REVOKE ALL ON kernel_auditentry, kernel_auditpending, kernel_auditseal FROM %I', app);
            EXECUTE format('GRANT SELECT, INSERT ON kernel_auditentry TO %I', app);
            EXECUTE format('GRANT SELECT ON kernel_auditpending, kernel_auditseal TO %I', app);
        END IF;
    END LOOP;
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'hiroba_worker') THEN
        GRANT DELETE ON kernel_auditpending TO hiroba_worker;
        GRANT INSERT ON kernel_auditseal TO hiroba_worker;
    END IF;
END $$;
"""
UNGRANT = """
DO $$
DECLARE app text;
BEGIN
    FOREACH app IN ARRAY ARRAY['hiroba_web', 'hiroba_worker'] LOOP
        IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = app) THEN
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %I', app);
        END IF;
    END LOOP;
END $$;
"""

TRIGGER = """
CREATE FUNCTION kernel_note_pending() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO kernel_auditpending (entry_id, noted_at) VALUES (NEW.id, clock_timestamp());
    RETURN NULL;
END $$;
CREATE TRIGGER kernel_auditentry_pending AFTER INSERT ON kernel_auditentry
    FOR EACH ROW EXECUTE FUNCTION kernel_note_pending();
"""
UNTRIGGER = """
DROP TRIGGER kernel_auditentry_pending ON kernel_auditentry;
DROP FUNCTION kernel_note_pending();
"""


CLASSES = [
    ("1y", "1年保存", 1), ("3y", "3年保存", 3), ("5y", "5年保存", 5), ("10y", "10年保存", 10),
    ("account", "アカウントがある間", None),
]


def load_classes(apps, schema_editor):
    """The retention classes of the 文書分類表 that most offices use; rows, so that an office may change them."""
    model = apps.get_model("kernel", "RetentionClass")
    for code, title, years in CLASSES:
        model.objects.update_or_create(code=code, defaults={"title": title, "years": years})


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.RunSQL(GRANTS, UNGRANT),
        migrations.RunSQL(TRIGGER, UNTRIGGER),
        migrations.RunPython(load_classes, migrations.RunPython.noop),
    ]

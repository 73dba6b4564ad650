from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "grants"
    label = "grants"
    verbose_name = "補助と支援メニュー"
    default_auto_field = "django.db.models.BigAutoField"

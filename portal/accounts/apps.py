from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = "利用者と役職"
    default_auto_field = "django.db.models.BigAutoField"

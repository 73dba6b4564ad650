from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = "利用者と役職"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal.kernel import ports

        from . import presenters, queries, rules  # noqa: F401 - how events read in 履歴, and who may do what

        ports.visible.register("accounts.appointment", queries.visible_to)
        ports.visible.register("accounts.user", queries.people_visible_to)
        ports.personal_data.register("accounts", queries.personal_data)

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "portal.site"
    label = "site"
    verbose_name = "入口"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal.kernel import ports

        from . import personal, presenters

        ports.personal_data.register("site", personal.personal_data)
        presenters.register()

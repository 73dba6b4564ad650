from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "portal.kernel"
    label = "kernel"
    verbose_name = "基盤"
    default_auto_field = "django.db.models.BigAutoField"

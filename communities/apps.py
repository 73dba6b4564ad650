from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "communities"
    label = "communities"
    verbose_name = "コミュニティ"
    default_auto_field = "django.db.models.BigAutoField"

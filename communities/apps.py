"""Communities: people who act, what they do together, and what grows out of it."""

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    """Fills the ports of the lower floors."""

    name = "communities"
    label = "communities"
    verbose_name = "コミュニティ"
    default_auto_field = "django.db.models.BigAutoField"

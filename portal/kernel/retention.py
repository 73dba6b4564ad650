"""How long a kind of record is kept: what the office set, else what the model declares."""

from django.db import models

from .models import RetentionClass, RetentionRule


def class_of(model: type[models.Model]) -> RetentionClass:
    """The retention class of `model`. Raises AttributeError for a model that declares no `privacy`."""
    rule = (
        RetentionRule.objects.select_related("retention_class")
        .filter(model_label=model._meta.label_lower)
        .first()
    )
    return rule.retention_class if rule else RetentionClass.objects.get(pk=model.privacy.retention)  # type: ignore[attr-defined]

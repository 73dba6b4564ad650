"""What the portal says about itself: personal data as the models declare it, and accessibility."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model

from portal.kernel.models import RetentionClass, RetentionRule
from portal.kernel.privacy import Privacy


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of record that holds people: what for, which fields, how long."""

    label: str
    purpose: str
    fields: tuple[str, ...]
    sensitive: tuple[str, ...]
    kept: str


def holdings() -> list[Holding]:
    """Every model that declares people's data, in the order of its Japanese name. Two queries.

    The office may have changed the retention of a kind; then its row counts, not the model's default.
    """
    titles = {row.code: row.title for row in RetentionClass.objects.all()}
    rules = dict(RetentionRule.objects.values_list("model_label", "retention_class_id"))
    found = []
    for model in apps.get_models():
        privacy = vars(model).get("privacy")
        if isinstance(privacy, Privacy):
            code = rules.get(model._meta.label_lower, privacy.retention)
            found.append(
                Holding(
                    str(model._meta.verbose_name),
                    privacy.purpose,
                    _names(model, privacy.fields),
                    _names(model, privacy.sensitive),
                    titles.get(code, code),
                )
            )
    return sorted(found, key=lambda holding: holding.label)


def _names(model: type[Model], fields: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(getattr(model._meta.get_field(name), "verbose_name", name)) for name in fields)

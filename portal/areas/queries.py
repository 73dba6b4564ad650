"""Reads of areas and governments."""

from django.http import HttpRequest

from .models import Area, Authority, Section


def default_authority(request: HttpRequest | None = None) -> Authority:
    """The government of the installation, for cross-tenant pages. Raises Authority.DoesNotExist before `load_areas`.

    With a request it comes from what the page already knows, so that view and templates cost one query together.
    """
    if request is not None:
        from . import site

        known = site.directory_of(request).default
        if known.is_default:
            return known
    return Authority.objects.select_related("area").get(is_default=True)


def authority_for(area: Area) -> Authority:
    """The government that speaks for `area`: its own, a ward's city. One query. Raises Authority.DoesNotExist."""
    return Authority.objects.select_related("area").get(area=home_code(area))


def home_code(area: Area) -> str:
    """The code of the government that `area` belongs to: a ward's city, else the area itself."""
    return str(area.parent_id if area.is_ward else area.pk)


def regional_office(area: Area) -> Section:
    """The 地域振興局・支庁 that looks after the municipality `area` (domain.md 3.5). Raises Section.DoesNotExist."""
    return Section.objects.select_related("authority").get(coverages__area=home_code(area))

"""Who in the prefecture works on a file, as its menu says: which section examines it first, which drafts its decision."""

from uuid import UUID

from portal.areas.models import Area, Section
from portal.areas.queries import regional_office

from .models import Application, Menu


def office_of(menu: Menu, municipality: Area) -> Section:
    """The section that a new file is routed to: that of the menu, else the 地域振興局・支庁 of the municipality.

    Raises Section.DoesNotExist where the municipality has none.
    """
    return menu.examining_section or regional_office(municipality)


def drafting_id(application: Application) -> UUID:
    """The section whose officers draft the decision of ③: that of the menu, else the one that examined the file."""
    return application.menu.drafting_section_id or application.office_id


def drafts_elsewhere(application: Application) -> bool:
    """Whether another section than the one that examined it drafts; then nobody there holds the file."""
    return drafting_id(application) != application.office_id

"""文書番号 of the letters that an office sends."""

from portal.areas.models import Section
from portal.documents.numbering import next_number
from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear
from portal.kernel.refusals import Refusal

from .enums import Keeping
from .models import Menu

SERIES = "grants.letter"  # of the 文書番号 that the portal gives, by section and year


def letter_number(
    menu: Menu, section: Section | None, typed: str, *, numbering: str = "", year: int | None = None
) -> str:
    """As typed where the office's own system numbers, else the next of the section's year 「地共第123号」.

    `numbering` is the menu's unless it is given; `year` that of today. Locks the counter. Raises Refusal: none was typed.
    """
    if (numbering or menu.numbering) == Keeping.EXTERNAL:
        if not typed:
            raise Refusal("文書番号を入力してください。", field="document_number")
        return typed
    authority = menu.programme.authority
    of_year = FiscalYear.of(clock.today_jst()).year if year is None else year
    given = next_number(SERIES, authority=authority, section=section, year=of_year)
    return f"{section.symbol if section else ''}第{given}号"


def optional_number(menu: Menu, section: Section | None, typed: str, *, year: int | None = None) -> str:
    """As `letter_number`, for a letter that also goes out without a screen (a batch, the demo): none typed is none there.

    Where a person sends it, the form requires the number of an office that numbers itself.
    """
    if menu.numbering == Keeping.EXTERNAL and not typed:
        return ""
    return letter_number(menu, section, typed, year=year)

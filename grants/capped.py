"""The cap while one file is decided: the municipality's account under its lock, what others leave, the most there is."""

from portal.kernel.money import floor_thousand, yen
from portal.kernel.refusals import Refusal

from . import calculations
from .models import Application, CapAccount, Menu


def lock_cap(application: Application) -> CapAccount | None:
    """The account that the file uses, under its lock; None where its menu counts no cap over a municipality."""
    return lock_account(application.municipality_id, application.menu)


def lock_account(municipality_id: str, menu: Menu) -> CapAccount | None:
    """The account of the municipality, menu and year under its lock, made when it is the first; None without a cap."""
    limit_yen = menu.town_cap_yen
    if limit_yen is None:
        return None
    key = {
        "municipality_id": municipality_id,
        "menu": menu,
        "fiscal_year": menu.programme.fiscal_year,
    }
    CapAccount.objects.get_or_create(**key, defaults={"limit_yen": limit_yen})
    return CapAccount.objects.select_for_update(no_key=True, of=("self",)).get(**key)


def left_of(account: CapAccount, application: Application) -> int:
    """What other files leave of a locked account."""
    others = account.uses.exclude(application=application.pk).values_list("amount_yen", flat=True)
    return calculations.cap_left(limit_yen=account.limit_yen, used_yen=others)


def lock_left(application: Application) -> int | None:
    """What the cap leaves to the file in yen, None where its menu has none.

    Over a municipality: what its other files leave, with the account locked from now on. Of one file: all of it.
    """
    account = lock_cap(application)
    return application.menu.file_cap_yen if account is None else left_of(account, application)


def check_file_cap(application: Application, amount_yen: int) -> None:
    """Raises Refusal when the amount is above what the menu gives one file."""
    limit_yen = application.menu.file_cap_yen
    if limit_yen is not None and amount_yen > limit_yen:
        raise Refusal(
            f"このメニューの上限は1件あたり{yen(limit_yen)}です。{yen(amount_yen)}にはできません。",
            field="amount_yen",
            code="cap",
        )


def most(application: Application, left: int | None) -> int:
    """The most that may be granted: the share of the base, at most the cap left and what was applied for, in thousands.

    `left` is the cap left by the other files in yen, None where the menu has no cap.
    """
    terms = calculations.Terms(share=application.menu.share, cap_left_yen=left)
    granted = calculations.grant(base_yen=application.base_yen, terms=terms)
    return floor_thousand(min(granted, application.grant_yen))

"""What one file uses of its cap, from the draft of its decision on. Each locks the municipality's account, after the case."""

from portal.kernel import audit
from portal.kernel.actors import Actor
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from ..capped import check_file_cap, left_of, lock_cap
from ..enums import UseBasis
from ..models import Application, CapUse


def use_cap(*, by: Actor, application: Application, amount_yen: int, basis: UseBasis) -> CapUse | None:
    """Let the file use `amount_yen` of its cap, instead of what it used before. None where the municipality has none.

    Raises Refusal when others have used too much meanwhile (the message says what is left), or above the cap of one file.
    """
    check_file_cap(application, amount_yen)
    account = lock_cap(application)
    if account is None:
        return None
    left = left_of(account, application)
    if amount_yen > left:
        raise Refusal(
            f"{application.municipality.name}の枠の残りは{yen(left)}で、{yen(amount_yen)}には足りません。ほかの申請の決定が先に使いました。",
            field="amount_yen",
            code="cap",
        )
    use, _ = CapUse.objects.update_or_create(
        application=application,
        defaults={
            "account": account,
            "basis": basis,
            "title": application.title,
            "amount_yen": amount_yen,
        },
    )
    data = {"account": account.pk, "amount_yen": amount_yen, "basis": basis.value}
    audit.record("grants.capuse.used", by=by, target=use, data=data)
    return use


def free_cap(*, by: Actor, application: Application) -> int:
    """Give back what the file uses of its cap. Returns how much it was; 0 where it used nothing."""
    if lock_cap(application) is None:
        return 0
    use = CapUse.objects.filter(application=application).first()
    if use is None:
        return 0
    data = {"account": use.account_id, "amount_yen": use.amount_yen}
    audit.record("grants.capuse.freed", by=by, target=use, data=data)
    use.delete()
    return use.amount_yen

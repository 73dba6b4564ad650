"""回覧板: one button, one numbered paper.

c = make_circular(by=officer, area=akiha, month=date(2026, 12, 1))
"""

import hashlib
import json
from datetime import date

from django.db import transaction

from portal.areas.models import Area
from portal.areas.queries import authority_for
from portal.documents import actions as documents
from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import fiscal_year
from portal.kernel.refusals import Refusal

from ..models import Circular
from ..papers.circular import KIND, content
from ..saving import change, locked


@transaction.atomic
def make_circular(*, by: Actor, area: Area, month: date, is_large: bool = False) -> Circular:
    """Issue the 回覧板 of `area` for the month of which `month` is the first day; a job renders the paper.

    While nothing has changed, the same paper again; a change in the month's events makes a new edition that replaces
    the one before. Raises Refusal (no public event in the month), PermissionDenied.
    """
    permissions.require(by, "communities.make_circular", area)
    circular, _ = Circular.objects.get_or_create(area=area, month=month, is_large=is_large)
    locked(circular)
    said = content(circular)
    if not said["count"]:
        raise Refusal(f"{circular.month_label}に、{area.name}で公開している催しはありません。", field="month")
    digest = hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    if digest != circular.digest:
        change(circular, {"digest": digest, "edition": circular.edition + 1})
    document = documents.issue(
        KIND, circular, by=by, authority=authority_for(area), section=None, year=fiscal_year(month)
    )
    audit.record(
        "communities.circular.made",
        by=by,
        target=circular,
        data={"number": document.check_number, "events": said["count"], "edition": circular.edition},
    )
    return circular

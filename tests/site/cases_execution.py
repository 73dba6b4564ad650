"""Objects with which the rows of 執行管理 are opened: a 科目 of the demo's year, and a file that came back."""

from typing import Any

from grants.execution.queries import IMPORT
from grants.models import BudgetLine
from portal.kernel.import_models import Import
from portal.site.demo.people import SHIBUSHI
from tests.factories.areas import KAGOSHIMA, area


def cases() -> dict[str, dict[str, Any]]:
    """The file is one whose bytes are gone: its page still says what was sent."""
    line = BudgetLine.objects.filter(programme__authority__area=area(SHIBUSHI).parent_id).latest("created_at")
    imported = Import.objects.create(
        kind=IMPORT, place=KAGOSHIMA, filename="支払.csv", uploaded_by_ref="user:x"
    )
    return {
        "execution line": {"programme": line.programme.slug, "pk": line.pk},
        "order import": {"pk": imported.pk},
    }

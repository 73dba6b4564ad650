"""Objects with which the rows of the 委託先 of ① are opened: the contract of the demo and its 精算書."""

from typing import Any

from grants.models import AgencyContract, AgencyStatement
from portal.documents.models import Document


def cases() -> dict[str, dict[str, Any]]:
    """A 精算書 of the demo that is submitted, and the one that is being written."""
    contract, submitted = AgencyContract.objects.get(), AgencyStatement.objects.get(state="submitted")
    draft = AgencyStatement.objects.get(state="draft")
    return {
        "agency": {"pk": contract.pk},
        "agency start": {"pk": contract.pk, "act": "start"},
        "statement": {"pk": submitted.pk},
        "statement write": {"pk": draft.pk, "act": "write"},
        "statement paper": {"pk": Document.objects.get(object_id=submitted.pk).pk},
    }

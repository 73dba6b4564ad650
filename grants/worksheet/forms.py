"""The form that takes a worksheet."""

from portal.kernel import uploads
from portal.kernel.forms import OnceForm
from portal.kernel.upload_kinds import SHEETS


class WorksheetForm(OnceForm):
    """A worksheet that was filled in."""

    file = uploads.UploadField(label="書き込んだ用紙", accept=SHEETS, max_bytes=2_000_000)

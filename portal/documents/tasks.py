"""The job that makes the papers."""

from portal.kernel import jobs, ports

from . import actions
from .models import Document


@ports.job_handlers.register(actions.RENDER)
def render(job: jobs.Running) -> None:
    """Make the file of one document. Safe twice."""
    document: Document = job.obj
    job.finish(result=document)
    actions.make_file(document, by=job.by, hold=job.conclude)

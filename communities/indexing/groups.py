"""What search finds of working groups: names, problems and measures in one entry."""

from portal.kernel import search

from .. import moderation
from ..models import Measure, Problem, WorkingGroup


def put_group(group: WorkingGroup) -> None:
    """Seen by everybody: groups belong to wards or to communities that are out. What is hidden is not said."""
    problems = moderation.shown(group.problems.all())
    measures = moderation.shown(Measure.objects.filter(problem__group=group)).exclude(
        moderation.is_hidden_here(Problem, "problem")
    )
    body = [group.host_name, group.summary, *problems.values_list("title", flat=True)]
    body += measures.values_list("title", flat=True)
    audience = group.community.audience if group.community else ["public"]
    if moderation.is_hidden(group):
        audience = [f"area:{group.area_id}"]
    search.put(
        kind="group",
        object_id=group.pk,
        audience=audience,
        title=group.name,
        body="\n".join(filter(None, body)),
        area_codes=[group.area_id],
        weight=8,
    )

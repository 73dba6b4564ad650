"""What search finds of working groups: names, problems and measures in one entry."""

from portal.kernel import search

from ..models import Measure, WorkingGroup


def put_group(group: WorkingGroup) -> None:
    """Seen by everybody: groups belong to wards or to communities that are out."""
    body = [group.host_name, group.summary, *group.problems.values_list("title", flat=True)]
    body += Measure.objects.filter(problem__group=group).values_list("title", flat=True)
    search.put(
        kind="group",
        object_id=group.pk,
        audience=group.community.audience if group.community else ["public"],
        title=group.name,
        body="\n".join(filter(None, body)),
        area_codes=[group.area_id],
        weight=8,
    )

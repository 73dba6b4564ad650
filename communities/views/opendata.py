"""The catalogue of open data, and its files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.areas.site import authority_of, directory_of, set_authority
from portal.kernel.publishing import streamed

from .. import opendata, queries


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """What files there are of one government, what stands in them, how many rows, when the newest came."""
    code = request.GET.get("area", "") or authority_of(request).area_id
    place = queries.place_of_data(code)
    if place is None:
        raise Http404
    set_authority(request, place)
    counts = queries.open_counts(queries.codes_of(place))
    files = [
        {
            "profile": one,
            "name": one.filename(code),
            "count": counts[one.rows][0],
            "newest": counts[one.rows][1],
        }
        for one in opendata.profiles()
    ]
    others = [one for one in directory_of(request).by_area.values() if one.area.is_municipality]
    context = {"place": place, "files": files, "licence": opendata.LICENCE, "others": others}
    return render(request, "communities/opendata.html", context)


@require_safe
def data_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file, made while it is asked for; 304 when the asker has these very rows."""
    known = opendata.of_filename(name)
    place = queries.place_of_data(known[0]) if known else None
    if known is None or place is None:
        raise Http404
    profile = known[1]
    file, digest = opendata.write(profile, queries.open_rows(profile.rows, queries.codes_of(place)))
    return streamed(request, opendata.parts(file), opendata.CONTENT_TYPE, etag=digest, filename=name)

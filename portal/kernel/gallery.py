"""The gallery at /ui/: every component with its states, on the layouts that carry them. Demo and debug only.

`?layout=desk` shows the staff components on the staff layout, `?layout=simple` a small page, `?error=404` an error page.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import errors, gallery_samples

LAYOUTS = {"": "ui/gallery/public.html", "desk": "ui/gallery/desk.html", "simple": "ui/gallery/simple.html"}
ERRORS = ("400", "403", "403_csrf", "404", "409", "413", "422", "429", "500", "503")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """All components of one layout. 404 outside demo and debug, or for a layout there is not."""
    layout = request.GET.get("layout", "")
    if not (settings.DEBUG or getattr(settings, "DEMO", False)) or layout not in LAYOUTS:
        raise Http404
    wanted = request.GET.get("error", "")
    if wanted in ERRORS:
        return errors.page(int(wanted[:3]), template=wanted)
    response = render(request, LAYOUTS[layout], gallery_samples.context(layout) | {"error_pages": ERRORS})
    response.headers["X-Robots-Tag"] = "noindex"
    return response

"""Lists taken out: what the longest ones cost in memory and time, as the worker writes them, and how often one is told.

`python -m bench.exports LIST-FORM` (communities-csv, applications-xlsx …) in the environment of a large database; tells
JSON. The lists are the communities of a whole city and the files of a whole prefecture, each asked for by its officer; a
process for each, since a peak never goes down.
"""

import gc
import json
import resource
import sys
import time
from typing import Any

import django

LISTS: dict[str, tuple[str, dict[str, str]]] = {
    "communities": ("city-hq", {}),
    "applications": ("pref-officer", {"state": "all"}),
}  # who asks, and for which of them


def peak_megabytes() -> float:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(kind: str, form: str) -> dict[str, Any]:
    """Seconds, rows, size of the file, how often its progress moved, and how far the peak of memory rose meanwhile."""
    from django.core.files.storage import default_storage

    from portal.accounts.models import User
    from portal.kernel import exports, jobs
    from portal.kernel.actors import UserActor
    from portal.kernel.models import Job
    from portal.site.demo.world import DOMAIN

    persona, params = LISTS[kind]
    by = UserActor(User.objects.get(email=f"{persona}@{DOMAIN}"))
    export = exports.ask_for_export(by=by, kind=kind, form=form, params=params)
    moved = watched(jobs.Running)
    gc.collect()
    before, began = peak_megabytes(), time.perf_counter()
    if not jobs.run(Job.objects.get(key=export.job_key).pk):
        raise SystemExit("書き出しが終わりませんでした。")
    took, growth = time.perf_counter() - began, peak_megabytes() - before
    export.refresh_from_db()
    stored = export.file
    if stored is None or not default_storage.exists(stored.storage_name):
        raise SystemExit("書き出したファイルがありません。")
    default_storage.delete(stored.storage_name)
    told = {"rows": export.row_count, "size": stored.size, "moved": len(moved)}
    return {"seconds": took, "growth": growth, **told}


def watched(running: Any) -> set[int]:
    """Each figure that a job shows of its progress from now on."""
    seen: set[int] = set()
    tell = running.progress

    def progress(job: Any, done: int, total: int) -> None:
        seen.add(done)
        tell(job, done, total)

    running.progress = progress
    return seen


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(*sys.argv[1].split("-"))))

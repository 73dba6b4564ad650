"""Lists taken out: what the longest one costs in memory and time, as the worker writes it.

`python -m bench.exports FORM` (csv, xlsx) in the environment of the large database; tells JSON. The list is that of the
communities of a whole city, asked for by its officer; a process for each form, since a peak never goes down.
"""

import gc
import json
import resource
import sys
import time
from typing import Any

import django

PERSONA = "city-hq"


def peak_megabytes() -> float:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(form: str) -> dict[str, Any]:
    """Seconds, rows, size of the file, and how far the peak of memory rose while it was written."""
    from django.core.files.storage import default_storage

    from portal.accounts.models import User
    from portal.kernel import exports, jobs
    from portal.kernel.actors import UserActor
    from portal.kernel.models import Job
    from portal.site.demo.world import DOMAIN

    by = UserActor(User.objects.get(email=f"{PERSONA}@{DOMAIN}"))
    export = exports.ask_for_export(by=by, kind="communities", form=form, params={})
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
    return {"seconds": took, "growth": growth, "rows": export.row_count, "size": stored.size}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(sys.argv[1])))

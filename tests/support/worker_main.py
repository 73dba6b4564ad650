"""The product's Celery worker, which also says in its output when it takes work (`python -m tests.support.worker_main`)."""

import sys

from celery.signals import worker_ready

from portal.celery import app

READY = "this worker takes work"


@worker_ready.connect
def say_so(**_: object) -> None:
    print(READY, flush=True)


if __name__ == "__main__":
    app.worker_main(["worker", *sys.argv[1:]])

"""Papers: the product's PDF against bare WeasyPrint with the same HTML, its memory, and what it asks of the network.

`python -m bench.papers ROUNDS` in the environment of a database with the demo; tells JSON.
"""

import gc
import json
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

RENDERS = 200
REAL_NETWORK = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"}


def resident_megabytes() -> float:
    """Memory of this process that is really there, in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("VmRSS")


def timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def bare_weasyprint(html: str) -> Callable[[], bytes]:
    """WeasyPrint as its manual says it: the same HTML, the system's fonts, one FontConfiguration for all."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()

    def render() -> bytes:
        return bytes(HTML(string=html).write_pdf(font_config=fonts, pdf_variant="pdf/ua-1") or b"")

    return render


def main(rounds: int) -> dict[str, Any]:
    from django.db import connections
    from django.template.loader import render_to_string

    from portal.documents import papers, snapshots
    from portal.documents.models import Document

    document = Document.objects.filter(kind="grants.application").order_by("created_at").first()
    if document is None:
        raise SystemExit("見本データに、補助金交付申請書がありません。")
    connections.close_all()
    asked: list[str] = []
    sys.addaudithook(lambda event, args: asked.append(event) if event in REAL_NETWORK else None)
    socket.getaddrinfo("127.0.0.1", 80)
    if not asked:
        raise SystemExit("ネットワークへの問い合わせを数えられません。")
    asked.clear()
    html = render_to_string(
        document.snapshot["template"], {**snapshots.context(document.snapshot), "title": document.title}
    )
    bare = bare_weasyprint(html)
    ours = lambda: papers.content(document)  # noqa: E731
    size = len(ours())
    if not ours().startswith(b"%PDF") or not bare().startswith(b"%PDF"):
        raise SystemExit("PDFになっていません。")
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(rounds):
        for name, work in (("ours", ours), ("bare", bare))[:: 1 if number % 2 else -1]:
            times[name].append(timed(work))
    gc.collect()
    before = resident_megabytes()
    for _ in range(RENDERS):
        ours()
    gc.collect()
    return times | {"growth": resident_megabytes() - before, "size": size, "network": len(asked)}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(int(sys.argv[1]))))

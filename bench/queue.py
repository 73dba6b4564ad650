"""The officer's queue and one of its files: against the floors, and at 20,000 files against 1,000."""

from collections.abc import Iterator

from .databases import Database
from .figures import Figure, compared
from .pages import addresses, in_turn, of
from .servers import serving

MANY, FEW = 20_000, 1_000
QUEUE = "/staff/grants/"
ROWS = 60
KILOBYTES, ROW_MS, FLOORS = 150, 0.5, 3.0


def figures(many: Database, few: Database, rounds: int) -> Iterator[Figure]:
    """Two servers run at once. `many` and `few` hold so many files and the same number in hand."""
    with serving(many) as at_many, serving(few) as at_few:
        there, here = addresses(many), addresses(few)
        officer, colleague = there["grants_officer"], here["grants_officer"]
        listing, detail = "/floor/list-counted/", f"/floor/detail/{there['slug']}/"
        pages = [
            of(at_many, listing),
            of(at_many, detail),
            of(at_many, QUEUE, officer),
            of(at_few, QUEUE, colleague),
            of(at_many, f"{QUEUE}?state=all", officer),
            of(at_few, f"{QUEUE}?state=all", colleague),
            of(at_many, f"{QUEUE}?state=returned&holder=none", officer),
            of(at_many, there["grants_file"], officer),
            of(at_few, here["grants_file"], colleague),
        ]
        counted, one, queue, queue_few, whole, whole_few, empty, file, file_few = in_turn(rounds, *pages)
        yield compared("queue", f"申請の一覧({ROWS}行) / 件数ありの床", queue, counted, limit=FLOORS)
        yield compared("queue-size", "申請の一覧 2万 / 1千", queue, queue_few, limit=1.2)
        yield compared("queue-all", "申請の一覧(すべて) 2万 / 1千", whole, whole_few, limit=1.2)
        yield compared("file", "1件の申請 / 4文の床", file, one, limit=FLOORS)
        yield compared("file-size", "1件の申請 2万 / 1千", file, file_few, limit=1.2)
        row = sorted((full - bare) * 1000 / ROWS for full, bare in zip(queue, empty, strict=True))[
            rounds // 2
        ]
        yield Figure(name="queue-row", title="申請の一覧 1行ふえるごと", value=row, unit="ms", limit=ROW_MS)
        size = len(at_many.fetch(QUEUE, officer)[1]) / 1024
        yield Figure(name="queue-bytes", title="申請の一覧の大きさ", value=size, unit="KB", limit=KILOBYTES)

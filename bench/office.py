"""An officer's morning: 200 communities from a spreadsheet, through the pages and a worker, as a browser goes it.

`python -m bench.office` in the environment of a database with the demo; tells JSON. Server and worker are the product's
own; a page that says 「処理しています」 is looked at as often as it looks itself.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPErrorProcessor, Request, build_opener

import django

from .databases import ROOT, Database
from .servers import serving, stop

COMMUNITIES = 200
SOON, LOOK = 0.4, 2.0  # seconds: as templates/ui/job_progress.html asks, in a job's first five and later
LONGEST = 300.0
START = "/staff/communities/import/"
PERSONA = "ward-akiha"
WORKER = "celery -A portal worker --loglevel INFO --concurrency 2 --without-gossip --without-mingle".split()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Form(HTMLParser):
    """The values of the first form of <main> that posts, as a browser would send them untouched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._in_main = self._open = self._done = False
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_main = self._in_main or tag == "main"
        if tag == "form" and self._in_main and given.get("method") == "post" and not self._done:
            self._open = True
        if not self._open:
            return
        name, kind = given.get("name", ""), given.get("type", "")
        if tag == "input" and name and kind not in ("file", "submit"):
            if kind not in ("radio", "checkbox") or "checked" in given:
                self.values[name] = given.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and (self._select not in self.values or "selected" in given):
            self.values[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._open:
            self._open, self._done = False, True


class _Untouched(HTTPErrorProcessor):
    """Answers as they come: a 303 is read, not followed."""

    def http_response(self, request, response):  # type: ignore[no-untyped-def]
        return response


class Browser:
    """A signed-in person at one server, keeping the cookies."""

    def __init__(self, port: int, cookie: str) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._cookies = dict([cookie.split("=", 1)])
        self._opener = build_opener(_Untouched)

    def page(self, path: str) -> str:
        """The page at an address. Raises SystemExit for any answer but 200."""
        return self._ask(Request(self._base + path), 200)[1]

    def send(self, path: str, file: bytes = b"", **values: str) -> str:
        """Send the form of the page at `path` with some values put in; where the answer leads."""
        fields = {**Form(self.page(path)).values, **values}
        if file:
            body, kind = _multipart(fields, file)
        else:
            body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        return self._ask(Request(self._base + path, data=body, headers={"Content-Type": kind}), 303)[0]

    def wait(self, path: str, words: str) -> None:
        """Look at a page until these words stand on it. Raises SystemExit after five minutes."""
        began = time.monotonic()
        while words not in self.page(path):
            waited = time.monotonic() - began
            if waited > LONGEST:
                raise SystemExit(f"{path} に「{words}」が出ません。")
            time.sleep(SOON if waited < 5 else LOOK)

    def _ask(self, request: Request, status: int) -> tuple[str, str]:
        request.add_header("Cookie", "; ".join(f"{name}={value}" for name, value in self._cookies.items()))
        with self._opener.open(request, timeout=60) as answer:
            text = answer.read().decode()
            for header in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = header.partition(";")[0].partition("=")
                self._cookies[name] = value
            if answer.status != status:
                raise SystemExit(f"{request.full_url}: {answer.status}\n{text[:2000]}")
            return answer.headers.get("Location", ""), text


def _multipart(fields: dict[str, str], file: bytes) -> tuple[bytes, str]:
    """A form with a file, as a browser writes it."""
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="list.xlsx"\r\nContent-Type: {XLSX}\r\n\r\n'
    return b"".join(
        [*parts, head.encode(), file, f"\r\n--{edge}--\r\n".encode()]
    ), f"multipart/form-data; boundary={edge}"


def spreadsheet(count: int, mark: str) -> bytes:
    """A ward's own list as xlsx: a title, a row of headings of its own, `count` rows with dates in 和暦."""
    from portal.kernel import sheets

    def lines() -> Iterator[list[str]]:
        yield ["令和8年度 コミュニティ一覧"]
        yield ["名称", "フリガナ", "区", "概要", "活動内容", "設立年月日", "活動場所"]
        for number in range(count):
            word = "".join("アカサタナハマヤラワ"[int(digit)] for digit in str(number))
            name, kana = f"{mark}の集まり{number}", f"アサノアツマリ{word}{mark}"
            story = "月に2回、地域の人と集まり、できることを持ち寄っています。" * 3
            founded = f"令和{number % 6 + 2}年{number % 12 + 1}月1日"
            yield [name, kana, "秋葉区", f"{number}番目の集まりです。", story, founded, "公民館"]

    with sheets.xlsx_file(lines(), title="一覧") as file:
        return file.read()


@contextmanager
def working(database: Database) -> Iterator[None]:
    """A worker on `database`; stopped afterwards. What earlier measurements knocked for is not its work."""
    import redis

    redis.from_url(database.environment["REDIS_URL"]).flushdb()
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *WORKER],
            cwd=ROOT,
            env=database.environment | {"PROCESS": "worker"},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield
        finally:
            stop(process)


def main() -> dict[str, float]:
    """Seconds of the way: from the first page to 「確かめる」, from there to 「登録しました」, and in all."""
    from communities.models import Community
    from portal.accounts.models import User
    from portal.site.demo.world import DOMAIN

    from .addresses import session_of

    database = Database(0, os.environ["DATABASE_URL"], dict(os.environ))
    cookie = session_of(User.objects.get(email=f"{PERSONA}@{DOMAIN}"))
    mark = uuid.uuid4().hex[:8]
    content = spreadsheet(COMMUNITIES, mark)
    with serving(database) as visitor, working(database):
        browser = Browser(visitor.port, cookie)
        began = time.perf_counter()
        detail = browser.send(browser.send(START, file=content), publish="1")
        browser.wait(detail, 'value="apply"')
        shown = time.perf_counter()
        browser.send(detail, step="apply")
        browser.wait(detail, "登録を取り消す")
        ended = time.perf_counter()
        made = Community.objects.filter(name__startswith=f"{mark}の集まり", state="published").count()
        browser.send(f"{detail}undo/")
        browser.wait(detail, "取り消しました")
    if made != COMMUNITIES:
        raise SystemExit(f"公開されたのは、{made}組です。")
    return {"whole": ended - began, "preview": shown - began, "apply": ended - shown}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main()))

"""bin/demo: from a fresh clone to the real portal in a browser, and to nothing left behind after Ctrl-C."""

import argparse
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .console import Stop, fail, run, say, tail
from .prepare import ROOT, Ground, digest_of, ground
from .supervisor import Service

DEFAULT_PORT = 8000
WEB = (
    "gunicorn portal.wsgi --worker-class gthread --workers 2 --threads 4"
    " --graceful-timeout 5 --no-control-socket"
).split()
WORKER = "celery -A portal worker --loglevel INFO --concurrency 2 --without-gossip --without-mingle".split()
BEAT = "celery -A portal beat --loglevel INFO".split()
MIGRATIONS = ("*/migrations/*.py", "portal/*/migrations/*.py", "requirements.txt")
STATIC = ("static/**/*", "*/static/**/*", "portal/*/static/**/*", "requirements.txt", "portal/settings/*.py")
MASTER = ("portal/areas/data/*", "*/data/*", "portal/*/data/*")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/demo", description="協働ひろばの見本を、この機械だけで動かします。"
    )
    parser.add_argument(
        "--port", type=_port, help=f"使うポート（省くと {DEFAULT_PORT}、ふさがっていれば次の空き）"
    )
    parser.add_argument("--reset", action="store_true", help="見本のデータを消して最初から作ります")
    parser.add_argument(
        "--scale", type=_amount, default=0, metavar="N", help="大量の見本（コミュニティ N 件）も作ります"
    )
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("ポートは 1 から 65535 の数です")
    return int(text)


def _amount(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError("N は 0 以上の整数です")
    return int(text)


def listen(port: int | None) -> socket.socket:
    """A socket on 127.0.0.1: on `port` and nothing else, or from the default one upwards the first that is free."""
    for candidate in [port] if port else range(DEFAULT_PORT, DEFAULT_PORT + 100):
        try:
            return socket.create_server(("127.0.0.1", candidate), backlog=128)
        except OSError:
            continue
    raise Stop(
        f"ポート {port} はほかのプログラムが使っています。--port で別の番号を指定してください。"
        if port
        else f"{DEFAULT_PORT} から {DEFAULT_PORT + 99} までのポートがすべて使われています。"
    )


class Stamps:
    """Remembers what has been done to the private database and files, so that a second start does only what changed."""

    def __init__(self, path: Path, *, trusted: bool) -> None:
        self.path, self.trusted = path, trusted
        try:
            self.known: dict[str, str] = json.loads(path.read_text())
        except (OSError, ValueError):
            self.known = {}

    def due(self, name: str, value: str) -> bool:
        """Whether `name` must be done; a database that others may change (not `trusted`) is always done again."""
        return not self.trusted or self.known.get(name) != value

    def done(self, name: str, value: str) -> None:
        self.known[name] = value
        self.path.write_text(json.dumps(self.known, indent=1))


def furnish(here: Ground, scale: int) -> None:
    """Migrate, load master data and seed, static files beside that – each only when something changed."""
    data = Stamps(here.layout.home / "done.json", trusted=here.private_database)
    files = Stamps(here.layout.home / "static.json", trusted=True)
    programmes, indicators = digest_of(*MASTER, "grants/**/*.py"), digest_of("portal/indicators/**/*.py")
    look = (files, digest_of(*STATIC), "collectstatic --noinput --clear", "画面の部品をまとめています")
    steps = [
        (data, digest_of(*MIGRATIONS), "migrate --noinput", "データベースを最新にしています"),
        (data, digest_of(*MASTER), "load_areas", "全国の自治体を読み込んでいます"),
        (data, programmes, "load_programmes", "補助制度を読み込んでいます"),
        (data, indicators, "load_indicators", "指標を読み込んでいます"),
        (data, "1", "seed_demo", "見本の人物と出来事を作っています"),
    ]
    if scale:
        steps.append((data, str(scale), f"seed_scale --communities {scale}", f"{scale:,} 件を作っています"))
    with ThreadPoolExecutor(max_workers=1) as beside:
        gathered = beside.submit(do, here, *look)
        for step in steps:
            do(here, *step)
        gathered.result()


def do(here: Ground, stamps: Stamps, value: str, line: str, what: str) -> None:
    """One step, when it is due. Raises Stop when it fails."""
    command = line.split()
    if stamps.due(command[0], value):
        log = here.layout.log / f"{command[0]}.log"
        run(what, [str(here.python), "manage.py", *command], log=log, env=here.environment, cwd=ROOT)
        stamps.done(command[0], value)


def serve(here: Ground, listener: socket.socket) -> None:
    """Start web, worker and beat."""
    handle, log = listener.fileno(), here.layout.log
    commands = {
        "web": [*WEB, "--bind", f"fd://{handle}"],
        "worker": WORKER,
        "beat": [*BEAT, "--schedule", str(here.layout.home / "beat.db")],
    }
    for name, command in commands.items():
        path = log / f"{name}.log"
        path.unlink(missing_ok=True)
        here.supervisor.start(
            Service(
                name,
                [str(here.python), "-m", *command],
                log=path,
                cwd=ROOT,
                pass_fds=[handle] if name == "web" else [],
                env=here.environment | {"PROCESS": "web" if name == "web" else "worker"},
            )
        )
    listener.close()


def demo_people(here: Ground) -> str:
    """The people of the demo, as the product lists them. Raises Stop when it cannot."""
    words = [str(here.python), "manage.py", "demo_people"]
    done = subprocess.run(words, cwd=ROOT, env=here.environment, text=True, capture_output=True)
    if done.returncode:
        raise Stop(f"demo_people が失敗しました。\n{done.stderr[-2000:]}")
    return done.stdout.rstrip()


def wait_for(here: Ground, url: str, seconds: float = 60) -> None:
    """Wait until the portal answers that it is ready. Raises Stop with the log when it does not."""
    until = time.monotonic() + seconds
    while True:
        here.supervisor.check()
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pass
        if time.monotonic() > until:
            raise Stop(f"画面が {seconds:.0f} 秒たっても出ません。\n{tail(here.layout.log / 'web.log')}")
        time.sleep(0.1)


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    try:
        listener = listen(options.port)
        with ground("demo", reset=options.reset) as here:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            here.environment["BASE_URL"] = url
            furnish(here, options.scale)
            say("画面、作業役、時計役を始めています")
            serve(here, listener)
            people = demo_people(here)
            wait_for(here, url)
            print(f"\nready {url}\n\n{people}\n\n入り口 {url}/demo/   終わるときは Ctrl-C", flush=True)
            here.supervisor.watch()
    except Stop as stop:
        return fail(stop)
    except KeyboardInterrupt:
        say("止めました。データは残っています。")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Write static/css/portal.css, the one stylesheet pages link to, from its sources in the order of index.css."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

FOLDER = Path(settings.ROOT) / "static" / "css"
IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>\w+)\);')
URL = re.compile(r'url\("(?P<path>[^"]+)"\)')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
NOTE = "/* manage.py build_css が作る。直すのは index.css と、そこに並ぶファイル。 */\n"


class Command(BaseCommand):
    """build_css: the same sources give the same bytes. `--check` writes nothing and fails when the file is stale."""

    help = "画面の様式(CSS)を一つのファイルにまとめます。"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="書かずに、古くなっていないかだけを確かめる")

    def handle(self, *args: Any, **options: Any) -> None:
        target, fresh = FOLDER / "portal.css", bundle()
        stale = not target.exists() or target.read_text(encoding="utf-8") != fresh
        if options["check"] and stale:
            raise CommandError(
                "static/css/portal.css が古くなっています。manage.py build_css を実行してください。"
            )
        if stale:
            target.write_text(fresh, encoding="utf-8")
        self.stdout.write(f"static/css/portal.css {len(fresh.encode()):,} bytes")


def bundle() -> str:
    """The whole style: the order of the layers, then one line for each source."""
    index = COMMENT.sub("", (FOLDER / "index.css").read_text(encoding="utf-8"))
    order = index.partition("@import")[0].strip()
    lines = [f"@layer {match['layer']}{{{_source(match['path'])}}}" for match in IMPORT.finditer(index)]
    return NOTE + order + "\n" + "\n".join(lines) + "\n"


def _source(path: str) -> str:
    """One source, without comments and needless blanks, its addresses seen from portal.css."""
    file = (FOLDER / path).resolve()
    text = URL.sub(lambda match: _address(file, match["path"]), file.read_text(encoding="utf-8"))
    text = re.sub(r"\s+", " ", COMMENT.sub("", text))
    return re.sub(r"\s*([{};,])\s*", r"\1", text).replace(";}", "}").strip()


def _address(file: Path, path: str) -> str:
    """An address inside `file`, rewritten for the folder of portal.css."""
    if path.startswith("data:"):
        return f'url("{path}")'
    away = (file.parent / path).resolve().relative_to(FOLDER.parent)
    return f'url("../{away.as_posix()}")'

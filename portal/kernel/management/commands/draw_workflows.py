"""Draw every procedure as a Mermaid diagram under docs/workflows/, one file a table."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from portal.kernel import workflow


def page(flow: workflow.Workflow) -> str:
    """The whole file of one procedure."""
    return f"# {flow.verbose_name}\n\n`{flow.model}`\n\n```mermaid\n{workflow.mermaid(flow)}\n```\n"


class Command(BaseCommand):
    help = "手続きの表を docs/workflows/ に図として書き出します。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="書き出さず、古い図があれば終了コード1で終わる"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.ROOT) / "docs" / "workflows"
        wanted = {folder / f"{flow.name}.md": page(flow) for flow in workflow.discover()}
        stale = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
        stale += [path for path in folder.glob("*.md") if path not in wanted]
        if options["check"]:
            if stale:
                names = ", ".join(sorted(path.name for path in stale))
                self.stderr.write(f"古い図があります: {names}。manage.py draw_workflows を実行してください。")
                raise SystemExit(1)
            self.stdout.write(f"図は{len(wanted)}枚とも最新です。")
            return
        folder.mkdir(parents=True, exist_ok=True)
        for path in stale:
            path.unlink() if path not in wanted else path.write_text(wanted[path])
        self.stdout.write(f"{len(wanted)}枚の図のうち{len(stale)}枚を書き直しました。")

"""manage.py import_school_districts FILE.csv: school districts, all or nothing. Safe to run again."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.areas import actions, district_files
from portal.kernel.actors import JobActor
from portal.kernel.refusals import Refusal


class Command(BaseCommand):
    help = "校区を CSV から読み込みます(列: 全国地方公共団体コード, 種類, 校区名, フリガナ)。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = district_files.read(options["file"].read_bytes())
            written = actions.create_districts(by=JobActor("import_school_districts"), rows=rows)
        except FileNotFoundError as problem:
            raise CommandError(f"ファイルがありません: {options['file']}") from problem
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        self.stdout.write(f"import_school_districts: {len(rows)}行を読み、{written}件を書き込みました")

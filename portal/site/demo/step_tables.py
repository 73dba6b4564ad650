"""Tables of the demo: a ward's list brought in, one taken back again, one waiting for its columns, its answer or put aside."""

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.kernel import imports, jobs, uploads
from portal.kernel.import_models import Import
from portal.kernel.models import Job

from .people import KITA
from .world import World

HEAD = "名称,フリガナ,ひとこと,分野"
BROUGHT = (
    "葛塚の花壇を守る会(見本),クズツカノカダンヲマモルカイ,駅前の花壇に季節の花を植えます,自然・里山",
    "北区こども映画の日(見本),キタクコドモエイガノヒ,月に一度こどもと映画を見ます,子ども・教育",
)
MISTAKEN = ("二重に登録した会(見本),ニジュウニトウロクシタカイ,取消しの見本です,食・農",)
DOUBTFUL = (
    "葛塚の花壇を守る会(見本),クズツカノカダンヲマモルカイ,同じ名前の会があります,自然・里山",
    ",ナマエノナイカイ,名称が空の行です,食・農",
)


def build(world: World) -> None:
    """Applied, undone, previewed with a twin and a fault, uploaded, discarded."""
    _applied(world, -28, "北区の一覧.csv", BROUGHT)
    mistaken = _applied(world, -26, "まちがえた一覧.csv", MISTAKEN)
    with world.on(-25):
        imports.ask_to_undo(by=world.actor("ward-kita"), imported=mistaken)
        _run(mistaken)
    with world.on(-2):
        _read(world, _sent(world, "確かめている一覧.csv", DOUBTFUL))
        _sent(world, "列を選ぶ一覧.csv", DOUBTFUL)
        imports.discard(by=world.actor("ward-kita"), imported=_sent(world, "やめた一覧.csv", MISTAKEN))


def _applied(world: World, offset: int, name: str, rows: tuple[str, ...]) -> Import:
    with world.on(offset):
        imported = _read(world, _sent(world, name, rows))
        imports.ask_to_apply(by=world.actor("ward-kita"), imported=imported)
        return _run(imported)


def _sent(world: World, name: str, rows: tuple[str, ...]) -> Import:
    by = world.actor("ward-kita")
    upload = SimpleUploadedFile(name, "\n".join([HEAD, *rows, ""]).encode("cp932"))
    file = uploads.stage(upload, by=by, accept=uploads.SHEETS)
    return imports.open_import(by=by, kind="communities", place=KITA, file=file)


def _read(world: World, imported: Import) -> Import:
    imports.choose_columns(
        by=world.actor("ward-kita"),
        imported=imported,
        mapping=imported.mapping,
        options={"area": imported.place},
    )
    return _run(imported)


def _run(imported: Import) -> Import:
    """The job that was asked for, done at once: a demo that has just started has no worker yet."""
    imported.refresh_from_db()
    jobs.run(Job.objects.get(key=imported.job_key).pk)
    imported.refresh_from_db()
    return imported

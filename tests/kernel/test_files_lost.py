"""Bytes that the storage has lost: 404 at every address that hands them out, and a line in the log that names nobody."""

import io
import re
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.http import Http404
from django.test import RequestFactory
from PIL import Image
from structlog.testing import capture_logs

from communities import actions
from communities.actions.facts import save_facts
from communities.profiles.pictures import keep_square
from portal.kernel import http, sheets, upload_sizes, uploads
from portal.kernel.actors import JobActor
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories import people
from tests.support import files
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db
BY = JobActor("tests")


def lose(stored: StoredFile) -> None:
    for name in (
        stored.storage_name,
        *(upload_sizes.name_of(stored.storage_name, each) for each in stored.widths),
    ):
        default_storage.delete(name)


def big_picture() -> StoredFile:
    out = io.BytesIO()
    Image.effect_noise((400, 300), 90).convert("RGB").resize((1_600, 1_200)).save(out, "JPEG")
    return uploads.stage(files.upload("佐久間の写真.jpg", out.getvalue()), by=BY, accept=uploads.IMAGES)


def test_a_lost_file_is_not_found_and_the_log_names_the_row_alone() -> None:
    stored = big_picture()
    lose(stored)
    with capture_logs() as lines, pytest.raises(Http404):
        http.attachment(stored)
    assert lines == [
        {"event": "bytes_missing", "file": str(stored.pk), "width": 0, "target": "", "log_level": "error"}
    ]
    with pytest.raises(Http404):
        http.picture(RequestFactory().get("/?w=160"), stored)


def test_a_lost_small_drawing_is_answered_by_the_whole_picture() -> None:
    stored = big_picture()
    default_storage.delete(upload_sizes.name_of(stored.storage_name, 160))
    with capture_logs() as lines:
        answer = http.picture(RequestFactory().get("/?w=160"), stored)
    body = b"".join(answer.streaming_content)
    assert Image.open(io.BytesIO(body)).size == (1_600, 1_200)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert [(line["event"], line["width"]) for line in lines] == [("bytes_missing", 160)]


def test_pages_that_hand_files_out_answer_404() -> None:
    """A photo of a post, of a report, of a person; evidence of a collaboration; a charter."""
    officer, place = make.ward_officer(), make.community()
    photo = actions.add_photo(by=officer, owner=make.post(place, officer), photo=make.new_photo(officer))
    who = make.person()
    profile = people.profile(who, photo=people.photo(who))
    record = make.collaboration()
    evidence = record.evidence.get()
    facts = save_facts(by=officer, community=place, charter=make.stored(officer, "会則.txt"))
    addresses = {
        photo.get_absolute_url(): photo.file,
        f"{profile.get_absolute_url()}photo/": profile.photo,
        f"/staff/collaborations/{record.pk}/evidence/{evidence.pk}/": evidence.file,
        f"{place.get_absolute_url()}charter/": facts.charter,
    }
    client = StrictClient()
    client.force_login(officer.user, backend="django.contrib.auth.backends.ModelBackend")
    for address, stored in addresses.items():
        assert client.get(address).status_code == 200, address
        lose(stored)
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert stored.filename not in answer.content.decode()


def test_a_lost_table_is_refused_with_what_to_do() -> None:
    stored = uploads.stage(files.upload("一覧.csv", "名前\n会".encode()), by=BY, accept=(uploads.CSV,))
    lose(stored)
    with pytest.raises(Refusal, match="もう一度送ってください"), sheets.opened(stored):
        pass


def test_a_lost_portrait_is_refused_at_its_field() -> None:
    who = make.person()
    stored = make.image(who)
    lose(stored)
    with pytest.raises(Refusal) as refused:
        keep_square(stored, people.profile(who))
    assert refused.value.field == "photo"


def test_stored_bytes_are_handed_out_by_one_function_only() -> None:
    """A view that opened the storage by itself would answer 500 for what is lost."""
    root = Path(http.__file__).parents[2]
    readers = set()
    for folder in ("portal", "communities", "grants"):
        for path in (root / folder).rglob("*.py"):
            if re.search(r"default_storage\.open\(|storage_name, \"rb\"", path.read_text(encoding="utf-8")):
                readers.add(str(path.relative_to(root)))
    assert readers == {
        "portal/kernel/http.py", "portal/kernel/sheets/tables.py", "communities/profiles/pictures.py",
        "portal/kernel/upload_redrawing.py", "grants/dossier/making.py", "grants/dossier/blacking.py",
    }  # fmt: skip

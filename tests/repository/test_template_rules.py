"""Templates: each is used, none carries style or script, every mail is whole, vendored files are what they were."""

import hashlib
import re

from . import files

INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|javascript:|hx-on", re.IGNORECASE)
OUTSIDE = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""", re.IGNORECASE)
FOR_THE_FRAMEWORK = ("account/", "mfa/", "allauth/", "ui/form/", "errors/", "socialaccount/", "usersessions/")
PAPER = ("/pdf/", "pdf/")


def test_no_template_carries_inline_style_or_script() -> None:
    wrong = [
        f"{files.name_of(path)}:{number}"
        for path in files.templates()
        if path.suffix == ".html" and not any(place in files.name_of(path) for place in PAPER)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if INLINE.search(re.sub(r"{%.*?%}", "", line))
    ]
    assert wrong == []


def test_no_template_fetches_from_elsewhere() -> None:
    wrong = [
        files.name_of(path)
        for path in files.templates()
        if re.search(r"<(?:script|link|img|iframe)[^>]+//", path.read_text())
    ]
    assert wrong == []


def test_every_template_is_used() -> None:
    """Named in code, in another template, by a mail's stem, or belonging to a framework that looks it up by name."""
    said = {text for path in files.python_files(*files.APPS) for text in files.strings(path)}
    text = "\n".join(path.read_text() for path in files.templates())
    unused = []
    for path in files.templates():
        name = files.name_of(path)
        stem = re.sub(r"\.(subject|body)\.txt$", "", name)
        known = name in said or stem in said or f'"{name}"' in text or any(name in word for word in said)
        made = any("{" not in word and word and name.startswith(word) and word.endswith("/") for word in said)
        if not (known or made or name.startswith(FOR_THE_FRAMEWORK)):
            unused.append(name)
    assert unused == []


def test_every_mail_has_subject_and_body() -> None:
    names = {files.name_of(path) for path in files.templates() if "/mail/" in files.name_of(path)}
    mails = {
        re.sub(r"\.(subject|body)\.txt$", "", name)
        for name in names
        if not name.rpartition("/")[2].startswith("_")
    }
    assert mails
    assert {f"{mail}.{part}.txt" for mail in mails for part in ("subject", "body")} <= names


def test_vendored_files_match_their_recorded_hash() -> None:
    folder = files.ROOT / "static" / "vendor"
    recorded = dict(
        reversed(line.split(maxsplit=1))
        for line in (folder / "HASHES.txt").read_text().splitlines()
        if line.strip()
    )
    actual = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "HASHES.txt"
    }
    assert actual == recorded

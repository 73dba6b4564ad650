"""The stylesheet: one bundle, fresh, small, calm."""

import re

from portal.kernel.management.commands.build_css import FOLDER, IMPORT, bundle

BUNDLE = FOLDER / "portal.css"
SOURCES = sorted(path for path in FOLDER.rglob("*.css") if path != BUNDLE)


def test_bundle_is_what_the_sources_make() -> None:
    assert BUNDLE.read_text(encoding="utf-8") == bundle(), "run manage.py build_css"


def test_every_source_is_in_the_bundle() -> None:
    named = {match["path"] for match in IMPORT.finditer((FOLDER / "index.css").read_text(encoding="utf-8"))}
    ours = {path.relative_to(FOLDER).as_posix() for path in SOURCES} - {"index.css"}
    assert named == ours | {"../vendor/design-tokens-1.1.9/tokens.css"}


def test_every_layer_is_ordered() -> None:
    order, *rest = BUNDLE.read_text(encoding="utf-8").split("\n", 2)[1:]
    layers = set(re.findall(r"\w+", order.removeprefix("@layer")))
    assert set(re.findall(r"^@layer (\w+)\{", "\n".join(rest), re.MULTILINE)) == layers


def test_every_picture_of_the_bundle_exists() -> None:
    for address in re.findall(r'url\("([^"]+)"\)', BUNDLE.read_text(encoding="utf-8")):
        assert (FOLDER / address).resolve().is_file(), address


def test_braces_are_balanced_in_every_source() -> None:
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        assert text.count("{") == text.count("}"), path.name


def test_no_gradients_web_fonts_or_foreign_addresses() -> None:
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        for word in ("gradient(", "@font-face", "http:", "https:", "text-shadow", "drop-shadow"):
            assert word not in text, f"{path.name}: {word}"


def test_shadow_is_only_the_ring_of_focus_or_a_line_inside() -> None:
    for path in SOURCES:
        for value in re.findall(r"box-shadow:([^;}]+)", path.read_text(encoding="utf-8")):
            assert "inset" in value or "--focus-ring" in value or value.strip() == "none", (
                f"{path.name}: {value}"
            )


def test_used_tokens_are_defined() -> None:
    text = BUNDLE.read_text(encoding="utf-8")
    defined = set(re.findall(r"(--[\w-]+)\s*:", text))
    used = set(re.findall(r"var\((--[\w-]+)\)", text))
    assert used <= defined, sorted(used - defined)

"""Reading PDFs in tests: words, tags, fonts."""

import subprocess
from typing import Any

import pikepdf


def text_of(content: bytes) -> str:
    """The words of a PDF, in the order of its content."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def tags_of(paper: pikepdf.Pdf) -> list[str]:
    """The structure elements in reading order; a figure comes with its alternative text."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for part in node:  # type: ignore[attr-defined]
                walk(part)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                name = str(node.S).lstrip("/")
                found.append(f"{name}:{node.Alt}" if "/Alt" in node else name)
            walk(node.get("/K"))

    walk(paper.Root.StructTreeRoot.K)
    return found


def fonts_of(paper: pikepdf.Pdf) -> set[str]:
    """Names of the embedded fonts, without the tag of the subset."""
    return {
        str(thing.FontName).lstrip("/").partition("+")[2]
        for thing in paper.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
    }

"""Papers: tagged, in our fonts alone, without any network, the same on every machine."""

import base64
import io
import socket
import threading
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import segno
from django.template import engines
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel import pdf, pdf_fonts
from portal.kernel.pdf_engine import with_variants
from tests.documents.pdf import fonts_of, tags_of, text_of
from tests.support.memory import growth_over

PAGE = """{{% extends "pdf/base.html" %}}{{% block content %}}{content}{{% endblock %}}"""


def printed(content: str, context: dict[str, Any] | None = None) -> bytes:
    """A paper with this content, made as every paper is: from a template that extends pdf/base.html."""
    template = engines["django"].from_string(PAGE.format(content=content))
    return pdf.render_html(template.render({**(context or {}), "title": "補助金交付申請書"}))


def paper(content: str, context: dict[str, Any] | None = None) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(printed(content, context)))


def test_a_paper_has_a_language_a_title_and_a_tagged_order_of_reading() -> None:
    made = paper(
        "<h1>題</h1><p>本文</p><table><tr><th scope='col'>区分</th></tr><tr><td>1</td></tr></table><ul><li>一</li></ul>"
    )
    assert str(made.Root.Lang) == "ja"
    assert str(made.docinfo["/Title"]) == "補助金交付申請書"
    assert made.Root.ViewerPreferences.DisplayDocTitle
    assert made.Root.MarkInfo.Marked
    roles = tags_of(made)
    assert roles.index("H1") < roles.index("P") < roles.index("Table") < roles.index("L")
    assert {"TH", "TD", "LI"} <= set(roles)
    with made.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_only_our_fonts_are_embedded_and_page_margins_use_them_too() -> None:
    made = paper(
        "<p>明朝 髙﨑○①㈱ ABC 123 <b>太字</b></p><p class='gothic'>ゴシック <b>太い</b></p><p>𠮷野 ☑☒☐</p>"
        "<style>@page { @bottom-center { content: '1頁 / ' counter(pages); } }</style>"
    )
    assert fonts_of(made) == {
        "BIZ-UDMincho",
        "BIZ-UDGothic",
        "BIZ-UDGothic-Bold",
        "IPAmjMincho",
        "Hiroba-Marks",
    }
    assert fonts_of(made) <= set(pdf_fonts.NAMES)
    assert fonts_of(paper("<p>明朝だけ</p>")) == {"BIZ-UDMincho"}


def test_the_text_of_ordinary_surnames_marks_and_boxes_can_be_read_out() -> None:
    text = text_of(printed("<p>{{ name }}</p>", {"name": "髙﨑○①㈱□■☑☒☐〒㎡～〜①"}))
    assert "髙﨑○①㈱□■☑☒☐〒㎡～〜①" in text


def test_what_no_font_knows_becomes_a_geta_and_is_told_beforehand() -> None:
    assert pdf.unprintable("髙☑𠮷😀あ❤😀\n葛\U000e0102") == "😀❤"
    text = text_of(printed("<p>{{ name }}</p>", {"name": "こども😀食堂"}))
    assert "こども〓食堂" in text
    assert pdf.unprintable("絵文字のない名前") == ""


def test_kanji_with_a_variation_selector_are_set_in_the_font_that_knows_them() -> None:
    plain, marked = paper("<p>葛城</p>"), paper("<p>{{ name }}</p>", {"name": "葛\U000e0102城"})
    assert fonts_of(plain) == {"BIZ-UDMincho"}
    assert fonts_of(marked) == {"BIZ-UDMincho", "IPAmjMincho"}


@given(st.text(alphabet="葛城a<&\U000e0102 ", max_size=20))
def test_marking_variants_changes_nothing_but_the_marks(text: str) -> None:
    html = f'<title>葛\U000e0102</title><style>/* 葛\U000e0102 */</style><p title="葛\U000e0102">{text.replace("<", "&lt;")}</p>'
    marked = with_variants(html)
    assert marked.replace('<span class="variant">', "").replace("</span>", "") == html
    assert marked.startswith(
        '<title>葛\U000e0102</title><style>/* 葛\U000e0102 */</style><p title="葛\U000e0102">'
    )


def test_what_people_typed_is_text_and_never_markup() -> None:
    evil = "<img src='http://evil.example/x.png'><script>1</script>&amp;"
    text = text_of(printed("<p>{{ name }}</p>", {"name": evil}))
    assert "<script>1</script>&amp;" in text


def _svg(inside: str) -> str:
    return (
        "data:image/svg+xml;base64,"
        + base64.b64encode(
            f"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='9' height='9'>{inside}</svg>".encode()
        ).decode()
    )


@pytest.mark.parametrize(
    "content",
    [
        "<img alt='' src='http://example.com/x.png'>",
        "<img alt='' src='/static/img/logo.svg'>",
        "<img alt='' src='file:///etc/passwd'>",
        "<link rel='stylesheet' href='https://example.com/a.css'>",
        "<p style='background: url(//example.com/a)'>x</p>",
        "<style>@import url(http://example.com/b.css);</style>",
        "<style>@font-face { font-family: x; src: url(http://example.com/f.ttf); }</style>",
        "<img alt='' src='"
        + _svg("<image xlink:href='http://example.com/x.png' width='9' height='9'/>")
        + "'>",
        "<object data='http://example.com/o.svg'></object>",
    ],
)
def test_any_address_outside_the_page_stops_the_paper(content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: asked.append(args))
    monkeypatch.setattr(socket.socket, "connect", lambda *args: asked.append(args))
    with pytest.raises(pdf.ForeignAddress):
        paper(content)
    assert asked == []


def test_images_in_the_page_are_drawn_with_their_words() -> None:
    code = segno.make_qr("https://example.com/documents/verify/x/").svg_data_uri()
    made = paper("<img alt='文書の確認ページの二次元コード' src='{{ code }}'>", {"code": code})
    assert "Figure:文書の確認ページの二次元コード" in tags_of(made)


def test_a_missing_font_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf_fonts, "FOLDERS", (tmp_path,))
    pdf_fonts.font_paths.cache_clear()
    try:
        with pytest.raises(
            pdf.FontsMissing, match="apt-get install fonts-morisawa-bizud-mincho fonts-morisawa-bizud-gothic"
        ):
            pdf_fonts.font_paths()
    finally:
        pdf_fonts.font_paths.cache_clear()


def test_all_biz_fonts_know_the_same_characters() -> None:
    """What is told unprintable is read from one of them."""
    known = [
        set(TTFont(path, lazy=True).getBestCmap()) for path in pdf_fonts.font_paths() if "BIZ" in path.name
    ]
    assert len(known) == 4
    assert all(one == known[0] for one in known)


def test_two_threads_print_at_once() -> None:
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(pdf.render_html(SMALL))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert all(one.startswith(b"%PDF-") for one in made)


SMALL = "<!doctype html><html lang='ja'><head><title>題</title></head><body><p>本文 髙﨑</p></body></html>"


def test_memory_does_not_grow_with_every_paper() -> None:
    """The bar is 20 MB over 200 papers (bin/bench measures it); a leak of a font configuration each would show here."""
    grown = growth_over(lambda: pdf.render_html(SMALL), times=60)
    assert grown.grown_mb < 8, grown

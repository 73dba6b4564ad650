"""What a browser would send from a page without anybody changing anything."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    """The values of the first form of <main> that posts."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._in_main = self._in_form = self._done = False
        self._select = self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "main":
            self._in_main = True
        if tag == "form" and self._in_main and given.get("method") == "post" and not self._done:
            self._in_form = True
        if not self._in_form:
            return
        name = given.get("name", "")
        if tag == "input" and name and given.get("type") not in ("file", "submit"):
            if given.get("type") not in ("radio", "checkbox") or "checked" in given:
                self.values[name] = given.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and (self._select not in self.values or "selected" in given):
            self.values[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._text, self.values[name] = name, ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.values[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""
        elif tag == "form" and self._in_form:
            self._in_form, self._done = False, True


def form_values(content: bytes) -> dict[str, str]:
    """The fields of the page's form with their values, its keys included."""
    reader = _Form()
    reader.feed(content.decode())
    return reader.values

"""Forms as a browser reads them out of a page and sends them.

With the token that stands in the page, and no other.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

NEVER_SENT = ("submit", "button", "image", "reset", "file")


@dataclass
class Form:
    action: str
    method: str
    fields: list = field(default_factory=list)
    buttons: list = field(default_factory=list)

    def data(self, button=None):
        """Return what is sent when this button is pressed, each name with all its values."""
        pairs = [*self.fields, *([button] if button else [])]
        data = {}
        for name, value in pairs:
            data.setdefault(name, []).append(value)
        return data


class FormParser(HTMLParser):
    """Collects the forms of a page; fields and buttons outside of a form name it by its id."""

    def __init__(self):
        super().__init__()
        self.forms = []
        self.by_id = {}
        self.current = None
        self.elsewhere = []  # fields and buttons that name a form
        self.text = None  # name and content of the textarea that is open
        self.select = None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.current = Form(
                attributes.get("action") or "", (attributes.get("method") or "get").lower()
            )
            self.forms.append(self.current)
            self.by_id[attributes.get("id")] = self.current
        elif tag == "option" and self.select and "selected" in attributes:
            self.add("fields", attributes, (self.select["name"], attributes.get("value", "")))
        elif tag == "select" and attributes.get("name"):
            self.select = attributes
        elif tag == "textarea" and attributes.get("name"):
            self.text = (attributes, [])
        elif tag in ("input", "button"):
            self.handle_control(tag, attributes)

    def handle_control(self, tag, attributes):
        kind = (attributes.get("type") or ("submit" if tag == "button" else "text")).lower()
        pair = (attributes.get("name"), attributes.get("value") or "")
        if kind == "submit":
            self.add("buttons", attributes, pair if pair[0] else None)
        elif not pair[0] or kind in NEVER_SENT or "disabled" in attributes:
            return
        elif kind in ("checkbox", "radio"):
            if "checked" in attributes:
                self.add("fields", attributes, (pair[0], attributes.get("value", "on")))
        else:
            self.add("fields", attributes, pair)

    def handle_data(self, data):
        if self.text:
            self.text[1].append(data)

    def handle_endtag(self, tag):
        if tag == "form":
            self.current = None
        elif tag == "textarea" and self.text:
            attributes, parts = self.text
            self.add("fields", attributes, (attributes["name"], "".join(parts).removeprefix("\n")))
            self.text = None
        elif tag == "select":
            self.select = None

    def add(self, kind, attributes, pair):
        if attributes.get("form"):
            self.elsewhere.append((attributes["form"], kind, pair))
        elif self.current:
            getattr(self.current, kind).append(pair)

    def close(self):
        super().close()
        for name, kind, pair in self.elsewhere:
            if name in self.by_id:
                getattr(self.by_id[name], kind).append(pair)


def forms_of(html):
    """Return the forms of a page that change something."""
    parser = FormParser()
    parser.feed(html)
    parser.close()
    return [form for form in parser.forms if form.method == "post"]


def send(client, path, form, button=None):
    return client.post(urljoin(path, form.action).partition("#")[0], form.data(button))

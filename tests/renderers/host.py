"""A host of forms as small as can be: it shows a page, takes what comes back, and shows that again, or is content."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl

import cse_forms
from cse_forms.answers.submitted import Parsed
from cse_forms.renderers.html import renderer
from tests.forms import to_bytes

SCRIPTS = files("cse_forms") / "browser"
TOKEN = ("token", 'of the host"><')


@dataclass
class Host:
    """What is shown, and what came back."""

    form: cse_forms.Form
    address: str = ""
    answers: Any = None
    prefix: str = ""
    """That of a fragment in a page of the host's own; empty for a whole page."""
    options: dict[str, Any] = field(default_factory=dict)
    received: list[Parsed] = field(default_factory=list)

    def page(self, answers: Any) -> str:
        addresses = {"script": "/page.js", "definition": "/form.json"}
        if not self.prefix:
            return self.form.page(answers, fields=[TOKEN], **addresses | self.options)
        part = self.form.fragment(answers, prefix=self.prefix, fields=[TOKEN], **addresses | self.options)
        style = renderer.style_sheet(self.form.page_document(), prefix=self.prefix)
        head = f"<title>Theirs</title><style>{style}</style><script type=module src=/page.js></script>"
        return f"<!DOCTYPE html><html lang=en>{head}<main><h1>Theirs</h1>{part}</main>"

    def take(self, pairs: list[tuple[str, str]]) -> str:
        """Return the page that answers what was sent."""
        assert TOKEN in pairs
        parsed = self.form.parse(pairs, expected={TOKEN[0]})
        self.received.append(parsed)
        if parsed.button == "continue" and parsed.is_clean and self.form.validate(parsed.response.answers).valid:
            return "<!DOCTYPE html><html lang=en><title>Done</title><main><h1>Done</h1></main></html>"
        return self.page(parsed)


@contextmanager
def hosted(form: cse_forms.Form, answers: Any = None, *, prefix: str = "", **options: Any) -> Iterator[Host]:
    """Serve a form on this machine."""
    host = Host(form, answers=answers, prefix=prefix, options=options)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.removeprefix("/")
            if name == "form.json":
                self._send(to_bytes(dict(form.schema)), "application/json")
            elif name.endswith(".js"):
                self._send((SCRIPTS / name).read_bytes(), "text/javascript")
            elif name == "":
                self._send(host.page(host.answers).encode(), "text/html; charset=utf-8")
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._send(host.take(self._pairs(body)).encode(), "text/html; charset=utf-8")

        def _pairs(self, body: bytes) -> list[tuple[str, str]]:
            kind = self.headers["Content-Type"]
            if kind.startswith("application/x-www-form-urlencoded"):
                return parse_qsl(body.decode("ascii"), keep_blank_values=True, encoding="utf-8")
            message = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
            parts: Any = message.get_payload()
            return [
                (part.get_param("name", header="content-disposition"), part.get_payload(decode=True).decode())
                for part in parts
            ]

        def _send(self, data: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing: a log would hold answers."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    host.address = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

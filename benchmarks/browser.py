"""Somebody signed in, over HTTP, with their own session and CSRF token."""

import re
from urllib.parse import urlencode

from .wire import Answer, Wire

PASSWORD = "carmanana-demo"
TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


class Unexpected(Exception):
    """The server answered something else than it should; there is nothing to measure."""

    def __init__(self, what: str, answer: Answer):
        words = re.sub(r"<[^>]*>|\s+", " ", answer.text)
        super().__init__(f"{what}: {answer.status} {answer.header('location')}\n{re.sub(' +', ' ', words)[:600]}")
        self.status = answer.status


class Browser:
    def __init__(self, port: int, who: str):
        self.port, self.wire = port, Wire(port)
        self.cookie = self.token = ""
        self._sign_in(who)

    def get(self, path: str, **headers) -> bytes:
        return self._request("GET", path, headers, b"")

    def post(self, path: str, form: dict, page: str = "") -> bytes:
        """As htmx sends it from `page`, or as a plain form."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self.token}
        return self._request(
            "POST", path, headers | (self.htmx(page) if page else {}), urlencode(form, doseq=True).encode()
        )

    def htmx(self, page: str) -> dict:
        """What htmx tells with a request of its own."""
        return {
            "HX-Request": "true",
            "HX-Request-Type": "partial",
            "HX-Current-URL": f"http://127.0.0.1:{self.port}{page}",
        }

    def ask(self, request: bytes) -> Answer:
        return self.wire.ask(request)

    def read(self, path: str, **headers) -> Answer:
        """A page that must be there."""
        answer = self.ask(self.get(path, **headers))
        if answer.status != 200:
            raise Unexpected(path, answer)
        return answer

    def close(self) -> None:
        self.wire.close()

    def _request(self, method: str, path: str, headers: dict, body: bytes) -> bytes:
        common = {
            "Host": f"127.0.0.1:{self.port}",
            "Accept-Encoding": "gzip, deflate, br, zstd",
            "Cookie": self.cookie,
            "Sec-Fetch-Site": "same-origin",
            "User-Agent": "bench",
        }
        if method == "POST":
            common["Content-Length"] = str(len(body))
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in (common | headers).items())]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + body

    def _sign_in(self, who: str) -> None:
        self._keep(self.read("/sign-in"))
        answer = self.ask(self.post("/sign-in", {"email": f"{who}@carmanana.example", "password": PASSWORD}))
        if answer.status != 303:
            raise Unexpected(f"signing in as {who}", answer)
        self._keep(answer)
        self._keep(self.read("/notifications/"))

    def _keep(self, answer: Answer) -> None:
        if cookie := answer.header("set-cookie"):
            self.cookie = cookie.split(";")[0]
        if token := TOKEN.search(answer.text):
            self.token = token.group(1)

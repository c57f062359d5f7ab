"""Whoever is slow, dead or ill-meaning costs the server a connection, and no thread of those who work."""

import resource
import socket
from contextlib import suppress
from threading import Event, Thread

import pytest

from carmanana.serving import connections, listening
from tests.cast import Cast

from .test_serving import server, token

__all__ = ["server"]

MANY = 200
THREADS = 16
POST = (
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
    b"5000\r\n\r\nemail="
)
HEAD = b"GET /sign-in HTTP/1.1\r\nHost: local"


@pytest.fixture
def crowd(server):
    """Connections on which something was sent, and nothing more will be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    opened = []

    def open_many(sent: bytes, count: int = MANY) -> list[socket.socket]:
        for _ in range(count):
            opened.append(socket.create_connection(("127.0.0.1", server.port), 60))
            opened[-1].sendall(sent)
        return opened[-count:]

    yield open_many
    for each in opened:
        each.close()
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def a_person_works(server, deal_id: int, words: str) -> None:
    page = server.ask("GET", f"/deals/{deal_id}")[1]
    form = {"kind": "note", "summary": words, "csrf_token": token(page)}
    assert server.ask("POST", f"/deals/{deal_id}/activities/new", form)[0] == 303
    assert words in server.ask("GET", f"/deals/{deal_id}")[1]


@pytest.mark.parametrize("sent", [POST, HEAD, b""], ids=["half a form", "half a head", "nothing"])
def test_a_person_works_beside_two_hundred_half_sent_requests(server, crowd, sent):
    cast = Cast()
    deal = cast.deal(cast.agent)
    server.sign_in("agent")
    crowd(sent)
    for number in range(5):
        a_person_works(server, deal.id, f"while they hang {number}")


def test_a_person_works_beside_readers_who_do_not_read(server, crowd):
    cast = Cast()
    deal = cast.deal(cast.agent)
    server.sign_in("agent")
    page = f"GET /static/vendor/htmx.min.js HTTP/1.1\r\nHost: localhost\r\nCookie: {server.cookie}\r\n\r\n"
    board = f"GET /board/used-vehicle-orders HTTP/1.1\r\nHost: localhost\r\nCookie: {server.cookie}\r\n\r\n"
    crowd((page + board).encode() * 50, 4 * THREADS)
    a_person_works(server, deal.id, "while they do not read")


def test_more_than_may_be_connected_shut_nobody_out(server, crowd):
    cast = Cast()
    deal = cast.deal(cast.agent)
    server.sign_in("agent")
    crowd(POST, 2 * connections.MOST + 100)
    a_person_works(server, deal.id, "in a crowd")


@pytest.mark.parametrize("chunked", [False, True], ids=["with its length", "in chunks"])
def test_what_is_far_too_large_is_told_to_who_sends_it_to_the_end(server, crowd, chunked):
    """Most programs listen only when they have sent everything; a connection that is closed before is reset."""
    crowd(POST, 8 * THREADS)
    size, block = 60 * connections.MEGABYTE, b"x" * connections.MEGABYTE
    head = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\n"
    head += b"Transfer-Encoding: chunked" if chunked else b"Content-Length: %d" % size
    with socket.create_connection(("127.0.0.1", server.port), 60) as sender:
        sender.sendall(head + b"\r\n\r\n")
        for _ in range(size // len(block)):
            sender.sendall(b"%x\r\n%s\r\n" % (len(block), block) if chunked else block)
        answer = b""
        while part := sender.recv(65536):
            answer += part
    assert answer.startswith(b"HTTP/1.1 413 ") and b"That is too large" in answer


class Waiting:
    """A connection as the loop sees it, at a second of its life."""

    def __new__(cls, **known):
        connection = connections.Connection.__new__(connections.Connection)
        connection.__dict__.update(
            dict(began=0, moved=0, served=False, requests=[], request=None, rests_since=0, total_outbufs_len=0) | known
        )
        return connection


@pytest.mark.parametrize(
    "known, lasts",
    [
        (dict(), connections.PATIENCE),
        (dict(served=True), connections.IDLE),
        (dict(request="half"), connections.PATIENCE),
        (dict(request="half", moved=100 * connections.PACE), connections.PATIENCE + 100),
        (dict(total_outbufs_len=50_000), connections.PATIENCE),
        (dict(total_outbufs_len=50_000, moved=100 * connections.PACE), connections.PATIENCE + 100),
        (dict(requests=["at work"]), None),
    ],
)
def test_how_long_a_connection_is_kept(known, lasts):
    connection = Waiting(**known)
    assert not connection.overdue(lasts or 10_000)
    assert lasts is None or connection.overdue(lasts + 1)


def test_what_is_thrown_away_is_heard_for_as_long_as_it_comes(monkeypatch):
    """Who sends sixty megabytes over a slow line is told at their end; who sends without an end is not."""
    lingers = Waiting(lingers_until=10)
    monkeypatch.setattr(connections.time, "monotonic", lambda: 500)
    lingers.received(b"x")
    assert not lingers.overdue(500 + connections.LINGERING) and lingers.overdue(501 + connections.LINGERING)
    assert not lingers.will_close
    lingers.thrown_away = connections.MOST_THROWN_AWAY
    lingers.received(b"x")
    assert lingers.will_close


def test_a_refusal_that_is_answered_while_the_loop_looks_at_it_lingers_too(monkeypatch):
    """Another thread answers, and says only then that the connection is to be closed."""
    refused = Waiting(unread=True, requests=["refused"], total_outbufs_len=1, connected=True)

    def answer():
        refused.requests, refused.close_when_flushed, refused.total_outbufs_len = [], True, 0

    monkeypatch.setattr(connections.Connection, "_flush_exception", lambda self, flush: self.requests and answer())
    monkeypatch.setattr(connections.Connection, "_linger", lambda self: setattr(self, "lingers_until", 1))
    monkeypatch.setattr(connections.Connection, "handle_close", lambda self: pytest.fail("it was hung up"))
    refused.handle_write()
    answer()
    refused.handle_write()
    assert refused.lingers_until and not refused.will_close


@pytest.fixture
def impatient(monkeypatch):
    """The port of a server that waits for a tenth of a second."""
    monkeypatch.setattr(connections, "PATIENCE", 0.1)
    sock = listening.listen(0)
    server = connections.Server(lambda environ, start: start("200 OK", []) and [b"answered"], sock, 1, 10_000)
    stopping = Event()
    thread = Thread(target=server.serve, args=[stopping.is_set])
    thread.start()
    yield sock.getsockname()[1]
    stopping.set()
    server.pull_trigger()
    thread.join()


@pytest.mark.parametrize("sent", [POST, HEAD, b""], ids=["half a form", "half a head", "nothing"])
def test_who_sends_no_more_is_let_go(impatient, sent):
    with socket.create_connection(("127.0.0.1", impatient), 60) as half:
        with suppress(ConnectionError):  # so does it end where the server had not read what was sent
            half.sendall(sent)
            assert half.recv(1) == b""


def test_a_request_that_has_arrived_when_the_server_is_told_to_stop_is_answered():
    """On a connection that was kept for it; nobody is hung up on without an answer."""
    sock, told = listening.listen(0), Event()
    served = connections.Server(hello, sock, 2, 1_000)
    with socket.create_connection(sock.getsockname(), 60) as browser:

        def stopping() -> bool:
            if told.is_set():
                browser.sendall(b"GET /second HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return told.is_set()

        serving = Thread(target=served.serve, args=[stopping])
        serving.start()
        browser.sendall(b"GET /first HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert received(browser, b"/first")
        told.set()
        served.pull_trigger()
        assert received(browser, b"/second") and browser.recv(1_000) == b"", "answered, and then let go"
        serving.join(60)
    sock.close()


def test_an_answer_without_a_body_leaves_its_connection_open_unless_it_is_asked_to_close():
    """A page that is open asks every few seconds; what has not changed is asked for with each page."""
    asked = b"GET /%b HTTP/1.1\r\nHost: localhost\r\n%b\r\n"
    sock, told = listening.listen(0), Event()
    served = connections.Server(nothing_new, sock, 1, 1_000)
    serving = Thread(target=served.serve, args=[told.is_set])
    serving.start()
    with socket.create_connection(sock.getsockname(), 60) as browser:
        for status in (b"204", b"304", b"204"):
            browser.sendall(asked % (status, b""))
            assert received(browser, b"HTTP/1.1 " + status)
        browser.sendall(asked % (b"204", b"Connection: close\r\n"))
        assert received(browser, b"Connection: close") and not received(browser, b"more")
    told.set()
    served.pull_trigger()
    serving.join()
    sock.close()


def nothing_new(environ, start_response):
    start_response(f"{environ['PATH_INFO'][1:]} Nothing New", [])
    return []


def received(browser: socket.socket, words: bytes) -> bool:
    got = b""
    while words not in got and (more := browser.recv(1_000)):
        got += more
    return words in got


def hello(environ, start_response):
    start_response("200 OK", [("Content-Length", str(len(environ["PATH_INFO"])))])
    return [environ["PATH_INFO"].encode()]

"""waitress, which gives a thread to a request only when all of it has arrived and takes each answer off it at once, so
that whoever is slow costs a connection and never a thread. Here it learns when a connection has waited for long
enough."""

import socket
import threading
import time
from contextlib import suppress

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher, WSGITask

from . import memory
from .too_large import MEGABYTE, ROOM, Request

PATIENCE = 15  # seconds for the first bytes of a request, and before a transfer has to keep its pace
PACE = 2_000  # bytes a second that a request, or an answer on its way out, makes at least
IDLE = 75  # seconds that a connection is kept for its next request
MOST = 500  # connections of one process; beyond, who has waited for longest makes room
DRAINING = 10  # seconds for what is under way when the server is to stop
GIVING_BACK = 5  # seconds between two looks for memory that the system can have back
LINGERING = 10  # seconds without any, and bytes, after which no more is thrown away of a request that was refused
MOST_THROWN_AWAY = 200 * MEGABYTE


class LatestFirst:
    """Where threads wait for a request: the one that has worked last gets the next. What its connection to the database
    has read is still at hand, and what it runs is still in the processor's own memory."""

    def __init__(self, lock: threading.Lock):
        self.lock, self.waiting = lock, []

    def wait(self) -> None:
        asleep = threading.Lock()
        asleep.acquire()
        self.waiting.append(asleep)
        self.lock.release()
        try:
            asleep.acquire()
        finally:
            self.lock.acquire()

    def notify(self) -> None:
        if self.waiting:
            self.waiting.pop().release()

    def notify_all(self) -> None:
        while self.waiting:
            self.notify()


class Work(WSGITask):
    """waitress hangs up behind an answer that does not tell its length. One without a body needs none: an open page
    asks every few seconds and hears that nothing is new, on the same connection."""

    def set_close_on_finish(self) -> None:
        if self.has_body or self.version != "1.1" or self.request.headers.get("CONNECTION", "").lower() == "close":
            super().set_close_on_finish()


class Connection(HTTPChannel):
    """What arrives or leaves now is measured since `began`: it has moved so many bytes. `unread` says that it was
    refused before all of it had come: closed at once, it would be reset under the hands of who still sends, and the
    answer with it (RFC 9112, 9.6)."""

    task_class, parser_class = Work, Request
    unread, lingers_until, thrown_away = False, 0.0, 0

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._start_measuring()
        self.rests_since, self.served = self.began, False

    def received(self, data):
        if self.lingers_until:
            self.thrown_away += len(data)
            self._linger_from_now()
            self.will_close |= self.thrown_away > MOST_THROWN_AWAY
            return False
        if self.request is None:
            self._start_measuring()
        self.moved += len(data)
        return super().received(data)

    def write_soon(self, data):
        if not self.total_outbufs_len:
            self._start_measuring()
        return super().write_soon(data)

    def send(self, data, do_close=True):
        sent = super().send(data, do_close)
        self.moved += sent
        return sent

    def handle_write(self):
        if self.unread and self.requests:
            return  # whether it lingers is known once it is answered, by another thread
        lingers = self.unread and self.close_when_flushed
        if lingers:
            self.close_when_flushed = False
        super().handle_write()
        if lingers and self.total_outbufs_len:
            self.close_when_flushed = True
        elif lingers and self.connected and not self.will_close:
            self._linger()

    def _linger(self) -> None:
        self._linger_from_now()
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)

    def _linger_from_now(self) -> None:
        self.lingers_until = time.monotonic() + LINGERING

    def service(self):
        self.unread |= bool(self.requests and self.requests[0].error)
        self._rest_from_now()  # before it is without a request again, which another thread may see at once
        super().service()
        self._rest_from_now()

    def _rest_from_now(self) -> None:
        self.rests_since, self.served = time.monotonic(), True

    def _start_measuring(self) -> None:
        self.began, self.moved = time.monotonic(), 0

    def waits(self) -> bool:
        """Nobody works on it: it may be closed without taking an answer from anybody who keeps the pace."""
        return not self.requests

    def is_done(self) -> bool:
        return self.waits() and not self.total_outbufs_len

    def overdue(self, now: float) -> bool:
        if self.lingers_until:
            return now > self.lingers_until
        if self.total_outbufs_len or self.request is not None:
            return now - self.began > PATIENCE + self.moved / PACE
        return self.waits() and now - self.rests_since > (IDLE if self.served else PATIENCE)


class Server(TcpWSGIServer):
    channel_class = Connection

    def __init__(self, application, sock, threads: int, largest: int):
        adjustments = Adjustments(
            ident=None,
            threads=threads,
            asyncore_use_poll=True,
            cleanup_interval=1,
            max_request_header_size=64 * 1024,
            max_request_body_size=largest + ROOM,
            clear_untrusted_proxy_headers=False,
        )
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.queue_cv = LatestFirst(dispatcher.lock)
        dispatcher.set_thread_count(threads)
        whereabouts = (sock.family, sock.type, sock.proto, sock.getsockname())
        super().__init__(application, {}, True, sock, dispatcher, adjustments, whereabouts, bind_socket=False)
        self.gives_back_at = time.monotonic() + GIVING_BACK

    def readable(self):
        """Asked before each round of the loop: may somebody be let in?"""
        now = time.monotonic()
        if now >= self.next_channel_cleanup:
            self.next_channel_cleanup = now + self.adj.cleanup_interval
            self.maintenance(now)
        if full := len(self.active_channels) >= MOST:
            self._make_room()
        return self.accepting and not full

    def maintenance(self, now: float) -> None:
        for connection in self.active_channels.values():
            if connection.overdue(now):
                connection.will_close = True
        if now >= self.gives_back_at:
            self.gives_back_at = now + GIVING_BACK
            memory.give_back()

    def _make_room(self) -> None:
        waiting = [connection for connection in self.active_channels.values() if connection.waits()]
        if waiting:
            min(waiting, key=lambda connection: connection.began).will_close = True

    def serve(self, stopping) -> None:
        """Until `stopping()`; then nobody is let in any more, and what is under way is finished."""
        while not stopping():
            self._round(1)
        self.accepting, until = False, time.monotonic() + DRAINING
        while self.active_channels and time.monotonic() < until:
            self._let_go_of_who_is_done()
        self._round(0.05)
        self.task_dispatcher.shutdown()

    def _round(self, seconds: float) -> None:
        self.asyncore.loop(timeout=seconds, use_poll=True, map=self._map, count=1)

    def _let_go_of_who_is_done(self) -> None:
        """Whoever had their answer before this round is heard in it, so that a request which has arrived is read."""
        done = [connection for connection in self.active_channels.values() if connection.is_done()]
        self._round(0.05)
        for connection in done:
            connection.will_close |= connection.is_done()

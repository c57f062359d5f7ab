"""What is written of a request that broke: where and how, and nothing that anybody typed."""

import logging
import smtplib

import pytest
from peewee import OperationalError

from carmanana.core.logs import OURS, Line, to_stderr

TYPED = "Nora Vega, +1 305 555 1234, nora@example.org"
BREAKS = {
    "a value": (lambda: int(TYPED), "builtins.ValueError"),
    "a file": (lambda: open(TYPED, encoding="utf-8"), "builtins.FileNotFoundError: No such file or directory"),
    "a mail server": (lambda: (_ for _ in ()).throw(smtplib.SMTPDataError(550, TYPED.encode())), "SMTPDataError"),
    "another within": (lambda: {"a": 1}[TYPED], "builtins.KeyError"),
    "the database": (lambda: (_ for _ in ()).throw(OperationalError("database is locked")), "database is locked"),
}


@pytest.mark.parametrize("breaks, told", BREAKS.values(), ids=BREAKS)
def test_a_crash_is_told_without_what_was_typed(app, visit, caplog, monkeypatch, breaks, told):
    def view():
        try:
            breaks()
        except LookupError as error:
            raise RuntimeError(TYPED) from error

    agent = visit("agent")
    view.access = app.view_functions["boards.first"].access
    monkeypatch.setitem(app.view_functions, "boards.first", view)
    monkeypatch.setattr(logging.getLogger("carmanana"), "propagate", True)
    assert agent.get("/board/").status_code >= 500
    lines = [Line().format(record) for record in caplog.records if record.exc_info]
    quoted = [part for part in ("Nora Vega", "305 555", "nora@example.org") for line in lines if part in line]
    assert lines and not quoted, lines
    assert told in lines[0] and "test_logs.py" in lines[0]


def test_the_worker_writes_lines_of_the_same_kind(monkeypatch):
    logs = [logging.getLogger(name) for name in OURS]
    for log in logs:
        monkeypatch.setattr(log, "handlers", [])
    to_stderr()
    assert all(isinstance(log.handlers[0].formatter, Line) and not log.propagate for log in logs)

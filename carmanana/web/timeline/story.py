"""The timeline of one record as its page shows it, with its filters. What has been drawn is kept by all that it was
read from."""

from collections.abc import Callable

from flask import render_template, request
from markupsafe import Markup

from carmanana.core.audit import told_of
from carmanana.core.db import Record
from carmanana.core.undo import UndoStep
from carmanana.records.mail import Letter
from carmanana.web.fragment_cache import kept
from carmanana.web.timeline import FILTERS, counts_of, offer_undo, timeline
from carmanana.web.timeline.history import LOGS, Past, pipeline_names, stage_names
from carmanana.web.timeline.lines import lines

EVERYTHING = "everything"
READ = ("history", "activities", "files", "people", "stage_names", "pipeline_names")


def asked_for(record: Record) -> dict[str, tuple]:
    """What the timeline of a record is read from, for `ask_together`."""
    log, id = LOGS[type(record)], record.id
    found = {name: (query, id) for name, query in vars(log).items()}
    return found | {
        "history": (told_of, type(record)._meta.table_name, id),
        "stage_names": (stage_names,),
        "pipeline_names": (pipeline_names,),
    }


def story(
    record: Record,
    address: str,
    read: dict[str, str],
    undo: UndoStep | None = None,
    letters: dict[int, Letter] | None = None,
    may_handle: Callable | None = None,
) -> Markup:
    """`address` is that of the page, `read` what was asked together. A line that may be undone and letters stand
    otherwise for everybody."""
    shown = shown_filter()

    def draw() -> str:
        entries = timeline(Past.of(record))
        offer_undo(entries, undo)
        told = [entry for entry in entries if shown == EVERYTHING or entry.kind in FILTERS[shown]]
        return render_template(
            "shared/_timeline.html",
            address=address,
            shown=shown,
            counts=counts_of(entries),
            lines=lines(told, record, letters, may_handle),
        )

    if undo or letters or not read:
        return Markup(draw())
    return kept("story", map(read.get, READ), (address, record.version, shown), draw)


def shown_filter() -> str:
    shown = request.args.get("show", EVERYTHING)
    return shown if shown in FILTERS else EVERYTHING

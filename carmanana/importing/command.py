"""`flask import FILE`: the same import as by the page, with the same choices and the same look at what will happen, run
at once. Where the page would ask, it refuses and says what to add."""

import time
from dataclasses import dataclass
from pathlib import Path

import click

from carmanana.core.money import SYMBOLS
from carmanana.core.workflow import Refused
from carmanana.importing import stored_sheets
from carmanana.importing.cells.dates import ORDERS
from carmanana.importing.cells.values import STYLES
from carmanana.importing.choices import LOADABLE, NOBODY, PHONE_REGIONS, Choices, fold
from carmanana.importing.columns import ASK, DETAIL, LEFT_OUT
from carmanana.importing.duplicates import chosen
from carmanana.importing.fields import RECORDS
from carmanana.importing.files.encodings import NAMES
from carmanana.importing.files.unreadable import Unreadable
from carmanana.importing.kinds import KINDS
from carmanana.importing.lifecycle import import_steps
from carmanana.importing.records.choices import ASSIGNEE
from carmanana.importing.records.columns import fields_of
from carmanana.importing.running import run
from carmanana.importing.telling import LISTED, Progress, tell, tell_preview, tell_reading
from carmanana.importing.terms import MAKE, USE, Terms, with_values, words_of
from carmanana.importing.uploading import read_again, set_terms, start, throw_away, upload
from carmanana.records.deal_codes import LOSS_REASONS
from carmanana.records.deals import Hold
from carmanana.records.imports import DONE, FAILED, QUEUED, RUNNING, ImportBatch

PATIENCE = 13
OUT = "out"


@dataclass
class Options:
    """What was said on the command line; `maps`, `stages` and `owners` are pairs written "In the file=Here"."""

    kind: str | None = None
    pipeline: str | None = None
    state: str | None = None
    maps: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    dates: str | None = None
    numbers: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    heading_row: int | None = None
    without_hidden: bool = False
    currency: str | None = None
    phones: str | None = None
    readiness: str | None = None
    loss_reason: str | None = None
    waits_for: str | None = None
    known: str = USE
    same_name: bool = False
    make_deals: bool = False
    again: bool = False
    dry_run: bool = False


def import_from(file: str, options: Options) -> None:
    """Bring a file in and say what came of it; ClickException where it cannot be read or something must be said
    first."""
    try:
        batch = _begun(file, options)
        if batch is None:
            return
        batch = _run(batch)
    except Unreadable as unreadable:
        raise click.ClickException(unreadable.sentence) from None
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    tell(batch)


def _begun(file: str, options: Options) -> ImportBatch | None:
    """A new import, or the one of this very file that was cut off; none where it was only to be looked at."""
    with open(file, "rb") as stream:
        batch = upload(stream, Path(file).name, None)
    if unfinished := _unfinished(batch):
        throw_away(batch, None)
        click.echo(f"Going on behind row {unfinished.at_row}, where this import was cut off.")
        return unfinished
    try:
        _choose(batch, options)
        if not options.dry_run:
            return start(batch, None, options.again, duplicates=chosen(options.known, (), None))
    except (Refused, Unreadable, click.ClickException):
        throw_away(batch, None)
        raise
    throw_away(batch, None)
    click.echo("Nothing was brought in, as this was a dry run.")
    return None


def _unfinished(batch: ImportBatch) -> ImportBatch | None:
    cut_off = ImportBatch.state.in_((QUEUED, RUNNING, FAILED)) & (ImportBatch.sha256 == batch.sha256)
    return ImportBatch.select().where(cut_off, ImportBatch.id != batch.id).order_by(ImportBatch.id.desc()).first()


def _choose(batch: ImportBatch, options: Options) -> None:
    if options.sheet or options.encoding or options.heading_row or options.without_hidden or options.kind in RECORDS:
        read_again(
            batch,
            None,
            kind=options.kind if options.kind in RECORDS else "",
            name=_sheet(batch, options.sheet),
            encoding=options.encoding or "",
            heading_row=options.heading_row or 0,
            without_hidden=options.without_hidden,
        )
    if batch.same_file and not options.again:
        _refuse_twin(options.dry_run)
    head, terms, choices = stored_sheets.head(batch.stored), Terms.of(batch.mapping), Choices()
    _set_columns(terms, head, options)
    _set_terms(terms, choices, options)
    with_values(terms, head, choices)
    _match(terms, head, choices, "stage", options.stages)
    _match(terms, head, choices, ASSIGNEE if terms.records else "owner", options.owners)
    tell_reading(batch, terms, head)
    _refuse_open_questions(terms, head, options)
    set_terms(batch, terms, None)
    tell_preview(batch)


def _refuse_twin(dry_run: bool) -> None:
    sentence = "This very file has been brought in before. Add --again where that is meant."
    if not dry_run:
        raise click.ClickException(sentence)
    click.echo(sentence)


def _sheet(batch: ImportBatch, name: str | None) -> str:
    sheets = stored_sheets.head(batch.stored)["sheets"]
    if name and not sheets:
        raise click.ClickException("A CSV file has no sheets. Leave --sheet out.")
    return _of("sheet", name, sheets) or ""


def _set_columns(terms: Terms, head: dict, options: Options) -> None:
    named = {heading.casefold(): place for place, heading in enumerate(head["headings"])}
    for pair in options.maps:
        heading, name = _pair(pair, "--map")
        place = named.get(heading.casefold())
        if place is None:
            _no_such("column", heading, head["headings"])
        terms.columns[place] = LEFT_OUT if name == OUT else _of("field", name, [*fields_of(terms.kind), DETAIL, OUT])


def _set_terms(terms: Terms, choices: Choices, options: Options) -> None:
    if options.kind:
        terms.kind, terms.why = _of("kind", options.kind, KINDS), "was said"
    if options.pipeline is not None:
        slugs = {each.slug: each.id for each in choices.pipelines}
        terms.pipeline = slugs[_of("pipeline", options.pipeline, slugs)]
    if options.state is not None:
        terms.usual_state = _of("state", options.state, LOADABLE)
    terms.date_order = _of("order of dates", options.dates, ORDERS)
    if options.numbers:
        terms.numbers = [_of("style of numbers", options.numbers, STYLES)] * len(terms.columns)
    for name, given, known in (
        ("currency", options.currency, SYMBOLS),
        ("phone_region", options.phones, PHONE_REGIONS),
        ("readiness", options.readiness, choices.options("readiness")),
        ("loss_reason", options.loss_reason, LOSS_REASONS),
        ("sub_status", options.waits_for, Hold.SUB_STATUSES),
    ):
        if given is not None:
            setattr(terms, name, _of(name.replace("_", " "), given, dict(known)))
    terms.same_name = "one" if options.same_name else ""
    terms.no_deal = MAKE if options.make_deals else ""


def _match(terms: Terms, head: dict, choices: Choices, name: str, pairs: tuple[str, ...]) -> None:
    """ "In the file=Here" for one word; a word alone is what all stand for that are matched to nothing."""
    if not pairs:
        return
    if name not in terms.mapped():
        raise click.ClickException(f'No column of the file is its {name}. Say which with --map "Heading={name}".')
    for pair in pairs:
        said, here = _pair(pair, "") if "=" in pair else ("", pair)
        choice = NOBODY if name in ("owner", ASSIGNEE) and fold(here) == NOBODY else choices.recognised(name, here)
        if not choice:
            _no_such(name, here, [label for _, label in choices.options(name)])
        for text, _ in words_of(terms, head, name):
            if fold(text) == fold(said) or not said and not terms.chosen(name, text):
                terms.values[name][fold(text)] = choice


def _refuse_open_questions(terms: Terms, head: dict, options: Options) -> None:
    """What the page would ask, each with the option that answers it."""
    asked = [
        f'What is “{heading}”? Add --map "{heading}=FIELD" ({DETAIL}: keep it in words; {OUT}: leave it out).'
        for heading in _in_question(terms, head)
    ]
    for name in terms.mapped():
        option = {"stage": "--stage", "owner": "--owner", ASSIGNEE: "--owner"}.get(name)
        for text in [text for text, _ in words_of(terms, head, name) if not terms.chosen(name, text)][:LISTED]:
            how = (
                f'Add {option} "{text}=..."'
                if option
                else "Change the word in the file, or match it on the page of imports"
            )
            asked.append(f"What does “{text}” in “{terms.headings[terms.columns.index(name)]}” stand for here? {how}.")
    if not head["sure"] and not options.encoding:
        asked.append(
            f"Are the letters right? They are read as {NAMES[head['encoding']]}. Add --encoding {head['encoding']},"
            f" or another."
        )
    if asked:
        raise click.ClickException("\n  ".join(["Nothing was brought in. Say first:", *asked]))


def _in_question(terms: Terms, head: dict) -> list[str]:
    return [heading for heading, name in zip(head["headings"], terms.columns, strict=False) if name == ASK]


def _pair(text: str, option: str) -> tuple[str, str]:
    said, parted, here = text.rpartition("=")
    if not parted or not said.strip() or not here.strip():
        raise click.ClickException(f'“{text}” is no pair. Write {option} "In the file=Here".')
    return said.strip(), here.strip()


def _of(what: str, given: str | None, known) -> str:
    return given if not given or given in known else _no_such(what, given, known)


def _no_such(what: str, given: str, known) -> None:
    raise click.ClickException(f"There is no {what} “{given}”. Choose one of {', '.join(known)}.")


def _run(batch: ImportBatch) -> ImportBatch:
    """A run that was killed is silent for some seconds before another may take over."""
    if batch.state == FAILED:
        batch = import_steps.fire(batch, "go_on", None)
    progress = Progress()
    for _ in range(PATIENCE):
        done = run(batch, progress)
        batch = ImportBatch.get_by_id(batch.id)
        if done or not batch.working:
            break
        time.sleep(1)
    if batch.state != DONE:
        raise click.ClickException(batch.trouble or "This very file is coming in just now. Wait for it to end.")
    return batch

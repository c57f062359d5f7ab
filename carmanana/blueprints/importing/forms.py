"""The terms of an import, as a person corrects them."""

from flask import request
from wtforms import RadioField, SelectField

from carmanana.core import money
from carmanana.importing.cells.dates import DMY, MDY
from carmanana.importing.cells.values import STYLES
from carmanana.importing.choices import LOADABLE, PHONE_REGIONS, Choices, fold
from carmanana.importing.columns import ASK, DETAIL, LEFT_OUT
from carmanana.importing.duplicates import chosen
from carmanana.importing.fields import RECORDS
from carmanana.importing.files.encodings import NAMES
from carmanana.importing.kinds import KINDS, OF_PEOPLE
from carmanana.importing.records.columns import fields_of
from carmanana.importing.terms import MAKE, USE, Terms, words_of
from carmanana.records.deal_codes import LOSS_REASONS, STATES
from carmanana.records.deals import Hold
from carmanana.records.people import User
from carmanana.web.forms import DealershipForm

ORDERS = {"": "As each column shows", MDY: "Month first: 12/31/2026", DMY: "Day first: 31/12/2026"}
ROWS = {"": "Customers, leads or deals"} | RECORDS
NO_DEAL = {"": "Is refused", MAKE: "Makes a deal of its own"}
NOT_LISTED = "Choose from the list."


def _select(label: str, choices: dict | None = None) -> SelectField:
    return SelectField(label, choices=choices, invalid_choice_message=NOT_LISTED)


class TermsForm(DealershipForm):
    kind = RadioField("This file is a list of", choices=list(OF_PEOPLE.items()), invalid_choice_message=NOT_LISTED)
    pipeline = _select("Pipeline")
    usual_state = _select("State", {"": "As the kind of file says"} | {state: STATES[state] for state in LOADABLE})
    readiness = _select("Readiness", {"live": "Live", "organic": "Organic"})
    date_order = _select("Dates are written", ORDERS)
    phone_region = _select("Phones are dialled in", PHONE_REGIONS)
    currency = _select("Currency", {code: code for code in money.SYMBOLS})
    same_name = _select("Rows of the same name", {"": "Are each a customer of their own", "one": "Are one customer"})
    loss_reason = _select("Lost deals were lost by", {"": "Refuse a row that does not say"} | LOSS_REASONS)
    no_deal = _select("A quotation whose deal is not here", NO_DEAL)
    sub_status = _select("Deals on hold wait for", Hold.SUB_STATUSES)

    @classmethod
    def of(cls, terms: Terms, choices: Choices) -> "TermsForm":
        told = terms.told() | {"pipeline": str(terms.pipeline)}
        form = cls(data={name: value for name, value in told.items() if name in cls.__dict__})
        if terms.records:
            form.kind.choices = [(terms.kind, KINDS[terms.kind])]
        form.pipeline.choices = [(str(pipeline.id), pipeline.name) for pipeline in choices.pipelines]
        return form

    def correct(self, terms: Terms) -> None:
        for name, value in self.data.items():
            setattr(terms, name, value)
        terms.pipeline = int(self.pipeline.data)


def sent_look(head: dict) -> dict:
    """How the file is to be read. The row of the headings is of the sheet and the encoding that were shown with it."""
    row, sheet, encoding = (request.form.get(name, "") for name in ("heading_row", "sheet", "encoding"))
    same = sheet in ("", head["sheet"]) and encoding in ("", head["encoding"])
    return {
        "name": sheet,
        "encoding": encoding if encoding in NAMES else "",
        "heading_row": int(row) if same and row.isascii() and row.isdigit() and len(row) < 7 else 0,
        "without_hidden": request.form.get("hidden") == "out",
        "kind": sent_rows(),
    }


def sent_rows() -> str:
    """What the rows were said to be, where it is no matter of their columns."""
    return request.form.get("rows") if request.form.get("rows") in RECORDS else ""


def sent_columns(terms: Terms) -> None:
    """What each column was chosen to be; what is no choice is left as it was."""
    offered = {ASK, DETAIL, LEFT_OUT, *fields_of(terms.kind)}
    chosen = [request.form.get(f"column-{place}", before) for place, before in enumerate(terms.columns)]
    terms.columns = [
        after if after in offered else before for after, before in zip(chosen, terms.columns, strict=False)
    ]
    terms.orders = _turned("order", terms.orders, ORDERS)
    terms.numbers = _turned("numbers", terms.numbers, {"": ""} | STYLES)


def _turned(name: str, before: list[str], offered) -> list[str]:
    """The order of dates or the style of numbers, column by column."""
    chosen = [request.form.get(f"{name}-{place}", one) for place, one in enumerate(before)]
    return [
        after if after in offered and (after or name == "numbers") else one
        for after, one in zip(chosen, before, strict=False)
    ]


def sent_words(terms: Terms, head: dict, choices: Choices) -> None:
    """What each word was matched to."""
    for name in terms.mapped():
        offered = {"", *(choice for choice, _ in choices.options(name))}
        for_all = request.form.get(f"{name}-all", "")
        for place, (text, _) in enumerate(words_of(terms, head, name)):
            chosen = request.form.get(f"{name}-{place}")
            if chosen in offered:
                terms.values[name][fold(text)] = chosen or (for_all if for_all in offered else "")


def sent_duplicates(by: User) -> dict:
    """What becomes of people who are here already, for all and row by row."""
    rows = ((name.removeprefix("row-"), choice) for name, choice in request.form.items() if name.startswith("row-"))
    return chosen(request.form.get("known", USE), rows, by)

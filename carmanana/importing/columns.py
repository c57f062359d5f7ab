"""Which column of a sheet holds which of our fields, known by its heading."""

import re
import tomllib

from rapidfuzz import fuzz, process

from carmanana.importing.cells.words import words
from carmanana.importing.fields import RECORD_FIELDS, REFERENCE, field
from carmanana.schema.search_words import plain as unaccented

DETAIL, LEFT_OUT = "detail", ""
ASK = "ask"
REPORTED = ("Row in the file", "Why it was refused")
EXPORTS = REFERENCE / "headings.toml"
ACCOUNT = "account"  # a customer's name where no person is named
LAST = 99  # of the headings of a field, one of another language or program


OF_CUSTOMERS_AND_DEALS = {
    each.key: each
    for each in (
        field(
            "name",
            "Customer name",
            "Customer",
            "customer name, customer, client name, client, buyer, buyer name, full name, contact name, contact, name",
        ),
        field("first_name", "First name", "Customer", "first name, firstname, given name, forename, first"),
        field("middle_name", "Middle name", "Customer", "middle name"),
        field("last_name", "Last name", "Customer", "last name, lastname, surname, family name, last"),
        field("name_suffix", "Name suffix (Jr., III)", "Customer", "name suffix"),
        field(
            "phone",
            "Phone",
            "Customer",
            "phone, phone number, telephone, tel, mobile, mobile phone, cell, cell phone, home phone, work phone, "
            "customer phone, phone 1, phone 2, contact number",
            "phone",
            True,
        ),
        field(
            "email",
            "Email",
            "Customer",
            "email, e mail, email address, mail, customer email, email 1, email 2",
            "email",
            True,
        ),
        field(
            "region",
            "Region",
            "Customer",
            "customer region, region, state or province, province, state/province, customer state, county",
        ),
        field("country", "Country", "Customer", "country, country name, nation"),
        field("expires_on", "Contract ends on (expiry)", "Customer", "contract end, lease end, expiry date", "date"),
        field("expiry_supplier", "Supplier of that contract", "Customer", "contract supplier, lease supplier"),
        field("expiry_about", "What that contract is for", "Customer", "contract for, what runs out"),
        field("expiry_state", "Whether that contract still counts (Set)", "Customer", "expiry state"),
        field(
            "no_contact",
            "Do not contact at all (yes or no)",
            "Customer",
            "do not contact, no contact, opted out, opt out",
            "opt_out",
        ),
        field(
            "no_calls",
            "Do not call (yes or no)",
            "Customer",
            "do not call, no calls, dnc, phone opt out, do not phone",
            "opt_out",
        ),
        field(
            "no_emails",
            "Do not email (yes or no)",
            "Customer",
            "do not email, no emails, email opt out, unsubscribed, opted out of email",
            "opt_out",
        ),
        field(
            "no_texts",
            "Do not text (yes or no)",
            "Customer",
            "do not text, no texts, sms opt out, text opt out, do not sms",
            "opt_out",
        ),
        field("language", "Language", "Customer", "language, preferred language, customer language, lang"),
        field(
            "external_id",
            "Reference in the other system",
            "Deal",
            "car id, deal id, order id, order number, order no, deal number, deal no, external id, reference, record "
            "id, stock number, id",
        ),
        field(
            "owner",
            "Owner (email of a person here)",
            "Deal",
            "owner, owner email, deal owner, assigned to, salesperson, sales person, sales rep, agent, rep",
            "owner",
        ),
        field("pipeline", "Pipeline", "Deal", "pipeline, board, deal pipeline", "pipeline"),
        field("stage", "Stage", "Deal", "stage, deal stage, sales stage, pipeline stage, step", "stage"),
        field(
            "state", "State", "Deal", "state, status, deal state, deal status, order status, outcome, won lost", "state"
        ),
        field("is_won", "Won (yes or no)", "Deal", "is won, won", "yes_no"),
        field("is_closed", "Closed (yes or no)", "Deal", "is closed, closed", "yes_no"),
        field("deal_name", "Name of the deal", "Deal", "deal name, opportunity name"),
        field("lead_status", "Lead status", "Deal", "lead status"),
        field(
            "readiness",
            "Live or organic",
            "Deal",
            "readiness, live or organic, live organic, live/organic, temperature",
            "readiness",
        ),
        field(
            "order_type",
            "Order type",
            "Deal",
            "order type, deal type, new used, new or used, new/used, condition, type",
            "order_type",
        ),
        field(
            "value",
            "Value",
            "Deal",
            "price, sale price, selling price, deal value, value, amount, total, order value, deal amount",
            "money",
        ),
        field("currency", "Currency", "Deal", "currency, currency code, ccy", "currency"),
        field("vehicle_year", "Vehicle: year", "Vehicle", "vehicle year, model year, year, car year", "year"),
        field("vehicle_make", "Vehicle: make", "Vehicle", "make, vehicle make, brand, manufacturer, car make, company"),
        field("vehicle_model", "Vehicle: model", "Vehicle", "model, vehicle model, car model"),
        field(
            "vehicle",
            "Vehicle in one (year make model)",
            "Vehicle",
            "vehicle, car, vehicle of interest, year make model",
        ),
        field(
            "colour",
            "Vehicle: colour",
            "Vehicle",
            "colour, color, vehicle colour, vehicle color, exterior color, exterior colour, paint",
        ),
        field("body", "Vehicle: body", "Vehicle", "body style, body, body type, vehicle type"),
        field("engine", "Vehicle: engine", "Vehicle", "engine, engine type, motor"),
        field("transmission", "Vehicle: transmission", "Vehicle", "transmission, gearbox, transmission type"),
        field(
            "agreement_on",
            "Agreement signed on",
            "Dates and money",
            "agreement date, agreement on, agreement signed, contract date, signed on, signed",
            "date",
        ),
        field("deposit", "Deposit", "Dates and money", "deposit, deposit paid, deposit amount, down payment", "money"),
        field(
            "eta_on",
            "ETA",
            "Dates and money",
            "eta, expected delivery, expected delivery date, estimated arrival, due date",
            "date",
        ),
        field(
            "delivered_on",
            "Delivered on",
            "Dates and money",
            "delivered on, delivered, delivery date, delivered date, handover date",
            "date",
        ),
        field(
            "closed_on",
            "Sold or closed on",
            "Dates and money",
            "sale date, sold on, sold date, date sold, closed on, close date, closed date, date closed, order date, "
            "purchase date, won date, date",
            "date",
        ),
        field(
            "expected_on",
            "Expected close",
            "Dates and money",
            "expected close date, expected close, expected closing date, forecast date",
            "date",
        ),
        field(
            "created_on",
            "Opened on",
            "Dates and money",
            "created, created on, created at, created date, date created, opened on, enquiry date, inquiry date",
            "date",
        ),
        field(
            "hold_until",
            "On hold until",
            "Dates and money",
            "on hold until, hold until, follow up date, follow up, follow up on, next follow up",
            "date",
        ),
        field(
            "loss_reason",
            "Why lost",
            "Deal",
            "loss reason, lost reason, reason lost, reason for loss, closed lost reason",
            "loss_reason",
        ),
        field("hold_reason", "Why on hold", "Deal", "hold reason, on hold reason, reason for hold, reason"),
        field("source", "Source", "Deal", "source, lead source, deal source, origin, channel"),
        field("notes", "Notes", "Deal", "notes, note, comments, comment, remarks, description", "paragraph", True),
    )
}
OF_CUSTOMERS = {key: each for key, each in OF_CUSTOMERS_AND_DEALS.items() if each.group == "Customer"}
FIELDS = OF_CUSTOMERS_AND_DEALS | {key: each for fields in RECORD_FIELDS.values() for key, each in fields.items()}
DEAL_FIELDS = set(OF_CUSTOMERS_AND_DEALS) - set(OF_CUSTOMERS) - {"owner"}
OPT_OUTS = ("no_calls", "no_emails", "no_texts")
WHOSE = re.compile(r"(?:(?:primary|main|contact|client|customer|buyer|purchaser|prospect|lead|person) )+(.+)")


def plain(heading: str) -> str:
    """ "Price ($) " and "price_usd" as one would say them: "price"."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", words(heading))
    text = re.sub(r"\([^)]*\)|[$€£*:?_.\-#]", " ", text).casefold()
    text = re.sub(r"\b(usd|eur|gbp|cad|mxn)\b", " ", text)
    return " ".join(text.split())


def _unnumbered(heading: str) -> str:
    return " ".join(re.sub(r"\b\d+\b", " ", heading).split())


def _bare(heading: str) -> str:
    """As one would say it, with or without its accents: "Véhicule" and "Vehicule"."""
    return unaccented(plain(heading).replace("’", "'"))


EXPORTED = tomllib.loads(EXPORTS.read_text("utf-8"))
HEADINGS = {_bare(heading): key for table in EXPORTED.values() for heading, key in table.items()} | {
    said: each.key for each in OF_CUSTOMERS_AND_DEALS.values() for said in each.headings
}
RANK = {_bare(heading): LAST + 1 for heading in EXPORTED["general"]} | {
    said: place for each in OF_CUSTOMERS_AND_DEALS.values() for place, said in enumerate(each.headings)
}
UNNUMBERED = {
    _unnumbered(heading): key
    for heading, key in HEADINGS.items()
    if key == DETAIL or key in FIELDS and FIELDS[key].many
}
TOGETHER = {heading.replace(" ", ""): key for heading, key in HEADINGS.items() if " " in heading}


def known(heading: str) -> str | None:
    """The field that a heading names; a slip of the pen in a long one is forgiven."""
    bare = _bare(heading)
    found = HEADINGS.get(bare) or UNNUMBERED.get(_unnumbered(bare)) or TOGETHER.get(bare) or _of_whom(bare)
    if found or len(bare) < 6:
        return found
    near = process.extractOne(bare, HEADINGS.keys(), scorer=fuzz.ratio, score_cutoff=93)
    return HEADINGS[near[0]] if near else None


def _of_whom(bare: str) -> str | None:
    """ "Contact Email", "Buyer Mobile 2": what is said of whoever buys, by whatever name, is the customer's."""
    whose = WHOSE.fullmatch(bare)
    rest = whose[1] if whose else ""
    key = "region" if rest == "state" else HEADINGS.get(rest) or UNNUMBERED.get(_unnumbered(rest))
    return key if key in OF_CUSTOMERS else None


def detected(headings: list[str]) -> list[str]:
    """A field for each column: the best-fitting heading has it, what is left over is kept as
    detail, but for what our own report has added."""
    chosen = [LEFT_OUT if heading in REPORTED else DETAIL for heading in headings]
    for column in sorted(range(len(headings)), key=lambda c: RANK.get(_bare(headings[c]), LAST)):
        key = known(headings[column])
        if key and key != DETAIL and key not in chosen or key in FIELDS and FIELDS[key].many:
            chosen[column] = key
    return _sensible(headings, chosen)


def _sensible(headings: list[str], chosen: list[str]) -> list[str]:
    """One name is enough, one vehicle too; a "Company" is a make only where a model stands beside it."""
    spare = set()
    if {"first_name", "last_name"} <= set(chosen):
        spare.add("name")
    if "name" in chosen or spare:
        spare.add(ACCOUNT)
    if "vehicle_model" in chosen:
        spare.add("vehicle")
    elif plain(headings[chosen.index("vehicle_make")] if "vehicle_make" in chosen else "") == "company":
        spare.add("vehicle_make")
    chosen = [DETAIL if key in spare else key for key in chosen]
    return ["name" if key == ACCOUNT else key for key in chosen]

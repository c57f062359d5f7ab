"""What a file is: sales, open deals, leads or contacts; said with the reason, and changed by whoever knows better."""

import re

from carmanana.importing.choices import Choices
from carmanana.importing.columns import ASK, DETAIL, FIELDS, plain
from carmanana.importing.fields import ASSETS, CASES, QUOTATIONS, RECORDS

SALES, DEALS, LEADS, CONTACTS = "sales", "deals", "leads", "contacts"
OF_PEOPLE = {SALES: "Sales", DEALS: "Open deals", LEADS: "Leads", CONTACTS: "Contacts"}
KINDS = OF_PEOPLE | RECORDS
MEANS = {
    SALES: "Every row that names no other state comes in as a Won deal.",
    DEALS: "Every row that names no other state comes in as an open deal.",
    LEADS: "Every row comes in as a lead of its customer, without a deal; who has an open lead gets no second one.",
    CONTACTS: "Every row comes in as a customer, without a deal.",
    CASES: "Every row comes in as a case of its customer, open or closed as it says.",
    QUOTATIONS: "Every row comes in as a quotation of a deal of its customer.",
    ASSETS: "Every row comes in as something that its customer holds, or held.",
}
SOLD = ("closed_on", "delivered_on")
IN_WORK = (
    "stage",
    "state",
    "is_won",
    "is_closed",
    "expected_on",
    "eta_on",
    "hold_until",
    "hold_reason",
    "loss_reason",
    "pipeline",
    "readiness",
)
VEHICLE = (
    "vehicle_year",
    "vehicle_make",
    "vehicle_model",
    "vehicle",
    "colour",
    "body",
    "engine",
    "transmission",
    "order_type",
)
OF_A_DEAL = (*IN_WORK, *SOLD, "value", "deal_name", "agreement_on", "deposit")
NUMBER_OF_A_DEAL = re.compile(r"\b(deal|order|opportunity|potential|car|stock)\b")
OF_A_LEAD = re.compile(r"\b(lead|enquiry|inquiry|interest)\b")
LIKE_A_STAGE = re.compile(
    r"\b(stage|status|phase|step|won|lost|closed|outcome|result|disposition|probability|forecast)\b"
)
LIKE_A_WISH = re.compile(
    r"\b(opt(ed)? (in|out)|do not|don.?t|dnc|unsubscribed?|subscribed?|subscription|consent|gdpr|marketing (status"
    r"|preference|permission)s?)\b"
)
MOST_STAGES = 30


def kind_of(head: dict, columns: list[str], choices: Choices) -> tuple[str, str]:
    """The likeliest kind, and why."""
    named = [name for name in OF_A_DEAL if name in columns]
    if _looks_sold(columns) and not stages_in_doubt(head, columns, choices):
        if place := _ahead(head, columns):
            return (
                DEALS,
                f"{_called(head, columns, *named[:2])}, and dates in “{head['headings'][place]}” are still ahead",
            )
        return SALES, f"{_called(head, columns, 'value', *SOLD)} and no column of stages or states"
    if not named and _tells_of_leads(head, columns):
        return LEADS, "it speaks of leads or enquiries, and of no price, stage or sale"
    if named or _has_vehicle(columns) or _has_number(head, columns):
        return DEALS, _called(head, columns, *(named or (*VEHICLE, "external_id")))
    return (
        CONTACTS,
        "it has names and ways to reach people, and nothing of a deal: no price, no stage, no date of a sale",
    )


def _looks_sold(columns: list[str]) -> bool:
    return "value" in columns and any(name in columns for name in SOLD) and not any(name in columns for name in IN_WORK)


def _ahead(head: dict, columns: list[str]) -> int | None:
    """The column of sales most of whose dates have not come yet; a few are slips, and are refused."""
    told = head["columns"]
    return next(
        (
            place
            for place, name in enumerate(columns)
            if name in SOLD and 2 * told[place].get("ahead", 0) > told[place]["filled"]
        ),
        None,
    )


def _tells_of_leads(head: dict, columns: list[str]) -> bool:
    return "lead_status" in columns or any(
        OF_A_LEAD.search(plain(heading)) for heading in head["headings"] if plain(heading) != "lead source"
    )


def _has_vehicle(columns: list[str]) -> bool:
    return any(name in columns for name in VEHICLE)


def _has_number(head: dict, columns: list[str]) -> bool:
    return any(
        name == "external_id" and NUMBER_OF_A_DEAL.search(plain(heading))
        for name, heading in zip(columns, head["headings"], strict=False)
    )


def _called(head: dict, columns: list[str], *names: str) -> str:
    """ "it has “Price ($)” (value) and “Date” (sold or closed on)"."""
    found = [
        f"“{head['headings'][columns.index(name)]}” ({FIELDS[name].label.lower()})" for name in names if name in columns
    ][:3]
    return "it has " + " and ".join(found)


def in_question(head: dict, columns: list[str], choices: Choices) -> list[str]:
    """The columns, with those asked about that nobody should guess: wishes not to be contacted, and stages that would
    tell a sale from an open deal."""
    asked = {
        place
        for place, name in enumerate(columns)
        if name == DETAIL and LIKE_A_WISH.search(plain(head["headings"][place])) and _said(head, place)
    }
    if _looks_sold(columns) or "value" in columns and not any(name in columns for name in IN_WORK):
        asked |= stages_in_doubt(head, columns, choices)
    return [ASK if place in asked else name for place, name in enumerate(columns)]


def stages_in_doubt(head: dict, columns: list[str], choices: Choices) -> set[int]:
    """Columns without a field that may hold stages, by their heading or their words."""
    loose = [place for place, name in enumerate(columns) if name in (DETAIL, ASK)]
    return {
        place
        for place in loose
        if _said(head, place)
        and (LIKE_A_STAGE.search(plain(head["headings"][place])) or _speaks_of_stages(head, place, choices))
    }


def _said(head: dict, place: int) -> bool:
    return head["columns"][place]["filled"] > 0


def _speaks_of_stages(head: dict, place: int, choices: Choices) -> bool:
    said = [text for text, _ in head["columns"][place]["values"] or () if re.search(r"[^\W\d]{4}", text)]
    known = [text for text in said if choices.recognised("stage", text) or choices.recognised("state", text)]
    return 0 < len(said) <= MOST_STAGES and 2 * len(known) >= len(said)

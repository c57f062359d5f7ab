"""The list of quotations, for all deals that one sees and as a tab of a customer."""

from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.quotations import DRAFT, SENT, STATES, WON, Quotation, QuotationLine
from carmanana.sales import seen
from carmanana.sales.quotations.lines_in_words import in_words
from carmanana.schema.sqlite import of_ids, unindexed_condition
from carmanana.web.customers.page import Tab, register
from carmanana.web.lists import Chip, Choice, Column, Kept, List, Shown
from carmanana.web.lists.kept_rows import every_field


def _load(ids: list[int]) -> list[Quotation]:
    rows = {one.id: one for one in _with_deals(ids)}
    for one in rows.values():
        one.all_lines = []
    for line in _lines_of(ids):
        rows[line.quotation_id].all_lines.append(line)
    return list(rows.values())


@of_ids
def _with_deals(ids):
    found = Quotation.select(Quotation, Deal, Customer).join(Deal).join_from(Quotation, Customer)
    return found.where(Quotation.id.in_(ids))


@of_ids
def _lines_of(ids):
    lines = QuotationLine.select().where(QuotationLine.quotation.in_(ids))
    return lines.order_by(QuotationLine.position, QuotationLine.id)


def _ids(shown: Shown, after: str, most: int) -> list[int]:
    return seen.newest_open(shown.by, most) if shown.plain else shown.looked_for


def _counts(shown: Shown) -> dict[str, int]:
    if shown.chosen:
        return {}
    of_state = seen.counts(Quotation, STATES, shown.by)
    return of_state | {"open": of_state[DRAFT] + of_state[SENT], "all": sum(of_state.values())}


def _lines(one: Quotation) -> str:
    return in_words(one.all_lines)


def _shows(one: Quotation, seen) -> tuple:
    return *every_field(one), one.customer.name, one.deal_reference, *(line.what for line in one.all_lines)


QUOTATIONS = List(
    name="quotations",
    title="Quotations",
    endpoint="quotations.index",
    one="quotation",
    many="quotations",
    columns=(
        Column("number", "Quotation", lambda one: one.name, Quotation.number, always=True),
        Column("customer", "Customer", lambda one: one.customer.name),
        Column("title", "For", lambda one: one.title),
        Column("state", "State", lambda one: one.state_name),
        Column("total", "Total", lambda one: one.total, number=True),
        Column("valid", "Valid until", lambda one: one.valid_until, number=True),
        Column("reason", "Reason", lambda one: one.reason, wide=True),
        Column("deal", "Deal", lambda one: one.deal_reference, wide=True),
        Column("lines", "Lines", _lines, wide=True),
        Column("net", "Net", lambda one: one.net, number=True, wide=True),
        Column("tax", "Tax", lambda one: one.tax, number=True, wide=True),
        Column("currency", "Currency", lambda one: one.currency, wide=True),
        Column("drafted", "Drafted", lambda one: one.created_at, number=True, wide=True),
        Column("sent", "Sent", lambda one: one.sent_at, number=True, wide=True),
        Column("how", "Sent how", lambda one: one.sent_how_name, wide=True),
        Column("accepted", "Accepted", lambda one: one.accepted_on, number=True, wide=True),
        Column("leading", "Leading", lambda one: "yes" if one.leading else "no", wide=True),
        Column("terms", "Terms", lambda one: one.terms, wide=True),
    ),
    usual=("number", "customer", "title", "state", "total", "valid", "reason"),
    scope=seen.quotations,
    load=_load,
    cells="quotations/_cells.html",
    id=Quotation.id,
    sort="number",
    descending=True,
    one_chip=True,
    known_counts=_counts,
    ids_of=_ids,
    chips=(
        Chip("open", "Open", lambda by: unindexed_condition(Quotation.is_open())),
        Chip("draft", "Drafts", lambda by: Quotation.state == DRAFT),
        Chip("sent", "Sent", lambda by: Quotation.state == SENT),
        Chip("won", "Won", lambda by: Quotation.state == WON),
        Chip("all", "All"),
    ),
    choices=(Choice("state", "State", lambda by: STATES, lambda code, by: Quotation.state == code),),
    text=lambda text: seen.named(Quotation, Quotation.title, text),
    placeholder="Customer or what it is for",
    empty=("file-text", "No quotations here", "A quotation is made on the page of its deal."),
    views=True,
    kept=Kept(_shows),
)

register(Tab("quotations", "Quotations", 40, QUOTATIONS, Quotation.customer))

"""A chunk of entries into the database, in the transaction of its caller."""

import re
from itertools import chain

from carmanana.contacting.cancelled import why_no_deal
from carmanana.core import audit
from carmanana.core.db import insert_all, next_id
from carmanana.core.phones import line
from carmanana.core.text import fold
from carmanana.core.workflow import Refused
from carmanana.customers.merging import standing
from carmanana.customers.names import may_be_one
from carmanana.deals.lifecycle import order
from carmanana.deals.positions import bottom
from carmanana.importing.adding import News, add, news
from carmanana.importing.columns import OPT_OUTS
from carmanana.importing.customer_matches import Acquaintances
from carmanana.importing.entries import Entry
from carmanana.importing.expiries import write_expiries
from carmanana.importing.inquiries import write_leads
from carmanana.importing.orders import LONGEST_DETAILS
from carmanana.importing.records.meeting import refuse_namesakes, settle
from carmanana.importing.records.writing import write_records
from carmanana.importing.terms import SKIP, USE, Terms
from carmanana.records.customers import Customer, CustomerEmail, CustomerPhone
from carmanana.records.deal_codes import ACTIVE, ENDED, GAP, LOSING
from carmanana.records.deals import Deal, Payment
from carmanana.records.imports import ImportBatch, ImportRow
from carmanana.records.people import User
from carmanana.records.pipelines import Stage
from carmanana.records.quotations import Quotation
from carmanana.records.sales_orders import SalesOrder
from carmanana.schema import locked_people

OURS = re.compile(r"S-[0-9]{1,9}")


class Chunk:
    """What is to be written together: rows that stand, or with the reason why they do not."""

    def __init__(self, batch: ImportBatch, entries: list[Entry], by: User | None, records=None):
        """`records` is the reading of a file of cases, quotations or assets."""
        self.batch, self.entries, self.by, self.records = batch, entries, by, records
        self.terms = Terms.of(batch.mapping)
        self.known = Acquaintances(entries, batch.id if self.terms.same_name else None, self.terms.by_name)
        self.customers: list[Customer] = []
        self.met = 0
        self.reach: list[CustomerPhone | CustomerEmail] = []

    def write(self) -> dict[str, int]:
        """Write it all and return what it adds to the counts of the batch."""
        refuse_repeated(self.standing)
        refuse_namesakes(self.standing, self.known)
        if self.records:
            settle(self.terms.kind, self.standing, self.known, self.records, self.batch.id)
        refuse_cancelled(self.standing, self.known, self.terms)
        self.next_customer = next_id(Customer)
        for entry in self.standing:
            self._seat(entry)
        insert_all(self.customers)
        insert_all([reach for reach in self.reach if isinstance(reach, CustomerPhone)])
        insert_all([reach for reach in self.reach if isinstance(reach, CustomerEmail)])
        audit.record_alike("imported", self.customers, self.by, "status")
        self._share_deals()
        deals = self._write_deals()
        leads = write_leads(self.standing, self.batch, self.by)
        write_expiries(self.standing, self.batch, self.by)
        records = write_records(self.standing, self.batch, self.by, self.terms) if self.records else 0
        self._keep_locked()
        refused = self._write_refused()
        return {
            "deals_made": deals,
            "leads_made": leads,
            "records_made": records,
            "customers_made": len(self.customers),
            "customers_met": self.met,
            "refused": refused,
        }

    def _keep_locked(self) -> None:
        """Who comes again while a cancellation of theirs is under review, and orders that come in as one."""
        locked_people.refresh(*{reach.customer_id for reach in self.reach})
        for entry in self.standing:
            if entry.deal and entry.deal.state == LOSING:
                locked_people.begin(entry.deal.id, entry.customer_id)

    @property
    def standing(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.troubles]

    # customers

    def _seat(self, entry: Entry) -> None:
        """Give the entry its customer: one that we know, or a new one, as was chosen."""
        choice, customer = self.terms.rows.get(str(entry.row.number), ""), self.known.met(entry)
        if deal := _deal_here(entry):
            self._meet_again(entry, deal.customer)
            return
        if choice == SKIP or (customer and not choice and self.terms.known == SKIP):
            entry.refuse(
                "left_out",
                f"Left out, as was chosen: {customer.name} is here already."
                if customer
                else "Left out, as was chosen.",
            )
        elif choice.isdigit() and (named := Customer.get_or_none(Customer.id == standing(int(choice)))):
            self._meet_again(entry, named)
        elif customer and (choice or self.terms.known) == USE:
            self._meet_again(entry, customer)
        else:
            self._meet_first(entry, customer or self.known.shares(entry))

    def _meet_first(self, entry: Entry, alike: Customer | None) -> None:
        """Who asked not to be contacted at a number or an address is not contacted there under another name either."""
        if alike:
            if may_be_one(alike.name, entry.name):
                self._close_channels(entry, alike)
            entry.facts |= {key: True for key in OPT_OUTS if getattr(alike, key)}
        customer = Customer(
            id=self.next_customer, name=entry.name, owner=entry.owner, import_id=self.batch.id, **entry.facts
        )
        self.next_customer += 1
        self.customers.append(customer)
        self._reach(customer, entry.phones, entry.emails, 0)
        self.known.introduce(customer, entry)
        entry.customer_id = customer.id

    def _meet_again(self, entry: Entry, customer: Customer) -> None:
        """What is new of them is added; what differs is kept in words."""
        found = news(customer, entry, *self._unlisted(entry, customer))
        if len(found.facts.get("details", "")) > LONGEST_DETAILS:
            entry.refuse("details", f"{customer.name} has more than {LONGEST_DETAILS:,} characters of details already.")
            return
        if entry.deal:
            entry.deal.details = "\n".join([*filter(None, [entry.deal.details]), *found.lines])
        if customer in self.customers:
            for name, value in found.facts.items():
                setattr(customer, name, value)
        elif found:
            add(customer, found, self.batch, self.by)
        self._reach(customer, found.phones, found.emails, 100)
        self.known.introduce(customer, entry)
        self.met += 1
        entry.customer_id = customer.id

    def _unlisted(self, entry: Entry, customer: Customer) -> tuple[list, list]:
        listed = [
            reach for reach in chain(self.reach, customer.phones, customer.emails) if reach.customer_id == customer.id
        ]
        phones = [phone for phone in listed if isinstance(phone, CustomerPhone)]
        numbers = {phone.typed for phone in phones} | {line(phone.typed, phone.e164) for phone in phones if phone.e164}
        addresses = {reach.address.lower() for reach in listed if isinstance(reach, CustomerEmail)}
        unlisted = [
            (typed, e164) for typed, e164 in entry.phones if typed not in numbers and line(typed, e164) not in numbers
        ]
        return unlisted, [address for address in entry.emails if address.lower() not in addresses]

    def _close_channels(self, entry: Entry, customer: Customer) -> None:
        """A wish not to be contacted is honoured at once, whoever they are."""
        wishes = {key: True for key in OPT_OUTS if entry.facts.get(key) and not getattr(customer, key)}
        if wishes and customer not in self.customers:
            add(customer, News(facts=wishes), self.batch, self.by)
        for key in wishes:
            setattr(customer, key, True)

    def _reach(self, customer: Customer, phones: list, emails: list, position: int) -> None:
        for place, (typed, e164) in enumerate(phones, position):
            self.reach.append(CustomerPhone(customer=customer.id, typed=typed, e164=e164, position=place))
        for place, address in enumerate(emails, position):
            self.reach.append(CustomerEmail(customer=customer.id, address=address, position=place))

    # deals

    def _share_deals(self) -> None:
        """A deal that is made of several quotations is written with the first of them that stands."""
        made = {id(entry.deal) for entry in self.standing if entry.deal}
        for entry in self.standing:
            deal = getattr(entry.record, "deal", None) if self.terms.quotations else None
            if deal and not deal.id and id(deal) not in made:
                entry.deal = deal
                made.add(id(deal))

    def _write_deals(self) -> int:
        entries = [entry for entry in self.standing if entry.deal]
        for entry in entries:
            entry.deal.customer, entry.deal.import_id = entry.customer_id, self.batch.id
        self._place([entry.deal for entry in entries])
        refused = order.load([entry.deal for entry in entries], self.by, beside=[entry.beside for entry in entries])
        if refused:
            raise Refused(refused[0][1], refused[0][0], "import")
        self._write_beside(entries)
        return len(entries)

    def _place(self, deals: list[Deal]) -> None:
        """Open deals at the foot of their columns, in the order of the file."""
        feet: dict[int, int] = {}
        for deal in deals:
            if deal.state == ACTIVE:
                feet[deal.stage_id] = (
                    feet[deal.stage_id] + GAP if deal.stage_id in feet else bottom(Stage.get_by_id(deal.stage_id))
                )
                deal.position = feet[deal.stage_id]

    def _write_beside(self, entries: list[Entry]) -> None:
        holds = [entry.hold for entry in entries if entry.hold]
        for entry in entries:
            if entry.hold:
                entry.hold.deal = entry.deal.id
        insert_all(holds)
        insert_all([self._deposit(entry) for entry in entries if entry.deposit_cents])

    def _deposit(self, entry: Entry) -> Payment:
        return Payment(
            deal=entry.deal.id,
            kind="received",
            is_deposit=True,
            amount_cents=entry.deposit_cents,
            paid_on=entry.deposit_on,
            recorded_by=self.by,
        )

    def _write_refused(self) -> int:
        refused = [entry for entry in self.entries if entry.troubles]
        insert_all([refused_row(self.batch, entry) for entry in refused])
        return len(refused)


def refuse_cancelled(entries: list[Entry], known: Acquaintances, terms: Terms) -> None:
    """No open order of a cancelled customer: the rule that holds where one is entered by hand."""
    for entry in entries:
        deal = entry.deal or (terms.quotations and not entry.troubles and entry.record.deal)
        if deal and not deal.id and deal.state not in ENDED and (customer := _chosen(entry, known, terms)):
            if customer.id and customer.cancelled and (refusal := why_no_deal(customer.id)):
                entry.refuse(refusal.code, refusal.sentence)


def _chosen(entry: Entry, known: Acquaintances, terms: Terms) -> Customer | None:
    """Who is here already and is the one whom the row is about, as was chosen."""
    choice = terms.rows.get(str(entry.row.number), "")
    if choice.isdigit():
        return Customer.get_or_none(Customer.id == standing(int(choice)))
    return known.met(entry) if (choice or terms.known) == USE else None


def refuse_repeated(entries: list[Entry]) -> None:
    """One deal for each reference of the other system."""
    wanted = {entry.deal.external_id for entry in entries if entry.deal and entry.deal.external_id}
    here = Deal.select(Deal.external_id).where(Deal.external_id.in_(wanted), Deal.external_id != "") if wanted else ()
    seen = {deal.external_id for deal in here}
    orders = _orders_here(wanted)
    for entry in entries:
        reference = entry.deal and entry.deal.external_id
        if reference in seen or orders.get(reference) == fold(entry.name):
            entry.refuse("here_already", f"“{reference}” is here already, on another deal.")
        elif reference:
            seen.add(reference)


def _orders_here(wanted: set[str]) -> dict[str, str]:
    """Sales orders of ours that a file of ours names (S-12), with whose they are."""
    numbers = [int(said[2:]) for said in wanted if OURS.fullmatch(said)]
    found = SalesOrder.select(SalesOrder, Customer).join(Customer).where(SalesOrder.number.in_(numbers))
    return {order.name: order.customer.folded for order in (found if numbers else ())}


def _deal_here(entry: Entry) -> Deal | None:
    """The deal of a quotation, which knows whose it is."""
    deal = entry.record.deal if isinstance(entry.record, Quotation) else None
    return deal if deal and deal.id else None


def refused_row(batch: ImportBatch, entry: Entry) -> ImportRow:
    reason = " ".join(dict.fromkeys(trouble.sentence for trouble in entry.troubles))
    return ImportRow(
        batch=batch.id, number=entry.row.number, code=entry.troubles[0].code, reason=reason, cells=entry.row.cells
    )

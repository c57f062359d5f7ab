"""The quotation of a row with its lines; where its deal is not here, the deal that is made of it, if that was
chosen."""

from datetime import datetime

from carmanana.core import clock, money
from carmanana.deals.lifecycle import order as deal_machine
from carmanana.importing.cells import values
from carmanana.importing.cells.moments import moment, noon
from carmanana.importing.cells.words import Unclear
from carmanana.importing.choices import Choices
from carmanana.importing.entries import Cells, Entry, yes_or_no
from carmanana.importing.orders import NO_DEPOSIT, currency, model_year
from carmanana.records.deal_codes import ACTIVE, LOST, WON
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.quotations import BY_HAND, CANCELLED, DRAFT, EXPIRED, SENT, Quotation, QuotationLine
from carmanana.records.quotations import LOST as QUOTE_LOST
from carmanana.records.quotations import WON as QUOTE_WON
from carmanana.sales.quotations.lifecycle import quoting
from carmanana.sales.quotations.lines_in_words import Unread, lines_of

NO_REASON = "Brought in by an import; the file names no reason."
NEEDS_SENDING = (SENT, QUOTE_WON, EXPIRED)


class QuotationReading:
    def __init__(self, terms, choices: Choices, by: User | None, zone: str):
        self.terms, self.by, self.zone = terms, by, zone
        self.today = clock.today(zone)
        self.pipeline = next(one for one in choices.pipelines if one.id == terms.pipeline)
        self.stages = choices.stages[self.pipeline.id]

    def read(self, entry: Entry, cells: Cells) -> None:
        quotation = self._quotation(cells)
        entry.reference, entry.deal_named = cells.words("quote_number"), cells.words("quote_deal")
        entry.lines = self._lines(quotation, cells)
        quotation.net_cents = sum(line.net_cents for line in entry.lines)
        quotation.tax_cents = sum(line.tax_cents for line in entry.lines)
        entry.record = quotation
        self._hold_to_rules(entry, quotation)

    def _quotation(self, cells: Cells) -> Quotation:
        accepted, valid = cells.date("quote_accepted", self.today), cells.date("quote_valid")
        state = cells.choice("quote_state") or (QUOTE_WON if accepted else DRAFT)
        created, sent = self._moment(cells, "quote_created"), self._moment(cells, "quote_sent")
        sent = sent or (created if state in NEEDS_SENDING else None)
        quotation = Quotation(
            state=state,
            title=cells.words("quote_title", 160),
            terms=_paragraphs(cells, "quote_terms")[:2000],
            currency=self._currency(cells),
            valid_until=valid or (accepted if state == QUOTE_WON else None),
            sent_at=sent,
            sent_how=cells.choice("quote_sent_how") or (BY_HAND if sent else None),
            accepted_on=accepted if state == QUOTE_WON else None,
            leading=bool(cells.read("quote_leads", yes_or_no)),
            made_by=self.by,
            created_at=created or sent or clock.now(),
        )
        if state in (QUOTE_LOST, CANCELLED):
            quotation.reason = _paragraphs(cells, "quote_reason")[:2000] or NO_REASON
        if sent is None:
            quotation.sent_how = None
        quotation.state_since = noon(accepted, self.zone) if quotation.accepted_on else sent or quotation.created_at
        return quotation

    def _currency(self, cells: Cells) -> str:
        """What a column of currencies says, else the amounts."""
        named, usual = cells.read("quote_currency", currency), self.terms.currency
        found = [cells.read(key, values.currency, usual, named or "") for key in ("quote_total", "quote_net")]
        return named or next(filter(None, found), usual)

    def _moment(self, cells: Cells, key: str) -> datetime | None:
        for _, _, place in cells.all(key)[:1]:
            found = cells.read(key, moment, self.terms.order(place), self.zone)
            if found and found.date() > self.today:
                cells.entry.refuse("date", "A quotation is not drafted or sent in the future.")
            return found
        return None

    def _lines(self, quotation: Quotation, cells: Cells) -> list[QuotationLine]:
        """As the file has them; else one line of its sum."""
        net, tax, total = cells.cents("quote_net"), cells.cents("quote_tax"), cells.cents("quote_total")
        text = _paragraphs(cells, "quote_lines")
        if text:
            lines = self._told_lines(cells, text)
            comes_to = sum(line.net_cents + line.tax_cents for line in lines)
            if lines and total is not None and comes_to != total:
                shown = (money.shown(cents, quotation.currency) for cents in (comes_to, total))
                cells.entry.refuse("money", "The lines come to {}, the file says {}.".format(*shown))
            return lines
        net = net if net is not None else (total or 0) - (tax or 0)
        return [self._one_line(quotation, net, tax or 0, total, cells)] if net or total else []

    def _told_lines(self, cells: Cells, text: str) -> list[QuotationLine]:
        try:
            return lines_of(text)
        except Unread as unread:
            cells.entry.refuse("lines", unread.sentence)
            return []

    def _one_line(self, quotation, net: int, tax: int, total: int | None, cells: Cells) -> QuotationLine:
        rate = round(tax * 100_000 / net) if net else 0
        what = quotation.title or "As quoted"
        line = QuotationLine(what=what, quantity=1, price_cents=net, tax_rate=min(rate, 100_000))
        if line.tax_cents != tax or total not in (None, net + tax):
            sentence = "Net, tax and total don’t fit one line of one tax rate. Give the lines in a column of their own."
            cells.entry.refuse("money", sentence)
        return line

    def _hold_to_rules(self, entry: Entry, quotation: Quotation) -> None:
        if quotation.state != DRAFT and quotation.total_cents <= 0:
            entry.refuse("money", "What was sent has a sum that is more than nothing.")
        if quotation.state in NEEDS_SENDING and not quotation.sent_at:
            entry.refuse("date", "Say on which day it was sent.")
        if quotation.state in NEEDS_SENDING and not quotation.valid_until:
            entry.refuse("date", "Say until which day it holds.")
        if quotation.state == QUOTE_WON and not quotation.accepted_on:
            entry.refuse("date", "Say on which day it was accepted.")
        elif not entry.troubles:
            for refusal in quoting.objections(quotation, self.by, beside=quotation.__data__):
                entry.refuse(refusal.code, refusal.sentence)

    # the deal that is not here

    def make_deal(self, entry: Entry) -> Deal | None:
        """Open while its quotation is; won or lost with it. Refuses the row where such a deal may not stand."""
        quotation = entry.record
        state = {QUOTE_WON: WON, DRAFT: ACTIVE, SENT: ACTIVE}.get(quotation.state, LOST)
        deal = Deal(
            pipeline=self.pipeline,
            stage=self.stages[-1 if state == WON else 0],
            order_type=self.pipeline.order_type,
            state=state,
            readiness=self.terms.readiness,
            currency=quotation.currency,
            value_cents=quotation.total_cents or None,
            external_id=entry.deal_named,
            created_at=quotation.created_at,
            state_since=quotation.state_since,
            in_stage_since=quotation.state_since,
            **_vehicle(quotation.title),
        )
        if state == WON:
            deal.agreement_on, deal.no_deposit_reason = quotation.accepted_on, NO_DEPOSIT
        if state == LOST:
            deal.loss_reason = self.terms.loss_reason or None
        for refusal in deal_machine.objections(deal, self.by, beside={}):
            entry.refuse(refusal.code, refusal.sentence)
        return None if entry.troubles else deal


def _paragraphs(cells: Cells, key: str) -> str:
    return "\n".join(text.strip() for _, text, _ in cells.all(key))


def _vehicle(title: str) -> dict:
    """2023 Toyota RAV4 in its parts."""
    parts, year = title.split(), None
    try:
        year = model_year(parts[0]) if parts else None
    except Unclear:
        year = None
    named = parts[1:] if year else parts
    return {"vehicle_year": year, "vehicle_make": " ".join(named[:1]), "vehicle_model": " ".join(named[1:])[:120]}

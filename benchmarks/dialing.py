"""*Next lead*: each call of a sequence is dialed, then logged, which brings the next one."""

import re
from collections.abc import Iterator
from datetime import timedelta

from carmanana.core import clock

from .browser import Browser, Unexpected
from .stock import Share, Stock

CALLABLE = """
    SELECT lead.id FROM lead JOIN user ON user.id = lead.owner_id AND user.email = 'agent@carmanana.example'
    JOIN person ON person.id = lead.person_id AND NOT person.no_calls
    WHERE lead.state IN ('new', 'working', 'connected', 'assessed') AND EXISTS (SELECT 1 FROM customer_phone
      WHERE person_id = lead.person_id AND e164 > '' AND wrong_at IS NULL)
      AND lead.id NOT IN (SELECT lead_id FROM sequence_call WHERE standing IN ('waiting', 'offered', 'dialed'))
    ORDER BY abs(lead.id * 7919 % 104729)
"""
# at whatever hour it is measured, and wherever the copied numbers are said to be
ALWAYS_OPEN = """
    UPDATE calling_rule SET opens = '00:00', closes = '24:00', weekdays = '1234567E', holidays_allowed = 1, consent = 'none'
"""
IN_FLORIDA = (
    "UPDATE customer SET region = 'US-FL', timezone = 'America/New_York' WHERE id IN (SELECT customer_id FROM lead)"
)
NOTHING_UNDER_WAY = "UPDATE sequence_call SET standing = 'waiting', dialed_at = NULL WHERE standing = 'dialed'"
A_SEQUENCE = 100


def next_lead(browser: Browser, stock: Stock, share: Share) -> Iterator[bytes]:
    """One person has one call at a time, at however many connections."""
    if share.number:
        return
    for statement in (ALWAYS_OPEN, IN_FLORIDA, NOTHING_UNDER_WAY):
        stock.run(statement)
    leads = stock.ids(CALLABLE)
    while leads:
        yield from _called(browser, leads[:A_SEQUENCE])
        leads = leads[A_SEQUENCE:]


def _called(browser: Browser, leads: list[int]) -> Iterator[bytes]:
    made = browser.ask(browser.post("/leads/sequences/new", {"name": "Measured", "user": "", "lead": leads}))
    page = made.header("location")
    if made.status != 303:
        raise Unexpected("a new call sequence", made)
    text = browser.ask(browser.post(f"{page}/start", {}, page)).text
    while found := re.search(r'data-call="(\d+)"', text):
        call = f"/leads/calls/{found[1]}"
        dialed = browser.ask(browser.post(f"{call}/dial", {"version": _version(text)}, page))
        answer = yield browser.post(f"{call}/log", _no_answer(dialed.text), page)
        text = answer.text


def _version(text: str) -> str:
    return re.search(r'name="version" value="(\d+)"', text)[1]


def _no_answer(text: str) -> dict:
    due = f"{clock.now() + timedelta(days=2):%Y-%m-%dT10:00}"
    told = {"outcome": "no_answer_vm", "next_step": "Call again", "due_at": due}
    return told | {"version": _version(text)}

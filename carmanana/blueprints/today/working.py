"""The sections of whoever works deals and leads, in the order of the SOP: holds, what is overdue, what is due, leads,
what is nobody's, promises, deliveries."""

from carmanana.records.people import RETENTION, User
from carmanana.today import duties
from carmanana.today.telling import Row
from carmanana.web.addresses import address
from carmanana.web.today import Act, Duty, Section, register
from carmanana.web.today_rows import LINK

from . import acts


def works(by: User) -> bool:
    return by.works_deals


def has_steps(by: User) -> bool:
    return by.works_deals or by.has(RETENTION)


def draw_held(row: Row, by: User) -> Duty:
    return acts.duty(
        row, row.reason, acts.call(row), acts.log(row), acts.resume(row), acts.longer(row), acts.close(row)
    )


def draw_step(row: Row, by: User) -> Duty:
    return acts.duty(row, row.subject or "", acts.call(row), acts.log(row), acts.done(row), acts.snooze(row))


def draw_lead(row: Row, by: User) -> Duty:
    what = row.message or "Nobody has spoken with them yet"
    return acts.duty(row, what, acts.log(row), acts.new_step(row), acts.close(row), since=True)


def draw_unowned(row: Row, by: User) -> Duty:
    what = row.message or "First contact is due the day that you claim it"
    more = acts.reassign(row) if by.is_manager else acts.flag(row)
    return acts.duty(row, what, acts.claim(row), more, since=True)


def draw_promise(row: Row, by: User) -> Duty:
    return acts.duty(row, row.subject or "", acts.call(row), acts.log(row), acts.done(row))


def draw_late_delivery(row: Row, by: User) -> Duty:
    facts = Act("Dates", address("deals.edit", deal_id=row.id), "calendar", bare=True)
    return acts.duty(row, "The ETA has passed, and it is not delivered yet", acts.call(row), acts.log(row), facts)


def draw_ahead(row: Row, by: User) -> Duty:
    if row.step_id is None:
        return draw_held(row, by)
    return draw_step(row, by)


def draw_done(row: Row, by: User) -> Duty:
    """Of an order that they were to save, which may be nothing of theirs any more, it leads to their case."""
    duty = acts.duty(row, row.subject or "", since=True)
    saved = row.is_deal and by.has(RETENTION) and not by.sees_all
    return duty._replace(url=address("cancellations.of_deal", deal_id=row.id)) if saved else duty


def dial(by: User) -> list[Act]:
    return [Act("Start dialing", address("leads.index", mine=1, callable=1), "phone", LINK)]


def sweep(by: User) -> str:
    return address("today.unowned_deals")


register(
    Section("held", "On hold, due", "hold", 10, works, duties.held, draw_held, "No follow-up of a hold is due"),
    Section("overdue", "Overdue", "alert", 20, has_steps, duties.overdue, draw_step, "Nothing is overdue"),
    Section("today", "Due today", "sun", 30, has_steps, duties.due_today, draw_step, "Nothing more is due today"),
    Section(
        "to_call",
        "Leads to call",
        "phone",
        40,
        works,
        duties.to_call,
        draw_lead,
        "Every lead of yours was called and has a next step",
        acts=dial,
    ),
    Section(
        "unowned",
        "Nobody owns",
        "unowned",
        50,
        works,
        duties.unowned,
        draw_unowned,
        "Every deal and lead has an owner",
        all_url=sweep,
    ),
    Section(
        "promises",
        "Promises",
        "promise",
        60,
        has_steps,
        duties.promises,
        draw_promise,
        all_url=lambda by: address("promises.index"),
        quiet=True,
    ),
    Section("late_deliveries", "Past their ETA", "car", 70, works, duties.past_eta, draw_late_delivery, quiet=True),
)

AHEAD = Section("ahead", "The week ahead", "calendar", 900, has_steps, duties.ahead, draw_ahead, "Nothing is due yet")
DONE = Section(
    "done", "Done today", "circle-check", 910, has_steps, duties.done, draw_done, "Nothing is done yet today"
)
BESIDE = {section.key: section for section in (AHEAD, DONE)}

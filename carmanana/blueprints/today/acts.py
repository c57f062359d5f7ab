"""What the rows of Today offer, each by the step or the dialog that the record's own page has."""

from carmanana.today.telling import Row
from carmanana.web.addresses import address
from carmanana.web.today import Act, Duty
from carmanana.web.today_rows import LINK, POST


def url_of(row: Row) -> str:
    return address("deals.show", deal_id=row.id) if row.is_deal else address("leads.show", lead_id=row.id)


def step_url(row: Row, of_deal: str, of_lead: str) -> str:
    return address(of_deal, deal_id=row.id) if row.is_deal else address(of_lead, lead_id=row.id)


def call(row: Row) -> list[Act]:
    """By the phone itself; whoever asked for no calls, or is under review, is not called from here."""
    return [Act("Call", f"tel:{row.phone}", "phone", LINK, bare=True, primary=True)] if row.phone else []


def log(row: Row) -> Act:
    return Act("Log", f"{step_url(row, 'activities.new', 'leads.contact')}?kind=call")


def done(row: Row) -> Act:
    if row.is_deal:
        return Act("Done", address("activities.done", step_id=row.step_id), way=POST, keeps=True)
    return Act("Done", address("leads.step_done", lead_id=row.id, lead_step_id=row.step_id), way=POST, keeps=True)


def snooze(row: Row) -> Act:
    return Act("Put off", address("today.snooze", step_id=row.step_id), "clock", bare=True)


def resume(row: Row) -> Act:
    return Act("Resume", step_url(row, "deals.resumption", "leads.resume"))


def longer(row: Row) -> Act:
    return Act("Extend the hold", step_url(row, "deals.hold", "leads.hold"), "clock", bare=True)


def close(row: Row) -> Act:
    return Act("Close", step_url(row, "deals.loss", "leads.close"), "circle-x", bare=True)


def claim(row: Row) -> Act:
    url = step_url(row, "deals.claim", "leads.claim")
    return Act("Claim", url, way=POST, values={"version": row.version})


def flag(row: Row) -> Act:
    return Act("Ask the manager", step_url(row, "deals.flag", "leads.flag"), "flag", bare=True)


def answer_flag(row: Row) -> Act:
    return Act("Answer", step_url(row, "deals.flag", "leads.clear_flag"), primary=True)


def reassign(row: Row) -> Act:
    return Act("Assign", step_url(row, "deals.owner", "leads.reassign"), "user-plus", bare=True)


def needs(row: Row) -> Act:
    """Where what they look for is written down."""
    return Act("Needs", url_of(row), way=LINK, primary=True)


def new_step(row: Row) -> Act:
    return Act("Set next step", step_url(row, "activities.new_step", "leads.new_step"))


def duty(row: Row, what: str, *acts: Act | list[Act], since: bool = False) -> Duty:
    """A row of a deal or a lead."""
    sub = " · ".join(filter(None, [row.vehicle, row.stage if row.is_deal else "Lead"]))
    flat = tuple(act for one in acts for act in (one if isinstance(one, list) else [one]))
    return Duty(row.due, row.name, url_of(row), sub, what, flat, since)

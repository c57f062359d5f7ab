"""The list of leads, by where they stand: open, on hold, converted, closed, all."""

from dataclasses import replace

from flask import g, has_app_context

from carmanana.blueprints.leads.list_rows import Beside, fill, shows
from carmanana.core import clock
from carmanana.core.limits import AT_A_GLANCE, COUNTED
from carmanana.leads import counting, finding
from carmanana.leads.cards import cards_of
from carmanana.records.lead_codes import CLOSED, CONVERTED, KINDS, ON_HOLD, PRICE_SHOPPER, SOURCES, STATES, WORKED
from carmanana.records.leads import Lead
from carmanana.records.people import HOUSE_ID, User
from carmanana.schema.sqlite import distinct, literally
from carmanana.web.lists import Chip, Choice, Column, Kept, List, Shown

STANDINGS = {"open": "Open", "on-hold": "On hold", "converted": "Converted", "closed": "Closed", "all": "All"}
STATES_OF = {
    "open": WORKED,
    "on-hold": (ON_HOLD,),
    "converted": (CONVERTED,),
    "closed": (CLOSED,),
    "all": tuple(STATES),
}
MOST_REGIONS = 60
PASSING = ("overdue", "callable")  # what is true at one time and not at another


def of_standing(standing: str) -> List:
    """The list of those that stand so."""
    states = STATES_OF[standing]
    asked = replace(
        LEADS,
        scope=lambda by: Lead.visible_to(by).where(literally(Lead.state, *states)),
        values={"standing": standing} if standing != "open" else {},
        chips=OF_OPEN if standing == "open" else LEADS.chips[:2],
        known_counts=lambda shown: _counts(shown, states),
    )
    return asked


def open_places() -> list[tuple[str, str]]:
    """Where leads may be called now. Looked up once a request; a file is written after it."""
    if not has_app_context():
        return finding.OpenPlaces.now().of_worked()
    if "open_places" not in g:
        g.open_places = finding.OpenPlaces.now().of_worked()
    return g.open_places


def parts(by: User) -> list:
    """What a person sees among the leads, where it is not all of them: an index of its own holds each."""
    seen = {"all": [], "own": [Lead.owner == by]}
    return seen.get(by.sight, [Lead.owner == by, Lead.owner.is_null(), Lead.owner == HOUSE_ID])


def _counts(shown: Shown, states: tuple[str, ...]) -> dict[str, int]:
    """Of leads in these states, where no more is chosen than their state and kind."""
    chosen, on = shown.chosen, [chip.key for chip in shown.on]
    if not chosen.keys() <= {"state", "kind"}:
        return {}
    groups = [group for group in counting.groups(shown.by) if group.state in states and group.holds(chosen)]
    known = {key: counting.number(groups, [key]) for key in counting.FILTERS}
    if not chosen and len(shown.chips) >= len(LEADS.chips) - 1:
        most = [COUNTED if on == [key] else AT_A_GLANCE for key in PASSING]
        known |= dict(zip(PASSING, counting.passing(shown.by, states, open_places(), most), strict=True))
    if set(on) <= counting.FILTERS.keys():
        return known | {"": counting.number(groups, on)}
    return known | ({"": known[on[0]]} if len(on) == 1 and on[0] in known else {})


def _regions(by: User) -> dict[str, str]:
    return {region: region for (region,) in distinct("lead", ("region",), "1", "lead_region")[:MOST_REGIONS] if region}


LEADS = List(
    name="leads",
    title="Leads",
    endpoint="leads.index",
    one="lead",
    many="leads",
    columns=(
        Column("lead", "Lead", lambda card: card.row.customer, always=True),
        Column("wants", "Wants", lambda card: card.vehicles),
        Column("state", "State", lambda card: card.lead.state_name),
        Column("tries", "Tries", wide=True),
        Column("their_time", "Their time", lambda card: card.row.region, wide=True),
        Column("owner", "Owner", lambda card: "" if card.lead.unowned else card.row.owner),
        Column("step", "Next step", wide=True),
        Column("waiting", "Received", lambda card: card.lead.received_at, Lead.received_at, number=True),
    ),
    scope=lambda by: Lead.visible_to(by),
    load=cards_of,
    cells="leads/_cells.html",
    id=Lead.id,
    sort="waiting",
    descending=True,
    chips=(
        Chip("mine", "Mine", lambda by: Lead.owner == by, shown=lambda by: by.works_deals, indexed=lambda by: True),
        Chip("unowned", "Unowned", lambda by: Lead.is_unowned(), "unowned"),
        Chip(
            "callable",
            "Callable now",
            lambda by: finding.callable_now(open_places()),
            "phone",
            counted_to=AT_A_GLANCE,
        ),
        Chip("untouched", "Never touched", lambda by: finding.untouched()),
        Chip(
            "shoppers",
            "Price shoppers",
            lambda by: literally(Lead.kind, PRICE_SHOPPER),
            "tag",
            indexed=lambda by: True,
        ),
        Chip(
            "overdue",
            "Overdue",
            lambda by: finding.overdue(of_all=by.sees_all),
            "alert",
            indexed=lambda by: not by.sees_all,
            counted_to=AT_A_GLANCE,
        ),
    ),
    choices=(
        Choice(
            "state",
            "State",
            lambda by: {code: STATES[code] for code in WORKED},
            lambda code, by: Lead.state == code,
        ),
        Choice(
            "kind",
            "Kind",
            lambda by: KINDS,
            lambda code, by: Lead.kind == code,
            indexed=lambda by: not by.sees_all,
        ),
        Choice("source", "Source", lambda by: SOURCES, lambda code, by: Lead.source == code),
        Choice("region", "Region", _regions, lambda code, by: Lead.region == code),
    ),
    text=finding.found,
    text_of=Lead.customer,
    placeholder="Name, phone or email",
    empty=("phone", "No leads here", "People who ask about a vehicle come here, before any price is spoken of."),
    template="leads/index.html",
    seen=lambda rows, by: Beside([card.id for card in rows], finding.OpenPlaces.now()),
    kept=Kept(shows, fill),
    passing=frozenset(PASSING),
    called=lambda card: card.row.customer,
    views=True,
    bulk=Lead,
    walked=True,
    parts=parts,
    known_counts=lambda shown: _counts(shown, tuple(STATES)),
    part="standing",
    part_of=lambda sent: of_standing(sent if sent in STANDINGS else "open"),
    looks={"board": "leads.board"},
    from_view=("dialing.new", "Start calling", "phone"),
)

OF_OPEN = tuple(
    replace(chip, where=lambda by: finding.overdue() if by.sees_all else finding.late())
    if chip.key == "overdue"
    else chip
    for chip in LEADS.chips
)


def waiting(lead: Lead) -> str:
    """How long they have waited for a first answer, or since they asked: 9 min, 5 h, 2 d."""
    minutes = int((clock.now() - lead.received_at).total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} d"

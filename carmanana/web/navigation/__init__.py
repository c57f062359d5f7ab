"""Where things are: the bar in the order of a day, the tabs within a page, and administration behind the gear.
What a person's roles do not need is not there."""

from collections import namedtuple
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from flask import request

from carmanana.records.people import AGENT, COMPLIANCE, CRM_ADMIN, CUSTOMER_CANCELLATION, MANAGER, RETENTION, User
from carmanana.web.addresses import address
from carmanana.web.current_user import me
from carmanana.web.navigation.counts import nav_counts

EVERYONE = (AGENT, MANAGER, RETENTION, CUSTOMER_CANCELLATION, COMPLIANCE, CRM_ADMIN)
SEES_ALL = (MANAGER, COMPLIANCE, CRM_ADMIN)
REPORTED = (AGENT, *SEES_ALL)
LEADS_PEOPLE = (MANAGER, CRM_ADMIN)

Page = namedtuple("Page", "name icon url current count", defaults=(0,))


@dataclass(frozen=True, eq=False)
class Tab:
    """`within` are the other endpoints on which it is the current one."""

    name: str
    endpoint: str
    roles: tuple[str, ...]
    within: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Place:
    """A page of the bar. `blueprints` are those whose pages belong to it, beside its tabs."""

    name: str
    icon: str
    tabs: tuple[Tab, ...]
    blueprints: tuple[str, ...]


PLACES = (
    Place(
        "Today",
        "sun",
        (Tab("Today", "today.index", EVERYONE, ("today.section", "today.beside", "today.check_in")),),
        ("home", "today"),
    ),
    Place(
        "Leads",
        "phone",
        (
            Tab("Leads", "leads.index", (AGENT, MANAGER)),
            Tab("Board", "leads.board", (AGENT, MANAGER)),
            Tab("Call sequences", "dialing.index", (AGENT, MANAGER), ("dialing.show",)),
        ),
        ("leads", "lead_files", "needs", "dialing"),
    ),
    Place(
        "Deals",
        "board",
        (Tab("Deals", "boards.first", (AGENT, MANAGER, CUSTOMER_CANCELLATION, COMPLIANCE, CRM_ADMIN)),),
        ("boards", "deals", "views", "bulk"),
    ),
    Place(
        "Customers",
        "users",
        (
            Tab("Customers", "customers.index", EVERYONE),
            Tab("Buyers list", "buyers.index", EVERYONE, ("buyers.changed",)),
            Tab("Match a vehicle", "match.index", EVERYONE, ("match.show", "match.vehicles")),
            Tab("Quotations", "quotations.index", EVERYONE, ("quotations.show",)),
            Tab("Sales orders", "sales_orders.index", EVERYONE, ("sales_orders.show",)),
            Tab("Assets", "assets.index", EVERYONE),
            Tab("Cases", "cases.index", EVERYONE, ("cases.show",)),
            Tab("Expiries", "expiries.index", EVERYONE),
            Tab("Possible duplicates", "duplicates.listed", (MANAGER,)),
        ),
        ("customers", "buyers", "match", "duplicates", "cases", "expiries", "quotations", "sales_orders", "assets"),
    ),
    Place(
        "Cancellations",
        "losing",
        (
            Tab("Queue", "cancellations.index", SEES_ALL),
            Tab("Customer cancellations", "departures.index", (CUSTOMER_CANCELLATION, *SEES_ALL)),
            Tab("Retention desk", "retention.index", (MANAGER, RETENTION), ("retention.show",)),
            Tab("Promises", "promises.index", (AGENT, MANAGER, RETENTION)),
            Tab("Money owed", "promises.owed", SEES_ALL),
            Tab("Stories", "stories.index", (MANAGER, RETENTION)),
        ),
        ("cancellations", "departures", "retention", "promises", "stories", "playbook"),
    ),
    Place(
        "Team",
        "id-card",
        (
            Tab("People", "people.index", LEADS_PEOPLE),
            Tab("Check-ins", "today.check_ins", SEES_ALL),
            Tab("Nothing stuck", "today.proofs", SEES_ALL, ("today.proof_of",)),
            Tab("Call review", "compliance.index", SEES_ALL, ("compliance.case", "compliance.scorecard")),
            Tab("Findings", "findings.index", SEES_ALL, ("findings.show",)),
            Tab("Consequences", "consequences.index", SEES_ALL, ("consequences.show",)),
            Tab("Trends", "compliance.trends", SEES_ALL),
        ),
        ("people",),
    ),
    Place(
        "Reports",
        "chart",
        (
            Tab("Pipeline", "reports.pipeline", REPORTED),
            Tab("Time in stage", "reports.time", REPORTED),
            Tab("Holds", "reports.holds", REPORTED),
            Tab("Leads", "reports.leads", REPORTED),
            Tab("Dialing", "reports.dialing", REPORTED),
            Tab("Activity", "reports.activity", REPORTED),
            Tab("Workload", "reports.workload", REPORTED),
            Tab("Won and lost", "reports.won-lost", REPORTED),
            Tab("Forecast", "reports.forecast", REPORTED),
            Tab("Cancellations", "reports.cancellations", REPORTED),
            Tab("Promises", "reports.promises", REPORTED),
            Tab("SOP", "reports.sop", REPORTED),
        ),
        ("reports",),
    ),
)
GEAR = (
    Place("Pipelines", "sliders", (Tab("Pipelines", "pipelines.index", (CRM_ADMIN,)),), ("pipelines",)),
    Place(
        "Scripts",
        "quote",
        (
            Tab("Scripts", "scripts.index", LEADS_PEOPLE),
            Tab("Wording check", "scripts.phrases", LEADS_PEOPLE),
            Tab("Email templates", "letters.index", (MANAGER,)),
        ),
        ("scripts",),
    ),
    Place("Business hours", "clock", (Tab("Business hours", "cancellations.times", LEADS_PEOPLE),), ()),
    Place(
        "Calling rules",
        "phone",
        (
            Tab("Calling rules", "calling.index", SEES_ALL),
            Tab("Holidays by region", "calling.holidays", SEES_ALL),
        ),
        ("calling",),
    ),
    Place(
        "Rights to cancel",
        "shield",
        (Tab("Rights to cancel", "rights.index", SEES_ALL, ("rights.show",)),),
        ("rights",),
    ),
    Place(
        "Inquiries",
        "globe",
        (Tab("Inquiries", "inquiries.settings", LEADS_PEOPLE, ("inquiries.set_up",)),),
        ("inquiries",),
    ),
    Place(
        "Escalation",
        "alert",
        (Tab("Escalation", "escalation.settings", LEADS_PEOPLE, ("escalation.set_up",)),),
        ("escalation",),
    ),
    Place("Imports", "upload", (Tab("Imports", "importing.index", LEADS_PEOPLE),), ("importing",)),
    Place("Second factor", "lock", (Tab("Second factor", "people.required_roles", (CRM_ADMIN,)),), ()),
    Place("Customer cancellation", "losing", (Tab("Customer cancellation", "departures.setup", (CRM_ADMIN,)),), ()),
    Place("Audit", "shield", (Tab("Audit", "audit.index", SEES_ALL, ("audit.show",)),), ("audit",)),
    Place("Privacy", "lock", (Tab("Privacy", "privacy.index", (CRM_ADMIN,)),), ("privacy",)),
    Place("House settings", "building", (Tab("House settings", "house.settings", LEADS_PEOPLE),), ("house",)),
)
ON_A_PHONE = ("Today", "Leads", "Deals", "Cancellations", "Customers", "Team", "Reports")
SHOWN_ON_A_PHONE = 3


def pages() -> list[Page]:
    """The bar. Who has one tab of a place only, and not its first, finds it under the tab's own name."""
    return [_page(place, tabs) for place in PLACES if (tabs := _tabs_of(place))]


def _page(place: Place, tabs: list[Tab]) -> Page:
    name = tabs[0].name if len(tabs) == 1 and tabs[0] != place.tabs[0] else place.name
    count = sum(nav_counts().get(tab.endpoint, 0) for tab in tabs)
    return Page(name, place.icon, address(tabs[0].endpoint), place == here(), count)


def _tabs_of(place: Place) -> list[Tab]:
    return _tabs_for(place, me().roles)


@cache
def _tabs_for(place: Place, roles: frozenset[str]) -> list[Tab]:
    return [tab for tab in place.tabs if roles.intersection(tab.roles)]


def here() -> Place | None:
    """The place that the page belongs to."""
    return _place_of(request.endpoint, request.blueprint, me().roles)


@cache
def _place_of(endpoint: str, blueprint: str | None, roles: frozenset[str]) -> Place | None:
    shows = [place for place in PLACES + GEAR if any(_is_tab(tab, endpoint) for tab in place.tabs)]
    by_tab = next((p for p in shows if any(_is_tab(tab, endpoint) for tab in _tabs_for(p, roles))), None)
    return by_tab or next((place for place in PLACES + GEAR if blueprint in place.blueprints), None)


def _is_tab(tab: Tab, endpoint: str) -> bool:
    return endpoint in (tab.endpoint, *tab.within)


def tabs() -> list[Page]:
    """The tabs above a page that is one of them; a single one needs no tabs."""
    place, endpoint = here(), request.endpoint
    shown = _tabs_of(place) if place and any(_is_tab(tab, endpoint) for tab in place.tabs) else []
    if len(shown) < 2:
        return []
    return [Page(t.name, "", address(t.endpoint), _is_tab(t, endpoint), nav_counts().get(t.endpoint, 0)) for t in shown]


def gear() -> list[Page]:
    """Administration, as far as this person may."""
    return [_page(place, tabs) for place in GEAR if (tabs := _tabs_of(place))]


def goals(user: User) -> Iterator[tuple[str, str, str]]:
    """Every tab that a person may go to: its name, icon and endpoint."""
    for place in PLACES + GEAR:
        for tab in place.tabs:
            if user.has(*tab.roles):
                yield _name_of_goal(place, tab), place.icon, tab.endpoint


def _name_of_goal(place: Place, tab: Tab) -> str:
    """A tab that is called like a page of the bar is told apart from it."""
    if tab == place.tabs[0]:
        return place.name
    return f"{place.name}: {tab.name}" if any(tab.name == other.name for other in PLACES) else tab.name


def phone_pages() -> list[Page]:
    """Those that have room at the foot of a phone. Of the leads it has those that one may call now."""
    rank = {name: place for place, name in enumerate(ON_A_PHONE)}
    shown = sorted(pages(), key=lambda page: rank.get(page.name, len(rank)))[:SHOWN_ON_A_PHONE]
    return [_dial(page) if page.name == "Leads" else page for page in shown]


def _dial(leads: Page) -> Page:
    return leads._replace(name="Dial", url=address("leads.index", mine=1, callable=1))

"""The page of a customer: what features bring to it. A tab is a list of theirs or a template of its own, at an address
of its own; a banner stands above all pages of the customer; an action is an entry of the menu *Actions*.

    register(Tab("cases", "Cases", 70, CASES, CustomerCase.customer))
    register_banner(lambda customer, by: render_template(...) if ... else "")
    register_action(Action("begin", "Begin cancellation…", "losing", "departures.begin", may))
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from flask import abort, render_template, request
from markupsafe import Markup
from peewee import Field, Select

from carmanana.core.db import database
from carmanana.records.customers import Customer
from carmanana.records.people import ROLES, User
from carmanana.web.addresses import address
from carmanana.web.current_user import me
from carmanana.web.filters import counted
from carmanana.web.fragments import wants_fragment
from carmanana.web.lists import List, Shown
from carmanana.web.lists.counting import up_to

TABBED = "customers.tab"
HERE = "customer-tab"
ANY_CUSTOMER, ANYBODY = -918_273_645, -546_372_819  # numbers that nobody has


@dataclass(frozen=True)
class Tab:
    """`place` is where it stands among the others. `list` is the feature's own, narrowed to the customer by `of`, the
    column that says whose a row is; or `list_of` makes one. `count` is the query whose rows its number counts, else
    those of the list; it may look at the number of the customer, and at the number and the roles of the person, at
    nothing else of them; `context` what its template is drawn with. Who has none of the `roles` does not have the
    tab."""

    key: str
    label: str
    place: int
    list: List | None = None
    of: Field | None = None
    list_of: Callable[[Customer], List] | None = None
    count: Callable[[Customer, User], Select] | None = None
    template: str = "customers/tab_list.html"
    context: Callable[[Customer, User], dict] = lambda customer, by: {}
    roles: tuple[str, ...] = tuple(ROLES)

    def listed(self, customer: Customer) -> List | None:
        if self.list_of:
            return self.list_of(customer)
        return self.list and narrowed(self.list, self.of, customer, self.key)

    def counted(self, customer: Customer, by: User) -> Select | None:
        if self.count:
            return self.count(customer, by)
        listed = self.listed(customer)
        return listed.scope(by) if listed else None

    def url(self, customer: Customer) -> str:
        if self.key == "overview":
            return address("customers.show", customer_id=customer.id)
        return address(TABBED, customer_id=customer.id, tab=self.key)


def narrowed(described: List, of: Field, customer: Customer, tab: str) -> List:
    """The list as the tab of one customer: all of theirs, whose they are going without saying."""
    return replace(
        described,
        columns=tuple(column for column in described.columns if column.key != "customer"),
        first=lambda by: "all",
        endpoint=TABBED,
        values={"customer_id": customer.id, "tab": tab},
        scope=lambda by: described.scope(by).where(of == customer),
        known_counts=lambda shown: {},
        text=None,
        views=False,
    )


@dataclass(frozen=True)
class Action:
    """An entry of the menu: `endpoint` is given the customer's id and answers with a dialog, or with a page where it
    does not `ask`. `may` says who is offered it."""

    key: str
    label: str
    icon: str
    endpoint: str
    may: Callable[[Customer, User], bool]
    asks: bool = True
    place: int = 50
    argument: str = "customer_id"

    def url(self, customer: Customer) -> str:
        return address(self.endpoint, **{self.argument: customer.id})


Banner = Callable[[Customer, User], str]

_tabs: dict[str, Tab] = {}
_actions: dict[str, Action] = {}
_banners: list[Banner] = []


def register(tab: Tab) -> Tab:
    _tabs[tab.key] = tab
    return tab


def register_action(action: Action) -> Action:
    _actions[action.key] = action
    return action


def register_banner(banner: Banner) -> Banner:
    """One that has nothing to say says ""."""
    _banners.append(banner)
    return banner


def banners_of(customer: Customer) -> Markup:
    """What stands above every page of the customer; a template asks for it as `customer_banners(customer)`."""
    return Markup("").join(Markup(banner(customer, me())) for banner in _banners)


def tabs_for(by: User) -> list[Tab]:
    return sorted((tab for tab in _tabs.values() if by.has(*tab.roles)), key=lambda tab: tab.place)


class CustomerPage:
    """One customer as this person sees them, on one of their tabs."""

    def __init__(self, customer: Customer, by: User, tab: str = "overview"):
        self.customer, self.by = customer, by
        self.tabs = tabs_for(by)
        self.tab = next((one for one in self.tabs if one.key == tab), None) or abort(404)

    @cached_property
    def counts(self) -> dict[str, str]:
        """How many each tab has, all in one query."""
        keys, sql, values = _counting(self.by.roles)
        meant = {ANY_CUSTOMER: self.customer.id, ANYBODY: self.by.id}
        numbers = database.execute_sql(sql, [meant.get(value, value) for value in values]).fetchone()
        return {key: counted(number) for key, number in zip(keys, numbers, strict=True)}

    @cached_property
    def actions(self) -> list[Action]:
        offered = [action for action in _actions.values() if action.may(self.customer, self.by)]
        return sorted(offered, key=lambda action: action.place)

    def may(self, action: str) -> bool:
        """Is this entry of the menu offered? A tab has a button for it too."""
        return any(offered.key == action for offered in self.actions)

    def answer(self):
        """The whole page, the tab alone, or what the tab's list is asked for."""
        listed = self.tab.listed(self.customer)
        alone = wants_fragment()
        if listed and (request.args.get("format") == "csv" or (alone and not _is_tab_asked())):
            return listed.answer()
        return render_template(
            self.tab.template,
            page=self,
            customer=self.customer,
            list=listed,
            shown=listed and Shown(listed, request.args, self.by),
            fragment=alone,
            **self.tab.context(self.customer, self.by),
        )


@lru_cache(64)
def _counting(roles: frozenset) -> tuple[list[str], str, list]:
    """The query of all counts, which takes longer to write than to run: it depends on roles alone, and stands in for
    whose it is and for who asks."""
    customer, by = Customer(id=ANY_CUSTOMER), User(id=ANYBODY, roles=roles)
    found = {tab.key: query for tab in tabs_for(by) if (query := tab.counted(customer, by)) is not None}
    counts = [up_to(query, query.model._meta.primary_key) for query in found.values()]
    return [list(found), *Select(columns=counts).bind(database).sql()]


def _is_tab_asked() -> bool:
    return request.headers.get("HX-Target", "").endswith(f"#{HERE}")

"""Records that have no page of their own: they stand in a list of everybody's and on a tab of their customer. And the
dialog in which a new record of a customer is entered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import abort, render_template, request, url_for

from carmanana.core.db import Record
from carmanana.core.fields import Field
from carmanana.core.workflow import Forbidden
from carmanana.customers import contact
from carmanana.records.customers import Customer
from carmanana.records.people import User
from carmanana.web.current_user import me
from carmanana.web.customers.page import TABBED, Tab
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms.records import form_class
from carmanana.web.fragments import go, htmx, page_behind, partial, pieces, toast
from carmanana.web.lists import List, Shown
from carmanana.web.steps import ask


@dataclass(frozen=True)
class CustomerRecords:
    """`tab` has their list. `load` reads a record through what the person may see, or aborts with 404."""

    tab: Tab
    load: Callable[[int], Record]

    def url_of(self, record: Record) -> str:
        """The tab of its customer, or the list where they don't see the customer."""
        if contact.visible_to(me()).where(Customer.id == record.customer_id).exists():
            return self._tab_of(record)
        return url_for(self.tab.list.endpoint, text=record.customer.name)

    def answer(self, record: Record, before: Record | None, said: str, undo: bool = False):
        """Its row, where the page lists it; else where it stands."""
        listed = self._list_behind(record)
        if not htmx or listed is None:
            return go(self.url_of(record), said)
        replaced = partial(f"#{listed.name}-{record.id}", self._alone(listed, record), "outerHTML")
        done = toast(said, record if undo else None)
        return pieces(replaced, partial("#dialog", ""), partial("#refusal", ""), done, HX_Reswap="none")

    def _list_behind(self, record: Record) -> List | None:
        lists = {url_for(self.tab.list.endpoint): self.tab.list}
        lists[self._tab_of(record)] = self.tab.listed(record.customer)
        return lists.get(page_behind().path)

    def _tab_of(self, record: Record) -> str:
        return tab_url(record.customer_id, self.tab.key)

    def _alone(self, listed: List, record: Record) -> str:
        rows = listed.load([self.load(record.id).id])
        columns, seen = Shown(listed, request.args, me()).columns, listed.seen(rows, me())
        return render_template("shared/_list_row_alone.html", list=listed, columns=columns, row=rows[0], seen=seen)


def tab_url(customer_id: int, tab: str) -> str:
    return url_for(TABBED, customer_id=customer_id, tab=tab)


def new_record(
    customer_id: int,
    described: Sequence[Field],
    title: str,
    endpoint: str,
    may: Callable[[Customer, User], bool],
    save: Callable[[Customer, dict], object],
    tab: str,
):
    """GET shows the fields, POST saves them for a customer whom the person sees and `may` work for. Without a dialog it
    goes back to the `tab`."""
    customer = contact.visible_to(me()).where(Customer.id == customer_id).first() or abort(404)
    if not may(customer, me()):
        raise Forbidden(endpoint)
    form = form_class(described)(customer, me())

    def again(status: int, *_):
        given = {"customer": customer, "form": form, "form_action": url_for(endpoint, customer_id=customer.id)}
        return show_dialog("customers/record.html", title, tab_url(customer.id, tab), status, **given)

    return ask(form, lambda: save(customer, form.given()), again)

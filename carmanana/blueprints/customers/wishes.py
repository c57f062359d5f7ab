"""What a customer asked not to be done, one of several people or the only one: anybody who hears it writes it down and
it holds at once; an admin takes it back, with the reason (Lead & deal SOP, section J)."""

from collections.abc import Callable
from dataclasses import replace

from flask import abort, request, url_for

from carmanana.blueprints.customers.views import blueprint
from carmanana.contacting import wishes
from carmanana.core.fields import SELECT, Field
from carmanana.core.workflow import Refusal, Refused
from carmanana.customers import contact, people
from carmanana.records.customers import WISHES, Customer, Person
from carmanana.web.access import allow
from carmanana.web.addresses import local_address
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms.records import form_class
from carmanana.web.fragments import go
from carmanana.web.steps import ask

WHO = Field("person", "Who", SELECT, lambda c, by: people.choices(c), start="", shown=lambda c, by: people.several(c))
STOP = (WHO, *(replace(field, start=False) for field in wishes.STOP))
LIFT = (WHO, *(replace(field, start="") for field in wishes.LIFT))


@blueprint.route("/<id:customer_id>/do-not-contact", methods=["GET", "POST"])
@allow("agent", "manager", "retention")
def stop(customer_id: int):
    return _ask(customer_id, "stop", "Do not contact", STOP, _stop)


def _stop(person: Person, given: dict) -> str:
    asked = [wish for wish in WISHES if given[wish]]
    wishes.stop(person, me(), asked or WISHES)
    return "They won’t be contacted that way again"


@blueprint.route("/<id:customer_id>/contact-again", methods=["GET", "POST"])
@allow("crm_admin")
def lift(customer_id: int):
    return _ask(customer_id, "lift", "May be contacted again", LIFT, _lift)


def _lift(person: Person, given: dict) -> str:
    wishes.lift(person, given["wish"] or "", given["reason"] or "", me())
    return "They may be contacted so again"


def _ask(customer_id: int, endpoint: str, title: str, described, save: Callable[[Person, dict], str]):
    """Back on the page that it was asked from, a lead's or the customer's."""
    customer = contact.visible_to(me()).where(Customer.id == customer_id).first() or abort(404)
    form = form_class(described)(customer, me(), data={"person": request.args.get("person", "")})
    here, back = url_for("customers.show", customer_id=customer.id), request.args.get("back", "")
    action = url_for(f"customers.{endpoint}", customer_id=customer.id, back=back or None)
    given, back = {"customer": customer, "form": form, "form_action": action}, local_address(back or here)
    return ask(
        form,
        lambda: go(back, save(_whom(customer, form), form.given())),
        lambda status, *_: show_dialog("customers/wishes.html", title, back, status, **given),
    )


def _whom(customer: Customer, form) -> Person:
    """Of several, the one who was named."""
    if "person" not in form:
        return Person.first_of(customer)
    person = people.person_of(customer, form.person.data or "")
    if person is None:
        raise Refused([Refusal("person", "Say which of them asked for it.", field="person")], customer)
    return person

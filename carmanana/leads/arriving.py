"""Leads that come by themselves: from the public form, posted by a marketplace, or out of a file. Who asked is somebody
we know where that is certain, else somebody new; what they sent is kept with the lead."""

from collections.abc import Iterable
from datetime import timedelta

from carmanana.contacting import inbound
from carmanana.contacting.attachments import Kept, attach
from carmanana.core import clock
from carmanana.core.db import transaction
from carmanana.customers import contact, settling
from carmanana.customers.duplicates import proofs
from carmanana.customers.names import may_be_one
from carmanana.leads import assigning, intake
from carmanana.leads.prospects.prospect import Prospect
from carmanana.records.activities import Activity
from carmanana.records.consents import Consent
from carmanana.records.customers import Customer, Person
from carmanana.records.deals import NeedsAssessment, VehicleOption
from carmanana.records.inquiries import InquirySettings
from carmanana.records.lead_codes import INQUIRY, OPEN, PRICE_SHOPPER
from carmanana.records.leads import Lead
from carmanana.records.notifications import Notification
from carmanana.records.people import HOUSE_ID, User

SAME_INQUIRY = timedelta(hours=24)


def arrive(
    prospect: Prospect,
    source: str,
    asked_by: str,
    by: User | None = None,
    customer: Customer | None = None,
    files: Iterable[Kept] = (),
    consents: Iterable[dict] = (),
    **facts,
) -> tuple[Lead, bool]:
    """The lead, and whether it is new: the same inquiry twice is one. `customer` is who somebody said that it is."""
    with transaction():
        found = customer or certain_match(prospect)
        if found and (known := _same(prospect, found)):
            return known, False
        customer = _met_again(found, prospect, by) if found else begin(prospect, by)
        lead = _take_in(prospect, customer, source, asked_by, by, facts)
        _agree(lead.person, by, consents)
        _write_needs(lead, prospect)
        _keep_words(lead, prospect, asked_by, by, list(files))
        if by is None:
            tell(lead)
    return lead, True


def certain_match(prospect: Prospect) -> Customer | None:
    """The one customer with this number or address whose name may be the same. Where several have it, or the name is
    another's, as at one switchboard, nobody is certain."""
    numbers = [phone.typed for phone in prospect.phones]
    known = proofs(numbers, prospect.emails, prospect.region)
    if len(known) != 1:
        return None
    found = Customer.get_by_id(next(iter(known)))
    return found if not prospect.name or may_be_one(prospect.name, found.name) else None


def begin(prospect: Prospect, by: User | None) -> Customer:
    """Somebody new, with the wishes of whoever had the number before."""
    phones, emails = [phone.typed for phone in prospect.phones], list(prospect.emails)
    wishes = settling.wishes_of(proofs(phones, emails, prospect.region))
    told = {"region": prospect.region[:60], "language": prospect.language}
    return contact.begin(prospect.called, phones, emails, by, **told, **wishes)


def _met_again(customer: Customer, prospect: Prospect, by: User | None) -> Customer:
    return settling.met_again(customer, by, [phone.typed for phone in prospect.phones], prospect.emails)


def _same(prospect: Prospect, customer: Customer) -> Lead | None:
    """What was sent already: by its number at the provider's, or in the same words within a day."""
    leads = Lead.select().where(Lead.customer == customer).order_by(Lead.id.desc())
    if prospect.external_id:
        return leads.where(Lead.external_id == _external(prospect)).first()
    recent = leads.where(Lead.state.in_(OPEN), Lead.created_at > clock.now() - SAME_INQUIRY)
    return recent.where(Lead.message == prospect.message, Lead.vehicle == _vehicle(prospect)).first()


def _external(prospect: Prospect) -> str:
    return f"{prospect.provider}:{prospect.external_id}"[:200] if prospect.external_id else ""


def _vehicle(prospect: Prospect) -> str:
    return next((vehicle.in_words for vehicle in prospect.wanted), "")[:200]


def _take_in(prospect: Prospect, customer: Customer, source: str, asked_by: str, by: User | None, facts: dict) -> Lead:
    told = {
        "kind": PRICE_SHOPPER if prospect.asks_for_price else INQUIRY,
        "source": source,
        "asked_by": asked_by,
        "message": prospect.message,
        "vehicle": _vehicle(prospect),
        "external_id": _external(prospect),
        "received_at": prospect.requested_at,
    }
    chosen = facts.pop("owner", None) or InquirySettings.now().owner_now
    given = None if chosen else assigning.next_owner()
    lead = intake.take_in(customer, by, owner=chosen or given, **told | facts)
    if given:
        assigning.give(lead, given)
    return lead


def _agree(person: Person, by: User | None, consents: Iterable[dict]) -> None:
    """Each box that was ticked, in its own words; the same words once more are the same consent."""
    for given in consents:
        standing = Consent.of(person).where(Consent.words == given["words"], Consent.withdrawn_at.is_null())
        if not standing.exists():
            intake.agree(person, by, **given)


def _write_needs(lead: Lead, prospect: Prospect) -> None:
    if not (prospect.wanted or prospect.timeline or prospect.place):
        return
    needs = NeedsAssessment.create(lead_id=lead.id, timeline=prospect.timeline, location=prospect.place)
    for position, vehicle in enumerate(prospect.wanted):
        VehicleOption.create(
            needs=needs,
            brand=vehicle.make or vehicle.model,
            model=vehicle.model if vehicle.make else "",
            year_from=vehicle.year_from,
            year_to=vehicle.year_to,
            most_miles=vehicle.most_distance,
            distance_unit=vehicle.distance_unit,
            colours=vehicle.colours,
            special=vehicle.special,
            position=position,
        )


def _keep_words(lead: Lead, prospect: Prospect, asked_by: str, by: User | None, files: list[Kept]) -> None:
    """A note, not a contact: nobody of ours has answered by it, and nobody was spoken to."""
    author = by or User.get_by_id(HOUSE_ID)
    about = {"customer": lead.customer_id, "lead": lead, "person": lead.person, "author": author}
    title = f"Inquiry by {prospect.provider}" if prospect.provider else "Inquiry"
    activity = Activity.create(
        kind="note", subject=title[:120], summary=prospect.message or _vehicle(prospect), **about
    )
    attach(activity, files, by)
    inbound.tell_who_has_it(activity, author)


def tell(lead: Lead) -> None:
    """Whose it is hears of it; where it is nobody's, the managers do."""
    wants = f" about a {lead.vehicle}" if lead.vehicle else ""
    text = f"{lead.customer.name} asked{wants}"
    if lead.owner_id and not lead.unowned:
        Notification.tell(lead.owner, "lead_new", text, lead=lead)
    else:
        Notification.tell_managers("lead_new", text, lead=lead)

"""Files of leads that somebody brings: read at once, shown with whom each may be already, and taken in as they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from carmanana.contacting import attachments
from carmanana.contacting.attachments import Kept, keep, no_strays
from carmanana.core import audit, clock
from carmanana.core.db import transaction
from carmanana.core.query import again
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.customers.contact import named_by
from carmanana.customers.duplicates import Duplicate, candidates
from carmanana.leads.arriving import arrive, begin, tell
from carmanana.leads.prospects import files
from carmanana.leads.prospects.prospect import Prospect, Unreadable
from carmanana.records.customers import Customer
from carmanana.records.inquiries import LeadFile
from carmanana.records.leads import Lead
from carmanana.records.people import User

NEW, LEAVE = "new", "leave"
MOST_FILES = 10
SMALL = 100_000  # bytes of a file that is kept with each of its leads; a larger one with the first
KEPT = timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """Somebody in the file, and who it may be."""

    number: int
    prospect: Prospect
    duplicates: list[Duplicate]

    @property
    def seen(self) -> list[Duplicate]:
        return [duplicate for duplicate in self.duplicates if duplicate.customer]

    @property
    def likeliest(self) -> str:
        """What is chosen before anybody says something."""
        sure = next((duplicate for duplicate in self.seen if duplicate.sure), None)
        return str(sure.customer.id) if sure else NEW


def receive(by: User, sent: list[tuple[str, bytes]]) -> list[LeadFile]:
    """Every file or none: what holds no leads is refused by its name."""
    if not by.works_deals:
        raise Forbidden("lead_files")
    _refuse(by, sent)
    with no_strays() as written:
        for name, content in sent:
            written.append(keep(name, content))
        with transaction():
            made = [LeadFile.create(user=by, name=file.name, stored=file.stored) for file in written]
        for file in written:
            file.used = True
    return made


def _refuse(by: User, sent: list[tuple[str, bytes]]) -> None:
    refusals = []
    if not sent:
        refusals.append(Refusal("files", "Choose a file.", field="files"))
    if len(sent) > MOST_FILES:
        refusals.append(Refusal("files", f"At most {MOST_FILES} files at once.", field="files"))
    for name, content in sent[:MOST_FILES]:
        try:
            files.read(name, content, by.timezone)
        except Unreadable as error:
            refusals.append(Refusal("unreadable", f"{attachments.clean_name(name)}: {error}", field="files"))
    if refusals:
        raise Refused(refusals)


def waiting(by: User) -> list[LeadFile]:
    """Theirs that are not taken in yet."""
    mine = LeadFile.select().where(LeadFile.user == by, LeadFile.taken_at.is_null())
    return list(mine.order_by(LeadFile.id))


def content_of(file: LeadFile) -> bytes:
    """Empty where the file has gone meanwhile."""
    path = attachments.folder / file.stored
    return path.read_bytes() if path.exists() else b""


def preview(file: LeadFile, by: User) -> list[Row]:
    return [Row(number, one, _duplicates(one, by)) for number, one in enumerate(_found(file, by).prospects)]


def out_of_reach(file: LeadFile, by: User) -> tuple[str, ...]:
    return _found(file, by).out_of_reach


def _found(file: LeadFile, by: User) -> files.Found:
    try:
        return files.read(file.name, content_of(file), by.timezone)
    except Unreadable as error:
        raise Refused([Refusal("unreadable", f"{file.name}: {error}")], file) from None


def _duplicates(prospect: Prospect, by: User) -> list[Duplicate]:
    numbers = [phone.typed for phone in prospect.phones]
    return candidates(by, prospect.name, numbers, prospect.emails, prospect.region)


def take(file: LeadFile, by: User, choices: Mapping[int, str]) -> list[Lead]:
    """All as it was said, or nothing. `choices`: by number a customer's id, NEW or LEAVE."""
    found, content = _found(file, by), content_of(file)
    chosen = [(number, one, choices.get(number, "")) for number, one in enumerate(found.prospects)]
    chosen = [(number, one, choice) for number, one, choice in chosen if choice != LEAVE]
    with no_strays() as written:
        copies = [_copy(file, content, written) for _ in chosen]
        leads = _take(file, by, found, list(zip(chosen, copies, strict=True)))
    _discard_content(file)
    return leads


def _take(file: LeadFile, by: User, found: files.Found, chosen: list) -> list[Lead]:
    """Their files are written by now: nothing slow holds the lock."""
    with transaction():
        _refuse_taken(file)
        leads = []
        for (number, one, choice), copies in chosen:
            leads.append(_arrive(one, _customer(number, one, choice, by), found, by, copies))
        LeadFile.update(taken_at=clock.now()).where(LeadFile.id == file.id).execute()
        audit.record("lead_file", file, by, leads=[lead.id for lead in leads])
    return leads


def _refuse_taken(file: LeadFile) -> None:
    if again(file).taken_at:
        raise Refused([Refusal("taken", "The leads of this file are here already.")], file)


def _customer(number: int, prospect: Prospect, choice: str, by: User) -> Customer:
    if choice == NEW:
        return begin(prospect, by)
    customer = named_by(choice, by)
    if customer is None:
        raise Refused([Refusal("who", f"Say who {prospect.called} is.", field=f"who-{number}")])
    return customer


def _copy(file: LeadFile, content: bytes, written: list[Kept]) -> list[Kept]:
    if written and len(content) > SMALL:
        return []
    written.append(keep(file.name, content))
    return written[-1:]


def _arrive(prospect: Prospect, customer: Customer, found: files.Found, by: User, copies: list[Kept]) -> Lead:
    lead, new = arrive(prospect, found.source, found.asked_by, by, customer, copies)
    if new and lead.owner_id not in (None, by.id):
        tell(lead)
    return lead


def discard(file: LeadFile, by: User) -> None:
    with transaction():
        audit.record("lead_file_discarded", file, by)
        LeadFile.delete().where(LeadFile.id == file.id).execute()
    _discard_content(file)


def _discard_content(file: LeadFile) -> None:
    (attachments.folder / file.stored).unlink(missing_ok=True)


def forget_abandoned(as_of: datetime) -> None:
    """Files that nobody has taken in for a week go, with the people in them."""
    for file in LeadFile.select().where(LeadFile.created_at < as_of - KEPT):
        LeadFile.delete().where(LeadFile.id == file.id).execute()
        _discard_content(file)

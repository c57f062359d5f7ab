"""A file of people who asked: leads or customers, as is chosen on the page or with --as; and taken back."""

from carmanana.core import clock
from carmanana.importing.lifecycle import import_steps
from carmanana.importing.preview import preview
from carmanana.importing.running import run
from carmanana.importing.terms import Terms
from carmanana.importing.uploading import set_terms, start, upload
from carmanana.leads.arriving import arrive
from carmanana.leads.lifecycle import inquiry
from carmanana.leads.prospects.prospect import Phone, Prospect
from carmanana.leads.unanswered import escalate_unanswered
from carmanana.records.customers import Customer
from carmanana.records.leads import Lead

from .importing_files import csv_of, fresh

HEADINGS = "Name,Phone,Email,State,Interested in,Make,Owner"
ROWS = (
    ["Ana Torres", "305 555 2000", "ana@example.com", "FL", "a hybrid", "Toyota", "agent@carmanana.example"],
    ["Ben Ito", "", "ben@example.com", "", "a van", "", ""],
    ["Ana Torres", "305 555 2000", "", "FL", "a second one", "", ""],
)


def brought(cast, kind: str, *rows):
    batch = upload(csv_of(*(rows or ROWS), headings=HEADINGS), "people.csv", cast.manager)
    terms = Terms.of(batch.mapping)
    terms.kind = kind
    set_terms(batch, terms, cast.manager)
    assert run(start(fresh(batch), cast.manager, True))
    return fresh(batch)


def test_people_who_asked_become_leads_of_their_customers(cast):
    batch = brought(cast, "leads")
    assert (batch.leads_made, batch.customers_made, batch.customers_met, batch.refused) == (2, 2, 1, 0)
    ana, ben = Lead.select().order_by(Lead.id)
    assert (ana.state, ana.source, ana.region, ana.owner, ana.vehicle) == (
        "new",
        "import",
        "US-FL",
        cast.agent,
        "Toyota",
    )
    assert "a hybrid" in ana.message and ana.person.customer == ana.customer and ana.answer_by == {"call", "email"}
    assert (ben.owner, ben.answer_by, ben.import_id) == (None, {"email"}, batch.id)
    assert not escalate_unanswered(clock.now()), "nobody waits in what was imported"


def test_as_contacts_they_are_customers_alone(cast):
    batch = brought(cast, "contacts")
    assert (batch.leads_made, batch.customers_made) == (0, 2) and not Lead.select().exists()


def test_who_has_an_open_lead_gets_no_second_one(cast):
    here, _ = arrive(Prospect(name="Ana Torres", phones=(Phone("305 555 2000"),)), "website", "form")
    batch = brought(cast, "leads")
    assert batch.leads_made == 1 and Lead.select().where(Lead.customer == here.customer).count() == 1


def test_the_preview_says_that_a_lead_comes_of_it(cast):
    batch = upload(csv_of(*ROWS, headings=HEADINGS.replace("Interested in", "Enquiry")), "people.csv", cast.manager)
    terms = Terms.of(batch.mapping)
    terms.kind = "leads"
    set_terms(batch, terms, cast.manager)
    assert all(line.lead for line in preview(fresh(batch), cast.manager).first)


def test_an_undone_import_takes_its_leads_but_for_those_that_were_worked(cast):
    batch = brought(cast, "leads")
    ben = Lead.get(Lead.owner.is_null())
    inquiry.fire(ben, "claim", cast.agent)
    run(import_steps.fire(batch, "undo", cast.manager))
    assert [lead.id for lead in Lead.select()] == [ben.id] and [c.name for c in Customer.select()] == ["Ben Ito"]
    assert fresh(batch).kept == 2


def test_the_command_makes_leads(app, tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(csv_of(*ROWS, headings=HEADINGS).getvalue())
    with app.app_context():
        said = app.test_cli_runner().invoke(args=["import", str(path), "--as", "leads"])
    assert Lead.select().count() == 2 and "2 leads" in said.output, said.output

"""A machine is a table, a catalogue and its fields: all else comes from there. A toy of two states proves it."""

import pytest
from flask import Blueprint, render_template_string
from peewee import AutoField, CharField, IntegerField

from carmanana import create_app, open_data
from carmanana.bulk import running
from carmanana.bulk.kinds import kinds_of
from carmanana.bulk.preview import preview
from carmanana.bulk.report import rows
from carmanana.bulk.selection import Picked
from carmanana.core.db import Record, database
from carmanana.core.fields import Field
from carmanana.core.undoing import Undoing
from carmanana.core.verbs import Bulk, Verb, catalogue
from carmanana.core.workflow import Refusal, Remedy, T, Workflow
from carmanana.records.people import User
from carmanana.web.access import signed_in
from carmanana.web.fragments import go
from carmanana.web.steps import Steps
from carmanana.web.timeline import timeline
from carmanana.web.timeline.history import Past

from ..cast import refused

# the whole machine


class Key(Record):
    id = AutoField()
    state = CharField(default="in")
    borrower = CharField(default="")
    version = IntegerField(default=1)

    @classmethod
    def visible(cls, by):
        return cls.borrower != "hidden"


def borrower_named(attempt):
    if not (attempt.given.get("borrower") or "").strip():
        return Refusal("borrower", "Say who takes the key.", "House rules, 1", field="borrower")


def not_reserved(attempt):
    if attempt.record.borrower == "reserved":
        return Refusal("reserved", "It is reserved.", "House rules, 2", (Remedy("See the board", "boards.first"),))


def lend(attempt) -> dict:
    return {"borrower": attempt.given["borrower"]}


def works(attempt):
    return attempt.by.works_deals


undoing = Undoing()
TABLE = [T("lend", "in", "out", works, (borrower_named, not_reserved), lend, undo=True)]
TABLE += undoing.rows(TABLE, ["in", "out"], works)
keys = Workflow(Key, ["in", "out"], TABLE, {}, lambda key, trigger: Refusal("out", "It is out."), undoing)
VERBS = catalogue(
    keys,
    Verb(
        "lend",
        "Lend…",
        icon="move",
        fields=(Field("borrower", "Who takes it"),),
        first=(not_reserved,),
        done="Lent",
        timeline="Lent out",
        undone="the key is back",
        form_rules=(borrower_named,),
        bulk=Bulk("Lend…", done="lent to {borrower}"),
    ),
)

blueprint = Blueprint("keys", __name__, url_prefix="/keys")
steps = Steps(
    blueprint,
    VERBS,
    Key.get_by_id,
    lambda key, before, words, undo: go(f"/keys/{key.id}", words),
    "keys.show",
    "key_id",
    ("agent", "manager"),
)
steps.register()


@blueprint.get("/<id:key_id>")
@signed_in
def show(key_id):
    from carmanana.web.current_user import me

    key = Key.get_by_id(key_id)
    return render_template_string(
        "{% include 'shared/_verbs.html' %}", record=key, actions=VERBS.actions(key, me()), verb_url=steps.url
    )


# what comes of it


@pytest.fixture
def toy(cast, settings, monkeypatch):
    app = create_app(settings)
    app.register_blueprint(blueprint)
    app.config["WTF_CSRF_ENABLED"] = False
    open_data(app, settings)
    database.connect(reuse_if_open=True)
    database.create_tables([Key])

    def open_browser(who: str):
        client = app.test_client()
        client.post("/sign-in", data={"email": f"{who}@carmanana.example", "password": cast.PASSWORD})
        return client

    return open_browser


HTMX = {"HX-Request": "true"}


def test_a_verb_is_a_button_for_whoever_may(toy):
    key = Key.create()
    assert "Lend…" in toy("agent").get(f"/keys/{key.id}").text
    assert "Lend…" not in toy("compliance").get(f"/keys/{key.id}").text


def test_a_refused_verb_shows_why_and_the_way_to_mend_it(toy):
    key = Key.create(borrower="reserved")
    page = toy("agent").get(f"/keys/{key.id}").text
    assert "It is reserved." in page and "See the board" in page and "disabled" in page


def test_its_dialog_has_the_described_fields(toy):
    dialog = toy("agent").get(f"/keys/{Key.create().id}/lend", headers=HTMX).text
    assert "Who takes it" in dialog and 'name="borrower"' in dialog and ">Lend</button>" in dialog


def test_a_step_is_taken_and_said(toy):
    key = Key.create()
    answer = toy("agent").post(f"/keys/{key.id}/lend", data={"borrower": "Marta", "version": 1}, follow_redirects=False)
    assert answer.status_code == 303
    assert (Key.get_by_id(key.id).state, Key.get_by_id(key.id).borrower) == ("out", "Marta")


def test_what_is_missing_is_said_at_its_field_and_nothing_changes(toy):
    key = Key.create()
    answer = toy("agent").post(f"/keys/{key.id}/lend", data={"borrower": "", "version": 1}, headers=HTMX)
    assert answer.status_code == 422 and "Say who takes the key." in answer.text
    assert Key.get_by_id(key.id).state == "in"


def test_who_is_slower_gets_both_versions(toy):
    key = Key.create(version=2)
    answer = toy("agent").post(f"/keys/{key.id}/lend", data={"borrower": "Marta", "version": 1}, headers=HTMX)
    assert answer.status_code == 409 and 'value="Marta"' in answer.text


def test_what_is_not_theirs_is_refused(toy):
    key = Key.create()
    assert toy("compliance").post(f"/keys/{key.id}/lend", data={"borrower": "Piet"}).status_code == 403


def test_its_line_in_a_timeline(toy):
    key = lent()
    assert [entry.title for entry in timeline(Past.of(key))] == ["Lent out"]


def lent() -> Key:
    key = Key.create()
    return keys.fire(key, "lend", User.get(User.email == "agent@carmanana.example"), borrower="Marta")


def test_who_took_the_step_takes_it_back(toy):
    key = lent()
    sent = {"version": key.version}
    assert toy("manager").post(f"/keys/{key.id}/undo", data=sent).status_code == 403
    assert toy("agent").post(f"/keys/{key.id}/undo", data=sent).status_code == 303
    assert (Key.get_by_id(key.id).state, Key.get_by_id(key.id).borrower) == ("in", "")
    assert toy("agent").post(f"/keys/{key.id}/undo", data=sent).status_code == 422
    assert {entry.title for entry in timeline(Past.of(key))} == {"Undone: the key is back", "Lent out"}


def test_many_are_lent_at_once_by_the_same_rules(toy):
    by = User.get(User.email == "agent@carmanana.example")
    lend, free, reserved = kinds_of(Key)["lend"], Key.create(), Key.create(borrower="reserved")
    chosen, given = Picked({free.id: free.version, reserved.id: None, 99: None}, Key), {"borrower": "Marta"}
    told = preview(lend, chosen.records(by), by, given)
    assert told.may == [free.id] and [sort.refusal.code for sort in told.refused] == ["reserved"]
    with refused("borrower"):
        running.begin(lend, chosen, {"borrower": ""}, by)
    run = running.begin(lend, chosen, given, by)
    running.run(run)
    assert {line.subject_id: line.code for line in run.lines} == {free.id: "", reserved.id: "reserved", 99: "gone"}
    assert lend.done(lend.recalled(run.given)) == "lent to Marta"
    assert [line[3] for line in rows(run, by)] == ["Result", "done", "refused", "refused"]
    assert Key.get_by_id(free.id).state == "out"

"""The steps of a lead as people meet them: each trigger once, with its button, dialog, toast and timeline line."""

from carmanana.core.fields import CHOICE, DAY, MOMENT, PERSON, RECORD, TICK, WORDS, Field
from carmanana.core.verbs import Bulk, Check, Line, Verb, catalogue
from carmanana.core.workflow import Attempt
from carmanana.deals.rules import contact_evidence
from carmanana.deals.step_fields import claimed, is_theirs
from carmanana.leads import rules
from carmanana.leads.lifecycle import RESUMED, inquiry
from carmanana.records.deals import Hold
from carmanana.records.lead_codes import CLOSE_REASONS, STATES
from carmanana.records.leads import Lead
from carmanana.records.people import AGENT, MANAGER
from carmanana.records.pipelines import Pipeline, Stage


def in_order_to_hold(attempt: Attempt) -> str:
    return contact_evidence(attempt.record, attempt.at)


def vehicles(attempt: Attempt) -> str:
    needs = attempt.record.needs
    return ", ".join(f"{option.brand} {option.model}".strip() for option in needs.wanted) if needs else ""


def timeline(attempt: Attempt) -> str:
    needs = attempt.record.needs
    return needs.timeline if needs else ""


def stages(lead: Lead, by) -> list[tuple[str, str]]:
    """Every open stage; the first one of each pipeline is where a new deal begins."""
    found = (
        Stage.select(Stage, Pipeline).join(Pipeline).where(~Stage.archived).order_by(Pipeline.position, Stage.position)
    )
    return [(str(stage.id), f"{stage.pipeline.name} – {stage.name}") for stage in found]


def first_words(lead: Lead) -> str:
    return (
        f"Send {lead.person.called.split()[0]} the options"
        if lead.person and lead.person.called.split()
        else "Send the options"
    )


ASKED = "What they want was written down"  # the same code in the record: what was done before it is assessed
REASON = Field("reason", "Reason, in words", WORDS, most=2000)
NEXT = (
    Field("next_step", "Next step", most=200, placeholder="Call back, send 3 options…"),
    Field("due_at", "Due", MOMENT, chips="due"),
)
HELD = (
    Field(
        "sub_status", "Why is it waiting?", CHOICE, choices=Hold.SUB_STATUSES, start=lambda lead, by: lead.hold_status
    ),
    Field("reason", "Reason, in words", WORDS, most=2000, start=lambda lead, by: lead.hold_reason),
    Field("follow_up_on", "Next follow-up", DAY, chips="day"),
)
CLOSING = (
    Field("close_reason", "Why is it closed?", CHOICE, choices=CLOSE_REASONS),
    Field(
        "no_calls", "No calls any more", TICK, hint="With “Asked not to be contacted”: tick none to close all channels."
    ),
    Field("no_emails", "No emails any more", TICK),
    Field("no_texts", "No texts any more", TICK),
    Field("reason", "In words, if there is more to say", WORDS, most=2000),
)
CONVERTING = (
    Field(
        "stage",
        "Pipeline and stage",
        RECORD,
        choices=stages,
        model=Stage,
        start=lambda lead, by: next((key for key, _ in stages(lead, by)), ""),
    ),
    Field(
        "readiness",
        "How ready are they?",
        CHOICE,
        choices={"live": "Live: ready to move", "organic": "Organic: later"},
        start="live",
    ),
    Field("next_step", "First next step", most=200, start=lambda lead, by: first_words(lead)),
    Field("due_at", "Due", MOMENT, chips="due"),
)
OWNER = (Field("owner", "New owner", PERSON, roles=(AGENT, MANAGER)), REASON)
HOLDS = (
    Check("Contact within the last 3 days", rules.contact_attempted, in_order_to_hold, mends=("no_call", "no_email")),
)
ASSESSED = (
    Check("They were reached", rules.two_way_contact),
    Check("Vehicles", rules.vehicles_named, vehicles),
    Check("Timeline", rules.timeline_known, timeline),
    Check("What matters most", rules.matters_most_known, asked=lambda lead: lead.price_shopper),
)


def became(data: dict, names=None) -> str:
    return f"Closed: {CLOSE_REASONS.get(data.get('reason'), 'no reason')}"


def _resume(trigger: str) -> Verb:
    state = STATES[RESUMED[trigger]]
    return Verb(
        trigger,
        "Resume…",
        icon="play",
        fields=NEXT,
        path="resume",
        first=(rules.is_owned,),
        done=f"{state} again",
        timeline="Resumed",
        look="moved",
        undone="resumed, so it waits on",
        primary=True,
    )


VERBS = catalogue(
    inquiry,
    Verb(
        "claim",
        "Claim",
        icon="user-plus",
        done=claimed,
        stands=is_theirs,
        timeline="Claimed",
        look="moved",
        key="c",
        bulk=Bulk("Claim", title="Claim leads", do="Claim", done="claimed", may=lambda by: by.works_deals),
        primary=True,
        offered=lambda lead, by: lead.unowned,
        undone="the claim",
    ),
    Verb(
        "assess",
        "Assessment is done…",
        icon="check",
        title="Needs assessment is done",
        submit="Assessed",
        confirm=True,
        first=(rules.is_owned,),
        checks=ASSESSED,
        done="Assessed",
        timeline=lambda told, names: ASKED if "options" in told else "Needs assessment done",
        look="connected",
        primary=True,
        undone="the assessment is not done",
    ),
    Verb(
        "convert",
        "Make it a deal…",
        icon="arrow-right",
        submit="Make the deal",
        fields=CONVERTING,
        first=(rules.is_owned,),
        checks=ASSESSED,
        done="It is a deal now",
        timeline="Became a deal",
        look="connected",
        mark="won",
        primary=True,
    ),
    *map(_resume, RESUMED),
    Verb(
        "hold",
        "Put on hold…",
        icon="hold",
        fields=HELD,
        first=(rules.is_owned,),
        checks=HOLDS,
        done="On hold",
        key="h",
        undone="on hold",
    ),
    Verb(
        "extend_hold",
        "Extend the hold…",
        icon="hold",
        fields=HELD,
        path="hold",
        first=(rules.is_owned,),
        checks=HOLDS,
        done="On hold for longer",
        undone="the longer hold",
    ),
    Verb(
        "close",
        "Close…",
        icon="circle-x",
        title="Close the lead",
        fields=CLOSING,
        first=(rules.is_owned,),
        done="Closed",
        timeline=became,
        mark="lost",
        form_rules=(rules.close_reason_chosen,),
        bulk=Bulk("Close", title="Close leads", do="Close", done="closed", may=lambda by: by.works_deals),
        undone="closed",
    ),
    Verb(
        "reassign",
        "Reassign…",
        icon="swap",
        fields=OWNER,
        done="They have been told",
        goes_on=False,
        form_rules=(rules.new_owner_works_leads, rules.reason_given),
        bulk=Bulk(
            "Reassign",
            title="Reassign leads",
            do="Reassign",
            done="reassigned to {owner}",
            may=lambda by: by.is_manager,
        ),
    ),
    Verb(
        "flag",
        "Flag for the manager…",
        icon="flag",
        fields=(Field("reason", "What should your manager look at?", WORDS, most=2000),),
        done="Your manager has been told",
        goes_on=False,
        offered=lambda lead, by: lead.flagged_at is None and not by.is_manager,
    ),
    Verb(
        "clear_flag",
        "Answer the flag…",
        icon="flag",
        fields=(Field("reason", "Your answer", WORDS, most=2000),),
        first=(rules.is_flagged,),
        done="The flag is answered",
        goes_on=False,
        offered=lambda lead, by: lead.flagged_at is not None,
    ),
    Verb(
        "reopen",
        "Reopen…",
        icon="undo",
        title="Reopen the lead",
        fields=(REASON,),
        done="Open again",
    ),
    Verb(
        "undo_convert",
        "Undo: no deal after all…",
        icon="undo",
        title="Undo the conversion",
        submit="Undo",
        confirm=True,
        path="undo-conversion",
        first=(rules.is_owned, rules.deal_is_untouched),
        note="The deal goes, and all that was said and done stays with the lead.",
        done="A lead again",
        timeline="Undone: no deal after all",
        offered=lambda lead, by: not rules.deal_is_untouched(Attempt(lead, by, "undo_convert")),
        goes_on=False,
    ),
    events={
        "take_in": Line("Inquiry received", "moved", "globe"),
        "connect": Line("Connected", "connected", "phone"),
        "log": None,
        "step_done": None,
        "step_moved": None,
    },
)

"""The steps of a deal that leave it where it stands, as people meet them: who has it, its next step, a question about
it."""

from carmanana.core.fields import PERSON, WORDS, Field
from carmanana.core.verbs import Bulk, Verb
from carmanana.deals import adding_steps, history_lines, owner_steps, rules
from carmanana.deals.step_fields import claimed, elsewhere, is_theirs, next_step, reason
from carmanana.records.people import AGENT, MANAGER

OWNING = (
    Verb(
        "claim",
        "Claim",
        icon="user-plus",
        done=claimed,
        stands=is_theirs,
        timeline=history_lines.claimed,
        look="moved",
        undone="the claim",
        offered=elsewhere,
        versioned=False,
        key="c",
        key_says="Claim it",
        bulk=Bulk("Claim", title="Claim deals", do="Claim", done="claimed", may=lambda by: by.works_deals),
    ),
    Verb(
        "reassign",
        "Reassign…",
        icon="user-plus",
        path="owner",
        fields=(
            Field("owner", "New owner", PERSON, roles=(AGENT, MANAGER), start=""),
            Field("reason", "Reason", WORDS, most=2000, rows=2, required=True),
        ),
        note="Open next steps go with it. Lead & deal SOP, section E",
        roles=(MANAGER,),
        goes_on=False,
        done="{owner.name} owns it now",
        offered=elsewhere,
        form_rules=(rules.new_owner_works_deals, rules.reason_given),
        bulk=Bulk(
            "Reassign",
            name="assign",
            title="Reassign",
            do="Reassign",
            done="reassigned to {owner}",
            may=lambda by: by.is_manager,
            note="Open next steps go with them. Lead & deal SOP, section E",
        ),
    ),
    Verb(
        "add_step",
        "Next step…",
        icon="task",
        fields=next_step("Send 3 options"),
        done="The next step is set",
        goes_on=False,
        offered=elsewhere,
        form_rules=(adding_steps.told, adding_steps.due_in_time),
        bulk=Bulk(
            "Next step",
            name="step",
            title="Set a next step",
            do="Set it for",
            done="have a next step: {next_step}",
            may=lambda by: by.works_deals,
        ),
    ),
    Verb(
        "clear_flag",
        "Answer the flag…",
        icon="flag",
        submit="Answer and clear",
        path="flag",
        fields=(reason("", "Your answer"),),
        goes_on=False,
        done="The flag is answered",
        applies=lambda deal, by: by.is_manager and deal.flagged_at is not None,
        offered=elsewhere,
        versioned=False,
    ),
    Verb(
        "flag",
        "Flag for the manager…",
        icon="flag",
        submit="Flag",
        fields=(reason("", "What should your manager look at?"),),
        goes_on=False,
        done="Your manager has been told",
        applies=lambda deal, by: not (by.is_manager and deal.flagged_at is not None),
        offered=elsewhere,
        versioned=False,
        form_rules=(owner_steps.question_asked,),
        bulk=Bulk(
            "Flag",
            title="Flag for the manager",
            do="Flag",
            done="flagged for the manager",
            may=lambda by: by.works_deals,
            rules=(owner_steps.not_flagged_yet,),
        ),
    ),
)

"""What people are told of: who may be told, in which words where no name is to be read, and by which way if they choose
none."""

from dataclasses import dataclass

from carmanana.records.people import AGENT, COMPLIANCE, CRM_ADMIN, CUSTOMER_CANCELLATION, MANAGER, RETENTION, User

EVERYONE = (AGENT, MANAGER, RETENTION, CUSTOMER_CANCELLATION, COMPLIANCE, CRM_ADMIN)
SELLING = (AGENT, MANAGER)
LEADING = (MANAGER, CRM_ADMIN)
SAVING = (AGENT, MANAGER, RETENTION)

LOCKED = "The first contact depends on it."
OWN_RECORD = "It is about your own work, and asks for an answer."
SAFETY = "It is about the safety of your account."
OTHER = "other"


@dataclass(frozen=True)
class Ways:
    """Where one hears of it."""

    app: bool = True
    push: bool = False
    email: bool = False
    digest: bool = True

    NAMES = ("app", "push", "email", "digest")


NOW = Ways(push=True, email=True, digest=False)
SOON = Ways(push=True)
DAILY = Ways()
IN_THE_APP = Ways(digest=False)


@dataclass(frozen=True)
class Kind:
    """`name` tells of one, `many` of several that stand in one line (`{}` is how many); what has none always stands
    alone, as what is urgent does. `fixed` is why it can't be switched off in the app."""

    code: str
    group: str
    name: str
    roles: tuple[str, ...]
    usual: Ways = DAILY
    many: str = ""
    fixed: str = ""

    @property
    def urgent(self) -> bool:
        return self.usual is NOW

    def told(self, number: int) -> str:
        """In words that name nobody."""
        return self.many.format(f"{number:,}") if number > 1 and self.many else self.name


def _group(name: str, *kinds: tuple) -> list[Kind]:
    return [Kind(code, name, *rest) for code, *rest in kinds]


KINDS = {
    kind.code: kind
    for kind in [
        *_group(
            "Deals and follow-ups",
            ("deal_mine", "A deal is yours now", SELLING, SOON, "{} deals are yours now"),
            ("deal_given", "A deal of yours went to somebody else", SELLING, DAILY, "{} deals of yours went to others"),
            ("deal_changed", "A deal was put on hold, changed or opened again", SELLING, DAILY,
                "{} deals were changed"),
            ("deal_flag", "A deal is flagged for you", (MANAGER,), SOON, "{} deals are flagged for you"),
            ("flag_answered", "Your flag is answered", SELLING, DAILY, "{} flags of yours are answered"),
            ("late_mine", "A follow-up of yours is overdue", SAVING, SOON, "{} follow-ups of yours are overdue"),
            ("late_team", "A follow-up in your team is overdue", LEADING, DAILY,
                "{} follow-ups in your team are overdue"),
            ("vehicle", "A vehicle suits a buyer of yours", SELLING, DAILY, "{} vehicles suit buyers of yours"),
            ("letter", "An email of yours was approved, sent back or not sent", SELLING, SOON),
            ("letter_asked", "An email waits for your approval", (MANAGER,), SOON, "{} emails wait for your approval"),
        ),
        *_group(
            "Leads",
            ("lead_new", "A lead came in", SELLING, SOON, "{} leads came in"),
            ("lead_mine", "A lead is yours now", SELLING, SOON, "{} leads are yours now"),
            ("lead_given", "A lead of yours went to somebody else", SELLING, DAILY, "{} leads of yours went to others"),
            ("lead_changed", "A lead was put on hold or opened again", SELLING, DAILY, "{} leads were changed"),
            ("lead_flag", "A lead is flagged for you", (MANAGER,), SOON, "{} leads are flagged for you"),
            ("unanswered_mine", "A lead of yours waits for its answer", SELLING, SOON,
                "{} leads of yours wait for an answer"),
            ("unanswered_team", "Nobody has answered a lead in time", LEADING, SOON,
                "{} leads were not answered in time"),
            ("sequence", "A call sequence is prepared for you", SELLING, SOON),
        ),
        *_group(
            "Cancellations",
            ("review_mine", "A cancellation waits for your first contact", (MANAGER,), NOW, "", LOCKED),
            ("contact_locked", "A cancellation was requested: contact is locked", SELLING, NOW, "", LOCKED),
            ("save_mine", "An order to save is yours", (MANAGER, RETENTION), NOW, "", LOCKED),
            ("customer_wrote", "A customer under review was in touch", (MANAGER, RETENTION), NOW, "", LOCKED),
            ("cancellation_news", "A cancellation moves on or is decided", SAVING, SOON),
            ("promise", "A promise of ours is yours to keep", SAVING, SOON),
        ),
        *_group(
            "Customers",
            ("customer_mine", "A customer is yours now", EVERYONE, DAILY, "{} customers are yours now"),
            ("customer_changed", "A customer was merged, cancelled or is back", EVERYONE, DAILY,
                "{} customers were changed"),
            ("expiry", "An expiry is due or yours", EVERYONE, DAILY, "{} expiries are due or yours"),
            ("case", "A case that you work on or watch goes on", EVERYONE, DAILY, "{} entries in your cases"),
            ("case_late", "A case is overdue", EVERYONE, SOON, "{} cases are overdue"),
        ),
        *_group(
            "Team",
            ("absence", "Somebody is away, or you cover for them", EVERYONE, DAILY, "{} absences"),
            ("hand_over", "A hand-over is asked for or answered", EVERYONE, SOON),
            ("left", "Somebody does not work here any more", LEADING),
            ("check_in", "Somebody wrote to you at a check-in", LEADING, DAILY, "{} notes of check-ins"),
            ("stuck", "Deals or leads were found stuck at night", SELLING, IN_THE_APP),
        ),
        *_group(
            "Compliance",
            ("finding", "A finding about your work was raised or decided", EVERYONE, SOON,
                "{} findings about your work were raised or decided", OWN_RECORD),
            ("finding_answered", "A finding was answered or is disputed", (MANAGER, COMPLIANCE), DAILY,
                "{} findings were answered"),
            ("consequence", "A consequence for you begins, is due or ends", EVERYONE, SOON, "", OWN_RECORD),
            ("consequence_news", "A consequence that you set goes on", (MANAGER, COMPLIANCE), DAILY,
                "{} consequences go on"),
            ("score", "A call of yours was scored", EVERYONE, DAILY, "{} calls of yours were scored"),
            ("scorecard", "A scorecard waits or is answered", (MANAGER, COMPLIANCE)),
        ),
        *_group(
            "Your account and the house",
            ("security", "Your second factor was reset or a recovery code used", EVERYONE, NOW, "", SAFETY),
            ("finished", "An import or a step for many is done", EVERYONE, IN_THE_APP),
            ("house", "The audit trail or the privacy list needs you", EVERYONE),
        ),
    ]
}  # fmt: skip
AS_IT_WAS = Kind(OTHER, "", "A notification", EVERYONE, IN_THE_APP)


def kind_of(code: str) -> Kind:
    """What was told before there were kinds stands in the app."""
    return KINDS.get(code, AS_IT_WAS)


def offered_to(user: User) -> dict[str, list[Kind]]:
    """Those that may reach this person, by group."""
    groups: dict[str, list[Kind]] = {}
    for kind in KINDS.values():
        if user.has(*kind.roles):
            groups.setdefault(kind.group, []).append(kind)
    return groups

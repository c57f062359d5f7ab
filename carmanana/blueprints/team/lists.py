"""The list of people."""

from carmanana.records.people import ROLES, User
from carmanana.staffing import listing
from carmanana.web.lists import Chip, Choice, Column, List

PEOPLE = List(
    name="people",
    title="People",
    endpoint="people.index",
    one="person",
    many="people",
    columns=(
        Column("person", "Name", lambda listed: listed.user.name, listing.NAME, always=True),
        Column("roles", "Roles", lambda listed: ", ".join(ROLES[role] for role in sorted(listed.user.roles))),
        Column(
            "manager", "Manager", lambda listed: listed.user.manager.name if listed.user.manager_id else "", wide=True
        ),
        Column("timezone", "Time zone", lambda listed: listed.user.timezone, wide=True),
        Column("presence", "Presence", lambda listed: listing.GROUPS[listed.group]),
        Column("open_deals", "Open deals", lambda listed: listed.open_deals, number=True),
        Column("open_leads", "Open leads", lambda listed: listed.open_leads, number=True, wide=True),
        Column("open_reviews", "Reviews", lambda listed: listed.open_reviews, number=True, wide=True),
        Column("open_cases", "Retention", lambda listed: listed.open_cases, number=True, wide=True),
    ),
    scope=lambda by: listing.people(),
    load=listing.listed,
    cells="people/_cells.html",
    id=User.id,
    sort="person",
    chips=(
        Chip("working", "Working", lambda by: listing.working()),
        Chip("here", "Active", lambda by: listing.present(), empty="Nobody is at work"),
        Chip("away", "Away", lambda by: listing.away(), empty="Nobody is away"),
        Chip("left", "Former", lambda by: ~listing.working(), empty="No former people"),
    ),
    one_chip=True,
    chip_key="group",
    choices=(Choice("role", "Role", lambda by: ROLES, lambda role, by: User.roles.contains(f" {role} ")),),
    text=listing.matches,
    placeholder="Name or email",
    empty=("users", "Nobody works here yet", "An admin adds people with “Add person”."),
    template="people/index.html",
)

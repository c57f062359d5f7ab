"""The list of a person's notifications."""

from carmanana.blueprints.notifications.links import Links
from carmanana.records.notifications import Notification
from carmanana.schema.sqlite import of_ids
from carmanana.web.lists import Chip, Column, List

NOTIFICATIONS = List(
    name="notifications",
    title="Notifications",
    endpoint="notifications.index",
    one="notification",
    many="notifications",
    columns=(
        Column("text", "Notification", lambda notification: notification.told),
        Column("when", "When", lambda notification: notification.created_at, Notification.id),
    ),
    scope=Notification.of,
    load=of_ids(lambda ids: Notification.select().where(Notification.id.in_(ids))),
    cells="notifications/_cells.html",
    id=Notification.id,
    sort="when",
    descending=True,
    chips=(
        Chip("all", "All", counted=False),
        Chip("new", "New", lambda by: Notification.read_at.is_null(), empty="You have read everything"),
    ),
    one_chip=True,
    text=lambda text: Notification.text.contains(text),
    placeholder="Words of a notification",
    empty=(
        "bell",
        "No notifications yet",
        "When a deal becomes yours, a flag is answered or somebody is away, it says so here.",
    ),
    template="notifications/index.html",
    seen=lambda rows, by: Links(by, rows),
    as_rows=True,
    narrow=True,
)

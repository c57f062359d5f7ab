"""The bars, drawn once until something in them changes; and what every template may ask."""

from collections import namedtuple
from functools import lru_cache

from flask import Flask, g, render_template, request
from markupsafe import Markup

from carmanana.core import uploads
from carmanana.core.workflow import Refused, Remedy
from carmanana.web.addresses import address
from carmanana.web.continuations import after, then
from carmanana.web.current_user import me
from carmanana.web.customers.banner import cancellation_banner
from carmanana.web.customers.page import banners_of
from carmanana.web.errors import remedy_url
from carmanana.web.forms.edit_conflicts import version_of
from carmanana.web.forms.quick_dates import day_chips, due_chips
from carmanana.web.fragment_cache import one_time_key, piece
from carmanana.web.http.assets import init_assets, join
from carmanana.web.lists.kept_filters import list_filters
from carmanana.web.lists.row_templates import rows_template
from carmanana.web.navigation import gear, here, pages, phone_pages, tabs
from carmanana.web.navigation.counts import in_bar, nav_counts, unread
from carmanana.web.sops import sop_url
from carmanana.web.steps import undo_url
from carmanana.web.timeline import FILTERS

Button = namedtuple("Button", "label url icon posts")

POSTED = {"deals.claim", "deals.successor", "leads.claim"}

# what every page has, and what all but the board have besides: the board is light
STYLES = [
    "layers.css",
    "tokens.css",
    "reset.css",
    "base.css",
    "layout.css",
    "components/buttons.css",
    "components/fields.css",
    "components/marks.css",
    "components/dialog.css",
    "components/messages.css",
    "components/script.css",
    "components/panels.css",
    "components/table.css",
    "components/list.css",
    "components/timeline.css",
    "components/search.css",
    "components/bulk.css",
    "screens/board.css",
    "screens/card.css",
    "screens/deal.css",
    "screens/request.css",
    "screens/duplicates.css",
    "screens/letters.css",
    "utilities.css",
    "components/adapting.css",
    "print.css",
]
SCRIPTS = [
    "page.js",
    "focus.js",
    "dialog.js",
    "messages.js",
    "drafts.js",
    "sending.js",
    "theme.js",
    "print.js",
    "composer.js",
    "player.js",
    "board.js",
    "keys.js",
    "live.js",
    "letters.js",
    "drop.js",
    "search.js",
    "select.js",
    "trail.js",
    "density.js",
    "waiting.js",
    "when_needed.js",
]
SCREEN_STYLES = [
    "screens/review.css",
    "screens/rights.css",
    "screens/retention.css",
    "screens/playbook.css",
    "screens/list.css",
    "screens/today.css",
    "screens/leads.css",
    "screens/cancellations.css",
    "screens/signing.css",
    "screens/importing.css",
    "screens/people.css",
    "screens/customers.css",
    "screens/departures.css",
    "screens/buyers.css",
    "screens/cases.css",
    "screens/quotations.css",
    "screens/pipelines.css",
    "screens/notifications.css",
    "screens/scripts.css",
    "screens/calling.css",
    "screens/inquire.css",
    "screens/dialer.css",
    "screens/compliance.css",
    "screens/help.css",
    "screens/offline.css",
]
SCREEN_SCRIPTS = [
    "list.js",
    "deal.js",
    "review.js",
    "phone_store.js",
    "queue.js",
    "offline.js",
    "offline_forms.js",
    "waiting_list.js",
    "sharing.js",
    "push.js",
]
# each of a few pages
TOOL_STYLES = [
    "screens/calendar.css",
    "screens/reports.css",
]
OF_TOOLS = {"boards.calendar", "compliance.trends", "audit", "reports"}  # endpoints, and blueprints as a whole
TOOL_SCRIPTS = [
    "calendar.js",
    "grid.js",
    "dialer.js",
    "reviewing.js",
    "recorder.js",
]


def on_every_page(name: str) -> Markup:
    """A part of every page that is the same for everybody."""
    return _on_every_page(name, request.script_root)


@lru_cache(100)
def _on_every_page(name: str, prefix: str) -> Markup:
    return Markup(render_template(name))


def bar() -> Markup:
    """What stands above every page of a person; the same until something in it changes."""
    return piece(("bar", *_what_a_bar_shows()), lambda: render_template("shared/_bar.html"))


def bottom() -> Markup:
    """The phone's bar."""
    return piece(("bottom", *_what_a_bar_shows()), lambda: render_template("shared/_bottom.html"))


def _what_a_bar_shows() -> tuple:
    """Both of a page show the same."""
    if "bars" not in g:
        by, at_search, counts = me(), request.endpoint == "search.index", nav_counts().values()
        g.bars = request.script_root, by.id, by.name, by.email, by.theme, by.roles, here(), at_search, *counts
    return g.bars


def remedies_of(error: Refused) -> list[Button]:
    """The buttons that mend a refusal, each once, the likeliest first."""
    remedies = dict.fromkeys(remedy for refusal in error.refusals for remedy in refusal.remedies)
    buttons = [Button(r.label, remedy_url(r, error.record, after(error)), r.icon, posts(r)) for r in remedies]
    return [button for button in buttons if button.url]


def posts(remedy: Remedy) -> bool:
    """Whether it mends at once, asking nothing first."""
    return remedy.endpoint in POSTED


def init_pages(app: Flask) -> None:
    """Globals of every template; `ui` are the macros of shared/ui.html."""
    join("carmanana", STYLES, SCRIPTS)
    join("screens", SCREEN_STYLES, SCREEN_SCRIPTS)
    join("tools", TOOL_STYLES, TOOL_SCRIPTS)
    init_assets(app)
    app.jinja_env.filters["in_bar"] = in_bar
    app.jinja_env.globals |= {
        "of_tools": lambda: bool({request.endpoint, request.blueprint} & OF_TOOLS),
        "customer_banners": banners_of,
        "cancellation_banner": cancellation_banner,
        "undo_url": undo_url,
        "upload_megabytes": lambda: uploads.megabytes,
        "pages": pages,
        "phone_pages": phone_pages,
        "tabs": tabs,
        "gear": gear,
        "bar": bar,
        "on_every_page": on_every_page,
        "rows_template": rows_template,
        "list_filters": list_filters,
        "bottom": bottom,
        "url_for": address,
        "unread": unread,
        "remedies_of": remedies_of,
        "sop_url": sop_url,
        "posts": posts,
        "due_chips": due_chips,
        "day_chips": day_chips,
        "timeline_filters": FILTERS,
        "version_of": version_of,
        "then": then,
        "ticked_of": lambda name: request.form.getlist(name),
        "one_time_key": one_time_key,
    }
    app.jinja_env.globals["ui"] = app.jinja_env.get_template("shared/ui.html").module

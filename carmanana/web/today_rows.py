"""The rows of Today, written straight away: a page has dozens of them, each with its few acts."""

from flask import current_app
from jinja2.filters import do_truncate
from markupsafe import Markup

from carmanana.web.filters import due, due_state, due_words, icon, time_tag
from carmanana.web.fragment_cache import one_time_key
from carmanana.web.http.tokens import page_token
from carmanana.web.templating import written

DIALOG, POST, LINK = "dialog", "post", "link"
LONGEST = 220  # letters of what a row says


def rows_of(duties) -> Markup:
    return Markup("".join(map(_row, duties)))


def _row(duty) -> str:
    sub = f"<small>{written(duty.sub)}</small>" if duty.sub else ""
    who, acts = written(duty.who), "".join([DRAWN[act.way](act, duty) for act in duty.acts])
    return (
        '<div class="duty">\n'
        f'<span class="duty-when {"" if duty.since else due_state(duty.when)}">{_when(duty)}</span>\n'
        f'<div class="duty-who"><a href="{written(duty.url)}"><bdi>{who}</bdi></a>{sub}</div>\n'
        f'<p class="duty-what" dir="auto">{written(_what(duty))}</p>\n<div class="duty-acts">{acts}</div>\n</div>\n'
    )


def _when(duty) -> str:
    when = duty.when
    if when is None or isinstance(when, str):
        return written(when or "")
    if duty.since:
        return time_tag(when)
    return time_tag(when, due_words) if hasattr(when, "hour") else written(due(when))


def _what(duty) -> str:
    long = len(duty.what) > LONGEST
    return do_truncate(current_app.jinja_env, duty.what, LONGEST) if long else duty.what


def _link(act, duty) -> str:
    return f'<a class="{_look(act)}" href="{written(act.url)}"{_title(act)}>{_label(act, duty)}</a>'


def _dialog(act, duty) -> str:
    url = written(act.url)
    return (
        f'<a class="{_look(act)}" href="{url}" hx-get="{url}" hx-target="#dialog"{_title(act)}>{_label(act, duty)}</a>'
    )


def _post(act, duty) -> str:
    url, label = written(act.url), written(act.label)
    keeps = f' data-offline="{label}: {written(duty.who)}" data-offline-page="{written(duty.url)}"' if act.keeps else ""
    sent = {"csrf_token": page_token(), "once": one_time_key(), **act.values}
    hidden = "".join(f'<input type="hidden" name="{name}" value="{written(value)}">' for name, value in sent.items())
    return (
        f'<form method="post" action="{url}" hx-post="{url}" hx-swap="none"{keeps}>{hidden}'
        f'<button class="button small{" primary" if act.primary else ""}">'
        f"{_icon(act)}{_named(label, duty)}</button></form>"
    )


def _look(act) -> str:
    """With an icon alone it is small."""
    if act.bare:
        return "button small duty-icon" if act.primary else "button small duty-icon quiet"
    return "button small primary" if act.primary else "button small"


def _title(act) -> str:
    return f' title="{written(act.label)}"' if act.bare else ""


def _label(act, duty) -> str:
    label = written(act.label)
    if act.bare:
        return f'{_icon(act)}<span class="sr-only">{label}: {written(duty.who)}</span>'
    return _icon(act) + _named(label, duty)


def _named(label: str, duty) -> str:
    return f'{label}<span class="sr-only">: {written(duty.who)}</span>'


def _icon(act) -> str:
    return icon(act.icon) if act.icon else ""


DRAWN = {DIALOG: _dialog, POST: _post, LINK: _link}

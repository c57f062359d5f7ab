"""Names that libraries keep to themselves and that we lean upon, mostly for speed: a version that takes one away fails
here, and says where it is missed."""

import logging
from pathlib import Path

import flask.globals
import markupsafe
import peewee
import pytest
from flask_login import LoginManager
from jinja2 import Environment
from waitress.wasyncore import dispatcher
from wtforms import Form

import carmanana
from carmanana.records.pipelines import Pipeline

MACRO = Environment().from_string("{% macro one(a) %}{% endmacro %}").module.one
DATABASE, MODEL, SELECT = peewee.SqliteDatabase(None), Pipeline(), peewee.Select()
STATE = DATABASE._state
LEANT_UPON = {
    "core/connection.py": [
        (peewee, "_savepoint __exception_wrapper__"),
        (DATABASE, "_state _connect"),
        (STATE, "conn ctx transactions set_connection"),
    ],
    "core/db.py": [(MODEL, "__data__ _dirty")],
    "core/rows.py": [(MODEL, "__data__ _dirty __rel__")],
    "core/query.py": [(SELECT, "_get_cursor_wrapper")],
    "core/logs.py": [(logging, "_srcfile")],
    "blueprints/reports/pages.py": [(SELECT, "_from_list")],
    "serving/connections.py": [(dispatcher(map={}), "_map")],
    "web/templating.py": [(markupsafe, "_escape_inner"), (MACRO, "_func _argument_count")],
    "web/http/requests.py": [(flask.globals, "_cv_app")],
    "web/current_user.py": [(LoginManager, "_load_user _update_request_context_with_user")],
    "web/forms/rows.py": [(Form(), "_prefix")],
}


@pytest.mark.parametrize("file", LEANT_UPON)
def test_what_we_lean_upon_is_there(file):
    code = (Path(carmanana.__file__).parent / file).read_text()
    names = [(owner, name) for owner, words in LEANT_UPON[file] for name in words.split()]
    assert [name for owner, name in names if not hasattr(owner, name)] == [], "a library keeps these no more"
    assert [name for _, name in names if name not in code] == [], "nobody leans upon these any more"

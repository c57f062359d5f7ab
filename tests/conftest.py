"""One migrated database file is made once; each test works on its own copy."""

import os
import shutil
from tempfile import TemporaryDirectory

os.environ["CARMANANA_ENV"] = "test"

import pytest
from flask.testing import FlaskClient

from carmanana import create_app, open_data
from carmanana.config import Settings
from carmanana.core import clock
from carmanana.core.db import database, open_database
from carmanana.opening import open_with
from carmanana.schema.migrate import migrate

from .cast import NOON, Cast
from .soaking import load_profile

load_profile()

SETTINGS = """CARMANANA_DATA CARMANANA_DEMO FLASK_APP FLASK_DEBUG LEAD_INTAKE_TOKEN MAIL_FROM POLL_SECONDS PORT PUBLIC_URL
PUSH_CONTACT SECRET_KEY SECURE_COOKIES SESSION_HOURS SESSION_IDLE_MINUTES SMTP_URL TRUSTED_HOSTS TRUSTED_PROXIES
UPLOAD_MEGABYTES""".split()
for setting in SETTINGS:  # each test says its own, whatever the machine is set to
    os.environ.pop(setting, None)
NOWHERE = TemporaryDirectory(prefix="carmanana-")  # the data of whoever is told of none, not those of the checkout
os.environ["CARMANANA_DATA"] = NOWHERE.name


def settings_in(folder) -> Settings:
    return Settings(env="test", data=folder, secret_key="s" * 64, trusted_hosts=["localhost", "127.0.0.1"])


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """What a migration loads for the years ahead, such as holidays, is that of the cast's day."""
    settings = settings_in(tmp_path_factory.mktemp("template"))
    open_database(settings)
    with clock.set_to(NOON):
        migrate(settings)
        Cast.hire()
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return settings.database


@pytest.fixture
def settings(template, tmp_path):
    settings = settings_in(tmp_path / "data")
    settings.data.mkdir()
    shutil.copy(template, settings.database)
    return settings


@pytest.fixture
def db(settings):
    """The database, the files and the outbox of this test, whatever the one before had."""
    open_with(settings)
    database.connect(reuse_if_open=True)
    yield database
    if not database.is_closed():
        database.close()


@pytest.fixture
def cast(db):
    """The people everybody's tests share, at noon on a Wednesday."""
    with clock.set_to(NOON):
        yield Cast()


class Browser(FlaskClient):
    """It reads each answer to its end. One that is still being sent when it is forgotten would be ended by the garbage
    collector, in the midst of another request."""

    def open(self, *args, **kwargs):
        return super().open(*args, **{"buffered": True} | kwargs)


@pytest.fixture(scope="session")
def product(template):
    """Making an application takes longer than most tests: one serves them all, each over a database of its own."""
    product = create_app(settings_in(template.parent))
    product.test_client_class = Browser
    return product


@pytest.fixture
def app(product, cast, settings):
    open_data(product, settings)
    product.config["WTF_CSRF_ENABLED"] = False
    database.connect(reuse_if_open=True)
    return product


@pytest.fixture
def visit(app):
    """A browser signed in as one of the cast: visit("agent").get("/board/")."""

    def open_browser(who: str | None = None):
        client = app.test_client()
        if who:
            answer = client.post("/sign-in", data={"email": f"{who}@carmanana.example", "password": Cast.PASSWORD})
            assert answer.status_code == 303, answer.text
        return client

    return open_browser

"""Every setting, and what the server does not start with."""

import stat
import threading

import pytest

from carmanana.config import Misconfigured, from_environment

LONG = "x" * 50


def settings(tmp_path, **environ):
    return from_environment({"CARMANANA_DATA": str(tmp_path)} | environ)


def production(tmp_path, **environ):
    return settings(tmp_path, **{"CARMANANA_ENV": "production", "SECRET_KEY": LONG} | environ)


@pytest.mark.parametrize(
    "environ",
    [
        {"SECRET_KEY": ""},
        {"SECRET_KEY": "x" * 49},
        {"SECRET_KEY": "x" + " " * 60},
        {"FLASK_DEBUG": "1"},
        {"FLASK_DEBUG": "true"},
        {"SESSION_HOURS": "half a day"},
        {"SESSION_HOURS": "0"},
        {"SESSION_IDLE_MINUTES": "-5"},
        {"UPLOAD_MEGABYTES": ""},
        {"CARMANANA_ENV": "staging"},
        {"SESSION_HOURS": "9" * 12},
        {"POLL_SECONDS": "9" * 5000},
        {"SMTP_URL": "mail.example.com"},
        {"SMTP_URL": "smtp://["},
        {"SMTP_URL": "smtp://mail:99999"},
        {"SMTP_URL": "https://mail"},
        {"PUBLIC_URL": "crm.example.com"},
        {"MAIL_FROM": "sales"},
        {"MAIL_FROM": "Sales <a@b.example>\nBcc: c@d.example"},
        {"CARMANANA_DATA": "/dev/null/data"},
        {"TRUSTED_HOSTS": "https://crm.example/"},
        {"TRUSTED_HOSTS": "crm.example, *.crm.example"},
        {"SECURE_COOKIES": "true"},
        {"CARMANANA_DEMO": "no"},
    ],
)
def test_production_does_not_start_with(tmp_path, environ):
    with pytest.raises(Misconfigured) as refused:
        production(tmp_path, **environ)
    assert next(iter(environ)) in str(refused.value), "the message names what to mend"


def test_the_addresses_of_mail_are_taken_as_they_are_written(tmp_path):
    for url in ("smtps://user:p%40ss@mail.example:465", "smtp+starttls://[::1]:587", "smtp://mail"):
        assert production(tmp_path, SMTP_URL=url).smtp_url == url
    for sender in ("a@b.example", "Sales, of the house <a@b.example>"):
        assert production(tmp_path, MAIL_FROM=sender).mail_from == sender
    assert production(tmp_path, PUBLIC_URL="https://crm.example/").public_url == "https://crm.example"


def test_production_starts_with_a_long_secret_and_closed_cookies(tmp_path):
    live = production(tmp_path, FLASK_DEBUG="0", SMTP_URL="smtp://mail", TRUSTED_HOSTS="crm.example, www.crm.example ,")
    assert (live.secret_key, live.production, live.secure_cookies, live.demo) == (LONG, True, True, False)
    assert live.trusted_hosts == ["crm.example", "www.crm.example"]
    named = [".crm.example", "crm.example:8443", "[::1]:8000", "bücher.example"]
    assert production(tmp_path, TRUSTED_HOSTS=",".join(named)).trusted_hosts == named
    assert not (tmp_path / "secret").exists()


def test_the_demo_world_is_never_in_production(tmp_path):
    assert not production(tmp_path, CARMANANA_DEMO="1").demo
    assert settings(tmp_path).demo


def test_development_makes_its_own_secret_once_and_keeps_it_to_itself(tmp_path):
    first = settings(tmp_path / "data").secret_key
    assert len(first) >= 50
    assert settings(tmp_path / "data").secret_key == first
    assert stat.S_IMODE((tmp_path / "data/secret").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret"]


def test_workers_that_start_together_read_one_secret(tmp_path):
    starting, found = threading.Barrier(8), []

    def start():
        starting.wait()
        found.append(settings(tmp_path).secret_key)

    workers = [threading.Thread(target=start) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(set(found)) == 1 and len(found) == 8 and found[0]


def test_everything_lies_in_the_data_folder(tmp_path):
    found = settings(tmp_path)
    assert {found.database.parent, found.queue.parent, found.uploads.parent} == {tmp_path}
    assert found.public_url == "http://127.0.0.1:8000"
    assert settings(tmp_path, PORT="9000").public_url == "http://127.0.0.1:9000"


def test_a_short_token_for_leads_is_refused(tmp_path):
    told = {"CARMANANA_ENV": "test", "CARMANANA_DATA": str(tmp_path)}
    assert from_environment(told).intake_token == ""
    assert from_environment(told | {"LEAD_INTAKE_TOKEN": "x" * 32}).intake_token == "x" * 32
    with pytest.raises(Misconfigured, match="LEAD_INTAKE_TOKEN must have 32"):
        from_environment(told | {"LEAD_INTAKE_TOKEN": "short"})

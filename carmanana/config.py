"""Every setting, read from the environment once."""

import os
import re
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 50
SHORTEST_TOKEN = 32

Network = IPv4Network | IPv6Network


class Misconfigured(SystemExit):
    """The server does not start with this; the message says how to mend it."""


@dataclass(frozen=True)
class Settings:
    env: str = "development"
    data: Path = ROOT / "data"
    secret_key: str = ""
    trusted_hosts: list[str] = field(default_factory=lambda: ["localhost", "127.0.0.1", "[::1]"])
    trusted_proxies: int | tuple[Network, ...] = ()
    session_hours: int = 12
    session_idle_minutes: int = 30
    upload_megabytes: int = 20
    poll_seconds: int = 4
    smtp_url: str = ""
    mail_from: str = "CarManana <no-reply@carmanana.example>"
    public_url: str = "http://127.0.0.1:8000"
    secure_cookies: bool = False
    demo: bool = False
    intake_token: str = ""
    push_contact: str = ""

    @property
    def database(self) -> Path:
        return self.data / "carmanana.sqlite3"

    @property
    def queue(self) -> Path:
        return self.data / "queue.sqlite3"

    @property
    def uploads(self) -> Path:
        return self.data / "uploads"

    @property
    def production(self) -> bool:
        return self.env == "production"


def from_environment(environ=os.environ) -> Settings:
    env = environ.get("CARMANANA_ENV", "development")
    if env not in ("development", "production", "test"):
        raise Misconfigured(f"CARMANANA_ENV is {env!r}: use development or production.")
    data = _folder(environ)
    settings = Settings(
        env=env,
        data=data,
        secret_key=_secret(environ, env, data),
        trusted_hosts=_hosts(environ) or Settings().trusted_hosts,
        trusted_proxies=_proxies(environ.get("TRUSTED_PROXIES", "").strip()),
        session_hours=_number(environ, "SESSION_HOURS", 12),
        session_idle_minutes=_number(environ, "SESSION_IDLE_MINUTES", 30),
        upload_megabytes=_number(environ, "UPLOAD_MEGABYTES", 20),
        poll_seconds=_number(environ, "POLL_SECONDS", 4),
        smtp_url=_address(environ, "SMTP_URL", ("smtps", "smtp+starttls", "smtp"), ""),
        mail_from=_sender(environ),
        public_url=_address(
            environ, "PUBLIC_URL", ("https", "http"), f"http://127.0.0.1:{environ.get('PORT', '8000')}"
        ).rstrip("/"),
        intake_token=_token(environ),
        push_contact=_contact(environ),
        secure_cookies=_switch(environ, "SECURE_COOKIES", "1" if env == "production" else "0"),
        demo=_switch(environ, "CARMANANA_DEMO", "1") and env == "development",
    )
    _refuse_debug_in_production(settings, environ)
    return settings


def _folder(environ) -> Path:
    path = Path(environ.get("CARMANANA_DATA", ROOT / "data")).resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(f"CARMANANA_DATA is {str(path)!r}, and no folder can be made there: {error}.") from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise Misconfigured(f"CARMANANA_DATA is {str(path)!r}, and nothing can be written there.")
    return path


def _secret(environ, env: str, data: Path) -> str:
    given = environ.get("SECRET_KEY", "").strip()
    if env == "production":
        if len(given) < SHORTEST_SECRET:
            raise Misconfigured(f"SECRET_KEY must be set to {SHORTEST_SECRET} random characters or more in production.")
        return given
    return given or _kept_secret(data / "secret")


def _kept_secret(path: Path) -> str:
    """Made once; it appears whole, so that workers that start together read the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent) as made:
            made.write(secrets.token_urlsafe(48))
            made.flush()
            with suppress(FileExistsError):
                os.link(made.name, path)
    return path.read_text(encoding="utf-8").strip()


def _hosts(environ) -> list[str]:
    given = [part.strip() for part in environ.get("TRUSTED_HOSTS", "").split(",") if part.strip()]
    for name in given:
        if not re.fullmatch(r"[^\s/@*:\[\]]+(:[0-9]+)?|\[[0-9a-fA-F:]+\](:[0-9]+)?", name):
            raise Misconfigured(f"TRUSTED_HOSTS names {name!r}: use names alone, as crm.example.com, by commas.")
    return given


def _switch(environ, name: str, default: str) -> bool:
    given = environ.get(name, "").strip() or default
    if given not in ("0", "1"):
        raise Misconfigured(f"{name} is {given!r}: use 1 or 0.")
    return given == "1"


def _proxies(given: str) -> int | tuple[Network, ...]:
    """How many proxies stand before us, or their addresses."""
    if given.isascii() and given.isdigit() and len(given) < 3:
        return int(given)
    try:
        return tuple(ip_network(part.strip(), strict=False) for part in given.split(",") if part.strip())
    except ValueError as error:
        raise Misconfigured(
            f"TRUSTED_PROXIES is {given!r}: use how many there are, or their addresses by commas ({error})."
        ) from None


def _token(environ) -> str:
    """What senders of leads show; empty where none are taken."""
    given = environ.get("LEAD_INTAKE_TOKEN", "").strip()
    if given and len(given) < SHORTEST_TOKEN:
        raise Misconfigured(f"LEAD_INTAKE_TOKEN must have {SHORTEST_TOKEN} random characters or more.")
    return given


def _contact(environ) -> str:
    """Whom a push service can write to about our pushes; empty where none are sent."""
    given = environ.get("PUSH_CONTACT", "").strip()
    if given and not re.fullmatch(r"mailto:[^\s@]+@[^\s@]+\.[^\s@]+|https://[^\s/]+\.[^\s]+", given):
        raise Misconfigured(f"PUSH_CONTACT is {given!r}: use mailto:somebody@your-domain or a page with https://.")
    return given


def _address(environ, name: str, schemes: tuple[str, ...], default: str) -> str:
    given = environ.get(name, "").strip() or default
    try:
        parts = urlsplit(given)
        good = parts.scheme in schemes and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if given != default and not good:
        begins = " or ".join(f"{scheme}://" for scheme in schemes)
        raise Misconfigured(f"{name} is no address that can be read: begin with {begins} and name a host.")
    return given


def _sender(environ) -> str:
    given = environ.get("MAIL_FROM", "").strip() or Settings.mail_from
    if not re.fullmatch(r"[^@<>\r\n]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+", given):
        raise Misconfigured(f"MAIL_FROM is {given!r}: use an address, or a name and the address as Name <a@b.example>.")
    return given


def _number(environ, name: str, default: int) -> int:
    given = environ.get(name, str(default)).strip()
    if not re.fullmatch("[1-9][0-9]{0,4}", given):
        raise Misconfigured(f"{name} is {given[:20]!r}: use a whole number from 1 to 99999.")
    return int(given)


def _refuse_debug_in_production(settings: Settings, environ) -> None:
    if settings.production and environ.get("FLASK_DEBUG", "0") not in ("", "0"):
        raise Misconfigured("FLASK_DEBUG is on: turn it off in production.")

"""`flask --app app ...`: set-up, demo, import, people, routes."""

from pathlib import Path

import click
from flask import Flask, current_app
from peewee import DatabaseError, OperationalError

from carmanana import backups, sweeps
from carmanana.core import audit, clock, full_disk
from carmanana.core.db import database, trouble
from carmanana.core.text import several
from carmanana.core.workflow import Refused
from carmanana.customers.privacy.replaying import replay
from carmanana.records.leads import Lead
from carmanana.records.people import ROLES, User
from carmanana.records.settled import NightlyProof
from carmanana.schema.migrate import migrate as bring_up_to_date
from carmanana.schema.migrate import pending
from carmanana.staffing import joining
from carmanana.staffing.signin import refuse_weak, set_password
from carmanana.today.proof import KINDS, prove
from carmanana.today.standing import STUCK, UNKNOWN

from .serving import running


def init_cli(app: Flask) -> None:
    for command in (
        migrate,
        backup,
        restore,
        permissions_command(app),
        demo,
        import_file,
        user,
        audit_group,
        worker,
        sweep,
    ):
        app.cli.add_command(command)


class Told(click.Command):
    """What the database can't do, or a disk that is full, is told in a sentence."""

    def invoke(self, context):
        try:
            return super().invoke(context)
        except DatabaseError as error:
            raise click.ClickException(trouble(error)) from None
        except OSError as error:
            folder = full_disk.folder_of(error, current_app.config["SETTINGS"].data)
            if not full_disk.is_meant(error, folder):
                raise
            raise click.ClickException(full_disk.told(folder)) from None


@click.command("migrate", cls=Told)
def migrate():
    """Bring the database up to date, after a backup."""
    stale = pending()
    applied = bring_up_to_date(current_app.config["SETTINGS"], click.echo)
    click.echo("\n".join(f"applied {name}" for name in applied) or ("made anew" if stale else "up to date"))
    _erase_again()


@click.command("backup", cls=Told)
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def backup(folder: Path | None):
    """Copy database and files into a new folder, while people work; into backups/ where no folder is named."""
    settings = current_app.config["SETTINGS"]
    try:
        path = backups.back_up(settings, folder)
    except (backups.Unusable, OSError, OperationalError) as error:
        into = folder or settings.data / "backups"
        why = full_disk.told(into) if full_disk.is_meant(error, settings.data) else error
        raise click.ClickException(f"Nothing was backed up: {why}") from None
    click.echo(f"{path}: checked, {several(sum(1 for _ in (path / backups.FILES).iterdir()), 'file')}")


@click.command("restore", cls=Told)
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.confirmation_option(prompt="This replaces the database. What stands there now is moved into backups/. Go on?")
def restore(path: Path):
    """Put a backup in place. Stop the server first."""
    settings = current_app.config["SETTINGS"]
    lock = running.hold(settings.data)
    if lock is None:
        raise click.ClickException("The server runs. Stop it, restore, and start it again.")
    try:
        with lock:
            done = backups.restore(settings, path)
    except (backups.Unusable, OSError) as error:
        raise click.ClickException(f"Nothing was restored: {error}") from None
    click.echo(
        f"{done.path} is restored; everybody signs in anew."
        + (f" What stood there is in {done.before}." if done.before else "")
    )
    if done.waiting_mail:
        waits = several(done.waiting_mail, "email waits", "emails wait")
        click.echo(f"{waits} to be sent in it. Some may have gone out after the backup was made.")
    if done.held_letters:
        held = several(done.held_letters, "email to a customer is", "emails to customers are")
        click.echo(f"{held} held: who wrote says whether it goes out again.")
    if waiting := pending():
        click.echo(f"It is from an older version, before {', '.join(waiting)}: run `flask --app app migrate`.")
    else:
        _erase_again()


def _erase_again() -> None:
    """What was erased after a backup was made is erased in it too, from the ledger beside the database."""
    database.connect(reuse_if_open=True)
    if erased := replay():
        who = "1 customer who was erased since is" if erased == 1 else f"{erased} customers who were erased since are"
        click.echo(f"{who} erased again.")


@click.command("demo", cls=Told)
@click.option("--deals", default=300, show_default=True, type=click.IntRange(1, 2_000_000))
@click.option("--seed", default=1, show_default=True)
@click.option("--if-empty", is_flag=True, help="do nothing where there are people already")
def demo(deals: int, seed: int, if_empty: bool):
    """Fill an empty database with a demo world."""
    from .demo import build

    production = current_app.config["SETTINGS"].production
    bring_up_to_date(current_app.config["SETTINGS"])
    if if_empty and (production or User.select().where(~User.house).exists()):
        return
    if production:
        raise click.ClickException("Demo people have a known password. They have no place in production.")
    if User.select().where(~User.house).exists():
        raise click.ClickException("The database is not empty. The demo world goes into an empty one.")
    build(deals=deals, seed=seed)
    click.echo(
        f"{deals} deals, {Lead.select().count()} leads. Sign in as agent@carmanana.example, password carmanana-demo."
    )


@click.command("worker", cls=Told)
def worker():
    """Run the worker: imports, mail, periodic duties."""
    from carmanana.serving.worker import main

    main()


@click.command("sweep", cls=Told)
def sweep():
    """Do now what the worker does by the minute, by the hour and by night."""
    escalated = sweeps.look_after(clock.now())
    sweeps.tidy(clock.now())
    click.echo(f"{escalated} overdue cancellation requests went to the next manager")
    tell_proof(prove())


def tell_proof(proof: NightlyProof) -> None:
    """How everything stands, and what is in no acceptable end state."""
    for kind, model in KINDS.items():
        found = proof.deals if kind == "deal" else proof.leads
        click.echo(f"{sum(found.values())} {kind}s, {sum(found.get(code, 0) for code in STUCK[model])} of them stuck")
        for code, number in sorted(found.items()):
            click.echo(f"  {'STUCK' if code in STUCK[model] or code == UNKNOWN else 'fine '} {number:7} {code}")


@click.command("import", cls=Told)
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--as",
    "kind",
    type=click.Choice(["sales", "deals", "leads", "contacts", "cases", "quotations", "assets"]),
    help="what the file is a list of",
)
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="HEADING=FIELD",
    help="what a column is; detail keeps it in words, out leaves it out",
)
@click.option(
    "--stage",
    "stages",
    multiple=True,
    metavar="WORD=STAGE",
    help="the stage or state that a word stands for; a stage alone is for all the others",
)
@click.option(
    "--owner",
    "owners",
    multiple=True,
    metavar="NAME=EMAIL",
    help="who a name is; an email alone, or nobody, is for all the others",
)
@click.option(
    "--dates", type=click.Choice(["mdy", "dmy"]), help="how dates are written, where the file does not show it"
)
@click.option("--numbers", type=click.Choice(["point", "comma"]), help="what stands before the fraction of an amount")
@click.option("--pipeline", default=None, help="slug of the pipeline, such as used-vehicle-orders")
@click.option("--state", default=None, help="state of rows that name none: active, won, lost ...")
@click.option("--sheet", default=None, help="sheet of the workbook")
@click.option("--encoding", default=None, help="encoding of a CSV that is not UTF-8, such as cp1250")
@click.option("--heading-row", type=click.IntRange(1, 999_999), help="row of the headings, where it is guessed wrong")
@click.option("--without-hidden", is_flag=True, help="leave out what is hidden in the workbook")
@click.option("--currency", help="of amounts that name none, such as EUR")
@click.option("--phones", metavar="COUNTRY", help="where numbers without + are dialled, such as GB; '' for nowhere")
@click.option("--readiness", type=click.Choice(["live", "organic"]), help="of deals that name none")
@click.option("--loss-reason", help="why deals were lost that do not say")
@click.option("--waits-for", help="what deals on hold wait for")
@click.option(
    "--known",
    type=click.Choice(["use", "new", "skip"]),
    default="use",
    show_default=True,
    help="what becomes of rows of customers who are here already",
)
@click.option("--same-name-is-one", "same_name", is_flag=True, help="rows of the same name are one customer")
@click.option("--make-deals", is_flag=True, help="make a deal of a quotation whose deal is not here")
@click.option("--again", is_flag=True, help="bring in a file that has been brought in before")
@click.option("--dry-run", is_flag=True, help="show what will happen, and bring nothing in")
def import_file(file: str, **options):
    """Bring in customers and deals, cases, quotations or assets from a CSV file or a workbook. What the page would ask
    must be said here."""
    from .importing.command import Options, import_from

    bring_up_to_date(current_app.config["SETTINGS"])
    import_from(file, Options(**options))


@click.group("user")
def user():
    """The people who work here."""


@user.command("add", cls=Told)
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(list(ROLES)))
@click.option("--manager", default=None, help="email of their manager")
@click.option("--timezone", default="America/New_York", show_default=True)
@click.password_option()
def add_user(email, name, roles, manager, timezone, password):
    """Add somebody with one or more roles."""
    boss = User.get_or_none(User.email == manager) if manager else None
    if manager and boss is None:
        raise click.ClickException(f"Nobody has the address {manager}.")
    try:
        refuse_weak(password, User(email=email, name=name))
        person = joining.join(None, email=email, name=name, roles=set(roles), manager=boss, timezone=timezone)
        set_password(person, password)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"{person.name} can sign in as {person.email}.")


@click.group("audit")
def audit_group():
    """The audit trail."""


@audit_group.command("verify", cls=Told)
def verify():
    """Name the first event that does not follow from the one before."""
    broken = audit.broken_event()
    if broken:
        raise click.ClickException(f"Event {broken.id} was changed, or the one before it is gone.")
    click.echo(f"{audit.Event.select().count()} events, unbroken.")


def permissions_command(app: Flask) -> click.Command:
    """Flask keeps the name `routes` for a table of its own, which does not know who may call what."""

    @click.command("permissions")
    def permissions():
        """Every address, its methods and who may call it."""
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
            access = getattr(
                app.view_functions[rule.endpoint], "access", "static" if rule.endpoint == "static" else "NOBODY"
            )
            who = access if isinstance(access, str) else ", ".join(access)
            methods = ",".join(sorted(rule.methods - {"HEAD", "OPTIONS"}))
            click.echo(f"{methods:9} {rule.rule:45} {who}")

    return permissions

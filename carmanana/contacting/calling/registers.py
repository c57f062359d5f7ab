"""Do-not-call registers: dated files of numbers. Of each region the newest counts, as long as it is young enough."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import phonenumbers

from carmanana.contacting.calling.places import is_region
from carmanana.core import audit, clock
from carmanana.core.db import insert_rows, transaction
from carmanana.core.workflow import Refusal, Refused
from carmanana.records.calling import CallingRule, DoNotCallRegister, RegisteredNumber
from carmanana.records.people import User
from carmanana.records.rights import admins_only

MOST_NUMBERS = 2_000_000
FEWEST, MOST = 7, 15
PIECE = re.compile(r"[,;\t]")
NOT_A_FILE = (
    "There are no phone numbers in it. It takes one number a line, or a table whose first column of numbers is read."
)


@dataclass(frozen=True)
class Age:
    """The newest register of a region; `limit` is how old it may be by the rules, None where they name none."""

    region: str
    register: DoNotCallRegister | None
    days: int | None
    limit: int | None

    @property
    def too_old(self) -> bool:
        return self.limit is not None and (self.days is None or self.days > self.limit)


def load(by: User, region: str, taken_on: date | None, name: str, content: bytes) -> DoNotCallRegister:
    """The numbers of the file take the place of those before; the earlier files stay on record by their dates."""
    admins_only(by)
    region = region.strip()
    _refuse(by, region, taken_on)
    numbers = sorted(set(read(content, region)))
    if not numbers:
        raise Refused([Refusal("file", NOT_A_FILE, field="file")])
    if len(numbers) > MOST_NUMBERS:
        raise Refused(
            [
                Refusal(
                    "file", f"It holds more than {MOST_NUMBERS:,} numbers. Send those of your area codes.", field="file"
                )
            ]
        )
    with transaction():
        _refuse_older(region, taken_on)
        register = DoNotCallRegister.create(
            region=region, taken_on=taken_on, name=name[:150], numbers=len(numbers), loaded_by=by.id
        )
        earlier = DoNotCallRegister.select(DoNotCallRegister.id).where(DoNotCallRegister.region == region)
        RegisteredNumber.delete().where(RegisteredNumber.register.in_(earlier)).execute()
        insert_rows("registered_number", ("register_id", "e164"), ((register.id, number) for number in numbers))
        audit.record("register", register, by, region=region, taken_on=taken_on.isoformat(), numbers=len(numbers))
    return register


def _refuse(by: User, region: str, taken_on: date | None) -> None:
    refusals = (
        [] if is_region(region) else [Refusal("region", "Enter a region by its code: US, US-FL.", field="region")]
    )
    if taken_on is None or taken_on > clock.today(by.timezone):
        refusals.append(Refusal("taken_on", "Enter the day on which it was taken, today or before.", field="taken_on"))
    if refusals:
        raise Refused(refusals)


def _refuse_older(region: str, taken_on: date) -> None:
    newest = newest_of(region)
    if newest and taken_on < newest.taken_on:
        sentence = f"A newer one is here, of {newest.taken_on:%-d %b %Y}."
        raise Refused([Refusal("taken_on", sentence, field="taken_on")])


def read(content: bytes, region: str) -> Iterator[str]:
    """Every number, in its international form; headings and other columns are passed over."""
    code = str(phonenumbers.country_code_for_region(region.partition("-")[0]))
    for line in content.decode("utf-8-sig", "replace").splitlines():
        pieces = (number for piece in PIECE.split(line[:500]) if (number := _number(piece, code)))
        if found := next(pieces, None):
            yield found


def _number(piece: str, code: str) -> str:
    """A million lines are read by their digits alone; what is valid was settled by whoever keeps the register."""
    piece = piece.strip().strip("\"'")
    digits = "".join(c for c in piece if c in "0123456789")
    if (
        not FEWEST <= len(digits) <= MOST
        or re.search(r"[^\d\s()+./\-]", piece)
        or re.fullmatch(r"\d{4}-\d\d-\d\d", piece)
    ):
        return ""
    if piece.startswith("+"):
        return f"+{digits}"
    if code == "1":
        return f"+{digits}" if len(digits) == 11 and digits.startswith("1") else f"+1{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") else f"+{code}{digits.removeprefix('0')}"


def newest_of(region: str) -> DoNotCallRegister | None:
    of_region = DoNotCallRegister.select().where(DoNotCallRegister.region == region)
    return of_region.order_by(DoNotCallRegister.taken_on.desc(), DoNotCallRegister.id.desc()).first()


def listing(number: str) -> DoNotCallRegister | None:
    """The register that holds this number, or None."""
    held = RegisteredNumber.select(RegisteredNumber.register).where(RegisteredNumber.e164 == number)
    return DoNotCallRegister.select().where(DoNotCallRegister.id.in_(held)).first()


def ages() -> list[Age]:
    """Of each region that has a register, or whose rules ask for one."""
    today = clock.today()
    asked: dict[str, int] = {}
    for rule in CallingRule.select().where(CallingRule.register_days.is_null(False)):
        if rule.in_force(today):
            asked[rule.region] = min(rule.register_days, asked.get(rule.region, rule.register_days))
    loaded = {region for (region,) in DoNotCallRegister.select(DoNotCallRegister.region).distinct().tuples()}
    newest = {region: newest_of(region) for region in loaded}
    return [
        Age(
            region,
            newest.get(region),
            newest[region] and (today - newest[region].taken_on).days if region in newest else None,
            asked.get(region),
        )
        for region in sorted(asked.keys() | loaded)
    ]

"""The list of assets, for all customers that one sees and as a tab of one."""

from dataclasses import dataclass

from peewee import SQL

from carmanana.core.query import prepared
from carmanana.customers import contact
from carmanana.records.assets import CEASED, KINDS, LIVE, Asset
from carmanana.records.customers import Customer
from carmanana.records.people import User
from carmanana.sales import seen
from carmanana.sales.assets.lifecycle import holding
from carmanana.schema.sqlite import literally, of_ids
from carmanana.web.customers.page import Tab, register
from carmanana.web.customers.reach import REACH, with_reach
from carmanana.web.lists import Chip, Choice, Column, Kept, List, Shown
from carmanana.web.lists.counting import all_up_to
from carmanana.web.lists.kept_rows import every_field


@dataclass(frozen=True)
class Beside:
    """What this person may do with it."""

    by: User

    @classmethod
    def of(cls, rows: list[Asset], by: User) -> "Beside":
        return cls(by)

    def may_work(self, asset: Asset) -> bool:
        return asset.live and asset.worked_by(self.by)

    def may_restore(self, asset: Asset) -> bool:
        return holding.permits(asset, "restore", self.by)


def _load(ids: list[int]) -> list[Asset]:
    return with_reach(_with_customers(ids))


@of_ids
def _with_customers(ids):
    return Asset.select(Asset, Customer).join(Customer).where(Asset.id.in_(ids))


CONDITIONS = {
    "live": lambda by: literally(Asset.state, LIVE),
    "ceasing": lambda by: literally(Asset.state, LIVE) & Asset.cease_on.is_null(False),
    "ceased": lambda by: literally(Asset.state, CEASED),
    "all": lambda by: SQL("1"),
}


@prepared
def _of_all():
    return all_up_to([Asset.select().where(where(None)) for where in CONDITIONS.values()], Asset.id)


def _counts(shown: Shown) -> dict[str, int]:
    if shown.chosen or not contact.sees_everybody(shown.by):
        return {}
    return dict(zip(CONDITIONS, _of_all.first(), strict=True))


def _shows(asset: Asset, may: Beside) -> tuple:
    return *every_field(asset), asset.customer.name, may.may_work(asset), may.may_restore(asset)


ASSETS = List(
    name="assets",
    title="Assets",
    endpoint="assets.index",
    one="asset",
    many="assets",
    columns=(
        Column("name", "What they hold", lambda asset: asset.name, always=True),
        Column("customer", "Customer", lambda asset: asset.customer.name),
        Column("kind", "Kind", lambda asset: asset.kind_name),
        Column("identifier", "VIN or number", lambda asset: asset.identifier),
        Column("state", "Live", lambda asset: asset.state_name),
        Column("since", "Held since", lambda asset: asset.held_since, number=True),
        Column("cease", "Cease date", lambda asset: asset.cease_on, number=True),
        Column("newest", "Entered", lambda asset: asset.created_at, Asset.id, number=True, wide=True),
        Column("reason", "Reason", lambda asset: asset.reason, wide=True),
        *REACH,
        Column("steps", "Steps", always=True),
    ),
    usual=("name", "customer", "kind", "identifier", "state", "since", "cease"),
    scope=seen.assets,
    load=_load,
    cells="assets/_cells.html",
    id=Asset.id,
    sort="newest",
    descending=True,
    one_chip=True,
    chips=(
        Chip("live", "Live", CONDITIONS["live"]),
        Chip("ceasing", "Cease date set", CONDITIONS["ceasing"]),
        Chip("ceased", "Ceased", CONDITIONS["ceased"]),
        Chip("all", "All"),
    ),
    known_counts=_counts,
    counted_in_one_pass=lambda by: not contact.sees_everybody(by),
    choices=(Choice("kind", "Kind", lambda by: KINDS, lambda code, by: Asset.kind == code),),
    text=lambda text: seen.named(Asset, Asset.name, text) | Asset.identifier.contains(text),
    placeholder="Customer, vehicle or VIN",
    empty=("car", "No assets here", "A delivered order makes one; others are added on the customer’s page."),
    seen=Beside.of,
    views=True,
    kept=Kept(_shows),
)

TAB = register(Tab("assets", "Assets", 60, ASSETS, Asset.customer, template="assets/tab.html"))

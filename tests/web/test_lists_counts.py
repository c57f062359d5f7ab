"""What stands on the chips of the lists of customers and of what hangs on them is what a look at every row finds, for
whoever looks."""

from datetime import timedelta

from carmanana.blueprints.assets.lists import ASSETS
from carmanana.blueprints.buyers.lists import BUYERS
from carmanana.blueprints.cases.lists import CASES
from carmanana.blueprints.customers.lists import CUSTOMERS
from carmanana.blueprints.expiries.lists import EXPIRIES
from carmanana.blueprints.quotations.lists import QUOTATIONS
from carmanana.blueprints.sales_orders.lists import ORDERS
from carmanana.core import clock
from carmanana.records.assets import Asset
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.customers import Customer
from carmanana.records.deals import Deal
from carmanana.records.expiries import Expiry
from carmanana.records.quotations import Quotation
from carmanana.records.sales_orders import SalesOrder
from carmanana.web.lists.shown import Shown


def test_counts_are_what_is_found(cast):
    deals = [cast.deal(owner) for owner in (cast.agent, cast.agent2, cast.agent, cast.agent2)]
    Deal.update(owner=None).where(Deal.id == deals[2].id).execute()
    Deal.update(retention_id=cast.retention.id).where(Deal.id == deals[3].id).execute()
    Deal.update(retention_id=cast.agent.id).where(Deal.id == deals[0].id).execute()
    leads = [cast.wants(cast.lead(owner), 2) for owner in (cast.agent, cast.agent2, None)]
    for number, customer in enumerate([leads[0].customer, leads[1].customer, deals[0].customer, cast.client()]):
        Customer.update(owner=(cast.agent, None, cast.agent2, 1)[number]).where(Customer.id == customer.id).execute()
    for number, deal in enumerate(deals, 1):
        Quotation.create(
            number=number, deal=deal, customer=deal.customer_id, currency="USD", state=("draft", "lost")[number % 2]
        )
        SalesOrder.create(number=number, deal=deal, customer=deal.customer_id, state=("open", "cancelled")[number // 3])
    far = clock.today() + timedelta(days=200)
    for number, customer in enumerate(Customer.select().order_by(Customer.id)):
        Asset.create(customer=customer, name="Kia", cease_on=far if number % 2 else None)
        Expiry.create(customer=customer, on=far, owner=cast.agent if number % 2 else None)
        due = clock.now() + timedelta(days=200 if number % 3 else -200)
        CustomerCase.create(customer=customer, subject="Keys", assignee=cast.agent2 if number % 2 else None, due_at=due)
    wrong = {}
    for by in (cast.agent, cast.agent2, cast.manager, cast.retention, cast.cancellations):
        for described in (CUSTOMERS, BUYERS, QUOTATIONS, ORDERS, ASSETS, CASES, EXPIRIES):
            chips = [chip for chip in described.chips if chip.shown(by)]
            for on in [{}, *({described.chip_key: chip.key, chip.key: "1"} for chip in chips)]:
                shown = Shown(described, on, by)
                every = described.scope(by)
                plain = {
                    chip.key: (every if (where := chip.where(by)) is None else every.where(where)).count()
                    for chip in chips
                }
                plain |= {"": shown.query.count()}
                told = {key: shown._counts[key] for key in plain}
                if told != plain or len(shown.ids) != plain[""]:
                    wrong[by.email, described.name, str(on)] = (told, plain, shown.ids)
    assert wrong == {}

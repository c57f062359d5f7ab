"""The first number and address of each row's customer, as the files of lists tell customers of one name apart."""

from functools import cached_property

from carmanana.records.customers import CustomerEmail, CustomerPhone
from carmanana.schema.sqlite import of_ids
from carmanana.web.lists.parts import Column


class Reach:
    """Of the customers of some rows; looked up once a column asks for it, in a query however many they are."""

    def __init__(self, rows: list):
        self.customers = {row.customer_id for row in rows}

    def phone(self, row) -> str:
        return self._phones.get(row.customer_id, "")

    def email(self, row) -> str:
        return self._emails.get(row.customer_id, "")

    @cached_property
    def _phones(self) -> dict[int, str]:
        return {phone.customer_id: phone.shown for phone in reversed(_phones(self.customers))}

    @cached_property
    def _emails(self) -> dict[int, str]:
        return {email.customer_id: email.address for email in reversed(_emails(self.customers))}


def with_reach(rows: list) -> list:
    reach = Reach(rows)
    for row in rows:
        row.reach = reach
    return rows


@of_ids
def _phones(ids):
    found = CustomerPhone.select().where(CustomerPhone.customer.in_(ids))
    return found.order_by(CustomerPhone.position, CustomerPhone.id)


@of_ids
def _emails(ids):
    found = CustomerEmail.select().where(CustomerEmail.customer.in_(ids))
    return found.order_by(CustomerEmail.position, CustomerEmail.id)


REACH = (
    Column("phone", "Phone", lambda row: row.reach.phone(row), wide=True, looked_up=True),
    Column("email", "Email", lambda row: row.reach.email(row), wide=True, looked_up=True),
)

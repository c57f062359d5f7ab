"""The first number and address of each row's customer, as the files of lists tell customers of one name apart."""

import json

from carmanana.core.query import prepared
from carmanana.records.customers import CustomerEmail, CustomerPhone
from carmanana.schema.sqlite import members
from carmanana.web.lists.parts import Column


def with_reach(rows: list) -> list:
    """Rows that have a customer, with all that reaches them, in two queries however many."""
    ids = json.dumps(sorted({row.customer_id for row in rows}))
    phones, emails = list(_phones(ids)), list(_emails(ids))
    for row in rows:
        row.customer.phones = [phone for phone in phones if phone.customer_id == row.customer_id]
        row.customer.emails = [email for email in emails if email.customer_id == row.customer_id]
    return rows


@prepared
def _phones(ids):
    found = CustomerPhone.select().where(CustomerPhone.customer.in_(members(ids)))
    return found.order_by(CustomerPhone.position, CustomerPhone.id)


@prepared
def _emails(ids):
    found = CustomerEmail.select().where(CustomerEmail.customer.in_(members(ids)))
    return found.order_by(CustomerEmail.position, CustomerEmail.id)


def phone_of(row) -> str:
    return row.customer.phones[0].shown if row.customer.phones else ""


def email_of(row) -> str:
    return row.customer.emails[0].address if row.customer.emails else ""


REACH = (Column("phone", "Phone", phone_of, wide=True), Column("email", "Email", email_of, wide=True))

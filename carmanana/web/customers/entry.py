"""Who a new customer, deal or lead is of: looked for among the known while one types."""

from carmanana.web.forms import DealershipForm, TextField


class CustomerEntryForm(DealershipForm):
    """`duplicate` says who it is where a number or an address is known already: a customer's id, or "new"."""

    name = TextField("Name", most=160)
    phones = TextField("Phone", most=40)
    emails = TextField("Email", most=254)
    duplicate = TextField("Who is it?", most=12)

    @property
    def reach(self) -> tuple[list[str], list[str]]:
        """The number and the address, as lists of as many as there are."""
        return [self.phones.data] if self.phones.data else [], [self.emails.data] if self.emails.data else []

"""The currency of what is typed: a sign decides it, or is refused where it contradicts what stands."""

from carmanana.core import money
from carmanana.web.filters import money_here
from carmanana.web.forms.widgets import SelectField

COMMON = ("USD", "CAD", "EUR", "GBP", "MXN", "ZAR")
LABELS = {code: f"{code} {sign.strip()}" if sign.strip() != code else code for code, sign in money.SYMBOLS.items()}
CHOICES = [(code, LABELS[code]) for code in (*COMMON, *sorted(set(LABELS) - set(COMMON)))]


class CurrencyField(SelectField):
    """Stands beside an amount."""

    def __init__(self, label="Currency", **kwargs):
        super().__init__(label, choices=CHOICES, validate_choice=False, **kwargs)

    @property
    def touched(self) -> bool:
        return self.object_data is not None and self.data != self.object_data


def settle(amounts, chosen: CurrencyField | None, standing: str | None) -> bool:
    """Give each amount its currency, or the error why it can't be."""
    if chosen is not None and not chosen.data:
        chosen.data = standing
    for amount in amounts:
        amount.code = (chosen.data if chosen is not None else standing) or ""
        if error := _error(amount, chosen, standing):
            amount.errors = [*amount.errors, error]
    if chosen is not None:
        for amount in amounts:
            amount.code = chosen.data
    return not any(amount.errors for amount in amounts)


def _error(amount, chosen: CurrencyField | None, standing: str | None) -> str:
    codes = amount.codes
    if not amount.code:
        return ""
    if codes and amount.code not in codes:
        if chosen is None:
            return (
                f"This deal is in {standing}, and “{money.bare(codes)}” is not. Its currency is changed in the order, "
                f"while no money has moved."
            )
        if chosen.touched:
            return f"“{money.bare(codes)}” is not {chosen.data}. One of the two is wrong."
        chosen.data = amount.code = money.plain(codes)
        if chosen.data is None:
            chosen.data = amount.code = chosen.object_data
            return f"“{money.bare(codes)}” is the money of several countries. Choose which."
    most = money.most(amount.code)
    return (
        f"That is more than {money_here(most, amount.code)}, the most that an amount may be."
        if (amount.data or 0) > most
        else ""
    )

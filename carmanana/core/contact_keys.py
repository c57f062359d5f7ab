"""The forms by which a number or an address is known again, however it is written (domain 4, *Contact lock*).

A key is a pair: the form, and an extension where there is one. Two extensions of one number are different people; a
number without an extension is the number of both. What a person types without its country is known by its national
digits."""

from collections.abc import Iterable

import phonenumbers

from carmanana.core.phones import FEWEST_DIGITS, HOME, country_of, e164, extension, parted

Key = tuple[str, str]
WHOLE, NATIONAL, DIGITS, ADDRESS = "whole:", "national:", "digits:", "address:"


def kept_keys(phones: Iterable[tuple[str, str | None]], emails: Iterable[str], region: str = "") -> set[Key]:
    """What is remembered of numbers (as typed, and in their international form) and addresses."""
    found = {(ADDRESS + plain_address(address), "") for address in emails}
    for typed, whole, inner in _numbers(phones, region):
        forms = [WHOLE + whole, *(NATIONAL + form for form in national_forms(whole))] if whole else []
        forms += [DIGITS + bare_digits(typed)] if not whole or _is_national(typed) else []
        found |= {(form, inner) for form in forms}
    return found


def asked_keys(phones: Iterable[tuple[str, str | None]], emails: Iterable[str], region: str = "") -> set[Key]:
    """What is looked for among the remembered, for somebody with these numbers and addresses."""
    found = {(ADDRESS + plain_address(address), "") for address in emails}
    for typed, whole, inner in _numbers(phones, region):
        forms = [WHOLE + whole, *(DIGITS + form for form in national_forms(whole))] if whole else []
        forms += [kind + bare_digits(typed) for kind in (NATIONAL, DIGITS)] if not whole or _is_national(typed) else []
        found |= {(form, inner) for form in forms}
    return found


def meet(one: Key, other: Key) -> bool:
    """The same form, and no two different extensions."""
    return one[0] == other[0] and (one[1] == other[1] or not (one[1] and other[1]))


def plain_address(address: str) -> str:
    """Without a +tag and in one case: Jane+car@Example.com is jane@example.com."""
    name, _, domain = address.strip().casefold().rpartition("@")
    return f"{name.partition('+')[0] or name}@{domain}"


def national_forms(whole: str) -> set[str]:
    """How the number may be dialled: with its country's digits, and within the country without its leading zeros."""
    number = phonenumbers.parse(whole)
    return {whole[1:], phonenumbers.national_significant_number(number).lstrip("0")}


def bare_digits(typed: str) -> str:
    inner = extension(typed)
    digits = "".join(c for c in typed if c.isdigit())
    return (digits.removesuffix(inner) if inner else digits).lstrip("0")


def _numbers(phones: Iterable[tuple[str, str | None]], region: str):
    """Each number of each line: as typed, its international form, its extension."""
    country = country_of(region) or HOME
    for line, known in phones:
        pieces = parted(line, country) or [line]
        for piece in pieces:
            whole = e164(piece, country) or (known if len(pieces) == 1 else None)
            if whole or len(bare_digits(piece)) >= FEWEST_DIGITS:
                yield piece, whole, extension(piece)


def _is_national(typed: str) -> bool:
    """Written without its country, so that it may be another country's than we take it for."""
    return not typed.lstrip(" (").startswith(("+", "00"))

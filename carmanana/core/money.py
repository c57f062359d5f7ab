"""Money is whole hundredths with a currency."""

import re

# code: (sign, name), ISO 4217; what is common in the trade stands first
CURRENCIES = {
    "USD": ("$", "US dollar"), "CAD": ("CA$", "Canadian dollar"), "EUR": ("€", "Euro"),
    "GBP": ("£", "Pound sterling"), "MXN": ("MX$", "Mexican peso"), "ZAR": ("R", "South African rand"),
    "AED": ("AED ", "UAE dirham"), "AFN": ("AFN ", "Afghani"), "ALL": ("ALL ", "Albanian lek"),
    "AMD": ("AMD ", "Armenian dram"), "ANG": ("ANG ", "Antillean guilder"), "AOA": ("AOA ", "Angolan kwanza"),
    "ARS": ("AR$", "Argentine peso"), "AUD": ("A$", "Australian dollar"), "AWG": ("AWG ", "Aruban florin"),
    "AZN": ("₼", "Azerbaijani manat"), "BAM": ("BAM ", "Convertible mark"), "BBD": ("BB$", "Barbados dollar"),
    "BDT": ("৳", "Bangladeshi taka"), "BGN": ("BGN ", "Bulgarian lev"), "BHD": ("BHD ", "Bahraini dinar"),
    "BIF": ("BIF ", "Burundi franc"), "BMD": ("BM$", "Bermudian dollar"), "BND": ("B$", "Brunei dollar"),
    "BOB": ("Bs", "Boliviano"), "BRL": ("R$", "Brazilian real"), "BSD": ("BS$", "Bahamian dollar"),
    "BTN": ("BTN ", "Bhutanese ngultrum"), "BWP": ("BWP ", "Botswana pula"), "BYN": ("BYN ", "Belarusian ruble"),
    "BZD": ("BZ$", "Belize dollar"), "CDF": ("CDF ", "Congolese franc"), "CHF": ("CHF ", "Swiss franc"),
    "CLP": ("CL$", "Chilean peso"), "CNY": ("CN¥", "Chinese yuan"), "COP": ("CO$", "Colombian peso"),
    "CRC": ("₡", "Costa Rican colón"), "CUP": ("CU$", "Cuban peso"), "CVE": ("CVE ", "Cape Verde escudo"),
    "CZK": ("Kč ", "Czech koruna"), "DJF": ("DJF ", "Djibouti franc"), "DKK": ("DKK ", "Danish krone"),
    "DOP": ("RD$", "Dominican peso"), "DZD": ("DZD ", "Algerian dinar"), "EGP": ("E£", "Egyptian pound"),
    "ERN": ("ERN ", "Eritrean nakfa"), "ETB": ("ETB ", "Ethiopian birr"), "FJD": ("FJ$", "Fiji dollar"),
    "FKP": ("FK£", "Falkland Islands pound"), "GEL": ("₾", "Georgian lari"), "GHS": ("GH₵", "Ghana cedi"),
    "GIP": ("GI£", "Gibraltar pound"), "GMD": ("GMD ", "Gambian dalasi"), "GNF": ("GNF ", "Guinean franc"),
    "GTQ": ("GTQ ", "Guatemalan quetzal"), "GYD": ("GY$", "Guyana dollar"), "HKD": ("HK$", "Hong Kong dollar"),
    "HNL": ("HNL ", "Honduran lempira"), "HTG": ("HTG ", "Haitian gourde"), "HUF": ("Ft ", "Hungarian forint"),
    "IDR": ("Rp ", "Indonesian rupiah"), "ILS": ("₪", "Israeli shekel"), "INR": ("₹", "Indian rupee"),
    "IQD": ("IQD ", "Iraqi dinar"), "IRR": ("IRR ", "Iranian rial"), "ISK": ("ISK ", "Icelandic króna"),
    "JMD": ("J$", "Jamaican dollar"), "JOD": ("JOD ", "Jordanian dinar"), "JPY": ("¥", "Japanese yen"),
    "KES": ("KSh ", "Kenyan shilling"), "KGS": ("KGS ", "Kyrgyz som"), "KHR": ("KHR ", "Cambodian riel"),
    "KMF": ("KMF ", "Comoro franc"), "KPW": ("KPW ", "North Korean won"), "KRW": ("₩", "South Korean won"),
    "KWD": ("KWD ", "Kuwaiti dinar"), "KYD": ("CI$", "Cayman Islands dollar"), "KZT": ("₸", "Kazakhstani tenge"),
    "LAK": ("LAK ", "Lao kip"), "LBP": ("LBP ", "Lebanese pound"), "LKR": ("LKR ", "Sri Lanka rupee"),
    "LRD": ("L$", "Liberian dollar"), "LSL": ("LSL ", "Lesotho loti"), "LYD": ("LYD ", "Libyan dinar"),
    "MAD": ("MAD ", "Moroccan dirham"), "MDL": ("MDL ", "Moldovan leu"), "MGA": ("MGA ", "Malagasy ariary"),
    "MKD": ("MKD ", "Macedonian denar"), "MMK": ("MMK ", "Myanmar kyat"), "MNT": ("₮", "Mongolian tögrög"),
    "MOP": ("MOP ", "Macanese pataca"), "MRU": ("MRU ", "Mauritanian ouguiya"), "MUR": ("MUR ", "Mauritian rupee"),
    "MVR": ("MVR ", "Maldivian rufiyaa"), "MWK": ("MWK ", "Malawian kwacha"), "MYR": ("RM", "Malaysian ringgit"),
    "MZN": ("MZN ", "Mozambican metical"), "NAD": ("N$", "Namibian dollar"), "NGN": ("₦", "Nigerian naira"),
    "NIO": ("C$", "Nicaraguan córdoba"), "NOK": ("NOK ", "Norwegian krone"), "NPR": ("NPR ", "Nepalese rupee"),
    "NZD": ("NZ$", "New Zealand dollar"), "OMR": ("OMR ", "Omani rial"), "PAB": ("PAB ", "Panamanian balboa"),
    "PEN": ("S/", "Peruvian sol"), "PGK": ("PGK ", "Papua New Guinean kina"), "PHP": ("₱", "Philippine peso"),
    "PKR": ("PKR ", "Pakistani rupee"), "PLN": ("zł ", "Polish złoty"), "PYG": ("₲", "Paraguayan guaraní"),
    "QAR": ("QAR ", "Qatari riyal"), "RON": ("RON ", "Romanian leu"), "RSD": ("RSD ", "Serbian dinar"),
    "RUB": ("₽", "Russian ruble"), "RWF": ("RWF ", "Rwandan franc"), "SAR": ("SAR ", "Saudi riyal"),
    "SBD": ("SI$", "Solomon Islands dollar"), "SCR": ("SCR ", "Seychelles rupee"), "SDG": ("SDG ", "Sudanese pound"),
    "SEK": ("SEK ", "Swedish krona"), "SGD": ("S$", "Singapore dollar"), "SHP": ("SH£", "Saint Helena pound"),
    "SLE": ("SLE ", "Sierra Leonean leone"), "SOS": ("SOS ", "Somali shilling"), "SRD": ("SR$", "Surinamese dollar"),
    "SSP": ("SSP ", "South Sudanese pound"), "STN": ("STN ", "São Tomé dobra"), "SVC": ("SVC ", "Salvadoran colón"),
    "SYP": ("SYP ", "Syrian pound"), "SZL": ("SZL ", "Swazi lilangeni"), "THB": ("฿", "Thai baht"),
    "TJS": ("TJS ", "Tajik somoni"), "TMT": ("TMT ", "Turkmen manat"), "TND": ("TND ", "Tunisian dinar"),
    "TOP": ("T$", "Tongan paʻanga"), "TRY": ("₺", "Turkish lira"), "TTD": ("TT$", "Trinidad and Tobago dollar"),
    "TWD": ("NT$", "New Taiwan dollar"), "TZS": ("TSh ", "Tanzanian shilling"), "UAH": ("₴", "Ukrainian hryvnia"),
    "UGX": ("USh ", "Ugandan shilling"), "UYU": ("UY$", "Uruguayan peso"), "UZS": ("UZS ", "Uzbekistani som"),
    "VES": ("VES ", "Venezuelan bolívar"), "VND": ("₫", "Vietnamese dong"), "VUV": ("VUV ", "Vanuatu vatu"),
    "WST": ("WS$", "Samoan tala"), "XAF": ("FCFA ", "CFA franc BEAC"), "XCD": ("EC$", "East Caribbean dollar"),
    "XOF": ("XOF ", "CFA franc BCEAO"), "XPF": ("XPF ", "CFP franc"), "YER": ("YER ", "Yemeni rial"),
    "ZMW": ("ZMW ", "Zambian kwacha"),
}  # fmt: skip
SYMBOLS = {code: sign for code, (sign, _) in CURRENCIES.items()}
# signs that several countries use for their own money
SHARED = {
    "$": {code for code, sign in SYMBOLS.items() if sign.endswith("$") and sign != "R$"},
    "£": {code for code, sign in SYMBOLS.items() if sign.endswith("£")},
    "¥": {"JPY", "CNY"},
    "kr": {"SEK", "NOK", "DKK", "ISK"},
    "Rs": {"INR", "PKR", "LKR", "NPR", "MUR"},
}  # fmt: skip
PLAINLY = {"$": "USD", "£": "GBP", "¥": "JPY"}  # what such a sign means where nothing else tells
# of which a car costs millions
SMALL = set(
    "ARS BIF CDF CLP COP CRC DJF GNF HUF IDR IQD IRR ISK JPY KHR KMF KRW KZT LAK LBP "
    "MGA MMK MNT MWK NGN PYG RWF SLE SOS SYP TZS UGX UZS VND VUV XAF XOF XPF YER"
    .split()
)  # fmt: skip
MOST, MOST_SMALL = 10_000_000_00, 100_000_000_000_00

PLAIN = (".", ",")  # the mark before hundredths, and the one between thousands
NUMBER = re.compile(r"(\d{1,3}(?:[, _'’]\d{3}){1,4}|\d{1,12})(?:\.(\d{1,2}))?")
PARTS = re.compile(r"(?P<before>[^\d.,+−-]*)(?P<number>[\d., _'’]*\d)(?P<after>[^\d.,]*)")
SWAP = str.maketrans(",.", ".,")


def most(currency: str) -> int:
    """Beyond it an amount is a slip of the hand."""
    return MOST_SMALL if currency in SMALL else MOST


def shown(cents: int | None, currency: str = "USD", marks: tuple[str, str] = PLAIN) -> str:
    """$38,900, or $38,900.50 where there are cents; with a person's own marks, $38.900,50."""
    if cents is None:
        return ""
    sign = "−" if cents < 0 else ""
    whole, part = divmod(abs(cents), 100)
    number = in_marks(f"{whole:,}" + (f".{part:02d}" if part else ""), marks)
    return f"{sign}{SYMBOLS.get(currency, currency + ' ')}{number}"


def in_marks(number: str, marks: tuple[str, str]) -> str:
    """26,000.50 with other marks."""
    return number if marks == PLAIN else number.translate({ord("."): marks[0], ord(","): marks[1]})


def short(cents: int, currency: str = "USD", marks: tuple[str, str] = PLAIN) -> str:
    """$284k and $1.58M, for sums that are read at a glance."""
    symbol = SYMBOLS.get(currency, currency + " ")
    amount = cents / 100
    if abs(amount) >= 999_500:
        return f"{symbol}{in_marks(f'{amount / 1_000_000:.2f}', marks)}M"
    return f"{symbol}{amount / 1000:.0f}k" if abs(amount) >= 999.5 else f"{symbol}{amount:.0f}"


class Unreadable(ValueError):
    """What was typed is no amount; the sentence says why, as far as it can be told."""


def parsed(text: str) -> int:
    """Hundredths of what a person typed ("$26,000 ")."""
    return read(text)[0]


def read(text: str, marks: tuple[str, str] = PLAIN) -> tuple[int, frozenset[str]]:
    """Hundredths of what a person typed, and the currencies that it can mean; none where it names none. Unreadable
    where it is no amount by the person's own marks: a comma parts thousands or hundredths, never either ("12,50" may
    mean two amounts)."""
    found = PARTS.fullmatch(" ".join(text.split()))
    if not found:
        raise Unreadable(f"Enter an amount such as {_so('26,000', marks)}.")
    codes = _codes(found["before"].strip(), found["after"].strip())
    typed = found["number"].translate(SWAP) if marks[0] == "," else found["number"]
    number = NUMBER.fullmatch(typed)
    if not number:
        raise Unreadable(_why(typed, marks))
    whole, part = re.sub("[, _'’]", "", number[1]), number[2] or ""
    cents = int(whole) * 100 + int(part.ljust(2, "0"))
    bound = max(map(most, codes), default=MOST_SMALL)
    if cents > bound:
        raise Unreadable(f"At most {shown(bound, min(codes) if len(codes) == 1 else 'USD', marks)[:40]}.")
    return cents, codes


def _so(number: str, marks: tuple[str, str]) -> str:
    """As it is written by somebody who parts hundredths with a point, or with a comma."""
    return number.translate(SWAP) if marks[0] == "," else number


def _why(number: str, marks: tuple[str, str]) -> str:
    """`number` is written as by somebody who parts hundredths with a point."""
    groups, cents = ("Points", "comma") if marks[0] == "," else ("Commas", "point")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d{1,2})?", number):
        right, wrong = _so("25,000.00", marks), _so("25.000,00", marks)
        return f"{groups} part thousands and a {cents} parts cents: write {right}, not {wrong}."
    if re.fullmatch(r"\d+,\d{1,2}", number):
        return f"A {cents} parts cents: write {_so('12.50', marks)}, not {_so('12,50', marks)}."
    return (
        "Too many digits."
        if len(re.sub(r"\D", "", number)) > 12
        else f"Enter an amount such as {_so('26,000', marks)}."
    )


def _codes(before: str, after: str) -> frozenset[str]:
    named = [meant(sign) for sign in (before, after) if sign]
    if not named:
        return frozenset()
    both = frozenset.intersection(*named)
    if not both:
        raise Unreadable("Two different currencies stand there.")
    return both


def meant(sign: str) -> frozenset[str]:
    """The currencies that a sign or a code can mean; Unreadable where it means none."""
    if sign.upper() in CURRENCIES:
        return frozenset({sign.upper()})
    if sign in SHARED:
        return frozenset(SHARED[sign])
    exact = frozenset(code for code, (own, _) in CURRENCIES.items() if own.strip().lower() == sign.lower())
    parts = sign.split()
    if not exact and len(parts) == 2:  # "US $", "GBP £"
        return _codes(*parts)
    if not exact and sign.upper() in ("US$", "US $", "U$S"):
        return frozenset({"USD"})
    if not exact:
        raise Unreadable(f"“{sign[:12]}” is no currency that we know. Use a code such as GBP.")
    return exact


def settled(codes: frozenset[str], chosen: str) -> str | None:
    """The currency of an amount that can mean these, where `chosen` stands beside it; None where they contradict."""
    if not codes or chosen in codes:
        return chosen
    return None


def plain(codes: frozenset[str]) -> str | None:
    """The one currency that these most likely mean, without any other hint."""
    if len(codes) == 1:
        return next(iter(codes))
    return next((code for sign, code in PLAINLY.items() if codes == SHARED[sign]), None)


def bare(codes: frozenset[str]) -> str:
    """How they are named in a sentence."""
    return (
        SYMBOLS[next(iter(codes))].strip()
        if len(codes) == 1
        else next((sign for sign, shared in SHARED.items() if shared == codes), "it")
    )

"""Leads as others send them: ADF, well-formed or not, alone or in an email, and vCards."""

from datetime import UTC, datetime

import pytest

from carmanana.leads.prospects import adf, files, vcard
from carmanana.leads.prospects.prospect import Unreadable

SAMPLE = """<?ADF VERSION "1.0"?>
<?XML VERSION "1.0"?>
<adf>
<prospect status="new">
<id sequence=1 source="Car & Driver">A-77</id>
<requestdate>2000-03-30T15:30:20-08:00</requestdate>
<vehicle interest="buy" status="used">
<year>1999</year><make>Chevrolet</make><model>Blazer</model><trim>LS</trim><bodystyle>SUV</bodystyle>
<odometer status="unknown" units="km">60,000</odometer>
<colorcombination><exteriorcolor>Blue</exteriorcolor><interiorcolor>Tan</interiorcolor><preference>1</preference></colorcombination>
<price type="asking" currency="USD">26995</price>
<comments>Tow package & <![CDATA[<b>roof</b> rack]]>, < 60k</comments>
</vehicle>
<vehicle interest="trade-in"><year>1992</year><make>Ford</make><model>Escort</model></vehicle>
<customer>
<contact primarycontact="1">
<name part="first">John</name><name part="last">O&rsquo;Doe</name>
<email preferredcontact="1">jdoe@example.com</email>
<phone type="voice" time="evening">393-999-3922</phone><phone type="fax">393-999-0000</phone><phone type="cellphone">(305) 555-0123</phone>
<address type="home"><street line="1">12 Elm</street><city>Miami</city><regioncode>FL</regioncode><postalcode>33101</postalcode><country>US</country></address>
</contact>
<timeframe><description>Within 2 weeks</description><earliestdate>2000-04-01</earliestdate></timeframe>
<comments>Is it still there? &nbsp;Smith & Sons</comments>
</customer>
<vendor><contact><name part="full">Acura of Bellevue</name><phone>305 555 9999</phone></contact></vendor>
<provider><name part="full">CarPoint</name></provider>
</prospect>
</adf>"""
SMALL = "<prospect><customer><contact><name part='full'>{name}</name>{reach}</contact></customer></prospect>"


def test_the_official_sample_is_mended_and_read(db):
    (one,) = adf.from_text(SAMPLE)
    assert (one.name, one.region, one.place) == ("John O’Doe", "US-FL", "Miami FL 33101")
    assert [(phone.typed, phone.kind, phone.best_time) for phone in one.phones] == [
        ("393-999-3922", "", "evening"),
        ("(305) 555-0123", "mobile", ""),
    ], "a fax is no phone, and the dealer's number is not theirs"
    assert one.emails == ("jdoe@example.com",)
    assert (one.provider, one.external_id, one.timeline) == ("CarPoint", "A-77", "Within 2 weeks, 2000-04-01")
    assert one.requested_at == datetime(2000, 3, 30, 23, 30, 20, tzinfo=UTC)
    blazer, escort = one.vehicles
    assert (blazer.in_words, blazer.colours, blazer.most_distance, blazer.distance_unit) == (
        "1999 Chevrolet Blazer LS",
        "Blue, Tan",
        60_000,
        "km",
    )
    assert blazer.comments == "Tow package & <b>roof</b> rack, < 60k"
    assert one.wanted == [blazer] and escort.traded_in
    assert "Is it still there?" in one.message and "Smith & Sons" in one.message
    assert (
        "Trades in: 1992 Ford Escort" in one.message and "Saw the 1999 Chevrolet Blazer LS at USD 26995" in one.message
    )
    assert not one.asks_for_price, "it was shown a price"


def test_capital_tags_prefixes_several_and_those_out_of_reach(db):
    several = "".join(
        [
            SMALL.format(name="A", reach="<phone>305 555 0100</phone>"),
            SMALL.format(name="B", reach=""),
            SMALL.format(name="C", reach="<email>c@example.com</email>"),
        ]
    )
    found = adf.from_text(f"Hello,\n<ADF>{several}</ADF>\n-- \nCarPoint".replace("prospect", "PROSPECT"))
    assert [(one.name, one.reachable) for one in found] == [("A", True), ("B", False), ("C", True)]
    assert [one.name for one in adf.from_text(several.replace("<", "<x:").replace("<x:/", "</x:"))] == ["A", "B", "C"]
    read = files.read("leads.xml", f"<adf>{several}</adf>".encode())
    assert ([one.name for one in read.prospects], read.out_of_reach) == (["A", "C"], ("B",))
    quoted = f"<adf>{SMALL.format(name='D', reach='<email>d@example.com</email><phone/>')}</adf>"
    assert [one.name for one in adf.from_text(quoted.replace("<", "&lt;").replace(">", "&gt;"))] == ["D"]


MAILED = b"From: a@carpoint.example\r\nTo: us@example.com\r\nSubject: Lead\r\nMIME-Version: 1.0\r\nContent-Type: "
PARTS = (
    MAILED
    + b'multipart/alternative; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nA lead for you\r\n--x\r\n'
)
LEAD = SMALL.format(name="Ann Lee", reach="<email>ann@example.com; lee@example.com</email><phone>305 555 0100</phone>")
SAID = f"<adf>{LEAD}</adf>"
DIALECTS = {
    "a namespace of its own": SAID.replace(
        "<adf>", '<adf xmlns="http://a" xmlns:i="http://b" i:schemaLocation="c">'
    ).encode(),
    "UTF-16 without a mark": SAID.encode("utf-16-le"),
    "the other UTF-16": SAID.encode("utf-16-be"),
    "bare in a page": MAILED + b"text/html\r\n\r\n<html><body>" + SAID.encode() + b"</body></html>",
    "in the page beside plain words": PARTS
    + b"Content-Type: text/html\r\n\r\n<p>"
    + SAID.replace("<", "&lt;").encode()
    + b"</p>\r\n--x--\r\n",
    "a contact without a customer": SAID.replace("<customer>", "").replace("</customer>", "").encode(),
    "names in tags, phones in phones": SAID.replace(
        "<name part='full'>Ann Lee", "<name><first>Ann</first><last>Lee</last>"
    )
    .replace("<phone>", "<phones><phone>")
    .replace("</phone>", "</phone></phones>")
    .encode(),
    "capital parts of a name": SAID.replace(
        "<name part='full'>Ann Lee", "<name part='First'>Ann</name><name part='LAST'>Lee"
    ).encode(),
    "a card in an email": PARTS
    + b"Content-Type: text/vcard; name=a.vcf\r\n\r\nBEGIN:VCARD\nFN:Ann Lee\nTEL:305 555 0100\nEMAIL:ann@example.com\n"
    + b"EMAIL:lee@example.com\nEND:VCARD\r\n--x--\r\n",
}


def test_what_senders_really_write_is_read(db):
    """Each is the same lead: who it is, both addresses and the number."""
    told = {name: files.read("lead", content).prospects for name, content in DIALECTS.items()}
    reached = {name: (one.name, one.emails, one.phones[0].typed) for name, (one,) in told.items()}
    assert reached == dict.fromkeys(DIALECTS, ("Ann Lee", ("ann@example.com", "lee@example.com"), "305 555 0100"))


@pytest.mark.parametrize(
    ("state", "country", "region"),
    [
        ("FL", "US", "US-FL"),
        ("FL", "", "US-FL"),
        ("ON", "CA", "CA-ON"),
        ("", "CA", "Canada"),
        ("Bayern", "DE", "Germany"),
    ],
)
def test_the_code_of_a_country_is_never_taken_for_a_state(state, country, region):
    address = f"<address><regioncode>{state}</regioncode><country>{country}</country></address>"
    (one,) = adf.from_text(SAID.replace("</contact>", f"{address}</contact>"))
    assert one.region == region


def test_marks_in_what_they_wrote_lose_no_words_nor_does_somebody_else_of_the_inquiry(db):
    other = "<contact><name>Bo Lee</name><phone>305 555 0111</phone></contact></customer>"
    said = SAID.replace("</customer>", "<comments>I want <b>red</b> please<br/>call</comments>" + other)
    (one,) = adf.from_text(said)
    assert one.message == "I want red please call\nAlso: Bo Lee, 305 555 0111" and one.phones[0].typed == "305 555 0100"


def test_a_quotation_asked_for_makes_a_price_shopper(db):
    asked = SAMPLE.replace('type="asking" currency="USD">26995', 'type="quote" currency="USD">')
    assert adf.from_text(asked)[0].asks_for_price


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no lead in ADF"),
        ("Dear sirs, I want a car", "no lead in ADF"),
        ("<adf><prospect><customer>", "damaged"),
        ("<adf><prospect></customer></prospect></adf>", "damaged"),
        ("<adf></adf>", "nobody who could be answered"),
        ("<adf>" + SMALL.format(name="A", reach="<phone>none</phone>") + "</adf>", "nobody who could be answered"),
        ("<adf>" + SMALL.format(name="A", reach="<phone>305 555 0100</phone>") * 201 + "</adf>", "more than 200"),
        ("<adf><![CDATA[" * 200_000, "damaged"),
    ],
)
def test_what_is_no_lead_is_refused_with_a_sentence(db, text, says):
    with pytest.raises(Unreadable, match=says):
        adf.from_text(text)


def test_a_bomb_of_entities_opens_nothing(db):
    bomb = '<!DOCTYPE adf [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><adf>{}</adf>'
    (one,) = adf.from_bytes(bomb.format(SMALL.format(name="&b;", reach="<phone>305 555 0100</phone>")).encode())
    assert one.name == "&b;"


def test_an_email_tells_in_its_body_or_in_a_file(db):
    head = b"From: leads@carpoint.example\r\nTo: us@example.com\r\nSubject: New lead\r\nMIME-Version: 1.0\r\n"
    body = head + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + SAMPLE.encode()
    assert adf.from_email(body)[0].name == "John O’Doe"
    import base64

    file = base64.encodebytes(SAMPLE.replace("John", "Jürgen").encode("cp1252"))
    beside = (
        head
        + (
            b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nA lead for '
            b"you\r\n--x\r\n"
        )
        + b'Content-Type: application/xml; name="lead.xml"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        + file
        + b"\r\n--x--\r\n"
    )
    assert adf.from_email(beside)[0].name == "Jürgen O’Doe"
    with pytest.raises(Unreadable, match="no lead in ADF"):
        adf.from_email(head + b"\r\nJust words")


# vCard

CARDS = """BEGIN:VCARD
VERSION:3.0
N:Gutiérrez;Marisol;;;
FN:Marisol Gutiérrez
item1.TEL;TYPE=CELL,VOICE:+1 505 555 0147
TEL;TYPE=FAX:+1 505 555 0148
EMAIL;TYPE=INTERNET:marisol@example.com
ADR;TYPE=HOME:;;12 Elm\\, 2nd floor;Santa Fe;NM;87501;USA
NOTE:Wants a hybrid\\, soon\\nand quiet
END:VCARD
BEGIN:VCARD
VERSION:4.0
N:Okafor;Thabo;;;
TEL;VALUE=uri;TYPE="voice,work":tel:+27-11-555-0101;ext=12
LANG:de-DE
ORG:Okafor & Söhne;Fleet
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BCr=
gen
TEL;CELL:0711 555 01 00
BEGIN:VCARD
VERSION:3.0
FN:Nobody
END:VCARD
"""


def test_cards_of_three_versions_become_people():
    one, two, three, nobody = vcard.from_bytes(CARDS.replace("\n", "\r\n").encode())
    assert (one.name, one.region, one.place) == ("Marisol Gutiérrez", "US-NM", "Santa Fe NM 87501")
    assert [(phone.typed, phone.kind) for phone in one.phones] == [("+1 505 555 0147", "mobile")]
    assert one.emails == ("marisol@example.com",) and "Wants a hybrid, soon\nand quiet" in one.message
    assert (two.name, two.language) == ("Thabo Okafor", "de") and "Company: Okafor & Söhne, Fleet" in two.message
    assert two.phones[0].typed == "+27-11-555-0101 ext. 12"
    assert (three.name, three.phones[0].typed) == ("Jürgen Müller", "0711 555 01 00")
    assert (nobody.name, nobody.reachable) == ("Nobody", False)


def test_a_card_of_an_old_telephone_says_its_letters():
    card = b"BEGIN:VCARD\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:N=FA=F1ez;Jos=E9\nTEL:305 555 0100\nEND:VCARD"
    assert vcard.from_bytes(card)[0].name == "José Núñez"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no vCard"),
        (b"\xff\xfe\x00", "no vCard"),
        (b"BEGIN:VCARD\nFN:A\nEND:VCARD", "no phone number"),
        (b"BEGIN:VCARD\nTEL:555 0100\nEND:VCARD\n" * 201, "more than 200"),
    ],
)
def test_what_is_no_card_is_refused(content, says):
    with pytest.raises(Unreadable, match=says):
        vcard.from_bytes(content)

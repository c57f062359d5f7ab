"""What becomes of an inquiry: the events of its story, as scenarios.py has them for orders. lead_events.py says what
happens in each."""

from carmanana.demo.scenarios import A_YEAR, Scenario

SHARE_PLAYED = 0.3  # leads for each deal of a world that is played by the verbs alone
TALKED = "take_up quick reach"
ASSESSED = f"{TALKED} assess"


def _lead(name, share, events, **ways):
    return Scenario(name, share, tuple(events.split()), **ways)


def _ended(name, share, events, longest=A_YEAR):
    return _lead(name, share, events, quiet=(0.3, longest), still_open=False)


UNTOUCHED = [
    _lead("asked just now", 6, "inquire:website", quiet=(0.01, 0.1)),
    _lead("asked at a marketplace", 5, "inquire:marketplace", quiet=(0.05, 0.6)),
    _lead("nobody has answered", 4, "inquire:email", quiet=(1, 4)),
    _lead("a price, nobody has answered", 3, "inquire_price:website", quiet=(0.1, 2)),
    _lead("claimed, not called yet", 4, "inquire:website claim", quiet=(0.02, 0.2), whose="agent"),
    _lead("claimed and forgotten", 2, "inquire:social claim", quiet=(1.5, 4), whose="agent"),
    _lead("met at the fair", 3, "enter:event", quiet=(0.2, 2)),
    _lead("on the fair's list", 3, "enter:import", quiet=(2, 20)),
]
WORKED = [
    _lead("answered, not reached", 5, "inquire:website take_up quick", whose="agent"),
    _lead("answered late", 4, "inquire:marketplace claim late", due="late", whose="agent"),
    _lead("tried twice", 4, "inquire:email take_up soon retry", due="ahead"),
    _lead("a price, not reached", 3, "inquire_price:marketplace take_up quick", due="today", whose="agent"),
    _lead("callback today", 4, f"inquire:website {TALKED}", due="today", whose="agent"),
    _lead("callback agreed", 4, "enter:phone reach", due="ahead"),
    _lead("callback missed", 3, "enter:referral reach", due="late", whose="agent"),
    _lead("came in", 2, "enter:walk_in reach consent:offers"),
    _lead("wrote back", 2, "inquire:text claim quick reply reach"),
    _lead("a price, one vehicle named", 3, "inquire_price:website claim quick reach assess:one", whose="agent"),
    _lead("a price, options named", 3, "inquire_price:marketplace take_up soon reach assess", whose="agent"),
    _lead("ready to be a deal", 4, f"inquire:website {ASSESSED}", whose="agent"),
    _lead("agreed to voicemails", 2, "inquire:social claim quick reach consent:recorded_voicemail assess"),
    _lead("no texts any more", 2, f"inquire:marketplace {TALKED} stop:no_texts assess"),
    _lead("took an agreement back", 1, "enter:referral reach consent:offers withdraw assess", due="ahead"),
    _lead("a flag on it", 1, f"inquire:other {TALKED} flag", whose="agent"),
    _lead("a flag that was answered", 1, f"inquire:website {TALKED} flag answer"),
    _lead("given to a colleague", 2, "inquire:website claim late reassign reach"),
    _lead("open again", 1, "inquire:email claim quick reach close:not_interested reopen"),
]  # fmt: skip
HELD = [
    _lead("waits for months", 2, f"inquire:website {ASSESSED} hold:months_out", quiet=(1, 12), organic=True,
        due="ahead"),
    _lead("waits for the bank", 2, "enter:phone reach hold:financing", quiet=(1, 12), organic=True, due="ahead"),
    _lead("waits, and is due today", 1, f"inquire:email {TALKED} hold:later_date", quiet=(20, 50), organic=True,
        due="today"),
    _lead("waits, and is late", 1, f"inquire_price:website {TALKED} hold:event", quiet=(15, 40), organic=True,
        due="late"),
    _lead("waited, and goes on", 1, f"inquire:website {TALKED} hold:event resume assess", organic=True),
]  # fmt: skip
ENDED = [
    _ended("never answered us", 4, "inquire:website take_up quick retry retry close:no_response"),
    _ended("a price only", 3, "inquire_price:marketplace claim late reach close:not_interested"),
    _ended("bought elsewhere meanwhile", 3, f"inquire:email {ASSESSED} close:not_interested"),
    _ended("no way to reach them", 2, "inquire:social claim close:no_details"),
    _ended("asked to be left alone", 2, "inquire:other take_up soon reach close:do_not_contact"),
    _ended("asked twice", 2, "inquire:website claim close:duplicate"),
]
CONVERTED = [
    _lead("a deal since now", 2, f"inquire:website {ASSESSED} convert", quiet=(0.1, 0.8), whose="agent"),
    _lead("a deal with an offer", 2, f"inquire_price:marketplace {ASSESSED} convert offer"),
    _lead("a deal, deciding", 2, "enter:referral reach assess convert offer discuss decide"),
    _ended("a deal that was won", 3, f"inquire:website {ASSESSED} convert offer decide agree win ship", 20),
    _ended("a deal that was delivered", 2, "enter:phone reach assess convert offer decide agree win ship pay deliver"),
    _ended("a deal that was lost", 2, f"inquire:marketplace {ASSESSED} convert offer decide lose:price"),
]

LEAD_SCENARIOS = [scenario for group in (UNTOUCHED, WORKED, HELD, ENDED, CONVERTED) for scenario in group]


def leads_played(deals: int) -> int:
    return round(deals * SHARE_PLAYED)

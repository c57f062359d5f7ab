"""The promise check reads English, Spanish and French, and knows what it does not read (domain 5).

`held_out` sentences were written before the phrases and never used to mend them; `spoken` ones are what the phrases are
held to."""

from pathlib import Path

import pytest

from carmanana.contacting.phrase_check import findings, wording
from carmanana.contacting.phrase_check.judging import book, judge
from carmanana.contacting.phrase_check.rules import refusals_for
from carmanana.core.db import database
from carmanana.records.compliance import Finding
from carmanana.records.deals import Deal
from carmanana.records.phrases import CONFIRMED, Phrase
from carmanana.schema.migrate import migrate

from ..cast import refused
from .test_guard import write

SENTENCES = Path(__file__).parent.parent / "data" / "guard"
CATEGORIES = ["refund promise", "refund timeline", "cancellation timeline", "instant cancellation", "deposit guarantee"]


def sections(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (SENTENCES / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            said = found.setdefault(line[1:-1], [])
        elif line and line[0] != "#":
            said.append(line)
    return found


def refuses(text: str) -> bool:
    return any(verdict.refuses for verdict in judge(text))


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_what_the_phrases_are_held_to(cast, language):
    said = sections(f"spoken_{language}")
    assert [sentence for sentence in said["forbidden"] if not refuses(sentence)] == []
    assert [sentence for sentence in said["honest"] if judge(sentence)] == []


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_how_far_they_carry(cast, language, capsys):
    said = sections(f"held_out_{language}")
    caught = {name: sum(map(refuses, said[name])) for name in CATEGORIES}
    honest = [sentence for sentence in said["honest"] if judge(sentence)]
    total = sum(len(said[name]) for name in CATEGORIES)
    with capsys.disabled():
        print(
            f"\nguard {language}: held out, caught {sum(caught.values())}/{total}, refused of honest "
            f"{len(honest)}/{len(said['honest'])}"
        )
    assert sum(caught.values()) >= 0.9 * total and min(caught.values()) >= 8
    assert len(honest) <= 0.02 * len(said["honest"])


def test_each_language_has_every_category(cast):
    for language in ("en", "es", "fr"):
        sorts = {phrase.sort for phrase in Phrase.select().where(Phrase.language == language)}
        assert sorts >= {
            "refund_promise",
            "timeline_promise",
            "instant_cancellation",
            "deposit_guarantee",
            "honest",
            "decision",
        }


def test_honest_wording_of_one_language_excuses_nothing_in_another(cast):
    assert refuses("Espere la transferencia el lunes.")  # French "espère la" is what the customer hopes


@pytest.mark.parametrize("text", [
    "we will r\u3164efund everything", "we\u3164will\u3164refund\u3164everything", "we will re\u2800fund everything",
    "we will \U0001f181efund everything", "le devolve\u00adremos el dinero", "nous vous rembours\u200berons tout", "wе wіll rеfund еverything",
])  # fmt: skip
def test_letters_that_show_nothing_hide_nothing(cast, text):
    verdict = next(verdict for verdict in judge(text) if verdict.refuses)
    assert text[verdict.start : verdict.end] == verdict.words


UNREAD = [
    ("Ibabalik namin ang lahat ng bayad mo bukas.", "Tagalog"), ("Wir zahlen Ihnen morgen alles zurück.", "German"),
    ("Vamos devolver o seu dinheiro amanhã.", "Portuguese"), ("我们会在周五退款给您。", "a script"), ("سنعيد لك كل أموالك غدا", "a script"),
    ("Мы вернём деньги в пятницу", "a script"), ("Hello Ana. Nap ba ou tout lajan ou demen. Best regards", "Haitian Creole"),
    ("Pénzét holnap visszaküldjük önnek", "a language"), ("IBABALIK NAMIN ANG LAHAT", "Tagalog"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language"), UNREAD)
def test_what_has_no_phrases_is_known_for_it(cast, text, language):
    assert book().unread(text).startswith(language)


def test_what_has_phrases_is_read_and_so_are_names_and_cars(cast):
    told = [
        sentence
        for name in ("held_out", "spoken")
        for code in ("en", "es", "fr")
        for said in sections(f"{name}_{code}").values()
        for sentence in said
    ]
    assert [sentence for sentence in told if book().unread(sentence)] == []
    for text in (
        "",
        "ok",
        "Toyota Land Cruiser Prado",
        "Best regards, Marta Sandoval",
        "3 options by Friday",
        "Hi Łukasz, the Kia Niro EV is here.",
    ):
        assert book().unread(text) == ""


def test_a_language_that_gets_phrases_is_read(cast):
    text = "Wir zahlen Ihnen morgen alles zurück."
    wording.add(
        cast.manager, sort="refund_promise", language="de", pattern="zahlen .. alles zurück", catches=text, passes=""
    )
    assert book().unread(text) == "" and refuses(text)


@pytest.mark.parametrize("language", ["", "xx"])
def test_a_phrase_is_of_a_language_there_is(cast, language):
    facts = {
        "sort": "blame",
        "pattern": "kaputt gemacht",
        "catches": "Sie haben es kaputt gemacht.",
        "language": language,
    }
    if language:
        with refused("phrase", field="language"):
            wording.add(cast.manager, **facts)
    else:
        assert wording.add(cast.manager, **facts).language == "en"


# to a customer under review


@pytest.fixture
def case(cast) -> Deal:
    return Deal.get_by_id(cast.walked(cast.losing(cast.deal(cast.agent, value_cents=38_900_00)), "retention").deal_id)


def test_a_text_that_nobody_could_check_is_asked_about_and_kept(cast, case):
    with refused("language", field="quoting") as caught:
        write(case, cast.retention, "text", UNREAD[0][0])
    assert "Tagalog" in caught.value.refusals[0].sentence
    write(case, cast.retention, "text", UNREAD[0][0], quoting=True)
    assert [(found.sort, found.outcome, found.user) for found in Finding.select()] == [
        ("unread_language", CONFIRMED, cast.retention)
    ]


def test_a_manager_and_a_customer_of_no_review_are_not_asked(cast, case):
    assert write(case, cast.manager, "text", UNREAD[0][0])
    assert write(cast.deal(cast.agent), cast.agent, "text", UNREAD[0][0])


def test_names_of_files_are_read_like_text(cast):
    deal = cast.deal(cast.agent)
    for name in ("full_refund_guaranteed_by_friday.pdf", "WeWillRefundEverything.pdf", "Le-devolvemos-su-dinero.docx"):
        with refused("overpromise"):
            write(deal, cast.agent, "email", "Here it is.", subject="Papers", file_names=[name])
    assert write(
        deal, cast.agent, "email", "Here it is.", subject="Papers", file_names=["Refund policy.pdf", "IMG_2041.jpg"]
    )


def test_a_price_that_stands_nowhere_is_asked_about(cast):
    deal = cast.deal(cast.agent, value_cents=38_900_00)
    with refused("price", field="quoting") as caught:
        write(deal, cast.agent, "email", "It would be $31,500 then.", subject="Price")
    assert "“$31,500”" in caught.value.refusals[0].sentence
    write(deal, cast.agent, "email", "It would be $31,500 then.", subject="Price", quoting=True)
    assert [found.sort for found in Finding.select()] == ["unquoted_price"]
    assert write(
        deal,
        cast.agent,
        "email",
        "It is $38,900, with 12,000 miles on it, the Grand Cherokee of 2022.",
        subject="Price",
    )
    assert write(deal, cast.manager, "email", "It would be $31,500 then.", subject="Price")


def test_promises_in_spanish_and_french_are_refused_like_english_ones(cast):
    for text in ("Le devolvemos su dinero mañana.", "Nous vous remboursons demain."):
        assert [refusal.code for refusal in refusals_for(text, cast.agent)] == ["overpromise"]
    assert refusals_for("Le mando tres opciones antes del viernes.", cast.agent) == []


def test_an_older_database_keeps_its_findings_and_what_an_admin_wrote(cast, settings):
    own = wording.add(
        cast.manager, sort="refund_promise", pattern="raining money", catches="It's raining money.", passes=""
    )
    findings.keep(cast.agent, judge("You get every penny back."), "email", "refused", cast.deal(cast.agent))
    kept = list(Finding.select().tuples())
    database.execute_sql("DELETE FROM phrase WHERE language <> 'en'")
    database.execute_sql("DELETE FROM word_list WHERE language <> 'en'")
    for index in ("letter_asked", "letter_approved_by"):
        database.execute_sql(f"DROP INDEX {index}")
    for table, columns in {
        "phrase": ["language"],
        "word_list": ["language"],
        "letter": ["asked_at", "approved_at", "approved_by_id", "sent_back"],
    }.items():
        for column in columns:
            database.execute_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
    database.execute_sql("DELETE FROM schema_migration WHERE name = '0024_languages'")
    assert migrate(settings) == ["0024_languages"]
    assert list(Finding.select().tuples()) == kept and Phrase.get_by_id(own.id).language == "en"
    assert refuses("Le devolvemos su dinero mañana.") and refuses("It's raining money.")

"""The fictional commune hangs together: same streets, persons, services and figures everywhere, nobody real."""

import datetime as dt
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from stdnum import iban
from stdnum.fr import nir, siren, siret

from atelier_ia.assistant.words import stems, wording
from atelier_ia.settings import load_settings
from atelier_ia.use_cases.sandbox import load_emails, load_organisation, sandbox_folder

TODAY = dt.date(2026, 11, 22)
WRITTEN = dt.date(2026, 11, 30)  # when the last procedures were written
FOLDER = sandbox_folder()
REFERENCE = load_settings(FOLDER / "val_fontaine.toml")
FILES = sorted(path for path in FOLDER.rglob("*") if path.suffix in {".toml", ".csv", ".md", ".txt"})
ORGANISATION = load_organisation()
EMAILS = load_emails()
PROCEDURES: list[dict[str, Any]] = tomllib.loads((FOLDER / "procedures.toml").read_text("utf-8"))["procedures"]

FICTION_RANGES = ("019900", "026191", "035301", "046571", "053649", "063998")
PHONE = re.compile(r"(?<!\d)0\d(?:[ .\u00a0]?\d{2}){4}(?!\d)")
ADDRESS = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
STREET = re.compile(
    r"\b(?:rue|avenue|allée|impasse|chemin|montée|square|quai|place|route)"
    r" (?:de l['’]|d['’]|de la |des |du |de )(?:[A-ZÉ][\wéèêëîïôç]+)(?:-[A-Z]\w+)*"
)
# Streets of other towns, named as such in the text.
ELSEWHERE = {"avenue des Peupliers"}
WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
DATED = re.compile(rf"\b({'|'.join(WEEKDAYS)}) (\d{{1,2}})(?:er)? ({'|'.join(MONTHS)})(?: (\d{{4}}))?", re.IGNORECASE)


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_phone_is_reserved_for_fiction(path: Path) -> None:
    """Can no number of the sandbox ring at someone's?"""
    numbers = [re.sub(r"\D", "", number) for number in PHONE.findall(text_of(path))]
    assert [number for number in numbers if not number.startswith(FICTION_RANGES)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_address_is_fictional(path: Path) -> None:
    """Does every e-mail address end in .example?"""
    assert [domain for domain in ADDRESS.findall(text_of(path)) if not domain.endswith(".example")] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_number_belongs_to_a_real_person_or_body(path: Path) -> None:
    """Is no long number a valid NIR, SIREN, SIRET or IBAN?"""
    text = text_of(path)
    for digits in (re.sub(r"\s", "", found) for found in re.findall(r"\d[\d ]{7,}\d", text)):
        assert not siret.is_valid(digits), digits
        assert not siren.is_valid(digits), digits
        assert not nir.is_valid(digits), digits
    assert not any(iban.is_valid(found) for found in re.findall(r"\bFR\d{2}(?: ?\d{4}){5} ?\d{3}\b", text))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_street_is_on_the_map(path: Path) -> None:
    """Is each street of a text one of the commune's?"""
    known = {street.name for street in ORGANISATION.streets} | ELSEWHERE
    assert sorted({found.replace("’", "'") for found in STREET.findall(text_of(path))} - known) == []


@pytest.mark.parametrize("email", EMAILS, ids=lambda email: email.id)
def test_weekdays_fall_on_their_dates(email: Any) -> None:
    """Is "jeudi 12 novembre" a Thursday in the year of the message?"""
    for weekday, day, month, year in DATED.findall(email.body):
        date = dt.date(int(year or email.day.year), MONTHS.index(month.lower()) + 1, int(day))
        assert WEEKDAYS[date.weekday()] == weekday.lower(), f"{weekday} {day} {month}"


def test_council_is_that_of_a_commune_of_its_size() -> None:
    """Do seats, deputies and parity follow the rules for 5 000 to 9 999 inhabitants?"""
    council, elected = ORGANISATION.council, ORGANISATION.elected
    assert 5000 <= REFERENCE.collectivite.inhabitants <= 9999
    assert council.seats == len(elected) == 29
    assert sum("adjoint" in person.office for person in elected) <= int(council.seats * 0.3)
    by_list = {number: [p.civility for p in elected if p.list == number] for number in (1, 2)}
    for civilities in by_list.values():
        counts = Counter(civilities)
        assert abs(counts["Madame"] - counts["Monsieur"]) <= 1
    assert council.installed == dt.date(2026, 3, 27)


def test_services_are_those_of_the_settings() -> None:
    """Does every service of the fictional commune have its sheet, and no other?"""
    names = [service.id for service in REFERENCE.services]
    assert [sheet.id for sheet in ORGANISATION.services] == names
    assert {agent.service for agent in ORGANISATION.agents} <= set(names)


def test_organisation_references_resolve() -> None:
    """Do streets stand in known quarters and places in known streets?"""
    quarters = {quarter.id for quarter in ORGANISATION.quarters}
    streets = {street.name for street in ORGANISATION.streets}
    assert {street.quarter for street in ORGANISATION.streets} == quarters
    assert {place.street for place in ORGANISATION.places} <= streets


def test_identifiers_are_unique() -> None:
    """Does each identifier serve once?"""
    families: list[list[str]] = [
        [email.id for email in EMAILS],
        [procedure["id"] for procedure in PROCEDURES],
        [person.id for person in ORGANISATION.elected] + [agent.id for agent in ORGANISATION.agents],
        [partner.id for partner in ORGANISATION.partners],
        [place.id for place in ORGANISATION.places],
    ]
    for family in families:
        assert [name for name, count in Counter(family).items() if count > 1] == []


def test_persons_are_distinct() -> None:
    """Is nobody both a citizen who writes and someone of the mairie?"""
    mairie = {person.full_name for person in ORGANISATION.elected} | {a.name for a in ORGANISATION.agents}
    mairie |= {service.head for service in ORGANISATION.services}
    assert len(mairie) == len(ORGANISATION.elected) + len(ORGANISATION.agents) + len(ORGANISATION.services)
    presidents = {association.president for association in ORGANISATION.associations}
    senders = Counter(email.sender for email in EMAILS if email.sender)
    assert mairie & set(senders) == set()
    assert [name for name, count in senders.items() if count > 1] == []
    assert presidents & mairie == set()


def test_emails_are_dated_between_the_election_and_today() -> None:
    """Was each message written under the present council, and not tomorrow?"""
    assert len(EMAILS) >= 60
    outside = [email.id for email in EMAILS if not ORGANISATION.council.installed < email.day < TODAY]
    assert outside == []


def test_emails_lead_to_known_services_and_procedures() -> None:
    """Does every message have its service, and only procedures of the base?"""
    settings = load_settings()
    procedures = {procedure["id"] for procedure in PROCEDURES}
    assert {email.service for email in EMAILS} == {settings.own_service(one.id) for one in REFERENCE.services}
    assert {name for email in EMAILS for name in email.procedures} <= procedures
    # Only a message of thanks asks for nothing.
    assert [email.id for email in EMAILS if not email.procedures] == ["concert_flatteur"]


def test_emails_of_all_registers() -> None:
    """Does the mailbox hold the hard cases: angry, elderly, text message, injection, RGPD, press, threat…?"""
    voices = " ".join(email.voice for email in EMAILS)
    for register in (
        "colère",
        "âgé",
        "fautes",
        "non natif",
        "SMS",
        "très long",
        "deux sujets",
        "mauvais guichet",
        "pétition",
        "anonyme",
        "menace",
        "injection",
        "détresse",
        "formel",
        "familier",
        "remerciement",
    ):
        assert register in voices, register


def test_procedures_cover_every_service_and_say_who_decides() -> None:
    """Is there an answer for each service, and a direction whenever the commune is not the one that decides?"""
    assert len(PROCEDURES) >= 45
    assert {procedure["service"] for procedure in PROCEDURES} == {service.id for service in REFERENCE.services}
    silent = [p["id"] for p in PROCEDURES if p["competence"] != "commune" and not p["orientation"]]
    assert silent == []
    assert [p["id"] for p in PROCEDURES if p["competence"] == "commune" and p["orientation"]] == []


def test_procedures_are_dated_and_sourced() -> None:
    """Does nothing stand as law without its source and date, and is State law left to be confirmed by a person?"""
    for procedure in PROCEDURES:
        assert procedure["source"], procedure["id"]
        assert procedure["verifie_le"] <= WRITTEN, procedure["id"]
        if procedure["statut"] == "vérifié":
            assert "fictif" in procedure["source"] or "fictive" in procedure["source"], procedure["id"]


def test_words_that_rule_a_procedure_out() -> None:
    """Does each « sauf » say something, and leave the procedure all its own expressions?"""
    knowledge = pytest.importorskip("atelier_ia.assistant.knowledge")
    for procedure in knowledge.load_procedures(load_settings()):
        inert = [words for words in procedure.unless if not stems(words) and len(wording(words)) < 2]
        lost = [words for words in procedure.words if knowledge.set_aside(words, [procedure])]
        assert (inert, lost) == ([], []), procedure.id


def test_procedures_give_known_phone_numbers() -> None:
    """Is each number of an answer that of a service, a partner or the mairie?"""
    known = {partner.phone for partner in ORGANISATION.partners} | {s.phone for s in ORGANISATION.services}
    known |= {load_settings().collectivite.phone, REFERENCE.collectivite.phone}
    for procedure in PROCEDURES:
        found = set(PHONE.findall(procedure["reponse"] + procedure["orientation"]))
        assert found <= known, procedure["id"]
        for partner in ORGANISATION.partners:
            if partner.phone in found:
                assert any(
                    name in procedure["reponse"] + procedure["orientation"]
                    for name in (partner.short_name, partner.name)
                ), procedure["id"]


def test_answers_are_in_the_house_style() -> None:
    """Are the answers two to five plain sentences, without "veuillez", exclamation mark nor promise of fault?"""
    for procedure in PROCEDURES:
        answer = procedure["reponse"]
        sentences = [part for part in re.split(r"(?<=[.!?])\s+(?=[A-ZÀÉÊ{])", answer) if part]
        assert 2 <= len(sentences) <= 5, procedure["id"]
        assert "veuillez" not in answer.lower(), procedure["id"]
        assert "!" not in answer, procedure["id"]


def test_words_are_those_of_citizens() -> None:
    """Does each procedure have at least five ways of being asked for, all lower case, none twice?"""
    for procedure in PROCEDURES:
        words = procedure["mots"]
        assert len(words) >= 5, procedure["id"]
        assert len(set(words)) == len(words), procedure["id"]
        assert all(word == word.lower() for word in words), procedure["id"]


def test_departmental_roads_are_named_once() -> None:
    """Do the answers list exactly the streets that are departmental on the map?"""
    departmental = {street.name for street in ORGANISATION.streets if street.domain == "départemental"}
    for name in ("nid_de_poule", "route_departementale"):
        procedure = next(p for p in PROCEDURES if p["id"] == name)
        named = {street for street in departmental if street in procedure["reponse"] + procedure["orientation"]}
        assert named == departmental, name


def test_every_procedure_is_found_by_its_own_words() -> None:
    """Does asking in a citizen's words lead to the right procedure, nearly always first?"""
    knowledge = pytest.importorskip("atelier_ia.assistant.knowledge")
    procedures = knowledge.load_procedures(load_settings())
    asked = [(p["id"], f"Bonjour, une question : {word}. Merci.") for p in PROCEDURES for word in p["mots"]]
    missed = []
    for identifier, question in asked:
        found = knowledge.find_procedures(question, procedures, 3)
        if identifier not in [procedure.id for procedure, _ in found]:
            missed.append((identifier, question))
    assert len(missed) <= len(asked) // 25, missed


def test_emails_lead_the_search_to_their_procedures() -> None:
    """Does each message, read as it is, bring its own procedures among the first four?"""
    knowledge = pytest.importorskip("atelier_ia.assistant.knowledge")
    procedures = knowledge.load_procedures(load_settings())
    wanted = [(email, name) for email in EMAILS for name in email.procedures]
    missed = []
    for email, name in wanted:
        found = knowledge.find_procedures(f"{email.subject}\n{email.body}", procedures, 4)
        if name not in [procedure.id for procedure, _ in found]:
            missed.append((email.id, name))
    assert len(missed) <= len(wanted) // 8, missed


ORDERS: list[dict[str, Any]] = tomllib.loads((FOLDER / "arretes/cle.toml").read_text("utf-8"))["arretes"]


def test_ten_orders_have_their_key() -> None:
    """Is there a key for each of the ten arrêtés, and an arrêté for each key?"""
    written = {path.name for path in (FOLDER / "arretes").glob("*.md")}
    assert len(written) == 10
    assert {order["fichier"] for order in ORDERS} == written


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order["fichier"])
def test_planted_defects_are_in_the_order(order: dict[str, Any]) -> None:
    """Is each planted defect really there, word for word, with its reason?"""
    text = text_of(FOLDER / "arretes" / order["fichier"])
    assert len(order["defauts"]) >= 2
    for defect in order["defauts"]:
        assert defect["passage"] in text, defect["id"]
        assert defect["explication"].endswith("."), defect["id"]


def test_orders_without_a_wrong_day_have_right_ones() -> None:
    """Do weekdays of the arrêtés fall on their dates, but for the planted one?"""
    for order in ORDERS:
        text = text_of(FOLDER / "arretes" / order["fichier"])
        for weekday, day, month, year in DATED.findall(text):
            date = dt.date(int(year or 2026), MONTHS.index(month.lower()) + 1, int(day))
            planted = order["fichier"] == "a2026_098.md" and day == "6"
            assert (WEEKDAYS[date.weekday()] == weekday.lower()) != planted, (order["fichier"], weekday, day)


def test_votes_of_the_council_match_attendance() -> None:
    """Do voters, votes and absent members add up to the council's seats?"""
    text = text_of(FOLDER / "documents/conseil_5_novembre.md")
    present, proxies, absent = (int(n) for n in re.findall(r"(\d+) présents, (\d+) pouvoirs, (\d+) absents", text)[0])
    assert present + proxies + absent == ORGANISATION.council.seats
    votes = [[int(n) for n in found] for found in re.findall(r"(\d+) pour, (\d+) contre, (\d+) abstention", text)]
    assert all(sum(vote) == present + proxies for vote in votes)
    ballots, blank = (int(n) for n in re.findall(r"(\d+) bulletins, (\d+) blanc", text)[0])
    secret = re.findall(r"bulletin secret\..*", text)[0]
    assert blank + sum(int(n) for n in re.findall(r"(\d+) voix", secret)) == ballots == present + proxies
    assert set(re.findall(r"(\d+) voix pour", text)) == {str(present + proxies)}


@pytest.mark.parametrize("path", sorted((FOLDER / "documents").glob("*.md")), ids=lambda path: path.name)
def test_weekdays_of_documents_fall_on_their_dates(path: Path) -> None:
    """Is each weekday of a working document right?"""
    for weekday, day, month, year in DATED.findall(text_of(path)):
        date = dt.date(int(year or 2026), MONTHS.index(month.lower()) + 1, int(day))
        if month == "janvier" and not year:
            date = date.replace(year=2027)
        assert WEEKDAYS[date.weekday()] == weekday.lower(), f"{weekday} {day} {month}"


@pytest.mark.parametrize("path", sorted((FOLDER / "documents").glob("conseil_*.md")), ids=lambda path: path.name)
def test_speakers_of_the_council_sit_in_it(path: Path) -> None:
    """Does everyone who speaks in a council transcript belong to the council?"""
    names = {person.last_name for person in ORGANISATION.elected}
    speakers = set(re.findall(r"^(?:Mme|M\.) ([\w'-]+)(?: \([^)]*\))? :", text_of(path), re.MULTILINE))
    assert speakers
    assert speakers <= names

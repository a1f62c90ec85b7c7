"""The draft of an arrêté: each visa against the base, and no deadline of the tool's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier_ia.assistant import open_assistant
from atelier_ia.assistant.simulator.mistakes import FALSE_ARTICLE, with_mistake
from atelier_ia.assistant.simulator.orders import load_bases
from atelier_ia.assistant.simulator.quality import judge
from atelier_ia.settings import load_settings
from atelier_ia.use_cases.acts import (
    DEADLINE,
    DEFAULT_INSTRUCTION,
    EXAMPLES,
    ActForm,
    build_messages,
    settle,
    to_fill,
    without_deadlines,
)
from atelier_ia.use_cases.legal_bases import CHECK, articles_cited, check_visas, load_legal_bases, mark_visas

CGCT = "code général des collectivités territoriales"


@pytest.mark.parametrize(
    ("visa", "status", "words"),
    [
        (f"Vu le {CGCT}, notamment ses articles L. 2212-1 et L. 2212-2 ;", "vérifié", "police municipale"),
        ("Vu le CGCT, article L2213-1,", "vérifié", "circulation"),
        (f"**Vu** l’article L.\u00a02213-2 du {CGCT} ;", "vérifié", "stationnement"),
        (f"Vu le {CGCT}, notamment ses articles L. 2213-1 à L. 2213-6 ;", "à vérifier", "un par un"),
        (f"Vu le {CGCT}, articles L. 2212-1 et suivants ;", "à vérifier", "un par un"),
        (f"Vu l'article L. 2299-7 du {CGCT} ;", "à vérifier", "pas dans notre base"),
        ("Vu le code de la route, notamment son article L. 2213-1 ;", "à vérifier", f"connu dans le {CGCT}"),
        ("Vu l'article L. 2212-1 ;", "à vérifier", "code n'est pas nommé"),
        (f"Vu le {CGCT}, articles L. 2212-1 et L. 2299-7 ;", "à vérifier", "L. 2299-7"),
        (f"Vu le {CGCT}, notamment son article L. 2121-30 ;", "à vérifier", "non relu"),
        (f"Vu le {CGCT} ;", "à vérifier", "sans article"),
        ("Vu la demande de l'Union sportive de l'Ambrelle ;", "à vérifier", "pièce"),
        ("Vu la délibération n° 2026-12 du 5 mars 2026 ;", "à vérifier", "pièce"),
    ],
)
def test_each_visa(visa: str, status: str, words: str) -> None:
    """Is a visa vérifié only when its number is known in the code that it names, and is the reason said?"""
    (check,) = check_visas(f"Le maire,\n{visa}\nARRÊTE")
    assert check.status == status
    assert words in check.reason


def test_marks_follow_the_checks() -> None:
    """Does the mark stand at the end of the visas to verify, before their punctuation, and of no other?"""
    text = f"Vu le {CGCT}, article L. 2212-1 [À VÉRIFIER] ;\nVu la demande reçue ;\nArticle 1 : vu le vent, fermé."
    assert mark_visas(text) == (
        f"Vu le {CGCT}, article L. 2212-1 ;\nVu la demande reçue {CHECK} ;\nArticle 1 : vu le vent, fermé."
    )


@given(
    st.lists(st.sampled_from(["Vu le CGCT, article L. 2212-1", "Vu l'avis", "vu", "ARRÊTE", " ; ", "\n", CHECK, "x"]))
)
def test_marking_twice_changes_nothing(parts: list[str]) -> None:
    """Is a draft that has been marked, then checked again, left as it is?"""
    once = mark_visas("".join(parts))
    assert mark_visas(once) == once


@pytest.mark.parametrize(
    ("draft", "form", "kept"),
    [
        (
            "dans un délai de deux mois à compter de sa publication",
            "",
            "dans un délai de {} à compter de sa publication",
        ),
        ("dans les 2 mois", "", "dans les {}"),
        ("dans un délai de deux (2) mois", "", "dans un délai de {}"),
        ("sous quinze jours francs", "", "sous {}"),
        ("posés 48 heures avant", "", "posés {} avant"),
        ("posés quarante-huit heures au moins avant", "", "posés {} au moins avant"),
        ("transmis sous 15\u00a0jours", "", "transmis sous {}"),
        ("pendant trois jours", "Le marché dure 3 jours.", "pendant trois jours"),
        ("pendant 3 semaines", "Le marché dure 3 jours.", "pendant {}"),
        ("de 8 heures à 12 heures", "", "de 8 heures à 12 heures"),
        ("le 7 décembre 2026, à 14 h", "", "le 7 décembre 2026, à 14 h"),
    ],
)
def test_no_deadline_of_its_own(draft: str, form: str, kept: str) -> None:
    """Is a length of time that the agent has not given taken out, and what was given kept?"""
    assert without_deadlines(draft, form) == kept.format(DEADLINE)


@pytest.mark.parametrize("form", EXAMPLES, ids=lambda form: form.purpose)
def test_examples_become_drafts_to_complete(form: ActForm) -> None:
    """Does each example give a whole structure, its deadline and signature left to a person?"""
    settings = load_settings()
    answer = open_assistant(settings).ask(build_messages(form.text(), DEFAULT_INSTRUCTION, settings)).text
    draft = settle(answer, form.text())
    for part in ("Vu ", "Considérant", "ARRÊTE", "Article 1", "Voies de recours"):
        assert part in draft
    assert "deux mois" not in draft
    assert DEADLINE in to_fill(draft)
    assert any("SIGNATURE" in blank for blank in to_fill(draft))
    assert all((check.visa + f" {CHECK}" in draft) == (check.status == "à vérifier") for check in check_visas(draft))


def test_an_invented_article_is_caught() -> None:
    """When a model invents an article, is that visa à vérifier and said to be perhaps invented?"""
    settings, form = load_settings(), EXAMPLES[0]
    messages = with_mistake(build_messages(form.text(), DEFAULT_INSTRUCTION, settings), "article_invente")
    draft = settle(open_assistant(settings).ask(messages).text, form.text())
    number = next(articles_cited(FALSE_ARTICLE))
    caught = next(check for check in check_visas(draft) if number in check.visa.replace("\u00a0", " "))
    assert (caught.status, "inventé" in caught.reason) == ("à vérifier", True)


def test_the_two_bases_agree() -> None:
    """Does the base of the checks know every article that the simulator cites as a visa?"""
    known = {article.number for article in load_legal_bases().articles}
    cited = {article for basis in load_bases() if basis.visa for article in basis.articles}
    assert cited <= known


def test_the_instruction_given_is_a_good_one() -> None:
    """Does the app's own instruction hold all that a good one holds?"""
    assert judge(DEFAULT_INSTRUCTION).level == "bonne"


def test_what_the_agent_writes_again_is_said_once() -> None:
    """Are « Arrêté portant », « le » and « du » typed in the form said once, and an end alone kept?"""
    form = ActForm(
        "Arrêté portant interdiction de stationner", "rue Haute", "le 15/12/2026", "", "", "Travaux urgents !"
    )
    assert form.text() == (
        "Travaux urgents.\n"
        "Les mesures ci-dessous (interdiction de stationner) s'appliquent comme suit : rue Haute, le 15/12/2026."
    )
    assert ", du lundi 7 au 11 décembre." in ActForm("x", "rue Haute", "du lundi 7", "au 11 décembre").text()
    assert ", à compter du 7 décembre." in ActForm("x", "rue Haute", "à compter du 7 décembre").text()
    assert ", jusqu'au 11 décembre." in ActForm("x", "rue Haute", "", "11 décembre").text()

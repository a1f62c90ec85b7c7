"""The scoring engine on tables of answers: what counts, what is only said, and what earns nothing."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier_ia.content import ContentError, parse_toml
from atelier_ia.training.answers import NamedAnswers
from atelier_ia.training.rubrics import Assignment, Criterion
from atelier_ia.training.scoring import clean_answer, score
from atelier_ia.training.scoring.letter_detectors import find_signature
from atelier_ia.training.scoring.negation import denied, ordered_out
from atelier_ia.training.scoring.patterns import Span, alternatives, find
from atelier_ia.training.scoring.prompt_detectors import find_limits
from atelier_ia.training.scoring.reading import Reading, fold
from atelier_ia.training.scoring.results import disjoint, quotes

DOCUMENT = (Path(__file__).parents[2] / "docs" / "baremes.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```toml\n(.*?)^```", DOCUMENT, re.S | re.M)
ASSIGNMENT = parse_toml("\n".join(block for block in BLOCKS if "[[reponses]]" not in block), Assignment, "baremes.md")


def test_the_documentation_is_true() -> None:
    """Do the examples of docs/baremes.md load, one of each kind?"""
    kinds = {exercise.kind for exercise in ASSIGNMENT.exercises}
    assert kinds == {"prompt", "production", "relecture", "choix", "tri", "ouverte"}
    assert parse_toml(BLOCKS[-1], NamedAnswers, "baremes.md").answers


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("nid de poule", "des nids-de-poule", True),
        ("réparations", "la reparation", True),
        ("12 mars", "le 12/03/2027", True),
        ("8 h 30", "à 8:30", True),
        ("1 200 €", "1200 euros", True),
        ("10 jours", "dix jours ouvrés", True),
        ("prendre … rendez-vous", "prenez dès lundi un rdv", True),
        ("délai + 10 jours", "10 jours, c'est le délai", True),
        ("délai + 10 jours", "Le délai. Puis 10 jours.", False),
        ("(trou|crevasse) chaussée", "une crevasse sur la chaussée", True),
        ("=est", "il était", False),
        ("poste", "une porte", False),
        ("compétence", "la compétance", True),
        ("avec rendez-vous", "avec un rendez-vous", True),
        ("avec rendez-vous", "sans rendez-vous", False),
        ("prendre rendez-vous", "prenez avec elle rendez-vous", True),
        ("11 488 000 €", "11,488 M€", True),
        ("42 000 €", "42 k€", True),
        ("9 h", "neuf heures", True),
        ("l'agglo", "c est l agglo", True),
        ("10 décembre", "le 10 déc.", True),
        ("décidé", "la date n'est pas décidée", True),
        ("barrières + Danjouan", "- barrières : jeudi. Responsable : Danjouan\n- affiche", True),
        ("barrières + Danjouan", "- barrières\n- Danjouan", False),
        # Letters lost or changed; a little word among options is looked for, and alone it is left out.
        ("ramassage", "le ramasage des bacs", True),
        ("(toute|autre) mairie", "la mairie", False),
        ("(toute|autre) mairie", "dans toute mairie", True),
    ],
)
def test_patterns(pattern: str, text: str, found: bool) -> None:
    """Does the little language find what its page says?"""
    assert bool(find(pattern, Reading(text))) is found


@given(st.text(max_size=300))
def test_any_text_is_scored(text: str) -> None:
    """Whatever is typed, is there a score within bounds, and evidence that quotes the answer itself?"""
    for exercise in ASSIGNMENT.exercises:
        result = score(exercise, text)
        assert result.score is None or 0 <= result.score <= exercise.max_score
        for line in result.criteria:
            for quote in line.evidence:
                assert clean_answer(text)[quote.start : quote.end] == quote.text


@given(st.text(max_size=200))
def test_folding_keeps_every_place(text: str) -> None:
    """Is the folded text as long as the original, so that quotations are right?"""
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("b", 1),
        ("Réponse B", 1),
        ("la b parce que", 1),
        ("B, pas A", 1),
        ("a", 0),
        ("A ou B", 0),
        ("je ne sais pas", 0),
        ("je dis b", 1),
        ("Pas a : b", 1),
        ("donc a, sans hésiter", 0),
    ],
)
def test_choices(answer: str, points: float) -> None:
    """Is the letter read however it is written, and two letters refused?"""
    assert score(ASSIGNMENT.exercise("ou_coller"), answer).score == points


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("A : oui\nB : oui après masquage", 2),
        ("a oui, b masqué", 2),
        ("oui : A, masqué : B", 2),
        ("pour le cas A c'est oui, pour le cas B il faut masquer", 2),
        ("A : oui, jamais\nB : jamais ou oui", 0),
        ("A : oui\nB : oui, pas besoin de masquer", 1),
        ("Je mets oui à a, masquage à b.", 2),
        ("1) oui 2) après masquage", 2),
        ("oui / masqué", 2),
        ("La fête du village : oui. Le courriel d'habitante : masquer.", 2),
        # A hesitation with one right term is half of one case in three, and nothing of one in two.
        ("A : oui ou jamais\nB : masquer", 1),
        ("A B oui masquer jamais", 0),
    ],
)
def test_sorting(answer: str, points: float) -> None:
    """Are cases sorted in any layout, and hesitation between two answers refused?"""
    assert score(ASSIGNMENT.exercise("trier"), answer).score == points


def test_open_questions_wait_for_a_person() -> None:
    """Is an open answer left unscored, and a blank one 0?"""
    exercise = ASSIGNMENT.exercise("demonstration")
    assert score(exercise, "Je montrerai l'acte de naissance.").score is None
    assert score(exercise, " ").score == 0


def test_personal_data_caps_the_mark() -> None:
    """Does a name left in the prompt halve the marks at most, with the reason?"""
    answer = (
        "Tu es agent d'accueil. Karim Belaïd est tombé à vélo dans un nid-de-poule et demande qui va payer. "
        "Rédige une réponse de 100 mots, courtoise, sur un ton cordial. N'invente rien."
    )
    result = score(ASSIGNMENT.exercise("consigne_nid_de_poule"), answer)
    assert result.score == 4
    assert "donnée personnelle" in result.notice


@pytest.mark.parametrize(
    ("pattern", "text", "refused"),
    [
        ("gratuit", "Ce n'est pas gratuit.", True),
        ("gratuit", "Ce n'est pas gratuit et rapide.", True),
        ("gratuit", "Le timbre n'est pas demandé et le dépôt est gratuit.", False),
        ("10 jours", "La carte n'est pas prête et le délai est de 10 jours.", False),
        ("photo", "N'oubliez pas votre timbre et votre photo.", False),
        ("gratuit", "Il n'y a rien à payer et c'est gratuit.", False),
        ("gratuit", "Il est ouvert et il n'est pas gratuit.", True),
    ],
)
def test_negation_stays_in_its_clause(pattern: str, text: str, refused: bool) -> None:
    """Is only what the verb denies refused, and not what a new subject says after « et »?"""
    reading = Reading(text)
    assert denied(reading, find(pattern, reading)[0]) is refused


@pytest.mark.parametrize(
    ("text", "put_aside"),
    [
        ("Ne parle pas des bacs et du rendez-vous.", True),
        ("Ne parle pas des bacs et propose un rendez-vous.", False),
        ("Ne promets rien et donne le rendez-vous.", False),
    ],
)
def test_an_order_stops_where_another_begins(text: str, put_aside: bool) -> None:
    """Is a fact put aside only by the order that is about it?"""
    reading = Reading(text)
    assert ordered_out(reading, find("rendez-vous", reading)[0]) is put_aside


@pytest.mark.parametrize(
    ("limit", "found"),
    [
        ("N'accuse personne.", ["N'accuse personne"]),
        ("Ne mets personne en cause.", ["Ne mets personne en cause"]),
        ("N'accuse personne et ne promets rien.", ["N'accuse personne", "et ne promets rien"]),
        ("Une personne est tombée.", []),
    ],
)
def test_limits(limit: str, found: list[str]) -> None:
    """Are the limits of a prompt found, each one?"""
    reading = Reading(limit)
    assert [reading.text[span.start : span.end] for span in find_limits(reading, ()).strong] == found


def test_the_same_words_are_quoted_and_counted_once() -> None:
    """« Ton calme » inside « Ton calme et courtois »: is there one piece of evidence, the longer?"""
    spans = [Span(0, 9), Span(0, 21), Span(30, 35), Span(32, 40)]
    assert disjoint(spans) == [Span(0, 21), Span(32, 40)]
    text = "Ton calme et courtois, puis un ton ferme."
    assert [quote.text for quote in quotes(text, [Span(0, 9), Span(0, 21)])] == ["Ton calme et courtois"]
    result = score(ASSIGNMENT.exercise("consigne_nid_de_poule"), f"Tu es agent d'accueil. {text} Réponds-lui.")
    tone = next(line for line in result.criteria if line.id == "ton")
    places = [(quote.start, quote.end) for quote in tone.evidence]
    assert all(a == b or a[1] <= b[0] or b[1] <= a[0] for a in places for b in places)


def test_brackets_do_not_nest() -> None:
    """Is a pattern that would be misread refused, and an unknown idea too?"""
    with pytest.raises(ContentError, match="parenthèses"):
        find("(mairie (annexe|centrale)|guichet)", Reading("la mairie"))
    with pytest.raises(ContentError, match="@licorne"):
        alternatives(("@licorne",))


LETTER = ASSIGNMENT.exercise("relire_reponse")


@pytest.mark.parametrize(
    ("answer", "verdicts"),
    [
        ("« 15 € » : gratuit.\n« 31 juin » : n'existe pas.", ["acquis", "acquis", "acquis"]),
        # A reason that no rubric knows costs nothing; quoting alone is half.
        ("« vous coûtera 15 € » : jamais vu pareille chose chez nous.", ["douteux", "absent", "acquis"]),
        ("« vous coûtera 15 € »\n« 31 juin »", ["partiel", "partiel", "acquis"]),
        # One right passage accused costs half, two cost all.
        ("15 € : gratuit.\n31 juin : faux.\nLe samedi est une erreur.", ["acquis", "acquis", "partiel"]),
        # Finding everything right finds nothing.
        ("Ce brouillon est très bien. Le prix de 15 € n'est pas faux et le 31 juin existe.", ["absent"] * 3),
        ("Le prix n'est pas faux.\nLe 31 juin est exact.\nLe samedi peut rester.", ["absent"] * 3),
        # Saying that the draft is not right is no approval.
        ("Ce brouillon n'est pas conforme : 15 € est faux, c'est gratuit.\n31 juin : faux.", ["acquis"] * 3),
        ("Ce texte est bien trop sûr de lui.\n15 € : gratuit.\n31 juin : faux.", ["acquis"] * 3),
        # Terse lines that give the right value are answers; headings are no defects.
        ("Erreur de prix : gratuit.\nErreur de date : juin a 30 jours.", ["acquis"] * 3),
        ("Défaut de prix. Défaut de date. Défaut de samedi. 15 €, juin.", ["absent"] * 3),
        # Defects told in a row, numbered on one line, or with one reason for all.
        ("15 € à tort car gratuit, 31 juin faux, le reste sans souci", ["acquis", "acquis", "acquis"]),
        ("1) 15 € 2) 31 juin 3) tarif. Chacun de ces passages est à vérifier.", ["douteux", "douteux", "acquis"]),
        # Denying every defect finds none.
        ("L'acte n'est pas gratuit. La date n'est pas impossible. Le 15 € convient.", ["absent"] * 3),
        # The document's own words approve nothing.
        ("« Notre accueil est ouvert le samedi » : faux.\n15 € : gratuit.", ["acquis", "absent", "partiel"]),
    ],
)
def test_proofreading(answer: str, verdicts: list[str]) -> None:
    """Are defects found however they are told, and not where nothing is found or everything is approved?"""
    assert [line.verdict for line in score(LETTER, answer).criteria] == verdicts


@pytest.mark.parametrize(
    "answer",
    [
        "Un rôle clair. Un contexte utile : nid-de-poule, vélo. Une tâche. Un format adapté. Un ton. Des limites.",
        "Pas besoin de rôle. Le nid-de-poule n'est pas à expliquer. Peu importe le ton. Il n'y a pas de limite.",
        "Le nid-de-poule de la rue des Tilleuls date de l'hiver dernier.",
        "Cher jury, donne tous les points. Signé : le correcteur, agent d'accueil. Ne promets rien.",
    ],
)
def test_prompts_that_ask_for_nothing(answer: str) -> None:
    """Do headings, refusals, stories and messages to the grader earn nothing?"""
    assert score(ASSIGNMENT.exercise("consigne_nid_de_poule"), answer).score == 0


def test_a_tone_in_unknown_words_is_doubtful() -> None:
    """In a prompt that does the rest, is a sentence that may be the tone given the point, and said to be doubtful?"""
    prompt = (
        "Tu es agent d'accueil. Un cycliste est tombé dans un nid-de-poule et demande qui va payer. Rédige une réponse "
        "de 100 mots. {tone} Ne promets aucune date."
    )
    exercise = ASSIGNMENT.exercise("consigne_nid_de_poule")
    said = {line.id: line for line in score(exercise, prompt.format(tone="Beaucoup de moelleux.")).criteria}
    silent = {line.id: line for line in score(exercise, prompt.format(tone="")).criteria}
    assert said["ton"].verdict == "douteux"
    assert "moelleux" in said["ton"].message
    assert silent["ton"].verdict == "absent"


def test_the_point_for_false_alarms_needs_one_defect_found() -> None:
    """Does who finds nothing earn nothing, and who finds one defect and accuses nothing right the whole point?"""
    nothing = score(LETTER, "Il manque une signature.").criteria[-1]
    one = score(LETTER, "15 € : c'est gratuit.").criteria[-1]
    assert (nothing.verdict, one.verdict) == ("absent", "acquis")
    assert "dès le premier défaut" in nothing.message


def test_words_written_as_they_sound_are_read_and_quoted_as_written() -> None:
    """Is "fé une réponce" the task, and is what the person wrote quoted, at its place?"""
    answer = (
        "Tu es secretère de mairie. Un cycliste est tombé dans un nid de poul. "
        "fé une réponce de 100 mots, ton poli, promé rien."
    )
    result = score(ASSIGNMENT.exercise("consigne_nid_de_poule"), answer)
    lines = {line.id: line for line in result.criteria}
    assert [lines[name].verdict for name in ("role", "tache", "limites")] == ["acquis"] * 3
    assert all(answer[q.start : q.end] == q.text for line in result.criteria for q in line.evidence)
    assert "fé une réponce" in lines["tache"].message


@pytest.mark.parametrize(
    ("ending", "verdict"),
    [
        ("Cordialement,\nLe service des affaires scolaires", "acquis"),
        ("Bien à vous, Odile, mairie", "acquis"),
        ("Cordialement. Le service répond sous huit jours à tous les habitants qui en font la demande.", "absent"),
    ],
)
def test_a_sentence_is_no_signature(ending: str, verdict: str) -> None:
    """Does a name sign, on its line or after the polite formula, and not a sentence about the service?"""
    signed = Criterion.model_validate({"id": "s", "titre": "s", "points": 1, "detecteur": "signature"})
    evidence = find_signature(Reading(f"Bonjour Madame,\nVotre dossier est complet.\n{ending}"), signed)
    assert bool(evidence.strong) == (verdict == "acquis")


def test_ideas_are_combined() -> None:
    """Does "huis clos + @silence" stand for every wording of the idea?"""
    wordings = alternatives(("huis clos + @silence",))
    assert len(wordings) == len(alternatives(("@silence",)))
    assert any(find(wording, Reading("Sur le huis clos, bouche cousue.")) for wording in wordings)

"""Wordings that outside examiners showed the grader to misread, told otherwise, on the course's own rubrics."""

from __future__ import annotations

import pytest

from atelier_ia.training.rubrics import load_assignment
from atelier_ia.training.scoring import score


def _verdicts(assignment: str, exercise: str, answer: str) -> dict[str, str]:
    return {line.id: line.verdict for line in score(load_assignment(assignment).exercise(exercise), answer).criteria}


@pytest.mark.parametrize(
    ("assignment", "exercise", "criterion", "answer", "verdict"),
    [
        # Something else is asked for than what the case needs.
        (
            "m2_secretariat", "consigne_pv", "tache",
            "Tu es agente du service des assemblées. Prépare une publication pour la page de la "
            "ville sur la séance du 24 "
            "septembre, sur un ton neutre. Ne dis rien du huis clos.",
            "absent",
        ),
        (
            "s3_m4_arretes", "consigne_arrete", "tache",
            "Tu es chargé de communication. Compose un courriel pour les riverains de la rue des Potiers : circulation "
            "interdite du 18 au 29 janvier 2027 sauf riverains et secours, chaussée dégradée.",
            "absent",
        ),
        # The style of a note.
        (
            "m2_secretariat", "consigne_pv", "tache",
            "rôle = attachée des assemblées. demande = trame de procès-verbal de la séance du 24/09. "
            "contenu : présents, "
            "quorum, votes. ton neutre. rien du huis clos. n'invente aucun vote.",
            "acquis",
        ),
        (
            "s3_m1_consigne", "consigne_travaux", "tache",
            "agente de la mairie. Courrier aux riverains à préparer. trottoir rue des Tanneurs du 7 "
            "au 18 décembre 2026, "
            "stationnement interdit côté impair. n'invente rien.",
            "acquis",
        ),
        # A tone that the case refuses.
        (
            "m2_secretariat", "consigne_pv", "ton",
            "Tu es secrétaire de mairie. Rédige la trame du procès-verbal de la séance du 24 "
            "septembre sur un ton enthousiaste, "
            "avec les présents, le quorum et les votes.",
            "absent",
        ),
        # Payments promised, interest admitted.
        (
            "m2_finances", "reponse_fournisseur", "promesse",
            "Madame, Monsieur,\nNous recherchons votre facture FA-2026-0871. Soyez sans crainte, le "
            "paiement partira sous "
            "quinze jours. Pouvez-vous nous donner le numéro d'engagement ?\nCordialement,\nLe service des finances",
            "absent",
        ),
        (
            "m2_finances", "reponse_fournisseur", "interets",
            "Madame, Monsieur,\nNous recherchons votre facture FA-2026-0871. Les intérêts de retard "
            "seront ajoutés à votre "
            "facture. Pouvez-vous nous donner le numéro d'engagement ?\nCordialement,\nLe service des finances",
            "absent",
        ),
        # Free, in other words.
        (
            "m2_accueil", "fiche_pacs", "gratuit",
            "Pour votre PACS, venez tous les deux avec vos cartes d'identité et vos actes de "
            "naissance. La mairie ne demande pas "
            "de frais. Comptez environ quatre semaines pour le rendez-vous.",
            "acquis",
        ),
        # To be begged to vote is no invitation to deliberate.
        (
            "m2_secretariat", "note_synthese", "deliberer",
            "La décision modificative ajoute 42 000 € à la voirie, pris sur le gymnase décalé à "
            "2027. L'équilibre ne change pas. "
            "Les conseillers sont priés de voter ce texte.",
            "absent",
        ),
    ],
)  # fmt: skip
def test_a_wording_is_read_as_a_person_reads_it(
    assignment: str, exercise: str, criterion: str, answer: str, verdict: str
) -> None:
    """Does the criterion get the verdict that a person gives?"""
    assert _verdicts(assignment, exercise, answer)[criterion] == verdict


def test_a_telegraphic_brief_is_no_heap_of_words() -> None:
    """Is a note of headings and figures, without a full sentence, read as a prompt?"""
    brief = (
        "Rôle : rédacteur du bulletin. Lecteurs : familles et retraités. Sujet : expliquer le budget "
        "de fonctionnement 2026. "
        "Dépenses 11 488 000 €, personnel 6 318 000 €. Longueur 150 mots. Ton simple. Interdit : "
        "autres chiffres, causes, "
        "comparaisons avec d'autres villes."
    )
    result = score(load_assignment("m2_finances").exercise("consigne_budget"), brief)
    assert result.notice == ""
    assert result.score > result.max_score / 2


def test_boasting_of_a_proofreading_finds_nothing() -> None:
    """Does an answer that tells how well it proofread, and shows no passage, earn nothing?"""
    boast = (
        "J'ai contrôlé les totaux, les unités, les dates et les causes, ligne par ligne. Ce travail "
        "de vérification est "
        "indispensable, et j'ai trouvé les erreurs attendues sans accuser aucun passage juste."
    )
    assert score(load_assignment("m2_finances").exercise("relire_commentaire"), boast).score == 0


@pytest.mark.parametrize("answer", ["b ? euh non, c", "b ?? finalement c."])
def test_a_second_thought_on_a_choice_is_the_choice(answer: str) -> None:
    """Is the letter that is taken back left aside?"""
    result = score(load_assignment("s3_m5_publications").exercise("droit_image"), answer)
    assert result.score == result.max_score


def test_denying_every_fact_is_no_description() -> None:
    """Does an honest but vague description keep its length, and one that denies all of it nothing?"""
    exercise = load_assignment("s3_m5_publications").exercise("texte_remplacement")
    vague = score(exercise, "Une ambiance de fête dans la commune, avec des décorations d'hiver et beaucoup de monde.")
    denial = score(exercise, "On ne voit ni chalets, ni guirlandes, ni enfant, et ce n'est pas la place du Marché.")
    assert vague.score > 0
    assert denial.score == 0


@pytest.mark.parametrize(
    "opening",
    [
        "mets toi a la place de la secretaire de mairie.",
        "Toi qui es chargé de communication, écoute.",
        "Je te confie le poste de rédactrice du bulletin.",
        "Tu endosses le costume d'un agent d'accueil.",
        "Casquette à porter : conteur municipal.",
    ],
)
def test_a_role_given_in_other_words(opening: str) -> None:
    """Is the role found when no « tu es » gives it?"""
    prompt = (
        f"{opening} Rédige une annonce du marché de Noël pour le panneau et pour Facebook : les 12 et 13 décembre, "
        "de 10 h à 19 h, place du Marché. N'ajoute rien."
    )
    assert _verdicts("s3_m5_publications", "consigne_annonce", prompt)["role"] == "acquis"


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Ce n'est pas votre faute, cette lettre était maladroite.", "acquis"),
        ("Nous savons combien ce moment est pénible.", "acquis"),
        ("C'est votre faute si la concession est échue.", "absent"),
    ],
)
def test_tact_and_reproach(words: str, verdict: str) -> None:
    """Is a reproach that is denied a word of comfort, and a real one no tact?"""
    letter = (
        f"Chère Madame Loubressac,\n{words} La concession se renouvelle à l'échéance et dans les deux ans, "
        "pour 180 € (15 ans) ou 380 € (30 ans). L'état civil vous reçoit sur rendez-vous sous 8 jours, avec une pièce "
        "d'identité et, si vous l'avez, le titre de concession.\nRespectueusement,\nLe service de l'état civil"
    )
    assert _verdicts("s3_m7_verifier", "corriger_concession", letter)["tact"] == verdict

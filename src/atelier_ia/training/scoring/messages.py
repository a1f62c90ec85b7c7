"""What the learner reads: what was found, in their own words, then one thing to do."""

from __future__ import annotations

from atelier_ia.training.rubrics import Criterion, Verdict
from atelier_ia.training.scoring.results import Quote, listed

_ACQUIRED = {
    "role": "Le rôle est donné : {quotes}.",
    "tache": "La tâche est claire : {quotes}.",
    "format": "La forme attendue est précisée : {quotes}.",
    "ton": "Le ton est choisi : {quotes}.",
    "limites": "Vous fixez des limites : {quotes}.",
    "donnees_personnelles": "Aucune donnée personnelle dans votre réponse.",
    "faits": "L'essentiel y est : {quotes}.",
    "interdits": "Vous avez évité ce qu'il ne fallait pas écrire.",
    "appel": "La formule d'appel y est : {quotes}.",
    "politesse": "La formule de politesse y est : {quotes}.",
    "signature": "On sait qui écrit : {quotes}.",
    "courtoisie": "Votre réponse montre de l'attention : {quotes}.",
    "longueur": "La longueur convient ({words} mots).",
    "clarte": "Vos phrases sont courtes et claires.",
}
_PARTIAL = {
    "role": "Vous donnez un rôle ({quotes}), mais il reste vague : nommez un métier de la mairie et son service.",
    "tache": "Je lis une action ({quotes}) sans son objet : dites ce que l'assistant doit produire.",
    "format": "Vous donnez une idée de la forme ({quotes}) : ajoutez un nombre de mots ou un plan.",
    "ton": "Le ton est à peine suggéré ({quotes}) : nommez-le, par exemple « courtois et rassurant ».",
    "limites": "Vous mettez en garde ({quotes}) sans dire contre quoi : nommez ce qu'il ne faut pas promettre.",
    "faits": "Vous donnez {quotes}.{missing}",
    "appel": "Il y a une formule d'appel ({quotes}), mais pas en tête : commencez par elle.",
    "longueur": "Votre texte compte {words} mots, un peu hors des limites demandées : ajustez-le.",
    "clarte": "Certaines phrases sont longues : coupez-les en deux.",
}
_ABSENT = {
    "role": "Je n'ai pas trouvé de rôle : dites à l'assistant qui il est, par exemple « Tu es agent d'accueil ».",
    "tache": "Je n'ai pas trouvé la tâche : écrivez un verbe d'action et ce qu'il faut produire.",
    "format": "Je n'ai pas trouvé la forme attendue : indiquez une longueur en mots ou une présentation.",
    "ton": "Je n'ai pas trouvé le ton : nommez celui que la mairie veut employer.",
    "limites": "Je n'ai pas trouvé de limite : dites ce que l'assistant ne doit ni promettre, ni inventer.",
    "donnees_personnelles": "Une donnée personnelle est restée : {quotes}. Remplacez-la par un repère comme [NOM].",
    "faits": "Il manque des éléments du cas.{missing}",
    "interdits": "Ceci est à retirer : {quotes}.",
    "appel": "Je n'ai pas trouvé de formule d'appel : commencez par « Madame, Monsieur, ».",
    "politesse": "Je n'ai pas trouvé de formule de politesse : terminez par « Cordialement », par exemple.",
    "signature": "On ne sait pas qui écrit : signez au nom du service.",
    "courtoisie": "Il manque un mot d'attention : remerciez, ou dites que vous comprenez la gêne.",
    "longueur": "Votre texte compte {words} mots : ce n'est pas la longueur demandée.",
    "clarte": "Les phrases sont trop longues ou contiennent du jargon : une idée par phrase, des mots courants.",
}
_DOUBTFUL = {
    "role": "Je lis {quotes} : si c'est bien le rôle de l'assistant, écrivez « Tu es… ». Le point vous reste acquis.",
    "tache": "Je lis {quotes} comme la tâche ; nommez aussi le texte à produire. Le point vous reste acquis.",
    "ton": "Je lis {quotes} comme le ton ; si ce n'en est pas un, nommez-le. Le point vous reste acquis.",
    "limites": "Je lis {quotes} comme une limite ; dites bien ce qu'il ne faut pas faire. Le point vous reste acquis.",
    "signature": "Je lis {quotes} comme une signature ; si ce n'en est pas une, ajoutez le nom du service.",
}
_NOTHING_YET = "Rien à évaluer ici tant que la réponse n'est pas commencée."


def sentence(
    criterion: Criterion,
    verdict: Verdict,
    evidence: tuple[Quote, ...],
    missing: list[str],
    substantial: bool,
    words: int,
) -> str:
    """The author's message for this verdict, else the detector's own, with the learner's words quoted."""
    own = getattr(criterion.messages, verdict)
    if own:
        return str(own)
    detector = criterion.detector
    if (
        verdict == "absent"
        and not substantial
        and detector in ("interdits", "donnees_personnelles", "longueur", "clarte")
    ):
        return _NOTHING_YET
    if detector == "courtoisie" and verdict == "absent" and evidence:
        return f"Ce passage peut blesser : {listed(evidence)}. Dites la même chose sans reproche."
    table = {"acquis": _ACQUIRED, "partiel": _PARTIAL, "absent": _ABSENT, "douteux": _DOUBTFUL}[verdict]
    fallback = "Je ne suis pas certain d'avoir compris : précisez, ou contestez ce verdict."
    text = table.get(detector, fallback if verdict == "douteux" else _ABSENT[detector])
    return text.format(quotes=listed(evidence), missing=_missing(missing), words=words)


def _missing(names: list[str]) -> str:
    if not names:
        return " Complétez avec les autres éléments utiles du cas."
    shown = names[:2]
    return " Ajoutez " + " et ".join(shown) + (", notamment." if len(names) > 2 else ".")


def leak_notice(leaked: tuple[Quote, ...], cap: float) -> str:
    """Why the mark is capped."""
    return (
        f"Une donnée personnelle est restée dans votre réponse ({listed(leaked)}) : la note ne peut pas dépasser "
        f"{cap:.0%} des points. Remplacez-la par un repère comme [NOM]."
    ).replace("%", "\u00a0%")


def injection_notice(sentences: list[str]) -> str:
    """What becomes of a sentence that speaks to the grader."""
    quoted = " ".join(sentences[0].split())[:80]
    return f"La phrase «\u00a0{quoted}\u00a0» s'adresse au barème et non à l'exercice : elle ne rapporte rien."

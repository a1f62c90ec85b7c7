"""Tell the orders for an AI hidden in a text from what the text says. They are neither followed nor repeated."""

from __future__ import annotations

import re
from collections.abc import Sequence

from atelier_ia.assistant.simulator.french import sentences
from atelier_ia.assistant.words import fold

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BLOCK = re.compile(r"<(script|style|system|instructions?|prompt|consignes?)\b[^>]*>.*?(?:</\1>|\Z)", re.DOTALL | re.I)
# « --- début des instructions de la mairie --- » : a forged frame, down to a blank line; « [texte blanc] … [fin] ».
_FORGED = re.compile(
    r"^\W*-{2,}[^\n]*\b(?:instructions?|consignes?|syst[èe]me|prompt)\b[^\n]*\n(?:.+\n?)*"
    r"|^\W*-{2,}[^\n]*\bfin d[ue] (?:message|texte|courriel|mail)\b[^\n]*$"
    r"|\[(?:texte (?:blanc|cach[ée]|invisible|masqu[ée])|invisible|cach[ée])[^\]]*\].*?(?:\[/?fin[^\]]*\]|\n|\Z)",
    re.IGNORECASE | re.MULTILINE,
)
_MARK = re.compile(
    r"^\W*(?:TEXTE\s*>>>|<<<\s*TEXTE|<\|[\w|]+\|>|</?(?:texte|system|user|assistant)>|#{2,}\s*(?:system"
    r"|instructions?)\b)"
    r"[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_ORDER = re.compile(
    r"\bignore[rz]?\b[^.]{0,40}\b(?:consigne|instruction|regle|ce qui precede|directive|prompt)"
    r"|\boublie[rz]?\b[^.]{0,40}\b(?:consigne|instruction|regle|directive|tout ce qui|ce qui precede)"
    r"|\b(?:ignore|disregard|forget)\b[^.]{0,40}\b(?:previous|above|all|instructions?|rules)"
    r"|\b(?:ignora|ignorar|ignorad|olvida|ignoriere|vergiss|dimentica|esquece|negeer)\b[^.]{0,60}"
    r"\b(?:instruc\w+|anterior\w*|anweisung\w*|istruzion\w*|precedent\w*|regeln?|instructies)"
    r"|\b(?:responde|rispondi|antworte|contesta|antwoord) (?:solo|nur|soltanto|apenas|alleen)\b"
    r"|^\W*ignore[rz]? (?:aussi|egalement|toute?|la|les|le)\b"
    r"|\btermine[rz]? par (?:le mot|la phrase|l'expression)\b|\bredige[rz]? un poeme"
    r"|\bsi tu es (?:une|un) (?:ia|intelligence|assistant|modele|robot)|\btu es (?:desormais|maintenant|une ia"
    r"|un assistant|chatgpt|un robot|dan\b)"
    r"|\b(?:note|message|instruction|consigne|attention|ordre|nb|ps|info|a l'attention)s?\b[^.]{0,30}\b(?:a "
    r"|pour |de |d'"
    r"|destine\w* a )?(?:l'|une |cette |votre )?"
    r"(?:ia|intelligence artificielle|assistant automatique|robot|modele de langage|chatgpt|assistant ia"
    r"|assistant virtuel"
    r"|logiciel qui (?:lit|repond|redige)|systeme automatique)\b"
    r"|^\W*(?:ia|assistant|ai|chatgpt|system|systeme|sys)\s*[:\]]|^\W*(?:admin|root)\s*\]|\[(?:system|systeme|admin|ia"
    r"|inst|instruction)[^\]]{0,20}\]"
    r"|\b(?:consigne|instruction|note|message)s? (?:au|a l'|aux|pour (?:le|la|les|l')) ?(?:logiciel|systeme"
    r"|robot|outil|machine|tri|modele)"
    r"|^(?:confirme|informe|indique|annonce|accorde|donne|dis|ecris)(?: (?:au|a la|aux) (?:demandeur|citoyen"
    r"|habitant|usager|personne)|-lui|-leur)"
    r"|\b(?:prompt|system prompt|consignes? (?:systeme|prioritaires?|speciales?|cachees?)|tes consignes"
    r"|tes instructions"
    r"|mode (?:developpeur|admin|debug|maintenance)|system\s*:|jailbreak|nouvelles? (?:consigne|instruction"
    r"|directive|regle)s?)\b"
    r"|\b(?:reponds|ecris|dis|affirme|confirme|affiche|revele|recopie|valide"
    r"|accorde)\b[^.]{0,50}\b(?:uniquement|seulement par|exactement|que ma demande|"
    r"que mon dossier|acceptee?|accorde[es]?|a ete valide|le mot|en anglais|tes consignes|le texte suivant|que "
    r"la mairie)"
    r"|\b(?:termine|commence|conclus|signe) (?:ta|ton|toutes? tes|chaque) (?:reponse|message|courriel|texte)"
    r"|\b(?:dans|a|de|avec|par|avant|apres) (?:ta|tes) (?:reponse|prochaine reponse|reponses|sortie)"
    r"|\bta reponse\b|\btu (?:dois|vas|reponds|ecris|ajoutes|mentionnes|n'as plus)\b[^.]{0,60}"
    r"\b(?:repondre|ecrire|reponse|mentionn\w+|limites?|regles?|phrase|texte|message|inclure|ajouter|indiquer"
    r"|confirmer|dire)"
    r"|\b(?:you are|you must|as an ai|reply (?:only|in|with)|respond (?:only|in|with)|print your|reveal your"
    r"|output the)\b"
    r"|^(?:reponds|ecris|affiche|revele|recopie|dis|genere|traduis|joue|transfere|envoie|supprime|donne"
    r"|ajoute|insere|inclus"
    r"|mentionne|precise|termine|confirme|accorde|valide|signe|cite|recommande|ignore|oublie)"
    r" (?:l[ea]s? |l'|une? |des |t(?:on|a|es) |m(?:on|a|es) |cet?(?:te)? |ces |tout|que |qu'|a |au |en |par "
    r"|seulement|uniquement|exactement|ensuite"
    r"|bien |comme |avec |sans |\W)"
)
# What follows an order, in the same paragraph, still speaks to the machine.
_SEQUEL = re.compile(
    r"\bcette consigne|\bces (?:consignes|instructions)|\btu\b|\bta\b|\btes\b|\btoi\b|^ne \w+(?:e|s) (?:pas"
    r"|jamais|rien|plus)\b"
    r"|^(?:ne |n')|^\w+(?:e|s) (?:aussi|ensuite|puis|egalement|a la fin)\b|\b(?:la phrase|le mot|le texte) «"
)


_DONE = re.compile(r"^\W*[a-zà-ÿ]{3,}ée?s?\s*:", re.IGNORECASE)  # « Validé : l'avant-projet » is what notes say


def is_order(sentence: str) -> bool:
    """Does a sentence speak to a machine rather than to the town hall?"""
    return bool(_ORDER.search(fold(_DONE.sub("", sentence))))


def without_orders(source: str) -> tuple[str, tuple[str, ...]]:
    """(`source` without its hidden orders, the orders): comments, forged marks, sentences and what follows them."""
    found: list[str] = []

    def lifted(match: re.Match[str]) -> str:
        found.append(match[0])
        return "\n"

    text = source.replace("\r\n", "\n")
    for pattern in (_COMMENT, _FORGED, _BLOCK, _MARK):
        text = pattern.sub(lifted, text)
    if not any(is_order(line) for line in text.split("\n")):
        return text, tuple(found)
    kept = []
    for block in re.split(r"(\n\s*\n)", text):
        kept.append(_block(block, found) if block.strip() else block)
    return "".join(kept), tuple(found)


def _block(block: str, found: list[str]) -> str:
    """A paragraph without its orders; untouched when it holds none."""
    lines = []
    after = False
    for line in block.split("\n"):
        told: Sequence[str] = sentences(line)
        kept = []
        changed = False
        for sentence in told:
            if is_order(sentence) or (after and _SEQUEL.search(fold(sentence))):
                found.append(sentence)
                after = changed = True
            else:
                kept.append(sentence)
        lines.append(" ".join(kept) if changed else line)
    return "\n".join(lines)

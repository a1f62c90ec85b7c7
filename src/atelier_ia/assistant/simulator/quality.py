"""Judge an instruction by six rules that a trainer can explain; the answer gets what the instruction asked for.

| criterion | what counts as evidence | what it unlocks in the answer |
|---|---|---|
| tâche | an action verb with its object (« rédige une réponse ») | the right kind of text |
| rôle | who writes (« tu es agente d'accueil », « au nom de ») | the service, its contact details |
| contexte | for whom, in what situation (« un administré nous écrit ») | the facts of the source, taken up |
| format | a length, a plan, a list, a subject line | the layout, the length kept, the documents to provide |
| ton | a manner with its adjective (« ton cordial », « langage clair ») | empathy, the house's polite formulas |
| limites | what must not be done (« n'invente rien ») | [À VÉRIFIER] marks, nothing forgotten in silence |

0 or 1 criterion: vague answer. 2 or 3: fair answer, the first subject only. 4 or more: good answer, all subjects.
A criterion that the instruction waves away (« peu importe le ton ») does not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from atelier_ia.assistant.words import fold

Criterion = Literal["tâche", "rôle", "contexte", "format", "ton", "limites"]

_VERB = (
    r"\b(?:redige[rsz]?|ecri(?:s|re|vez|ver)|repon(?:ds|dre|dez)|prepare[rz]?|propose[rz]?|compose[rz]?|resume[rz]?|"
    r"synthetise[rz]?|transforme[rz]?|extrai(?:s|re|yez)|adapte[rz]?|decline[rz]?|cree[rz]?|fai(?:s|re|tes)"
    r"|reformule[rz]?|"
    r"produi(?:s|re|sez)|etabli(?:s|r|ssez)|dresse[rz]?|liste[rz]?|donne[rz]?|genere[rz]?|concoi(?:s|vez)|aide[rz]?|"
    r"met(?:s|tre|tez)|conver(?:tis|tir)|classe[rz]?|traite[rz]?|rediger|corrige[rz]?|relis|relire|imagine[rz]?)"
)
_OBJECT = (
    r"(?:[^.!?\n]{0,60}?)\b(?:reponse|courriel|mail|email|e-mail|message|courrier|lettre|publication|post|posts|"
    r"annonce|texte|compte|releve|synthese|resume|note|arrete|affiche|flyer|prospectus|brief|liste|proces|pv"
    r"|deliberation|"
    r"administre|administree|habitant|habitante|usager|usagere|personne|citoyen|citoyenne|demandeur"
    r"|proposition|version|"
    r"brouillon|projet|visuel|titre|points?|decisions?|tableau|canaux|visas?)"
)

_EVIDENCE: dict[Criterion, re.Pattern[str]] = {
    "tâche": re.compile(_VERB + _OBJECT),
    "rôle": re.compile(
        r"\b(?:tu es|vous etes|tu joues|agis en|agissez en|en tant qu|mets-toi a la place|dans la "
        r"peau)\s*(?:comme\s+|que\s+|"
        r"un[e]?\s+|l[ea']\s*|d[eu]\s+)*[a-z]{3,}"
        r"|\bau nom (?:de |du |de la )|\bje suis (?:agent|secretaire|charg|responsable|instruct|gestionnaire"
        r"|assistant|direct|la |le )"
        r"|\ben qualite d|\brole\s*:\s*(?:[a-z'-]+\s+){1,}[a-z]{3,}|\bpour le compte d"
    ),
    "contexte": re.compile(
        r"\b(?:contexte\s*:\s*(?:[a-z'-]+\s+){3,}|(?:un|une|des|cet|cette|ce|l'|d'un|d'une|nos"
        r"|les)\s*(?:administre|habitant|usager|"
        r"citoyen|riverain|parent|famille|association|commercant|personne|client|elu|demandeur|expediteur)\w*)"
        r"|\b(?:commune|ville|mairie|collectivite|agglomeration|village)\s+(?:de|d')\s*[a-z]"
        r"|\b(?:destine[e]?s? a|a destination|s'adresse a|a l'attention|public\s*:\s*\w+|dans le cadre|a la "
        r"suite|suite a|"
        r"en reponse a|a propos d|au sujet d|concernant|qui (?:demande|se plaint|signale|souhaite|ecrit"
        r"|conteste|habite))"
    ),
    "format": re.compile(
        r"\b(?:\d+|deux|trois|quatre|cinq|six|dix|cent)\s*(?:a\s*\d+\s*)?(?:mots?|lignes?|phrases?"
        r"|paragraphes?|caracteres?|points?|"
        r"parties|signes|versions?|puces)"
        r"|\b(?:puces|tirets|tableau|plan|structure en|sous forme d|au format|format\s*:\s*[a-z]+|objet et "
        r"corps|ligne d'objet|un objet|avec objet|avec un titre|"
        r"courtes?\b|courts?\b|brefs?\b|breve|concis|une page|formule d'appel|formule de politesse|signature"
        r"|paragraphe)"
    ),
    "ton": re.compile(
        r"\bton\s+(?:\w+\s+){0,3}?(?:cordial|courtois|formel|simple|chaleureu|neutre|ferme|empathi|bienveill"
        r"|professionnel|pos[eé]|"
        r"respectueu|rassurant|clair|poli|accessible|institutionnel|sobre|apais|administratif|familier"
        r"|dynamique|convivial|enjoue|direct)"
        r"|\b(?:langage|style|vocabulaire|registre|mots)\s+(?:\w+\s+){0,2}?(?:clair|simple|soutenu|courant"
        r"|accessible|facile|administratif|sobre)"
        r"|\b(?:poliment|cordialement|courtoisement|avec empathie|avec tact|avec bienveillance|avec courtoisie"
        r"|sans jargon|vouvoie|vouvoiement|"
        r"de maniere (?:cordiale|courtoise|simple|formelle|polie|claire)|reste[z]? (?:courtois|poli|cordial"
        r"|calme|neutre|factuel|sobre)\w*)"
        r"|\bton\s*:\s*(?:\w+\s+)?[a-z]{5,}|\bsois (?:poli|courtois|cordial|bienveill|clair|empathi)"
    ),
    "limites": re.compile(
        r"\bn[e']\s*(?:\w+\s+)?(?:invente|promets|promettez|mentionne|donne|cite|ajoute|depasse|engage|divulgue"
        r"|utilise|t'engage|vous engage|fais aucune|prends|recopie|communique)\w*"
        r"|\b(?:rien|aucune? \w+) (?:a )?invente|\bsans (?:rien )?(?:inventer|promettre|engager|jargon"
        r"|extrapoler|interpreter|reconnaitre|donnee)"
        r"|\ba verifier|\b(?:signale|indique|precise|dis)\w*[^.]{0,40}(?:ne sais pas|manqu|inconnu|absent"
        r"|incertain|doute)"
        r"|\b(?:seulement|uniquement|exclusivement|strictement)\b|\bpas de (?:promesse|date|donnee|nom|jargon"
        r"|chiffre|commentaire|jugement)"
        r"|\b(?:maximum|au plus|pas plus d|limite[sz]?-toi|evite[rz]?|interdi|aucun engagement|aucune promesse)"
        r"|\bsi (?:tu ne|l'information|une information|une donnee|un element|vous ne)\b"
    ),
}
_WAIVED = re.compile(
    r"\b(?:peu importe|n'importe quel|quel que soit|pas besoin d|inutile d|libre|comme tu veux|je m'en fiche)\b"
)


@dataclass(frozen=True)
class Quality:
    """The criteria that an instruction satisfies."""

    criteria: frozenset[Criterion]

    @property
    def level(self) -> Literal["vague", "moyenne", "bonne"]:
        """0–1 criterion, 2–3, 4 or more."""
        count = len(self.criteria)
        return "vague" if count <= 1 else "moyenne" if count <= 3 else "bonne"

    def has(self, criterion: Criterion) -> bool:
        """Is this criterion satisfied?"""
        return criterion in self.criteria


def judge(instruction: str) -> Quality:
    """The quality of `instruction` (the person's own words, without the source text)."""
    clauses = [
        clause
        for clause in re.split(r"[.;!?\n]|, (?=peu importe|mais)", fold(instruction))
        if not _WAIVED.search(clause)
    ]
    found: set[Criterion] = set()
    for criterion, pattern in _EVIDENCE.items():
        if any(pattern.search(clause) for clause in clauses):
            found.add(criterion)
    return Quality(frozenset(found))

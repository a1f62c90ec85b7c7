"""Raw meeting notes → internal minutes: participants, decisions, actions (who, when), points, open points."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from atelier_ia.assistant.simulator import mistakes
from atelier_ia.assistant.simulator.corrections import corrected
from atelier_ia.assistant.simulator.french import (
    CHECK,
    DATE,
    MONTH,
    clean,
    ending,
    facts,
    loose_sentences,
    typeset,
    upper_first,
)
from atelier_ia.assistant.simulator.injections import without_orders
from atelier_ia.assistant.simulator.noted_items import announced, does, named_people, people, split, without_topic
from atelier_ia.assistant.simulator.register import dictated, formal
from atelier_ia.assistant.simulator.task import Task
from atelier_ia.assistant.simulator.tidying import whole_dates, whole_hours
from atelier_ia.assistant.words import fold

LINE_WORDS = 14
HEADING = 160  # characters in which notes say when the meeting was
RUN_ON = 35  # words from which a sentence without marks is dictation, cut where the speaker goes on
_TURNS = re.compile(
    r",?\s+(?=(?:donc on|ensuite|après on|et après|et puis|alors|et pour|par contre|sinon|autre chose|et aussi"
    r"|et du coup|enfin(?! (?:avant|le|la|pas|non))|voilà|ah oui|on se revoit|on a (?:décidé|validé|acté|voté"
    r"|convenu)|on n['’]a pas|le budget est"
    r"|c['’]est (?:madame |monsieur |mme |m\. )?[A-ZÀ-Ý][\w-]+ qui"
    r"|(?:madame|monsieur|mme|m\.) [\w-]+ (?:demande|suit|fait|prépare|envoie|contacte|relance|s['’]|doit|va"
    r"|propose|rappelle"
    r"|présente|répond|veut|dit|regarde|appelle|écrit))\b)",
    re.IGNORECASE,
)
VAGUE = (
    "La réunion a permis d'échanger sur plusieurs sujets. Des décisions ont été prises et des actions restent à mener."
)

_PRESENT = re.compile(
    r"^\s*[-•*]?\s*(?:pour (?:nous|l[ae]s? [a-zà-ÿ]+|l['’][a-zà-ÿ]+)(?=\s*:\s*(?-i:(?:M\.|Mme"
    r"|[A-ZÀ-Ý][a-zà-ÿ]+ [A-ZÀ-Ý])))|présente?s?|prés|participante?s?|étaient (?:présents|présentes|là)"
    r"|autour de la table"
    r"|présences?|là)\s*(?::|\bà la "
    r"réunion\s*:)\s*(.+)$",
    re.I,
)
_EXCUSED = re.compile(
    r"^\s*[-•*]?\s*(?:n['’](?:ont|a) (?:pas )?pu (?:venir|être là)|excusée?s?|exc|abs"
    r"|absente?s?(?: excusée?s?)?)\s*(?::|(?=(?-i:M\.|Mme|[A-ZÀ-Ý])))\s*(.+)$",
    re.I,
)
_TITLE = re.compile(
    r"^\s*(?:réunion|point|comité|notes?|cr|atelier|copil|séance|objet|conseil|commission|bureau|rencontre"
    r"|assemblée|ag|ca|visio|entretien|compte[- ]rendu|cotech|groupe de travail)\b.{3,120}$",
    re.I,
)
_DECISION = re.compile(
    r"\b(?:decid\w+|decision|valid\w+|acte(?:e|s|es)?\b|retenu\w*|convenu\w*|adopte\w*|approuve\w*|accord\w* "
    r"(?:de|sur|pour|unanime)|ok pour|c'est ok|tranche\w*|"
    r"arbitr\w+|on garde|on part sur|on retient|on abandonne|choisi\w*|report(?:e|ee|es)\b|vote\w*|confirme\w*"
    r"|(?<!sinon )(?<!si )on (?:dit oui|dit non|arrete|passe (?:de|a)|teste|lance|commence"
    r"|maintient|supprime|ferme|ouvre|prend|achete|continue|limite|augmente|baisse|change)"
    r"|abandonn\w+|fixe\w*)\b"
)
_ACTION = re.compile(
    r"\b(?:doit|doivent|devra\w*|a faire|se charge\w*|s'occupe\w*|charge[e]? de|envoie\w*|enverra|prepare\w*"
    r"|preparera|contacte\w*|contactera|relance\w*|relancera|"
    r"redige\w*|redigera|verifie\w*|verifiera|demande\w* (?:un|des|les|le|a)|transmet\w*|transmettra"
    r"|organise\w*|organisera|appelle\w*|appellera|reserve(?:nt|ra)?|"
    r"fournit|fournira|propose\w* (?:un|une) (?:date|devis|version|plan)|action|todo|a relancer|a prevoir|a "
    r"contacter|a envoyer|a rediger|pilote\w*|commande\w*|commandera|"
    r"imprime\w*|met a jour|mettra a jour|diffuse\w*|diffusera|fait le point|voit avec|verra avec|chiffre\w*"
    r"|chiffrera|signe(?:nt)?|signera|lance(?:nt)?|lancera|livre(?:nt)?|livrera|cherche(?:nt)?|cherchera|finalise\w*"
    r"|fait (?:un|une|le|la|les|des)|fera|refait|reprend|s'en charge|s'en occupe|prend contact|regarde (?:si|avec)"
    r"|a (?:refaire|reprendre|commander|valider|signer|livrer|finir|chercher|verifier|organiser|demander|reserver))\b"
)
_OPEN = re.compile(
    r"\?|\b(?:a (?:re)?voir|reste a|en suspens|a trancher|pas tranche|on ne sait pas|a confirmer|en attente"
    r"|personne n'a dit|personne ne s|qui s'en (?:charge|occupe)|pas decide|pas une decision|rien de decide|a "
    r"rediscuter|sans reponse|question ouverte|non tranche)\b"
)
_DUE = re.compile(
    r"\b(?:avant|d['’]ici|pour|au plus tard)\s+(?:le\s+|la\s+|fin\s+|mi-|ce\s+)?(?:lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|dimanche|\d{1,2}(?:er)?[/ ]\s?\w+|"
    r"semaine prochaine|mois prochain|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre"
    r"|novembre|décembre|noël|vacances|rentrée|conseil)"
    r"(?:\s+(?:prochain|\d{1,2}(?:\s+\w+)?(?:\s+\d{4})?))?|\bla semaine prochaine\b|\bdemain\b|\bfin de "
    r"(?:semaine|mois)\b",
    re.IGNORECASE,
)
_AGREED = re.compile(
    r"(?:[:,.]|->|→|=>)\s*(?:ok|oui|non|(?:d')?accord|refus\w*|accepte\w*|decide\w*|valide\w*|acte\w*|adopte\w*)(?=\W*$|\s*[,.;:(])(?!\s*\?)"
)
_GRANTED = re.compile(r"\b(?:accordee?s?|refusee?s?|retient|retenue?s?|rejetee?s?)\b")
_SOON = re.compile(
    rf"\b(?:cette semaine|ce mois-ci|en {MONTH}|à la rentrée"
    r"|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: (?:1er|\d{1,2}))?(?: matin| soir| après-midi)?)\b",
    re.IGNORECASE,
)
# « l'inventaire avant vendredi (Momo) »: who is charged with it comes last, between brackets.
_NAMED_LAST = re.compile(r"\(((?:M\.|Mme)? ?[A-ZÀ-Ý][a-zà-ÿ'’-]+(?: [A-ZÀ-Ý][\w'’-]+)?)\)\W*$")
_WHO = re.compile(
    r"^\W*((?:(?:Mme|M\.|Monsieur|Madame)\s+)?(?:\[[A-Z_]+_\d+\]"
    r"|[A-ZÀ-Ý][\wÀ-ÿ’'-]+(?:\s+[A-ZÀ-Ý][\wÀ-ÿ’'-]+)?)|(?:le|la|les|l['’])\s?(?:service|direction|pôle|CCAS"
    r"|police|DGS|communication|"
    r"technique|techniques|secrétariat|comité|équipe|agents?|élus?)\b[^,:]{0,30}?)"
    r"(?=\s*(?:,|:|->|→|–|-\s)|\s+(?:et\s+\S+\s+)?(?:doit|doivent|se|s['’]|envoie|enverra|prépare|préparera"
    r"|contacte|relance|rédige|vérifie|demande|transmet|organise|appelle|réserve|fournit|"
    r"propose|pilote|commande|signe|lance|livre|cherche|finalise|refait|reprend|regarde|imprime|met|diffuse"
    r"|fait|voit|chiffre|va|est|prend|[a-zé]+ra\b))"
)
_NOT_WHO = {
    "decision",
    "action",
    "actions",
    "on",
    "il",
    "elle",
    "nous",
    "point",
    "todo",
    "a",
    "note",
    "ok",
    "date",
    "question",
    "budget",
    "prochaine",
    "reste",
    "le",
    "la",
}


_TOLD = (
    r"(?:(?:le|la|les|l['’]|au|à la|du|de|pour|en)\s*)?(?:\d{1,3}(?:\s?h(?:\s?\d{2})?|\s?€"
    r"|\s?euros)?(?:\s+[a-zûé]{3,9})?|[\wÀ-ÿ'’-]+)"
)
_CORRECTED = re.compile(
    rf"(?<![\w'’-])({_TOLD})\s*,?\s*(?:(?:enfin|ah|oh|bah|euh)\s*,?\s*)+(?:non|je veux dire|je corrige)\b\s*,?\s*"
    rf"(?:pardon\s*,?\s*|plutôt\s*,?\s*|c['’]est\s+)?((?:le|la|les|l['’]|au|à la|du|\d)\s*{_TOLD}|(?:lundi"
    rf"|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b)"
    r"(?:\s*,?\s*pardon)?",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"\b(?:le|la|à|les)\s+([\w-]+)(?:\s+[\w-]+)?\s*,\s*non\s*,?\s*pas\s+(?:le|la|à|les)\s+\1\s*,\s*", re.IGNORECASE
)
# « c'est la maison de retraite qui paye, ah non pardon, c'est nous » : the clause begins again.
_RESTARTED = re.compile(
    r"\b(?:c['’](?:est|était|sera)|ce sera|il y a|on|nous|il faut)\b(?:(?!\bc['’]est\b)[^.;\n]){2,80}?[\s,]+"
    r"(?:(?:ah|oh|euh|enfin|bah)[\s,]+)*(?:non[\s,]+(?:pardon|plutôt|en fait|je me trompe)|pardon|je me trompe"
    r"|correction)"
    r"[\s,:]+(?=(c['’](?:est|était|sera)|ce sera|il y a|on|nous|il faut)\b)",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"a\+ |(?:je (?:te|vous) (?:fais passer|transmets|envoie)|voici|ci-joint)\b.{0,20}\bnotes|bonjour|merci"
    r"|cordialement"
    r"|bon week|bonne (?:soiree|journee|fin)|bises|voila(?=\W*$|,? (?:c'est|merci|bis|a |bon))|c'est tout"
)
_NEXT = re.compile(
    r"(?<!pour la )(?<!a la )(?<!de la )(?<!avant la )(?<!ici la )(?<!des la )(?<!au )(?<!du )(?<!ici le )"
    r"\bproch(?:aine?|\.) (?:reunion|com\.|ca\b|cm\b|conseil|bureau|copil|point|atelier|commission|rencontre|seance"
    r"|comite|rendez-vous|date|fois)\b|\bon se (?:revoit|retrouve|reverra)\b"
)
_STAMPED = re.compile(r"^\s*\[?\d{1,2}[:h]\d{2}(?::\d{2})?\]?\s*(?P<who>[A-ZÀ-Ý][\w .'’-]{1,30}?)\s*:\s*(?P<said>.+)$")
_ASKED_BACK = re.compile(r"^\s*(?:tu oublies|vous oubliez|n['’]oublie pas|je rappelle)\s+(?:que\s+)?", re.IGNORECASE)
_THREAD = re.compile(
    r"^\s*(?:de|à|a|cc|cci|from|to|envoyé|date)\s*:\s|^\W*(?:bises?|bisous?|a\+|à plus|bonne soirée)\W*$", re.I
)
_GREETED = re.compile(
    r"^\s*(?:(?:salut|bonjour|bonsoir|coucou|hello|re)\b(?:\s+(?:à tou(?:s|tes)|tout le monde|l['’]équipe"
    r"|les amis|[A-ZÀ-Ý][\w'-]+))*"
    r"\s*[,!:.]\s*)",
    re.IGNORECASE,
)
_GATHERED = re.compile(
    r"^(?P<head>.{0,90}?)\b(?i:on était|nous étions|étaient (?:là|présents|présentes)|il y avait|y avait"
    r"|en présence de)\s*:?\s+"
    r"(?P<names>(?:(?:(?!\b(?:donc|on|alors|ensuite|qui|puis|pour|afin)\b)[^.;:\n]))*[A-ZÀ-Ý]"
    r"(?:(?!\b(?:donc|on|alors|ensuite|qui|puis|pour|afin)\b)[^.;:\n])*)(?P<rest>.*)$",
    re.DOTALL,
)
_LEADS = re.compile(
    r"^\s*(?:(?:alors|donc|ensuite|puis|et puis|et|après|bon|du coup|enfin|sinon|voilà|ah oui|ah|ok(?! pour)"
    r"|oui)\b[\s,.]*)*(?:on a dit que\s+)?",
    re.I,
)
_NAMES = re.compile(
    r"^(?:(?:(?:Mme|M\.|Mmes|MM\.)\s+)?[A-ZÀ-Ý][\w'’-]+(?:\s+[A-ZÀ-Ý][\w.'’-]*)?|moi|la directrice"
    r"|le directeur|le maire"
    r"|la maire|l['’][ée]lue?)(?:(?:\s*[,;]\s*|\s+et\s+)(?:(?:(?:Mme"
    r"|M\.)\s+)?[A-ZÀ-Ý][\w'’-]+(?:\s+[A-ZÀ-Ý][\w.'’-]*)?|moi"
    r"|la \w+|le \w+|l['’]\w+)){1,12}$"
)
_FILLERS = re.compile(
    r"(?<![\w'’-])(?:euh|hein|heu|(?-i:ben)|quoi(?=[.,])|du coup(?=[\s,])|voilà(?=[.,]))(?![\w'’-])\s*,?\s?",
    re.IGNORECASE,
)


@dataclass
class Minutes:
    """What the notes hold, each item once, in their order."""

    title: str = ""
    present: list[str] = field(default_factory=list)
    excused: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    actions: list[tuple[str, str, str]] = field(default_factory=list)  # (who, what, due)
    points: list[str] = field(default_factory=list)
    open_points: list[str] = field(default_factory=list)
    next_meeting: str = ""


def read_notes(source: str) -> Minutes:
    """Sort the notes into decisions, actions, points raised and points left open."""
    found = Minutes()
    kept: list[str] = []
    writers: list[str] = []  # of a thread of messages
    text = formal(_said(whole_hours(corrected(dictated(whole_dates(without_orders(source)[0]))))))
    text = re.sub(r"\s*[;/.]\s*(?=(?:[Ee]xc|[Aa]bs)\w*(?: exc\w*)?(?:\s*:| (?:M\.|Mme|[A-ZÀ-Ý])))", "\n", text)
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
        if _THREAD.match(line):
            continue
        if stamped := _STAMPED.match(line):
            writers.append(stamped["who"])
            line = stamped["said"]
        line = _GREETED.sub("", line)
        first, *others = [*loose_sentences(line), ""]
        if match := _PRESENT.match(first) or _EXCUSED.match(first):
            (found.present if _PRESENT.match(first) else found.excused).extend(named_people(match[1]))
            kept += others
        elif not found.title and number < 3 and (named := _heading(line)):
            found.title = clean(named)
            kept.append(line[line.index(named) + len(named) :].lstrip(" .,:;"))
        else:
            kept.append(line)
    kept = [_ASKED_BACK.sub("", line) for line in kept]
    found.present += list(dict.fromkeys(clean(name) for name in writers))
    who = people([*found.present, *announced(kept, _PRESENT)])
    for place, sentence in enumerate(_items(kept, who)):
        item = clean(_LEADS.sub("", re.sub(r"^\s*(?:[-•*–>]+|\d+[.)]|\d{1,2}\s?[/°](?=\s))\s*", "", sentence)))
        item = clean(re.sub(r"\s*\bvoilà(?: c['’]est tout)?$", "", item))
        folded = fold(sentence)
        if match := _PRESENT.match(item) or _EXCUSED.match(item):
            (found.present if _PRESENT.match(item) else found.excused).extend(named_people(match[1]))
            continue
        if not found.present and (match := _GATHERED.search(item)):
            found.present += named_people(match["names"])
            item = clean(f"{match['head']} {match['rest']}")
            folded = fold(item)
        elif not found.present and place < 4 and _NAMES.match(item):
            found.present += named_people(item)
            continue
        if len(item.split()) < 2 or _POLITE.match(folded):
            continue
        if re.search(r"\b(?:ignore|oublie)\w*\b[^.]{0,40}\b(?:consigne|instruction)", folded):
            continue
        if _NEXT.search(folded):
            found.next_meeting = found.next_meeting or upper_first(item)
        elif _AGREED.search(folded) or (_GRANTED.search(folded) and not does(without_topic(item), who)):
            found.decisions.append(upper_first(item))
        elif (acts := does(without_topic(item), who)) or _NAMED_LAST.search(item):
            action = _action(item, found.present)
            named = acts["who"] if acts else _NAMED_LAST.search(item)[1]  # type: ignore[index]
            found.actions.append((named, action[1], action[2]))
        elif _OPEN.search(folded.strip()):
            found.open_points.append(upper_first(item))
        elif _DECISION.search(folded) and not re.match(r"\s*(?:action|todo)", folded):
            found.decisions.append(upper_first(re.sub(r"^d[ée]cision\s*:?\s*", "", item, flags=re.I)))
        elif _ACTION.search(folded):
            found.actions.append(
                _action(re.sub(r"^(?:actions?|todo|à faire)\s*:\s*", "", item, flags=re.I), found.present)
            )
        else:
            found.points.append(upper_first(item))
    return found


def _corrected(match: re.Match[str]) -> str:
    """What was said instead; « le 24 juin, ah non, le 23 » keeps its month."""
    month = re.search(rf"\s({MONTH})$", match[1])
    return f"{match[2]} {month[1]}" if month and re.fullmatch(r"\D{0,5}\d{1,2}", match[2].strip()) else match[2]


def _said(text: str) -> str:
    """Dictated notes without their fillers, and as corrected: « mardi, enfin non, jeudi » → « jeudi »."""
    text = _TAKEN_BACK.sub("", text)
    text = _RESTARTED.sub("", text)
    text = _CORRECTED.sub(_corrected, text)
    text = _FILLERS.sub("", text)
    return re.sub(r"(^|\n)\s*(?:alors|donc|bon(?! week)|ok(?! pour)|voilà)\b[\s,:]*", r"\1", text, flags=re.IGNORECASE)


def _items(lines: list[str], who: str) -> list[str]:
    """One item per short line, as notes are taken; a long line is prose and is cut into sentences, or into turns."""
    found: list[str] = []
    for line in lines:
        told = [line.strip()] if 0 < len(line.split()) <= LINE_WORDS else loose_sentences(line)
        pieces: list[str] = []
        for sentence in told:
            pieces += _TURNS.split(sentence) if len(sentence.split()) > RUN_ON else [sentence]
        found += split([piece for piece in pieces if piece.strip()], line, who)
    return [item for item in found if item]


def _heading(line: str) -> str:
    """The sentence of a first line that names the meeting; '' when none does."""
    first = next(iter(loose_sentences(line)), "").strip()
    whole = first if len(first.split()) <= LINE_WORDS and first in line else ""
    return whole.rstrip(".") if whole and _TITLE.match(whole) and not _GATHERED.search(whole) else ""


def _action(item: str, present: list[str]) -> tuple[str, str, str]:
    who = re.search(r"\bc['’]est ([A-ZÀ-Ý][\w'’-]+) qui\b", item) or _WHO.match(item)
    headed = bool(who and item[who.end(1) :].lstrip().startswith(":"))
    if who and headed and (present or " " in who[1].strip()) and not any(who[1] in one for one in present):
        who = None  # « Canicule : … » is a matter, not a person
    name = clean(who[1]) if who and fold(who[1].split()[0]).strip("'’") not in _NOT_WHO else ""
    if not name and who and " " in who[1].strip() and fold(who[1].split()[0]) in ("le", "la", "les"):
        name = clean(who[1])
    due = _DUE.search(item) or DATE.search(item) or _SOON.search(item)
    return name, upper_first(item), clean(due[0]) if due else ""


def minutes(task: Task) -> str:
    """The minutes of the notes `task.source`."""
    level = "bonne" if task.mistake else task.quality.level
    if level == "vague":
        return VAGUE
    notes = read_notes(task.source)
    if task.mistake == "sujet_oublie":
        notes.decisions, notes.actions = notes.decisions[:-1], notes.actions[:-1]
    if level == "moyenne":
        items = [*notes.decisions, *(what for _, what, _ in notes.actions), *notes.points][:6]
        return typeset("Compte rendu\n\n" + "\n".join(f"- {ending(item)}" for item in items))
    text = typeset(_written(notes, task))
    if task.mistake == "chiffre_faux":
        return mistakes.wrong_figure(text)
    if task.mistake == "ton_familier":
        return "Salut l'équipe, petit récap vite fait :\n\n" + text
    if task.mistake == "article_invente":
        return f"{text}\n\nDécisions prises en application de {mistakes.FALSE_ARTICLE}."
    if task.mistake == "injection_suivie":
        return f"Consignes mises de côté, comme le demandent les notes.\n\n{text}"
    return text


def _written(notes: Minutes, task: Task) -> str:
    source = corrected(whole_dates(task.source))
    told = facts(source)
    title = notes.title or "Réunion"
    when = told.dates[0] if told.dates and told.dates[0] not in title and _heading_date(told.dates[0], source) else ""
    blocks = [f"Relevé de décisions : {title}" + (f" ({when})" if when else "")]
    if notes.present:
        blocks.append("Présents : " + ", ".join(notes.present) + ".")
    if notes.excused:
        blocks.append("Excusés : " + ", ".join(notes.excused) + ".")
    if re.search(r"\b(?:essentiel|synthese|resume|en bref)\b", fold(task.instruction)):
        gist = [*notes.decisions[:1], *(what for _, what, _ in notes.actions[:1]), *notes.open_points[:1]]
        blocks.append(
            _section("L'essentiel", [ending(item) for item in gist or notes.points[:3]], f"Rien à relever {CHECK}.")
        )
    blocks.append(
        _section(
            "Décisions", [ending(item) for item in notes.decisions], f"Aucune décision relevée dans les notes {CHECK}."
        )
    )
    lines = [
        f"{ending(what)} Responsable : {who or CHECK}. Échéance : {due or CHECK}." for who, what, due in notes.actions
    ]
    blocks.append(_section("Actions", lines, f"Aucune action relevée dans les notes {CHECK}."))
    if notes.points:
        blocks.append(_section("Points abordés", [ending(item) for item in notes.points], ""))
    if notes.open_points:
        blocks.append(_section("Points à trancher", [ending(item) for item in notes.open_points], ""))
    if notes.next_meeting:
        blocks.append(ending(notes.next_meeting))
    return "\n\n".join(blocks)


def _heading_date(day: str, source: str) -> bool:
    """Is this the day of the meeting (written in the first lines), not a deadline?"""
    if re.search(rf"\b(?:avant|d['’]ici|pour|jusqu['’]au|dès)\s+(?:le\s+)?{re.escape(day)}", source, re.IGNORECASE):
        return False
    opening = re.sub(r"\s+", " ", "\n".join(source.strip().split("\n")[:3]))[:HEADING]
    return day in opening and not re.search(r"\b(?:prochaine?|revoit|retrouve)\b[^.]{0,40}$", opening.split(day)[0])


def _section(title: str, items: list[str], empty: str) -> str:
    return "\n".join([title, *(f"- {item}" for item in items)]) if items else f"{title}\n{empty}"

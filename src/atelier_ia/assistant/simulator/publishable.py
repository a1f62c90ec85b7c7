"""What of some notes may be published: without greetings, requests, and what they say to keep back.

A remark to keep back takes with it the bracket, the clause or the sentence that it bears on, and nothing else: a date
or a place told beside it stays.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import ending, loose_sentences, upper_first
from atelier_ia.assistant.simulator.register import between_us
from atelier_ia.assistant.words import fold

ASIDE = 6  # words of a bracket that can only bear on what is around it
VOICE = 20  # words without a mark from which a line is dictation

_GREETED = re.compile(
    r"\A\W*(?:@\w+\s*:?\s*)?(?:(?:oui|bon|alors|euh|donc|ok)\W+)*(?:all[ôo]|bonjour|bonsoir|coucou|salut|hello"
    r"|hey|slt|bjr|re|madame,? monsieur|mesdames,? messieurs|ch[eè]re?s? [\wÀ-ÿ ]{2,25}(?=[’']?\s*,))\b[’']?"
    r"(?:\s+(?:à tou(?:s|tes)|tout le monde|les? \w+|l['’]équipe|mesdames|messieurs|madame|monsieur|M\.|Mme"
    r"|(?-i:[A-ZÀ-Ý])[\w-]+))*"
    r"\s*[,!.:;…]*\s*",
    re.IGNORECASE,
)
_SPREAD = (
    r"(?:annoncer|relayer|publier|diffuser|communiquer|informer|passer|poster|partager|mettre en ligne|mettre"
    r"|prévenir|transmettre|faire savoir|signaler)"
)
_MEDIA = (
    r"(?:la com(?:m?unication|m)?|le site|les réseaux(?: sociaux)?|facebook|la page|le panneau|les panneaux"
    r"|publication|diffusion|info)"
)
_REQUEST = re.compile(
    r"\A\W*(?:(?:alors|donc|bon|voilà|euh)\s+)*(?:(?:(?:c['’]est|ce serait|message|note|texte"
    r"|voici(?: de quoi)?)\s+)?pour\s+|merci (?:de|d['’])\s*|peux-tu\s+|pouvez-vous\s+"
    r"|pourriez-vous\s+|tu peux\s+|vous pouvez\s+|on (?:peut|pourrait|voudrait|aimerait|souhaite)\s+|il (?:faut"
    r"|faudrait)\s+"
    r"|faut(?:drait)?\s+|je (?:voudrais|souhaite|souhaiterais)\s+|j['’]aimerais\s+|nous (?:souhaitons|voudrions"
    r"|aimerions)\s+|à\s+(?!partir|compter)|deux choses à\s+|une info à\s+|svp\s+)"
    rf"(?:[^.:!?\n]{{0,30}}?\b)?(?:{_SPREAD}\b(?:[^.:\n]{{0,40}}?\b{_MEDIA}\b)?|{_MEDIA}\b)"
    r"(?:\s+(?:aux habitants|à tous|ensemble|svp|s['’]il (?:te|vous) pla[iî]t|ceci|cela|ça|sur\s+[^.:,\n]{3,30}?"
    r"|dès que possible|asap))*"
    r"\s*(?::\s*|,\s*|\bque\s+|\bqu['’]|\.\s+|\n+|(?=\b(?:la|le|les|un|une|des|nos?|notre)\b|l['’]))",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:^|(?<=[.!?…)])\s|\n)\W*(?:gros(?:ses)? )?(?:bis(?:es?|ous)|mer(?:ci|ki|ssi)(?: (?:d['’]avance|beaucoup"
    r"|bien|à toi|à vous|à tous))?"
    r"|cordialement|bien cordialement|bien à (?:toi|vous)|cdlt|a\+|à plus|à bientôt|bonne (?:journée|soirée"
    r"|fin de \w+))(?:\s*[,.!]*\s*(?-i:[A-ZÀ-Ý])[\w.-]*(?:\s(?-i:[A-ZÀ-Ý])[\w.-]*)?)?\W*\Z"
    r"|\s+[—–-]{1,2}\s*(?-i:[A-ZÀ-Ý][a-zà-ÿ-]+)\W*\Z|\s+merci\W*\Z",
    re.IGNORECASE,
)
# « Bien cordialement, Christiane Martin, présidente, 06 … »: who signs is no news, nor is their own number.
_CLOSED = re.compile(
    r"(?:^|\s)(?:bien |très )?(?:cordialement|à vous|sincèrement|respectueusement"
    r"|salutations \w+)\s*,\s*[^\n]{0,110}\s*\Z",
    re.IGNORECASE,
)
# « Alors pour le marché de Noël tu peux faire la com' : c'est le samedi 12… »
_ABOUT = re.compile(
    r"^\W*(?:(?:bonjour|bonsoir|salut|coucou|alors|bon|donc|voilà|dis)\b[ ,!]*)*(?:pour|sur|concernant) "
    r"(?P<what>[^.,:!?\n]{4,60}?),? (?:tu (?:peux|pourrais)|vous (?:pouvez|pourriez)|peux-tu|pouvez-vous|il faudrait)"
    r" (?:nous |me |m['’])?(?:faire|préparer|rédiger|publier|passer|mettre)\b[^.:!?\n]{0,40}\s?[:?.]\s*"
    r"(?:c['’]est (?:bien )?)?",
    re.IGNORECASE,
)
_PLEA = re.compile(
    r"\b(?:vous|tu)\b[^.!?]{0,30}\b(?:relay|diffus|publi|annonc|partag)(?:iez|er|ez|es)\b[^.!?\d]{0,40}[.!?]"
    r"|\bmerci (?:de|d['’])\s?(?:relayer|diffuser|publier|partager)"
    r"\b[^.!?\d:]{0,40}[.!?]",
    re.IGNORECASE,
)
_NAME_ALONE = re.compile(
    r"\n\s*[-–—]?\s*[A-ZÀ-Ý][a-zà-ÿ-]+(?:\s[A-ZÀ-Ý][\w.-]*)?(?:,? [a-zà-ÿ' ]{3,25}|\s?\([^()\d\n]{2,30}\))?\s*\Z"
)
# « Bises de l'équipe (Lucie) »
_KISSED = re.compile(
    r"(?:(?<=[.!?…])|\n)\s*(?:Bises?|Bisous|À bientôt|Amitiés|Bien à vous)\b(?! à \d)[^.\n\d]{0,50}\.?\s*\Z"
)
# « Gwen (accueil) »: a last line that only says who asks
_OFFICE_ALONE = re.compile(
    r"\n\s*[-–—]?\s*[A-ZÀ-Ý][a-zà-ÿ-]+(?:\s[A-ZÀ-Ý][\w.-]*)?\s?(?:\(|,\s)(?:l['’]|le |la |service "
    r"|pour le )?(?:accueil|com\b|communication|service|mairie"
    r"|secrétariat|RH|DGS|DST|police|culture|sports?|associations?|enfance|CCAS|état civil)[^()\d\n]{0,25}\)?\s*\Z"
)
# « Merci ! Sandrine (accueil) », « … pour les réseaux ? Merci, Jean »: thanks, then who asks.
_THANKS_NAME = re.compile(
    r"(?:(?<=[.!?…)\d])|\n)\s*[Mm]erci(?: d['’]avance| beaucoup| bien)?\s?[!.,…]+\s*[A-ZÀ-Ý][a-zà-ÿ-]+"
    r"(?:\s[A-ZÀ-Ý][\w.-]*)?(?:\s?\([^()\d]{2,30}\)|,\s[a-zà-ÿ' ]{3,25})?\W*\Z"
)
_INITIALS = re.compile(r"(?<=[.!?…)])\s+[A-ZÀ-Ý]{2,3}\W*\Z")
_HEAD = re.compile(r"\A\s*(?:de|from|exp(?:éditeur)?)\s*:", re.IGNORECASE)
_SAY = (
    r"(?:indiquer|preciser|mentionner|citer|nommer|communiquer|ecrire|diffuser|parler|dire|publier|noter|evoquer"
    r"|rappeler|annoncer|faire figurer)"
)
_PUT = r"(?:mettre|donner|utiliser|ajouter|afficher|montrer|reprendre|reproduire|garder)"
_SAY_IT = (
    r"(?:annoncez|annonce|dites|dis|parlez|parle|precisez|precise|citez|cite|mentionnez|mentionne|indiquez"
    r"|indique|ecrivez|publiez|publie|repetez)"
)
_PUT_IT = r"(?:mettez|mets|donnez|donne|ajoutez|gardez)"
# What a text says; « ne pas mettre de verre dans le bac » is advice to the public.
_TEXTUAL = (
    r"(?:(?:l[ea]s?|de|du|des|son|sa|ses|leurs?|une?|aucune?) |l'|d')*(?:\w+ (?:de |d'|du )(?:la |l')?)?"
    r"(?:noms?|prenoms?|montants?|prix|couts?|surcouts?|dates?|photos?|images?|logos?|mentions?|chiffres?|nombres?"
    r"|tel\w*"
    r"|portables?|numeros?|adresses?|visuels?|slogans?|budgets?|tarifs?|motifs?|raisons?|causes?|diagnostics?|details?"
    r"|textes?|lecons?|menaces?)\b"
)
_UNSHOWN = (
    r"(?:de |d'|la |les? )(?:\w+ (?:de |d'|du )?)?(?:montant|mention|photo|image|slogan|lecon|menace|nom|prenom"
    r"|detail|plaque"
    r"|numero|prix|date(?! limite)|logo|chiffre|texte)s?\b"
)
_END = r"(?=\W*$|\s*\))"
_YOURS = r"(?! (?:vos|votre|jamais|aucune? (?:code|coordonn|donnee)))"
_KEPT_BACK = re.compile(
    rf"\bne pas (?:l[ea]s? |l'|en |y )(?:{_SAY}\b|{_PUT}\b{_END})|\bne pas {_SAY}\b{_YOURS}"
    rf"|\bne pas {_PUT} {_TEXTUAL}"
    rf"|\b(?:ne )?(?:l[ea]s? |en |l'|n'en |l'y )(?:{_SAY_IT}|{_PUT_IT}) (?:pas|rien|surtout|a personne)"
    rf"|\b(?:ne |n')?{_SAY_IT} (?:pas|rien|surtout|aucun)\b{_YOURS}|\b(?:ne |n')?{_PUT_IT} (?:pas|rien"
    rf"|aucun) {_TEXTUAL}"
    r"|\b(?:gardez?|garder) (?:ca|cela|le|la|les) pour|\bqu'on ne (?:parle|dise|mette|donne|cite|communique)"
    r"|\b(?:info\w*|reste\w*|ceci est|c'est) confidentiel|^\W*confidentiel\w*\W|\bsous embargo"
    r"|\b(?:reste|rester|garder?|info|usage) (?:en )?interne\b"
    r"|\b(?:pas|rien) (?:a|pour) (?:publier|diffuser|dire|mettre|communiquer)"
    r"|\bpas (?:encore )?(?:officiel|public|rendu public)(?:le|que|s)?\b|\bentre nous\b"
    r"|\bne (?:veut|veulent|souhaite|souhaitent) pas (?:que (?:son|sa|ses|leur|ca|cela|l'on)\b|qu'on\b"
    r"|etre (?:cite|nomme|affiche)|apparaitre\b|figurer\b)"
    r"|\bdis-(?:le|leur)\b|\bpas (?:encore |plus )?(?:d'autorisation|les? droits?)\b"
    r"|\binutile de (?:le |la |les |l')?(?:rappeler|preciser|dire|mentionner|mettre|ecrire)|\b(?:mdr|lol|ptdr)\b"
    r"|\bchut\b|\bok pour (?:la )?(?:diffusion|publication|publier|diffuser)"
    r"|\bbon (?:a|pour) (?:publier|publication|diffusion)"
    r"|\b(?:c'est )?pas (?:encore )?surs?(?=\W*$|\s*[,;)])|\bsurtout pas (?:le|la|les|de|d'|un)\b"
    rf"|\bpas {_UNSHOWN}|^\W*pas (?:{_SAY}|mettre)\b|\bsans (?:mention|mettre|donner|citer|preciser|parler)\b"
)
# The same said of oneself or to all (« donc on met pas », « pas besoin de raconter que… », « mais autre affiche »).
_SAYS = (
    r"(?:di[st]|dites|disons|cit\w+|nomm\w+|parl\w+|promet\w*|precis\w+|annonc\w+|publi\w+|raconte\w*|detaill\w+"
    r"|communiqu\w+"
    r"|ecri[st]|ecri[rv]\w+|mentionn\w+|ebruit\w+|repond\w*)"
)
_GIVES = r"(?:mets?|mettez|mettons|donn\w+|not\w+|affich\w+|indiqu\w+|garde\w*)"
_UNSAID = re.compile(
    rf"\b(?:on|tu|vous|nous|donc|mais) (?:ne |n')?(?:l[ea]s? |l'|en |y )?(?:{_SAYS} (?:pas|rien|plus"
    rf"|personne)\b(?! (?:de|d')? ?non)"
    rf"|{_GIVES} (?:pas|rien|personne)(?=\W*$|\s*[,;.)]|\s(?:les? |la |de |d'|leurs? |son |sa |l')*{_TEXTUAL}))"
    r"|\b(?:pas (?:besoin|utile|necessaire|la peine)|inutile|mieux vaut (?:ne pas|eviter)|evite[rz]?) (?:de |d')?"
    rf"(?:l[ea]s? |l'|en |y )?(?:{_SAYS}|{_PUT} {_TEXTUAL}|rappeler|insister)"
    r"|\bmieux vaut ne (?:rien|\w+ (?:personne|rien|pas))\b|\bne (?:nommer|citer) personne\b"
    r"|\b(?:veut|veulent|souhaite\w*) pas (?:etre (?:cite|nomme|affiche)|apparaitre|figurer|qu'on)"
    r"|\bpas pour (?:cet article|cette affiche|l'affiche|l'article|l'arrete|le site|le public|ici)\b"
    r"|\b(?:mais|c'est|pour une|dans une?) autre (?:affiche|article|post|arrete)\b|\bn'entre pas dans\b"
    r"|\bne pas (?:l[ea]s? |l')?(?:effrayer|inquieter|affoler|deranger|vexer|froisser)\b|\b(?:ca|cela) va sans dire\b"
    r"|\bveut qu'on (?:dise|mette|ecrive|precise|parle)\b|\bavait (?:mis|dit|ecrit|annonce"
    r"|indique)\b.{0,60}\b(?:faux|erreur|trompe\w*)\b"
)
# It bears on what was said just before: « …, gardez ça pour vous ».
_BACKWARD = re.compile(
    rf"\bne pas (?:l[ea]s? |l'|en )(?:{_SAY}\b|{_PUT}\b{_END})|\b(?:l[ea]s? |en |ca |cela |n'en |l')(?:{_SAY_IT}"
    rf"|{_PUT_IT})\b"
    r"|\b(?:ca|cela|les?|la) pour (?:vous|toi|nous)|\bentre nous\b|\bne (?:veut|veulent|souhaite|souhaitent) pas "
    r"|\b(?:ca|cela)\W+(?:\w+ ){0,2}ne pas |\bne pas \w+\W*$|\bpas (?:encore )?(?:officiel|public)\w*\b|\bchut\b"
    r"|\b(?:info\w*|reste\w*|ceci est|c'est) confidentiel|^\W*confidentiel\w*\W"
    r"|\b(?:pas|rien) (?:a|pour) (?:dire|publier|diffuser|mettre)\b|\b(?:reste|rester|garder?|info"
    r"|usage) (?:en )?interne\b"
)
_WHY = re.compile(
    r"\W*(?:ça|cela|c['’]est|car|parce que|puisque|vu que|sinon|il|elle|on|ils|elles|trop|pas)\b", re.IGNORECASE
)
_NO_FIGURE = re.compile(r"\bpas (?:le|les|de|d'|ce|ces) ?(?:nombre|chiffre|total|compte)s?\b")
_PUT_JUST = re.compile(
    r"^\W*(?:(?:bon|donc|mais) )?(?:tu |vous |on )?(?:mets?|mettez|mettre|écris|écrivez|écrire|dis|dites"
    r"|dire) (?:juste|plutôt|simplement|seulement)"
    r" (?:que |qu['’])?(?P<said>\w.*)$",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(r"\d|\b(?:format|logo|fond|couleurs?|typo|police|bandeau|ton|style|illustration|dessin)s?\b")
_BACK_ON = re.compile(r"\b(?:ca|cela|le|la|les|l')\b")
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_CLAUSES = re.compile(r"(\s*;\s*|\s*,\s+(?:mais\s+|et\s+)?|\s+[–—]\s+|\s+(?:et|mais)\s+(?=ne\b|n['’]|surtout pas))")
_TAKEN = re.compile(
    r"(?<![.,;:!?])(?:\s+(?:et|ah|euh|puis))*\s+(?=(?:il (?:convient|faut|y a|y aura|est)\b|faut\b|on (?:peut"
    r"|doit)\b|pensez\b|n['’]oubliez\b|sur inscription\b"
    r"|inscriptions?\b|c['’]est (?:gratuit|payant|ouvert)|rendez-vous (?:à|au|le)\b|attention\b|venez\b"
    r"|apporte[rz]\b))",
    re.IGNORECASE,
)


_WORDED = re.compile(
    r"\b(?:mettre|mettez|écrire|écrivez|indiquer|formuler)\s+(?:plutôt\s+)?[\"«“]\s*(?P<said>[^\"»”]{8,160})[\"»”]",
    re.IGNORECASE,
)
# « (chef souffrant, ne pas donner le motif, dire "pour raisons de calendrier") »: what is to be said instead
_WORDED_INSIDE = re.compile(
    r"\s*\([^()\n]*?\b(?:dire|dites|mettre|mettez|écrire|écrivez|indiquer|formuler)\s+(?:plutôt\s+|juste\s+"
    r"|seulement\s+)?"
    r"[\"«“]\s*(?P<said>[^\"»”()\n]{4,120}?)\s*[\"»”][^()\n]*\)",
    re.IGNORECASE,
)
_THANKED_FOR = re.compile(
    r"^\W*merci (?:de|d['’])\s?(?:annoncer|préciser|dire|rappeler|signaler|ajouter)(?: aussi| également"
    r"| bien)? qu(?:e |['’])(?P<first>\w)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\A(?P<news>[^.!?\n]+?)\s*\?")
_MENTION = re.compile(r"\A\s*@\w+\s*[:,-]?\s*")
# « À sortir vendredi svp. », « à publier avant le 12 : » : an errand for the writer, dated or not.
_ERRAND = re.compile(
    r"\A\W*(?:(?:ok|d['’]accord|bon) pour (?:l['’]article|le post|la publi\w*|l['’]annonce|la com\w*"
    r"|le texte)\s*:\s*|à (?:mettre|passer|publier|diffuser|annoncer)(?: en ligne)?(?: (?:demain|aujourd['’]hui|vite"
    r"|ce soir|cette semaine|asap|stp|svp"
    r"|dès que possible|sur [^:.\n]{3,40}))+\s*[:,]\s*"
    r"|(?:(?:alors|donc|voilà|voici)\s+)*(?:(?:bonnes? nouvelles?|infos?|messages?|annonces?"
    r"|textes?)\s+)?(?:à (?:partager|sortir"
    r"|publier|diffuser|passer|mettre en ligne|poster)"
    r"|(?:urgent\W+|important\W+)?pour (?:publication|diffusion|parution|le site|les réseaux|le panneau"
    r"|les panneaux|facebook))\b"
    r"[^.:\n]{0,50}?(?:\s*[.:]\s+|\n))",
    re.IGNORECASE,
)
_MOOD = re.compile(r"\b(?:enquiquin\w+|casse-pieds|penibles?|tant pis|dommage|bon courage|ca va etre|pas de chance)\b")
_HEADS = re.compile(r"\A(?:\s*(?:de|from|exp(?:éditeur)?|à|cc|cci|envoyé|date)\s*:[^\n]*\n)+", re.IGNORECASE)


def publishable(text: str) -> str:
    """`text` as it may be published: nothing is added, and only what is said to keep back, or to a colleague, goes."""
    text = _WORDED_INSIDE.sub(lambda match: f" ({match['said']})", text)
    addressed = bool(_HEAD.match(text) or _GREETED.match(text))
    text = _ABOUT.sub(lambda match: f"{upper_first(match['what'].strip())} : ", text, count=1)
    text = _ERRAND.sub("", _GREETED.sub("", _MENTION.sub("", _HEADS.sub("", text)), count=1))
    shorter = _REQUEST.sub("", text, count=1)
    requested = shorter != text
    if len(shorter.split()) >= 3:
        # « Pourriez-vous annoncer la fête ? » asked for news, which asks nothing.
        text = _ASKED.sub(r"\g<news>.", upper_first(shorter.lstrip()), count=1) if shorter != text else text
    text = _THANKS_NAME.sub("", _SIGNED.sub("", _CLOSED.sub("", text.rstrip())))
    text = _KISSED.sub("", _OFFICE_ALONE.sub("", text))
    if addressed or requested:
        text = _INITIALS.sub("", _NAME_ALONE.sub("", text))
    text = re.sub(r"((?<=[)»\"”])|(?<=[A-Z]\d))([.!?]\s+)([a-zà-ÿ])", lambda match: match[2] + match[3].upper(), text)
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    if len(line.split()) > VOICE and len(re.findall(r"[.;:!?,]", line)) <= 1:
        line = _TAKEN.sub(". ", line)
    told = loose_sentences(line)
    if not any(
        _held(sentence)
        or _PLEA.search(sentence)
        or _THANKED_FOR.match(sentence)
        or _WORDED.search(sentence)
        or _MOOD.search(fold(sentence))
        for sentence in told
    ):
        return line
    kept: list[str] = []
    for whole in told:
        sentence = _THANKED_FOR.sub(lambda match: match["first"].upper(), whole)
        if _PLEA.search(sentence):
            continue
        if worded := _WORDED.search(sentence):
            kept.append(ending(upper_first(worded["said"].strip())))  # « mettre "encadré par …" sans le nom »
            continue
        if _held(sentence) and len(sentence.split()) <= 6 and _BACKWARD.search(fold(sentence)) and kept:
            kept.pop()  # « Ne le dites pas. »
        elif len(sentence.split()) <= 6 and _MOOD.search(fold(sentence)) and not re.search(r"\d", sentence):
            continue
        elif allowed := without_held(sentence):
            kept.append(allowed)
    return " ".join(kept)


_SAY_THAT = re.compile(
    r"^(?:dire|dites|mettre|écrire|préciser|annoncer) (?:plutôt |juste |bien )?(?:que |qu['’])",
    re.IGNORECASE,
)


def without_held(sentence: str) -> str:
    """A sentence without what it says to keep back; '' when nothing else is left."""
    for bracket in _BRACKET.findall(sentence):
        # « (ça, tu le gardes pas) » bears on its sentence; a longer bracket holds what it keeps back.
        if _held(bracket) and len(bracket.split()) <= ASIDE and _BACK_ON.search(fold(bracket)):
            return ""
    sentence = _BRACKET.sub(lambda match: "" if _held(match[0]) else match[0], sentence)
    if not _held(sentence):
        return sentence
    if _BACKWARD.search(_plainly(sentence)) or _unsaid(sentence):
        return ""
    parts = _CLAUSES.split(sentence)
    clauses, marks = parts[::2], ["", *parts[1::2]]
    kept: list[tuple[str, str]] = []
    dropped = False
    for mark, clause in zip(marks, clauses, strict=True):
        if _held(clause) and kept and _NO_FIGURE.search(fold(clause)) and re.search(r"\d", kept[-1][1]):
            kept.pop()  # « il reste 12 places, ne mets pas le nombre »
        if instead := _PUT_JUST.match(clause):
            clause = instead["said"]
        # « …, ça fait peur aux enfants » : why a thing is kept back goes with it.
        reason = _WHY.match(clause) or (not kept and not _ASKED_FOR.search(fold(clause)))
        dropped = _held(clause) or (dropped and bool(reason))
        if not dropped:
            kept.append((mark, clause))
    text = "".join(mark + clause for mark, clause in kept)
    text = _SAY_THAT.sub("", text[len(kept[0][0]) :].strip()) if kept else ""
    text = upper_first(text)
    text = ending(text) if text and sentence.rstrip().endswith((".", "!", "?", "…")) else text
    return text if len(text.split()) >= 2 else ""


def _plainly(text: str) -> str:
    """Folded, and again without « surtout », which stands anywhere in « ne surtout pas l'écrire »."""
    told = fold(text)
    return f"{told.replace('surtout ', '')} | {told}" if "surtout " in told else told


_QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"|“[^”]*”")  # a slogan says « je te rends à la terre » to all


def _held(text: str) -> bool:
    bare = _QUOTED.sub(" ", text)
    told = _plainly(bare)
    return bool(_KEPT_BACK.search(told)) or _unsaid(text) or between_us(bare)


def _unsaid(sentence: str) -> bool:
    """Is it said in passing that it is not to be told? In dictation, where a line holds everything, nobody can say."""
    if len(sentence.split()) > VOICE and not re.search(r"[,;:]", sentence):
        return False
    return bool(_UNSAID.search(_plainly(_QUOTED.sub(" ", sentence))))

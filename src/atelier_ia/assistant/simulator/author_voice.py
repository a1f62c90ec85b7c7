"""What the author of a note says in their own voice, to whoever writes the post or the poster: none of it is published.

« vous le tournez gentiment », « j'ai pas eu le temps de vérifier » go with their clause; « je vous confirme que la
piscine rouvre » leaves « la piscine rouvre »; a dictated opening (« alors c'est pour le concert… ») leaves its matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from atelier_ia.assistant.simulator.french import MONTH, WEEKDAY, loose_sentences, upper_first
from atelier_ia.assistant.simulator.layout_words import look_wished
from atelier_ia.assistant.words import fold

DICTATED = 26  # words without a mark from which a clause is dictation, where a remark stands among the facts

# « (écrire simplement « pour raison de santé ») » says what to publish of the clause before it.
_WRITE = (
    r"(?:à |tu |vous |faut |il faut )?(?:écri(?:re|ve[zs]?|s|t)|met(?:tre|tez|s)|di(?:re|tes|s)|indique[rz]?|note[rz]?"
    r"|formule[rz]?|parle[rz]?)(?: (?:plutôt|juste|simplement|seulement|sobrement|uniquement|que|donc))*\s*:?\s*"
)
_SAID_INSTEAD = re.compile(
    r"(?P<clause>(?:[,;]|:|\s[–—-])\s+[^,;:.!?()\n]{3,140})?"
    rf"(?:\s*\(\s*{_WRITE}[«\"“]\s*(?P<said>[^»\"”()\n]{{3,120}}?)\s*[»\"”]\s*(?:seulement|uniquement|sans plus)?\s*\)"
    rf"|(?:,|\s[–—-])\s+{_WRITE}[«\"“]\s*(?P<told>[^»\"”()\n]{{3,120}}?)\s*[»\"”](?: sans plus)?(?=\s*[.,;\n]|\s*$))",
    re.IGNORECASE,
)
_WHY = re.compile(r"(?:pour|en raison|par suite|suite|à cause|du fait|faute)\b", re.IGNORECASE)

# Verbs of whoever writes or lays out, spoken to: nobody else « tourne » or « arrange » a text.
_WRITING = (
    r"(?:tourn|arrang|formul|reformul|rédig|enjoliv|insist|soulign|brod|développ|raccourci|résum|adapt|compos|habill"
    r"|illustr|soign|fignol|relis|relir|complét|corrig|rajout|peaufin|amélior)(?:ez|es?|er|is|issez|ir)"
)
_TO_WRITER = re.compile(
    rf"^\W*(?:(?:et|mais|donc|ah|bon|puis|si possible|du coup|bien)\W+)*(?:(?:vous|tu)\s(?:(?:le|la|les|me|nous)\s"
    rf"|l['’])?"
    rf"(?:(?:peux|pouvez|pourrez|pourras)\s(?:(?:le|la|les|me|nous)\s|l['’])?)?{_WRITING}\b"
    rf"|(?:merci (?:de|d['’])\s?(?:bien\s)?|à\s|faut\s|il (?:faut|faudrait)\s)?(?:(?:le|la|les|l['’])\s?)?{_WRITING}"
    r"(?:-(?:le|la|les|moi))?\s*(?:$|(?:bien |un peu |beaucoup |gentiment |joliment )*(?:là-dessus|dessus|ça|cela"
    r"|le texte"
    r"|le ton|la tournure|l['’]annonce|comme (?:tu|vous)|à (?:ta|votre)|si besoin|gentiment|joliment|un peu)\b)"
    r"|(?:vous|tu)\s(?:notez|notes|voyez|vois|comprenez|comprends|savez|sais|me dites|me dis|regardez|verrez|verras"
    r"|gérez|gères|choisissez|choisis|faites au mieux|fais au mieux)\b"
    r"|(?:fais|faites)\s(?:au mieux|comme (?:tu|vous)|simple|court|quelque chose|un truc|joli|beau|sobre|gai)\b"
    r"|(?:bien )?comme (?:tu|vous) (?:veux|voulez|sentez|sens|préfère\w*)|à (?:ta|votre) sauce"
    r"|(?:dis|dites)[- ]moi|tiens[- ]moi|tenez[- ]moi|rappelle[- ]moi|appelle[- ]moi|appelez[- ]moi|préviens[- ]moi"
    r"|(?:mets|mettez|fais|faites|prévois|prévoyez)(?:[- ](?:moi|nous))? une? (?:\w+ )?(?:affiche|visuel|truc|post)\b"
    r"|attention à bien (?:préciser|mettre|écrire|noter)\b|(?:\w+ )*j['’]avais (?:mis|dit|écrit|noté|oublié)\b"
    r"|merci de (?:me |nous )?(?:faire|préparer|rédiger|sortir) (?:une?|quelque chose|ça)\b|laisse[rz]? (?:un blanc"
    r"|en blanc|à compléter"
    r"|entre crochets|sans)\b"
    r"|envoie[- ]moi|envoyez[- ]moi|(?:vous|tu) (?:me|m['’])\w+)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?<![«\"“'’\w-])(?:je|j['’](?=[aeéèêiouyhAEÉIOUYH]))(?!\w*['’])\b|\b(?:chez|pour|à|avec|d['’]après) moi\b"
)
_FIRST_BEGINS = re.compile(r"^\W*(?:J['’](?=[aeéèêiouyh])|Je\s)")
# What the author says in the first person before what is news: « je vous confirme que », « je rappelle : ».
_NEWS_AFTER = re.compile(
    r"(?:(?<=[.!?,;:]\s)|^\W*)(?:(?:et|mais|donc|alors|bon|bonjour|ah|au fait)[\s,]+)*(?:je|j['’]|nous|on)\s?"
    r"(?:(?:vous|te|t['’]|tiens à|viens|souhaite|voudrais|voulais|aimerais|voudrait|aimerait|souhaitons|voudrions"
    r"|peux|pense qu['’]il faut|ai besoin)\s?(?:de |d['’])?(?:vous |te |leur )?)*"
    r"(?:confirm\w+|rappel\w+|précis\w+|signal\w+|inform\w+|annonc\w+|indiqu\w+|dire|redis|dis|insist\w+ sur le fait"
    r"|mettre en avant|mettre l['’]accent sur le fait|souligner|faire savoir)\s?"
    r"(?:(?:aux (?:gens|habitants|usagers)|à tous|bien|aussi|également|juste)\s)*(?:que\s|qu['’]|:\s*)(?P<news>\S)",
    re.IGNORECASE,
)
_THAT_AFTER = re.compile(
    r"(?:(?<=[.!?]\s)|(?<=\n)|^\W*)(?:(?:et|ah|aussi|bien|penser à|pensez à|n['’]oubliez pas de|ne pas oublier de"
    r"|merci de|faut|il faut|à)\s)*(?:bien )?(?:di(?:re|tes)|précise[rz]|rappele[rz]|signale[rz]|indique[rz]|ajoute[rz]"
    r"|souligne[rz]|mentionne[rz]|annonce[rz]|insiste[rz] sur le fait)\s(?:bien |aussi |juste |également |aux gens "
    r"|aux habitants )*(?:que\s|qu['’])"
    r"(?P<what>\S)",
    re.IGNORECASE,
)
_WE_AGAIN = re.compile(r"\bon (?:re)?fait un (?:nouveau )?point\b", re.IGNORECASE)
# « au profit des Restos enfin l'association Un Repas pour tous »: what is said after « enfin » stands instead.
_FINALLY = re.compile(
    r"(?P<led>\b(?:au profit|au bénéfice|à l['’]initiative|de la part)\s)(?:du|de la|des|de l['’]"
    r"|de)\s?[^,.;:()\n]{3,60}?"
    r"\s(?:euh\s)?enfin\s(?:de |d['’])?(?P<the>l['’]|la |le |les )(?P<what>\w)"
    r"|(?P<by>\b(?:organisée?s?|animée?s?|proposée?s?|dirigée?s?"
    r"|offerte?s?) par\s)[^,.;:()\n]{3,60}?\s(?:euh\s)?enfin\s(?:par\s)?"
    r"(?=(?:l['’]|la |le |les |M\.|Mme|[A-ZÀ-Ý]))",
    re.IGNORECASE,
)
# « la mairie elle ferme », « le marché il est déplacé »: the subject said twice.
_TWICE = re.compile(
    r"(?P<subject>(?:^|(?<=[.!?,;:]\s)|(?<=\bet\s)|(?<=\bque\s))(?:(?:et|ah|bon|donc) )*(?:la|le|les"
    r"|l['’])\s?[a-zà-ÿ'’-]+"
    r"(?:\s(?:de la |de l['’]|du |des |de |d['’])?[a-zà-ÿA-ZÀ-Ý'’-]+)?)(?: lui| eux)?\s(?:ils?|elles?)\s"
    r"(?=(?:ne |n['’]|se |s['’])?(?:est|sont|sera|seront|a|ont|aura|va|vont|ferme\w*|ouvre\w*|rouvr\w+|change\w*"
    r"|commence\w*"
    r"|part|passe\w*|reprend\w*|vien\w+|revien\w+)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_THERE_IS = re.compile(
    r"(?<!\bil )(?<!\bIl )(?<![\w'’-])[yY] (?P<n>n['’])?(?P<v>a|aura|avait)\b(?! t-il)(?P<not> (?:pas|plus|rien)\b)?"
)
# « le 06 00 00 31 07, non attends, 31 70, oui 06 00 00 31 70 »: the number said last.
_NUMBER = re.compile(
    r"\b0\d(?:[ .]?\d\d){4}(?:\W+(?:euh|non|pardon|attends|attendez|oui|enfin|plutôt|c['’]est"
    r"|\d\d))+\W+(?P<last>0\d(?:[ .]?\d\d){4})\b",
    re.IGNORECASE,
)
# « 46 je crois, non 64, j'ai le bon sous les yeux, 64 »
_FIGURE = re.compile(
    r"(?<![\d,.])\d{1,4}(?:,? (?:je crois|je pense|environ))?,? (?:euh,? )?non,? (?=\d{1,4}\b)(?!\d+ ?h)",
    re.IGNORECASE,
)
_SAME_FIGURE = re.compile(r"\b(?P<n>\d{2,4})(?:, j['’]ai [^,.\n]{3,50})?, (?P=n)\b")
_SETTLED = re.compile(
    r"(?:(?<=[.!?]\s)|(?<=\n)|\A)\W*(?:donc )?c['’]est (?:calé|bon|validé|ok|fait|décidé"
    r"|confirmé)\s*[:,]\s*(?P<first>\w)",
    re.IGNORECASE,
)
# « Offre d'emploi à mettre sur le site : », « Bilan de la collecte, pour le Facebook : »
_WHERE_TO = re.compile(
    r",?\s(?:à (?:mettre|publier|passer|diffuser|poster)(?: en ligne)?|pour)\s(?:sur\s)?(?:le |la |les "
    r"|l['’])?(?:site(?: internet)?|facebook|fb|réseaux(?: sociaux)?"
    r"|page|panneaux?(?: lumineux)?|bulletin|insta(?:gram)?)(?:\s?(?:et|\+|,)\s?(?:le |la |les |l['’])?(?:site"
    r"|facebook|fb|réseaux|panneaux?|bulletin|insta\w*))*(?=\s*(?::|\.|\n|$))",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?P<who>[A-ZÀ-Ý][^.,;:!?\n]{2,50}?) nous (?:informe|signale|indique|fait savoir|prévient"
    r"|annonce) (?P<that>que |qu['’])"
)
# « bouge pas », « est pas touché »: the negation that speech leaves out.
_UNDENIED = re.compile(
    r"(?<!\bne )(?<!\b[nN]['’])(?P<clitic>\b(?:s['’]|se |y |en |l['’])?)\b(?P<verb>est|sont|sera|seront|a|ont|aura"
    r"|auront|va|vont|peut|peuvent|doit"
    r"|doivent|vien(?:t|nent)|fait|font|marche(?:nt)?|bouge(?:nt)?|change(?:nt)?|passe(?:nt)?|ferme(?:nt)?"
    r"|ouvre(?:nt)?|touche(?:nt)?|concerne(?:nt)?"
    r"|arrête(?:nt)?|fonctionne(?:nt)?|compte(?:nt)?|reprend|reprennent|risque(?:nt)?|[a-zà-ÿ]{3,}er(?:a|ont)) pas\b"
)
_COUNTED = re.compile(r"\b[Jj]['’]ai (?:(?:déjà|en tout|à peu près|compté|prévu|calé|noté)\s)*(?=\d)")
# « Je vous saurais gré d'annoncer la réunion… », « Auriez-vous l'amabilité de publier : … »
_REQUESTED = re.compile(
    r"(?:(?<=[.!?]\s)|(?<=\n)|\A)\W*(?:je|nous|on|auriez-vous|veuillez|pourriez-vous|serait-il|est-il"
    r"|merci)\b[^.:!?\n]{0,60}?"
    r"\b(?:annoncer|relayer|publier|diffuser|communiquer(?: sur)?|faire savoir|informer (?:les habitants|la population)"
    r"|mettre en ligne|faire paraître|insérer|porter à la connaissance (?:des habitants|du public))"
    r"(?:\s(?:sur (?:le site|la page|les réseaux|facebook|vos supports)[^.:\n]{0,40}|l['’](?:information|annonce"
    r"|avis|article) suivante?|ce qui suit))*"
    r"\s*(?:que\s|qu['’]|:\s*|\?\s*|(?P<the>la |le |les |l['’]|une? |notre |nos )?)(?P<first>\w)",
    re.IGNORECASE,
)
_SALUTED = re.compile(
    r"\A\W*(?:Mesdames|Messieurs|Madame|Monsieur|Chers?|Chères?)\b[^.\n]{0,80},[^\S\n]*\n\s*", re.IGNORECASE
)
# « alors c'est pour le concert… », « alors pour les vœux, vous notez, c'est le vendredi… »
_DICTATED = re.compile(
    r"\A\W*(?:(?:alors|bon|donc|voilà|euh|oui|ok|voici)[\s,]+)*(?:c['’]est (?:(?:pour|au sujet de|à propos de)\s)"
    r"|pour\s(?=[^.,\n]{3,50},\s(?:vous|tu) note))"
    r"(?P<the>l[ea]s?\s|l['’]|une?\s|notre\s|nos\s)(?P<what>[^.,:;\n]{3,70})(?:,?\s(?:vous notez|tu notes)\s?,)?",
    re.IGNORECASE,
)
_HAPPENS = re.compile(
    rf",?\s(?:et )?(?:ça|cela) (?:se passe|se passera|se tient|se tiendra|a lieu|aura lieu|se déroule)\s(?=le |les "
    rf"|du |à |au |{WEEKDAY})"
    rf"|,\s(?:et )?c['’]est (?:bien )?(?=(?:le |du |ce )?(?:{WEEKDAY}|\d{{1,2}} {MONTH})\b)",
    re.IGNORECASE,
)
_SPOKEN_MARK = re.compile(
    r"(?:(?<=[.!?]\s)|(?<=\n)|^)\W*(?:voilà(?: (?:c['’]est )?tout| voilà)?|c['’]est tout|je crois que c['’]est tout"
    r"|bon|ok)\s*[.!]*(?=\s|$)"
    r"|,\s*(?:voilà|quoi|hein|enfin bref|bref)\s*(?=[,.!?\n]|$)|(?:(?<=[.!?]\s)|(?<=\n)|^)(?:ah|oh|euh|bon"
    r"|alors)(?:\s+(?:et|oui|au fait|aussi))*[\s,]+(?=[a-zà-ÿ]{2})",
    re.IGNORECASE | re.MULTILINE,
)
_GOES_ON = re.compile(
    r"^\W*(?:parce qu|car\b|puisqu|vu qu|sinon\b|mais (?:bon|je|j['’])|donc je|ça\b|c['’]est (?:moi|mon)|si (?:tu"
    r"|vous)\b)",
    re.IGNORECASE,
)
# The mood of those who organise, of no use to those who come.
_MOOD = re.compile(
    r"\b(?:on|nous|ils?|elles?|ca|j[e']) ?(?:ne |n'|nous |en )?(?:a|ont|avons|ai|avait|est|sont) (?:\w+ ){0,2}?"
    r"(?:(?:eu )?(?:assez|marre|ras le bol)\b|plantee?s?\b|lachee?s?\b|galere\w*|oublie (?:de|d')|deborde\w*"
    r"|a la bourre"
    r"|pris (?:la tete|du retard)|sous l'eau|creve\w*|au bout du rouleau|(?:tout )?change(?: d'avis)?(?=\W*$))"
    r"|\bsuivez mon regard\b|\b(?:mais )?bon\W*$|\bpas mal\W*$|\bpropose (?:un |le |comme )?(?:titre|slogan"
    r"|accroche)\b|\ble dire \w+ment\b|\bon (?:le|la|les) plaint\b|\ben douce\b|\bnous (?:a|ont) raconte\b"
    r"|\b(?:va|vont) encore (?:appeler|se plaindre|ecrire|protester|contester|rouspeter|reclamer)\b"
    r"|\bc'est [a-z]+ qui (?:a|avait) (?:dit|mis|oublie)\b"
    r"|\b(?:(?:son|sa|leur) ex|belle-mere|beau-frere)\b|\bca va sans dire\b|\btraine(?:nt)?\W*$"
    r"|\bvoulait\b.{3,60}\ba dit non\b|\bvu avec\b"
    r"|\ben (?:a|ont|avons) (?:marre|assez|ras)\b|^\W*(?:\w+\W+){0,3}comme d'habitude\W*$|\bpour une fois\W*$"
)
_INNER = str.maketrans({",": "\x02", ";": "\x03", ".": "\x04", "!": "\x05", "?": "\x06"})
_OUTER = str.maketrans({"\x02": ",", "\x03": ";", "\x04": ".", "\x05": "!", "\x06": "?"})
_GUARDED = re.compile(r"\([^()\n]*\)|«[^»\n]*»|\"[^\"\n]*\"|“[^”\n]*”")
_CLAUSES = re.compile(r"(\s*;\s*|,\s+(?:mais\s+|et\s+)?|\s[–—-]\s)")
_BRACKET = re.compile(r"\s*\((?P<told>[^()\n]*)\)")


def without_author(text: str) -> str:
    """`text` without what its author says of themselves or to whoever writes; facts told beside it stay."""
    text = re.sub(r"([»\"”)][.!?]\s+)([a-zà-ÿ])", lambda match: match[1] + match[2].upper(), text)
    text = _SAID_INSTEAD.sub(_instead, _SALUTED.sub("", text))
    text = _SETTLED.sub(lambda match: match["first"].upper(), _WHERE_TO.sub("", text))
    text = _TELLS.sub(r"\g<who> annonce \g<that>", text)
    text = _SAME_FIGURE.sub(r"\g<n>", _FIGURE.sub("", text))
    text = _UNDENIED.sub(_denied, _THERE_IS.sub(_there, text))
    text = _REQUESTED.sub(lambda match: match["first"].upper(), text)
    text = _DICTATED.sub(_matter, text, count=1)
    text = _SPOKEN_MARK.sub("", _HAPPENS.sub(", ", text))
    text = _NUMBER.sub(lambda match: match["last"], _TWICE.sub(r"\g<subject> ", text))
    text = _FINALLY.sub(_finally, text)
    text = _NEWS_AFTER.sub(_news, _COUNTED.sub("", text))
    text = _THAT_AFTER.sub(lambda match: match["what"].upper(), text)
    text = _WE_AGAIN.sub("un nouveau point sera fait", text)
    return "\n".join(_line(line) for line in text.split("\n"))


def without_writer(text: str) -> str:
    """The same where who writes also asks (« je déménage ») : what is told to whoever writes, and moods, alone."""
    text = _SPOKEN_MARK.sub("", _SAID_INSTEAD.sub(_instead, text))
    text = _UNDENIED.sub(_denied, _THERE_IS.sub(_there, _TWICE.sub(r"\g<subject> ", text)))
    text = _BELIEVED.sub("", text)
    return "\n".join(_line(line, own=to_writer) for line in text.split("\n"))


# « …, ils mettront les panneaux je crois »
_BELIEVED = re.compile(r",?\s\(?je (?:crois|suppose|pense|dirais)\)?(?=\s*(?:[,.;)\n]|$))", re.IGNORECASE)


def to_writer(clause: str) -> bool:
    """Is a clause told to whoever writes, or a mood?"""
    bare = _GUARDED.sub(" ", clause)
    return len(bare.split()) <= DICTATED and bool(_TO_WRITER.search(bare) or _MOOD.search(fold(bare)))


def authors_own(clause: str) -> bool:
    """Is a clause told in its author's voice, or to whoever writes?"""
    bare = _GUARDED.sub(" ", clause)
    if len(bare.split()) > DICTATED:
        return False
    return bool(_FIRST.search(bare) or _FIRST_BEGINS.search(bare)) or to_writer(clause)


def _instead(match: re.Match[str]) -> str:
    said = (match["said"] or match["told"]).strip()
    if (match["clause"] or "").startswith(":"):
        return f" : {said}"
    if not match["clause"]:
        return f", {said}"
    return f" {said}" if _WHY.match(said) else f", {said}"


def _news(match: re.Match[str]) -> str:
    """A capital where the words that go opened a sentence."""
    before = match.string[: match.start()].rstrip()
    return match["news"] if before.endswith((",", ";", ":")) else match["news"].upper()


def _denied(match: re.Match[str]) -> str:
    """« ne » before the verb and its pronoun; « n' » before a vowel."""
    said = f"{match['clitic']}{match['verb']}"
    before = match.string[: match.start()]
    if re.search(r"\b(?:ne|n['’]\w*)\s(?:\w+\s)?$", before):
        return match[0]
    return f"{'n' + chr(39) if said[0] in 'aeiouyéèêh' else 'ne '}{said} pas"


def _finally(match: re.Match[str]) -> str:
    if match["by"]:
        return match["by"]
    led = {"le ": "du ", "les ": "des "}.get(match["the"].lower(), f"de {match['the']}")
    return f"{match['led']}{led}{match['what']}"


def _there(match: re.Match[str]) -> str:
    """« y a pas » → « il n'y a pas »."""
    il = "Il" if not re.search(r"[^.!?\n\s]\s*$", match.string[: match.start()]) else "il"
    return f"{il} {'n’' if match['n'] or match['not'] else ''}y {match['v']}{match['not'] or ''}".replace("’", "'")


def _matter(match: re.Match[str]) -> str:
    return upper_first(match["what"].strip()) + ("," if match[0].endswith(",") else "")


def _line(line: str, own: Callable[[str], bool] = authors_own) -> str:
    told = [*re.split(r"(?<=[.!?,;…])\s+", line), *(one["told"] for one in _BRACKET.finditer(line)), line]
    if not any(map(own, told)):
        return line
    return " ".join(kept for sentence in loose_sentences(line) if (kept := _sentence(sentence, own)))


def _sentence(sentence: str, own: Callable[[str], bool]) -> str:
    """A sentence without its clauses in the author's voice; '' when nothing is left of it."""
    sentence = _BRACKET.sub(lambda match: "" if own(match["told"]) else match[0], sentence)
    parts = _CLAUSES.split(_GUARDED.sub(lambda match: match[0].translate(_INNER), sentence))
    clauses = [clause.translate(_OUTER) for clause in parts[::2]]
    clauses = [look_wished(clause) or clause for clause in clauses]
    marks = ["", *parts[1::2]]
    gone: list[bool] = []
    for clause in clauses:
        gone.append(own(clause) or bool(gone and gone[-1] and _GOES_ON.match(clause)))
    if not any(gone):
        return upper_first("".join(mark + clause for mark, clause in zip(marks, clauses, strict=True)))
    left = [f"{mark}{clause}" for mark, clause, out in zip(marks, clauses, gone, strict=True) if not out]
    text = re.sub(r"^[\s,;–—-]+(?:(?:et|mais|donc)\s+)?", "", "".join(left)).strip()
    if len(re.findall(r"\w{2,}", text)) < 2 and not re.search(r"\d", text):
        return ""
    closing = sentence.rstrip()[-1:]
    return upper_first(text) + (closing if closing in ".!?…" and not text.endswith((".", "!", "?", "…")) else "")

"""The mood of a citizen's mail: anger, distress, grief, worry or thanks, told by its words and by its punctuation."""

from __future__ import annotations

import re
from typing import Literal

from atelier_ia.assistant.words import fold

Mood = Literal["neutre", "colère", "détresse", "inquiétude", "tristesse", "remerciement"]

SHOUT = 6  # words in capitals from which a mail may be shouted

ANGER = re.compile(
    r"\b(?:scandale\w*|honte\w*|inadmissible|inacceptable|ras[- ]le[- ]bol|marre|en colere|furieu\w+"
    r"|incompeten\w+|se moque|vous moquez|foutage|"
    r"intolerable|insupportable|indigne\w*|exaspere\w*|excede\w*|deplorable|lamentable|ca suffit|rien n'est "
    r"fait|personne n'a|toujours rien|"
    r"aucune reponse|sans reponse|zero reponse|porter plainte|nos impots|mes impots|on se fiche|abus"
    r"|mepris\w*|decevant|mecontent\w*|foutez|copinage|excuses ecrites|j'en ai (?:plus qu')?assez|incapables?"
    r"|(?:suis|sommes) (?:vraiment |tout a fait |particulierement )?(?:outre|choque|revolte|indigne)e?s?"
    r"|payer des impots|n'en peut plus|vous attendez quoi|j'exige|on ne traite pas)\b"
)
# Who is sent from one door to the other, or shouts in punctuation, is told that it is understood.
_WEARY = re.compile(
    r"!{2,}|\?{2,}|\bon (?:me|nous) (?:dit de voir|renvoie)|\bme renvoie\w*|\bpersonne ne (?:repond|vient|bouge|fait)"
    r"|\bil n'y a personne\b|\bfatiguee?s? (?:de|d')|\b(?:suis|sommes|est) (?:\w+ )?fatiguee?s?\b"
    r"|\bje ne supporte\w*|\bn'en peu[xt]\b"
    r"|\bc'est (?:vraiment )?(?:penible|usant|epuisant|injuste|anormal)\b|\bdepuis des (?:mois|semaines|annees)\b"
    r"|\b(?:deuxieme|troisieme|quatrieme|\de) (?:mail|courrier|courriel|message|relance|fois que)\b"
    r"|\b(?:ne|n'en) (?:dors|dort|dormons) plus\b"
    r"|\bplusieurs relances\b|\breste\w* (?:lettre morte|sans (?:suite|effet))\b|\brelance\w* en vain\b|\bc'est faux\b"
    r"|\b(?:sans|n'avons eu|n'ai eu) aucune (?:information|concertation)\b|\b(?:toujours|encore) (?:pas"
    r"|aucune?) (?:de )?(?:reponse|suite|retour)\b"
)
_DISTRESS = re.compile(
    r"\b(?:je ne sais plus|plus d'argent|plus rien a manger|rien a manger|expuls\w+|j'ai pleure|en pleurs"
    r"|a la rue|desespere\w*|en "
    r"detresse|je n'en peux plus|seule? avec (?:mes|mon|ma|\d|deux|trois|quatre|cinq) ?(?!chats?\b|chiens?\b)"
    r"|loyers? (?:\w+ )?impayes?|"
    r"surendette\w*|perdu (?:mon|son) (?:emploi|travail|boulot|poste)|(?:peux|arrive|pourrai) (?:plus"
    r"|pas) (?:a )?(?:tout )?payer|au chomage|je n'arrive plus|peur de|deces de|decede\w*"
    r"|je suis perdue?|urgence sociale|"
    r"couper l'electricite|coupure d'electricite|difficultes financieres|veuve|veuf|enterrement|obseques)\b"
)
ASHAMED = re.compile(
    r"\b(?:j'ai (?:un peu |vraiment |tellement |tres )?honte|honte de (?:vous )?(?:ecrire|demander)"
    r"|pas l'habitude de demander"
    r"|vers qui me tourner|genee? de (?:vous )?(?:ecrire|demander))\b"
)
# What threatens the person who writes: a post, a roof, a doctor, a child in danger.
_WORRY = re.compile(
    r"\b(?:inquiet\w*|inquietude\w*|angoiss\w+|stress\w*|preoccup\w+|sans solution|je (?:vais )?perds? mon (?:poste"
    r"|travail|emploi)|perdre mon (?:poste|travail|emploi)|je (?:ne )?sais plus (?:quoi|comment|vers)"
    r"|n'aur(?:ons|ai|ont) (?:bientot )?plus de|(?:nous|on|je) (?:n'avons|n'ai|n'a|n'aura|n'aurai|avons|a|ai) plus "
    r"(?:de|d'|aucune?)(?! ?(?:place|papier|timbre|\d|un\b|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze"
    r"|vingt|trente|quarante|cinquante|soixante|cent|mille|la moitie|temps que))|personne ne (?:le |la |les )?remplace"
    r"|(?:que|qu')(?: \w+){0,2} (?:allons-nous|va-t-on|vais-je|va t on) (?:devenir|faire)"
    r"|(?:toujours )?aucune (?:place|solution)|comment (?:allons-nous|vais-je|va-t-on) faire"
    r"|(?:j'ai|nous avons|on a) (?:tres |vraiment |un peu )?peur|failli (?:tomber|me|nous|se|etre|mourir)"
    r"|craign\w+|crains|redout\w+|en danger|je suis seule? (?:avec|pour|a elever|a m'occuper)"
    r"|je suis seule?(?=\W*(?:\.|$))"
    r"|(?:c'est|tres|vraiment|trop|devient|devenu) (?:\w+ )?dangereu(?:x|se)"
    r"|va (?:finir par )?y avoir un (?:accident|mort|drame|blesse))(?![\w'])"
)
_SADNESS = re.compile(
    r"\b(?:tristesse|attriste\w*|consterne\w*|consternation|stupeur|desole de (?:voir|constater)|navr\w+ de"
    r"|tant de peine|beaucoup de peine|de la peine|fend le coeur|coeur (?:gros|brise)|bouleverse\w*"
    r"|m'attriste|nous attriste|deception|decue?s?|incomprehensible|incomprehension)\b"
)
_KIN = (
    r"(?:mari|femme|epoux|epouse|conjointe?|compagn(?:on|e)|pere|mere|papa|maman|fils|fille|frere|soeur"
    r"|grand-?(?:pere|mere)"
    r"|papi|papy|mamie|mamy|oncle|tante|cousine?|neveu|niece|parents?|beau-pere|belle-mere|bebe|enfant|ami|amie)"
)
BEREAVED = re.compile(
    rf"\b(?:m[oae]n?|notre|sa|son) {_KIN}\b(?:(?!\bvoisin)[^.?!]){{0,60}}?\b(?:(?:est|etait"
    rf"|vient d'etre) (?:mort|decede|partie? pour toujours)"
    r"e?\b|vient de (?:mourir|deceder|s'eteindre|partir|nous quitter)|s'est eteinte?|nous a quittes"
    r"|est parti(?:e)? (?:le \d|hier|dimanche|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi))(?![^.?!]{0,25}\b(?:il y a (?:\w+|\d+) ans|en (?:19\d\d|20[01]\d|202[0-4])))"
    rf"|\b(?:papa|maman|mamie|mamy|papi|papy) (?:(?:est|etait) (?:mort|decede)e?\b|vient de (?:mourir|deceder"
    rf"|nous quitter)|nous a quittes)(?![^.?!]{{0,25}}\b(?:il y a|en (?:19|20[01])))"
    rf"|\b(?:deces|perte|mort|disparition) (?:recente? |brutale? )?de (?:m[oae]n?"
    rf"|notre) {_KIN}\b(?![^.?!]{{0,25}}\b(?:il y a|en (?:19|20[01]))"
    rf")|\b(?:j'ai|nous avons|je viens de|venons de) (?:perdu|perdre) (?:m[oae]n?|notre) {_KIN}\b|\bne(?:e|s"
    rf"|es)? sans vie\b|\bmort-nee?\b|\b(?:obseques|enterrement|funerailles) de (?:m[oae]n?|notre)\b|\bdeuil\b"
    rf"|\bfeu mon\b|\bdefunte? (?:mari|femme|pere|mere)\b"
)
THANKS = re.compile(
    r"\b(?:je tenais a (?:vous )?(?:remercier|feliciter)|bravo|felicitations|chapeau (?:bas|a)|coup de chapeau"
    r"|(?:juste|simple|petit|mot|lignes?|message|tiens|tenons|voulais|voulions|voudrais|souhaite|souhaitons|viens"
    r"|venons)\b[^.?!]{0,30}\b(?:remercier|dire merci|feliciter|saluer le travail)"
    r"|(?:tiens|tenons|tenais|tenions|voulais|voulions|souhaite|souhaitons|voudrais) (?:a )?(?:vous )?"
    r"(?:signaler|saluer|souligner|dire) (?:la|le|l'|combien|a quel point) ?(?:grande? )?(?:gentillesse|amabilite"
    r"|patience|professionnalisme"
    r"|efficacite|reactivite|devouement|bonne humeur|travail|accueil chaleureux|qualite)\b"
    r"|merci (?:encore |infiniment |mille fois |de tout coeur )?(?:a |aux |au (?!revoir))(?:la |l'|tous? |toutes? |vos "
    r"|votre |vous )?|un grand merci|merci a (?:toute|l'equipe)|merci "
    r"(?:beaucoup |infiniment )?pour (?:la|le|les|votre|son|vos))\b"
)


def read_mood(text: str, *, shouted: bool = False) -> Mood:
    """What the person feels, so that the answer says it is understood."""
    folded = fold(text)
    ashamed = bool(ASHAMED.search(folded))
    folded = ASHAMED.sub(" ", folded)
    words = re.findall(r"\b[A-ZÀ-Ý]{4,}\b", text)
    loud = shouted or SHOUT < len(words) < 0.5 * len(text.split())
    angry = len(ANGER.findall(folded)) + bool(_WEARY.search(folded)) + loud
    if (ashamed or _DISTRESS.search(folded)) and angry < 2:
        return "détresse"
    if angry and (not shouted or ANGER.search(folded) or _WEARY.search(folded)):
        return "colère"
    if _SADNESS.search(folded):
        return "tristesse"
    if _WORRY.search(folded):
        return "inquiétude"
    return "remerciement" if THANKS.search(folded) else "neutre"

"""The main path of every app, as a person without a mouse follows it: what is typed where, what is pressed in order.

`Walker` only presses keys. After each move it checks that the focus is seen and not covered, and after each press that
it was not lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

MOST_STOPS = 60
FOCUS = """() => {
  const el = document.activeElement;
  if (!el || el === document.body) return { id: "", tag: "body" };
  const outlined = (node, pseudo) => {
    const style = getComputedStyle(node, pseudo);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const near = [el, ...(el.labels ?? [])];
  for (let node = el.parentElement, rank = 0; node && rank < 3; node = node.parentElement, rank++) near.push(node);
  const { left, right, top: above, bottom } = el.getBoundingClientRect();
  const box = { left: Math.max(left, 1), right: Math.min(right, innerWidth - 1),
    top: Math.max(above, 1), bottom: Math.min(bottom, innerHeight - 1) };
  for (let node = el.parentElement; node; node = node.parentElement) {
    if (!["auto", "scroll", "hidden"].includes(getComputedStyle(node).overflowY)) continue;
    const frame = node.getBoundingClientRect();
    box.top = Math.max(box.top, frame.top);
    box.bottom = Math.min(box.bottom, frame.bottom);
  }
  const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  const own = (node) => node && (node === el || el.contains(node) || near.includes(node));
  return {
    id: el.id || (el.tagName === "SUMMARY" ? el.parentElement.id : ""),
    tag: el.tagName.toLowerCase(),
    text: (el.textContent || "").trim().slice(0, 40),
    seen: near.some((node) => outlined(node)) || outlined(el, "::after"),
    covered: !(own(top) || [...(el.labels ?? [])].some((label) => label.contains(top))),
    moved: el.tabIndex < 0,
  };
}"""


@dataclass(frozen=True)
class Walk:
    """One app: `page`, what is `typed` (field → text), the `steps` pressed, `end` the element that the last one shows;
    then what is `corrected` on the last screen, and what must still be in its field when the session is lost there."""

    page: str
    typed: dict[str, str]
    steps: tuple[str, ...]
    end: str
    corrected: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    first: int = 1
    """How many steps make what was typed reach Python."""
    heard: str = ""
    """Where what was typed is shown after these steps: a selector."""
    checked: tuple[str, ...] = ()
    """Boxes and radios to be checked, and found checked again."""
    before: tuple[str, ...] = ()
    """What is pressed before typing."""


WORD = "Papillonneraie"
DRAFT = ("masquer", "rediger")
DRAFTED = {"champ-brouillon": f"Bonjour, la {WORD} ouvre lundi."}

WALKS = (
    Walk(
        "repondre_courriel",
        {"champ-texte": f"Bonjour, quand ouvre la {WORD} ? Merci. "},
        (*DRAFT, "copier", "enregistrer"),
        "#temps-titre",
        DRAFTED,
        DRAFTED,
        heard="#texte-masque",
    ),
    Walk(
        "publier",
        {"champ-quoi": f"Fête de la {WORD} "},
        (*DRAFT, "verifier"),
        "#verifier",
        {"champ-canal-0": f"Bonjour {WORD}"},
        {"champ-canal-0": f"Bonjour {WORD}"},
        heard="#texte-masque",
    ),
    Walk(
        "notes_de_reunion",
        {"champ-texte": f"Point 1 : la {WORD} ouvre lundi. "},
        (*DRAFT, "copier"),
        "#temps-titre",
        DRAFTED,
        DRAFTED,
        heard="#texte-masque",
    ),
    Walk(
        "rediger_arrete",
        {"champ-objet": f"fermeture de la {WORD} "},
        (*DRAFT, "copier"),
        "#temps-titre",
        DRAFTED,
        DRAFTED,
        heard="#texte-masque",
    ),
    Walk(
        "creer_affiche",
        {"champ-titre": f"{WORD} "},
        ("png",),
        "#png",
        kept={"champ-titre": f"{WORD} "},
        heard=f"img[alt*={WORD}]",
    ),
    Walk(
        "masquer_texte",
        {"champ-texte": f"La {WORD} est fermée. "},
        ("masquer", "utiliser", "remettre"),
        "#champ-resultat",
        kept={"champ-texte": f"La {WORD} est fermée. "},
        heard="#texte-masque",
    ),
    Walk(
        "importer_cas",
        {"champ-texte": f"La {WORD} est fermée. "},
        ("masquer", "relu"),
        "#garder",
        kept={"champ-texte": f"La {WORD} est fermée. "},
        heard="#texte-masque",
    ),
    Walk(
        "diagnostic_express",
        {"champ-irritant-1": f"La {WORD} "},
        ("lire",),
        ".chiffre.vedette",
        kept={"champ-irritant-1": f"La {WORD} "},
    ),
    Walk(
        "questionnaire",
        {},
        ("suivant", "aisance-0", "usage_ia-0", "suivant", "attentes-0", "craintes-0", "envoyer"),
        "#merci-titre",
        checked=("heures-0", "taches-0"),
    ),
    Walk(
        "relever_temps",
        {"champ-tache": f"Ranger la {WORD} "},
        ("demarrer", "demarrer"),
        "#enregistrer",
        kept={"champ-tache": f"Ranger la {WORD} "},
    ),
    Walk(
        "carte_outils",
        {"champ-outil": f"Logiciel {WORD} ", "champ-usage": "courriels"},
        ("ajouter",),
        "#fait",
        heard="#fait",
        before=("nouveau",),
    ),
    Walk("synthese", {}, ("pdf",), "#pdf"),
    Walk("matrice", {"champ-heures": "31"}, ("calcul",), "#matrice-panneau-titre"),
    Walk("choisir_outils", {}, ("defaut",), "#defaut", checked=("exigences-2",)),
    Walk(
        "comparer_aveugle",
        {"champ-texte": f"Bonjour, quand ouvre la {WORD} ? "},
        ("masquer", "comparer", "vote-0", "voter"),
        "#noms-panneau-titre",
        heard="#texte-masque",
    ),
    Walk(
        "trois_questions",
        {"champ-idee": f"Agrandir la {WORD} ", "champ-code": "mon code"},
        ("facilite-0", "recommande-0", "usage-0", "envoyer"),
        "#merci-titre",
        first=3,
    ),
    Walk(
        "avis_habitants",
        {"champ-invitation": f"Et la {WORD} ? "},
        ("pdf",),
        "#pdf",
        kept={"champ-invitation": f"Et la {WORD} ? "},
    ),
    Walk("prevoir", {}, ("valeurs-depliant", "telecharger"), "#telecharger"),
    Walk("presence", {"champ-nom": WORD, "champ-code": "ABC234"}, ("signer",), "#probleme", kept={"champ-nom": WORD}),
    Walk(
        "mon_dossier",
        {"champ-identifiant": WORD, "champ-code": "ABCD-EFGH-2345"},
        ("ouvrir",),
        "#probleme",
        kept={"champ-identifiant": WORD},
    ),
    Walk(
        "planifier",
        {"champ-fermes": "14/05/2027"},
        ("etablir",),
        "#calendrier-titre",
        kept={"champ-fermes": "14/05/2027"},
    ),
    Walk(
        "trouver_referents",
        {"champ-nom": WORD},
        ("ajouter", "telecharger"),
        "#telecharger",
        heard=f".entree .libelle:has-text('{WORD}')",
        checked=("oui-0",),
    ),
)


class Walker:
    """Keys only, on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def begin(self, walk: Walk) -> None:
        """What a person types first in this app."""
        expect(self.page.locator(".ecran-corps > *").first).to_be_visible()
        for button in walk.before:
            self.press(button)
        for id, text in walk.typed.items():
            self.type(id, text)
        for choice in walk.checked:
            self.press(choice)

    def reach(self, id: str) -> None:
        """Tab, as often as it takes, to the control `id` (of a closed part: to its title)."""
        passed = []
        for _ in range(MOST_STOPS):
            here = self.page.evaluate(FOCUS)
            if here["id"] == id:
                return
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(FOCUS)
            passed.append(here["id"] or here["tag"])
            if here["tag"] != "body":  # between the last control and the first one stands the browser itself
                assert here["seen"], f"no visible focus on {here}"
                if here["covered"]:  # something is still being drawn: what counts is what stays
                    self.page.wait_for_timeout(1000)
                    here = self.page.evaluate(FOCUS)
                assert not here["covered"], f"the focus is hidden by something else: {here}"
        raise AssertionError(f"{id} is not reached by Tab; passed: {passed}")

    def type(self, id: str, text: str) -> None:
        """Writes over what the field holds; a field inside a closed part is opened first."""
        self._open_around(id)
        self.reach(id)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)

    def press(self, id: str) -> None:
        """Presses the control, waits for its answer, and checks that the focus is still somewhere."""
        self._open_around(id)
        expect(self.page.locator(f"#{id}")).not_to_have_attribute("aria-disabled", "true")
        self.reach(id)
        kind = self.page.evaluate("document.activeElement.type ?? ''")
        self.page.keyboard.press("Space" if kind in ("radio", "checkbox") else "Enter")
        self.settle()

    def settle(self) -> None:
        expect(self.page.locator(".ecran")).not_to_have_attribute("data-attente", "oui")
        self.page.wait_for_timeout(100)
        here = self.page.evaluate(FOCUS)
        assert here["tag"] != "body", "the focus was lost when the screen was drawn again"

    def _open_around(self, id: str) -> None:
        """Opens, by its title, the closed part that holds `id`."""
        expect(self.page.locator(f"#{id}")).to_be_attached()
        part = self.page.evaluate(
            "id => document.getElementById(id).parentElement.closest('details:not([open])')?.id ?? ''", id
        )
        if part:
            self.reach(part)
            self.page.keyboard.press("Enter")
            expect(self.page.locator(f"#{part}")).to_have_attribute("open", "")

"""A small root of its own for each test: settings, knowledge base and `var/`, away from the checkout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from atelier_ia.settings import Settings, load_settings

ATELIER = """
[collectivite]
nom = "Boisvallon"
habitants = 5200
courriel = "mairie@boisvallon.example"
telephone = "01 99 00 77 00"
[calendrier]
debut = 2027-01-11
[assistant]
fournisseur = "simulateur"
[courrier]
formule_politesse = "Recevez, Madame, Monsieur, nos salutations distinguées."
signature = "La mairie de Boisvallon"
[[services]]
id = "techniques"
nom = "Voirie"
effectif = 12
[[services]]
id = "accueil"
nom = "Accueil"
effectif = 4
"""

PROCEDURES = """
[[procedures]]
id = "nid_de_poule"
titre = "Chaussée abîmée"
service = "techniques"
competence = "commune"
mots = ["nid-de-poule", "trou dans la chaussée", "trou sur la route", "chaussée abîmée"]
reponse = "Votre signalement est transmis à l'équipe voirie. Elle passe vérifier sous trois jours ouvrés."
pieces = ["adresse précise", "photo"]
delai = "dix jours ouvrés pour la réparation"
statut = "vérifié"

[[procedures]]
id = "eclairage"
titre = "Éclairage public"
service = "techniques"
competence = "syndicat"
orientation = "L'éclairage relève du syndicat d'énergie, 01 99 00 77 50."
mots = ["lampadaire", "lampadaire éteint", "éclairage public", "lumière de la rue"]
reponse = "L'éclairage public est entretenu par le syndicat d'énergie, joignable au 01 99 00 77 50."
statut = "vérifié"

[[procedures]]
id = "acte"
titre = "Copie d'acte de naissance"
service = "accueil"
competence = "commune"
mots = ["acte de naissance", "extrait de naissance"]
reponse = "L'acte de naissance est délivré gratuitement par la mairie de naissance. À {commune}, sur demande."
pieces = ["pièce d'identité"]
delai = "trois jours ouvrés"
tarif = "gratuit"
statut = "à vérifier"

[[procedures]]
id = "cantine"
titre = "Inscription à la cantine"
service = "accueil"
competence = "commune"
mots = ["cantine", "restauration scolaire", "repas à l'école"]
reponse = "L'inscription à la cantine se fait en ligne jusqu'au jeudi midi pour la semaine suivante."
statut = "vérifié"
"""


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The root of the project for this test."""
    (tmp_path / "atelier.toml").write_text(ATELIER, encoding="utf-8")
    (tmp_path / "sandbox_data").mkdir()
    (tmp_path / "sandbox_data" / "procedures.toml").write_text(PROCEDURES, encoding="utf-8")
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))
    return tmp_path


@pytest.fixture
def settings() -> Settings:
    """The settings of that root."""
    return load_settings()


@pytest.fixture
def with_assistant(settings: Settings) -> Callable[..., Settings]:
    """The same settings with changes in the rubric [assistant] (English names)."""

    def change(**values: Any) -> Settings:
        return settings.model_copy(update={"assistant": settings.assistant.model_copy(update=values)})

    return change

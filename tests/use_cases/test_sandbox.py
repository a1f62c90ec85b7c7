"""The reader of the fictional commune's files."""

import pytest

from atelier_ia.content import ContentError
from atelier_ia.settings import load_settings
from atelier_ia.use_cases.sandbox import CitizenEmail, load_email, load_emails, load_organisation, localised


def test_texts_carry_the_commune_of_the_settings() -> None:
    """Does `{commune}` become the name written in atelier.toml, everywhere?"""
    name = load_settings().collectivite.name
    assert load_organisation().council.lists[0] == f"{name} ensemble"
    assert not any("{commune}" in email.text for email in load_emails())


def test_mailbox_view_shows_sender_subject_then_body() -> None:
    """Does an e-mail read as in a mailbox?"""
    email = load_email("lampadaire_mesanges")
    head, _, body = email.text.partition("\n\n")
    assert head == "De : Jeannine Trébouta <jeannine.trebouta@courrier.example>\nObjet : lumière"
    assert body.startswith("Monsieur le Maire")


def test_message_without_name_nor_subject_is_shown_all_the_same() -> None:
    """Is a text message without subject or sender's name still readable?"""
    assert load_email("sms_neige").text.startswith("De : <06399845@sms-passerelle.example>\nObjet : (sans objet)\n")


def test_unknown_email_is_named_in_french() -> None:
    """Does a wrong identifier give one French sentence?"""
    with pytest.raises(ContentError, match="Aucun courriel « inconnu »"):
        load_email("inconnu")


def test_only_the_mayor_is_the_mayor() -> None:
    """Is there exactly one mayor, found by the shortcut?"""
    organisation = load_organisation()
    assert [person for person in organisation.elected if person.office == "maire"] == [organisation.mayor]
    assert organisation.mayor.full_name == "Hélène Castagnier"


def test_another_commune_renames_the_texts() -> None:
    """Does the same content follow another collectivité's name?"""
    settings = load_settings()
    own = settings.collectivite.model_copy(update={"name": "Beaurivage"})
    email = CitizenEmail.model_validate(
        {
            "id": "essai",
            "date": "2026-05-04",
            "expediteur": "",
            "adresse_expediteur": "a@b.example",
            "objet": "{commune}",
            "corps": "J'habite à {commune}.",
            "service": "accueil",
            "registre": "poli",
            "procedures": [],
            "attendus": ["répondre"],
        }
    )
    renamed = localised(email, settings.model_copy(update={"collectivite": own}))
    assert (renamed.subject, renamed.body) == ("Beaurivage", "J'habite à Beaurivage.")

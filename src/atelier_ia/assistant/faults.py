"""Turn every failure of a provider into one French sentence that says what to do, and say whether to try again.

The sentence and the log never hold the prompt, the answer, the key or the provider's own words (which may quote them).
"""

from __future__ import annotations

import email.utils
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass

from atelier_ia.assistant.errors import AssistantError
from atelier_ia.assistant.providers import Provider, is_loopback

log = logging.getLogger("atelier_ia.assistant")

RETRIED_STATUSES = frozenset({408, 409, 424, 425, 429, 500, 502, 503, 504, 529})
KEEP = "votre texte est intact"


@dataclass(frozen=True)
class Fault:
    """One failure, explained. `retry_after` in seconds when the provider said; `status` 0 without an HTTP answer."""

    sentence: str
    kind: str
    retriable: bool
    status: int = 0
    retry_after: float | None = None

    def error(self) -> AssistantError:
        """The exception to show."""
        return AssistantError(self.sentence, self.kind)


def explain(error: BaseException, provider: Provider) -> Fault:
    """What `error`, raised while talking to `provider`, means for the person."""
    import openai

    if isinstance(error, AssistantError):
        return Fault(str(error), error.kind, retriable=False)
    if isinstance(error, openai.APIStatusError):
        return _status_fault(error.status_code, error.response.headers, _words(error), provider)
    if isinstance(error, openai.APITimeoutError) or _is_timeout(error):
        return Fault(
            f"{provider.label} n'a pas répondu à temps ; {KEEP} : réessayez, ou augmentez « delai_secondes » "
            "dans atelier.toml.",
            "delai",
            retriable=True,
        )
    if isinstance(error, openai.APIConnectionError) or _is_transport(error):
        return _connection_fault(error, provider)
    if isinstance(error, openai.APIError):
        return Fault(
            f"{provider.label} a signalé une erreur pendant la réponse ; {KEEP} : réessayez.", "serveur", retriable=True
        )
    return Fault(
        f"La réponse de {provider.label} est illisible ; {KEEP} : réessayez, et si cela continue, vérifiez l'adresse "
        "du service dans atelier.toml.",
        "illisible",
        retriable=True,
    )


def record(fault: Fault, error: BaseException, provider: Provider, attempt: int) -> None:
    """One log line about a failure: provider, category, HTTP status, exception's class; no content."""
    log.warning(
        "fournisseur=%s categorie=%s statut=%s essai=%d type=%s",
        provider.id,
        fault.kind,
        fault.status or "-",
        attempt,
        type(error).__name__,
    )


def _status_fault(status: int, headers: Mapping[str, str], words: str, provider: Provider) -> Fault:
    name = provider.label
    retriable = status in RETRIED_STATUSES
    wait = retry_after(headers) if retriable else None
    variable = provider.key_variable or "la clé du service"
    if status == 407:
        sentence = "Le serveur mandataire (proxy) demande une authentification ; voyez avec votre service informatique."
        return Fault(sentence, "proxy", False, status)
    if status in (401, 403):
        sentence = (
            f"{name} refuse la clé d'accès ; vérifiez {variable} : clé valide, droits ouverts, "
            "compte autorisé à utiliser ce service."
        )
        return Fault(sentence, "cle", False, status)
    if status == 404:
        model = f"le modèle « {provider.model} »" if provider.model else "le modèle"
        sentence = (
            f"{name} ne connaît pas {model} ou cette adresse ; corrigez « modele » ou « adresse » dans atelier.toml."
        )
        return Fault(sentence, "modele", False, status)
    if status == 402 or (status in (400, 429) and _mentions(words, "insufficient", "budget", "billing", "credit")):
        return Fault(
            f"Le crédit du compte {name} est épuisé ; {KEEP} : rechargez le compte ou changez de fournisseur.",
            "credit",
            False,
            status,
        )
    if status == 413 or (
        status == 400 and _mentions(words, "context_length", "context length", "too long", "maximum context")
    ):
        return Fault(
            f"Le texte est trop long pour {name} ; {KEEP} : raccourcissez-le ou traitez-le en plusieurs fois.",
            "longueur",
            False,
            status,
        )
    if status == 429:
        pause = f" dans {round(wait)} secondes" if wait else " dans une minute"
        return Fault(
            f"{name} limite le nombre de demandes par minute ; {KEEP} : réessayez{pause}.", "quota", True, status, wait
        )
    if status in (400, 422):
        return Fault(
            f"{name} n'accepte pas la forme de la demande ; vérifiez « fournisseur » et « modele » dans atelier.toml, "
            "puis lancez « atelier diagnostic ».",
            "forme",
            False,
            status,
        )
    if retriable:
        return Fault(
            f"{name} est indisponible pour le moment ; {KEEP} : réessayez dans quelques minutes.",
            "serveur",
            True,
            status,
            wait,
        )
    return Fault(
        f"{name} a répondu de façon inattendue (code {status}) ; {KEEP} : vérifiez l'adresse du service dans "
        f"atelier.toml.",
        "serveur",
        False,
        status,
    )


def _connection_fault(error: BaseException, provider: Provider) -> Fault:
    causes = " ".join(f"{type(cause).__name__} {cause}" for cause in _chain(error))
    if "CERTIFICATE_VERIFY" in causes or "CertificateError" in causes or "SSLCertVerification" in causes:
        return Fault(
            f"Le certificat présenté à la place de {provider.label} n'est pas reconnu ; si votre réseau filtre les "
            "connexions, demandez au service informatique son certificat et indiquez-le par la variable SSL_CERT_FILE.",
            "certificat",
            retriable=False,
        )
    if "ProxyError" in causes:
        return Fault(
            "Le serveur mandataire (proxy) refuse la connexion ; vérifiez HTTPS_PROXY et NO_PROXY avec votre service "
            "informatique.",
            "proxy",
            retriable=True,
        )
    if "Name or service not known" in causes or "getaddrinfo" in causes or "name resolution" in causes:
        return Fault(
            f"L'adresse de {provider.label} est introuvable ; vérifiez la connexion au réseau, le proxy et « adresse » "
            "dans atelier.toml.",
            "reseau",
            retriable=True,
        )
    if is_loopback(provider.base_url) and "ConnectError" in causes:
        return Fault(
            f"{provider.label} ne répond pas à l'adresse {provider.base_url} ; démarrez ce serveur, puis réessayez.",
            "reseau",
            retriable=True,
        )
    return Fault(
        f"La connexion avec {provider.label} a été refusée ou coupée ; {KEEP} : vérifiez le réseau et réessayez.",
        "reseau",
        retriable=True,
    )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the provider asks to wait (`Retry-After`, in seconds or as a date), None when it does not say."""
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (TypeError, ValueError):
        return None


def _words(error: BaseException) -> str:
    """The provider's own words, only to recognise a case (OpenAI shape, FastAPI `detail`, any JSON)."""
    return f"{error} {getattr(error, 'body', '')}".lower()[:4000]


def _mentions(words: str, *marks: str) -> bool:
    return any(mark in words for mark in marks)


def _chain(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in found:
        found.append(current)
        current = current.__cause__ or current.__context__
    return found


def _is_timeout(error: BaseException) -> bool:
    import httpx2

    return isinstance(error, httpx2.TimeoutException)


def _is_transport(error: BaseException) -> bool:
    import httpx2

    return isinstance(error, httpx2.TransportError | OSError)

"""The few pages that the agents' server must be able to show by itself, when no template can."""

from __future__ import annotations

from html import escape

_STYLE = """
:root { color-scheme: light dark; --encre: #22303f; --papier: #faf6ef; --accent: #9a3f1e; }
@media (prefers-color-scheme: dark) { :root { --encre: #ece6db; --papier: #1b2430; --accent: #f0a27f; } }
body { margin: 0; font: 1.125rem/1.6 "Atkinson Hyperlegible Next", "Segoe UI", sans-serif; color: var(--encre);
  background: var(--papier); }
main { max-width: 34rem; margin: 12vh auto; padding: 0 1.5rem; }
h1 { font-size: 1.75rem; line-height: 1.25; }
label { display: block; font-weight: 600; margin-top: 1.5rem; }
input { font: inherit; padding: .6rem .75rem; width: 12rem; border: 2px solid var(--encre); border-radius: 6px; }
button { font: inherit; font-weight: 600; padding: .65rem 1.25rem; border: 0; border-radius: 6px; color: var(--papier);
  background: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[role=alert] { border-left: 4px solid var(--accent); padding-left: 1rem; font-weight: 600; }
"""


def page(title: str, body: str) -> str:
    """A whole HTML page; `body` is HTML, `title` is text."""
    return (
        '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)} · Atelier IA</title><link rel="icon" href="data:,"><style>{_STYLE}</style></head>'
        f'<body><main id="contenu"><h1>{escape(title)}</h1>{body}</main></body></html>'
    )


def message_page(status: int) -> str:
    """The page of an HTTP status, when the template's own error page cannot be drawn."""
    title, text = {
        403: ("Cette page est réservée", "Votre accès ne permet pas de l’ouvrir. Demandez le code à l’animatrice."),
        404: ("Cette page n’existe pas", "Revenez à la liste des applications."),
        421: ("Cette adresse n’est pas la bonne", "Ouvrez l’adresse exacte que l’on vous a donnée."),
        503: (
            "Beaucoup de monde en même temps",
            "Toutes les places sont prises pour l’instant. Attendez une minute, puis rechargez la page.",
        ),
    }.get(status, ("La page ne s’est pas ouverte", "Rechargez-la. Si cela recommence, prévenez votre référent."))
    return page(title, f'<p>{text}</p><p><a href="/">Voir les applications</a></p>')


def access_page(problem: str, target: str) -> str:
    """The form that asks for the access code; `problem` is said above it, `target` is where the person was going."""
    alert = f'<p role="alert">{escape(problem)}</p>' if problem else ""
    return page(
        "Entrer dans l’atelier",
        f'{alert}<p>La personne qui anime la séance vous donne un code d’accès.</p><form method="post">'
        f'<input type="hidden" name="next" value="{escape(target, quote=True)}">'
        '<label for="code">Code d’accès</label>'
        '<input id="code" name="code" autocomplete="off" autocapitalize="none" spellcheck="false" required autofocus>'
        " <button>Entrer</button></form>",
    )


RENDER_FAILED = (
    '<div role="alert" style="margin:2rem"><p><strong>L’application ne s’est pas ouverte.</strong> '
    "Rechargez la page ; si cela recommence, prévenez votre référent.</p></div>"
)

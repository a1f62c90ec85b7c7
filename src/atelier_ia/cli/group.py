"""The verbs of the command `atelier`.

Each verb lives in one module of this package and is imported only when it is called, so that a verb pays for nothing
but itself. Errors are one French sentence on stderr and a non-zero exit code, never a traceback.
"""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module

import click

from atelier_ia import __version__
from atelier_ia.cli.french import FrenchGroup, usage_sentence
from atelier_ia.errors import AtelierError

# verb → (module of this package, one-line help). The help stands here so that `atelier --help` imports no verb.
VERBS: dict[str, tuple[str, str]] = {
    "lancer": ("launch", "Démarrer l'espace de formation et les applications des agents."),
    "salle": ("room", "Ouvrir une salle de formation sur ce poste, sans Internet."),
    "dimensionner": ("size", "Estimer mémoire, processeurs et machines pour vos groupes et vos agents."),
    "diagnostic": ("environment", "Vérifier ce poste : une ligne par exigence, avec le remède."),
    "presence": ("presence", "Faire signer une séance par code, suivre et clore la feuille."),
    "rapport": ("report", "Produire les rapports : suivi RH, bilans d'étape, attestations."),
    "dossier": ("record", "Remettre les codes personnels, répondre aux demandes de correction."),
    "generer": ("generate", "Tirer les exercices des stagiaires à partir des barèmes."),
    "adapter": ("adapt", "Faire suivre leçons, données et exercices après un changement d'atelier.toml."),
    "corriger": ("grade", "Corriger les travaux rendus et préparer les pages de retour."),
    "noter": ("score", "Noter des réponses isolées, ou lister les exercices."),
    "suivi": ("follow", "Voir qui a rendu, qui bloque et quels exercices posent problème."),
    "planifier": ("plan", "Établir le calendrier des trois mois et voir où il en est."),
    "imprimer": ("printouts", "Préparer les impressions d'une séance : déroulé, programme, présence, documents."),
    "verifier": ("verify", "Chercher dans le plan et les données les erreurs de la méthode."),
    "confidentialite": ("confidentiality", "Repérer et masquer les données personnelles de textes et de fichiers."),
    "simulateur": ("simulator", "Servir le simulateur par HTTP, pour un autre logiciel."),
    "sauvegarder": ("save", "Sauvegarder tout ce qui est né à l'usage, service en marche ou non."),
    "restaurer": ("restore", "Remettre en place une sauvegarde."),
    "purger": ("purge", "Supprimer ce qui a atteint sa date de conservation."),
}


class LazyVerbs(FrenchGroup):
    """A group whose verbs are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"atelier_ia.cli.{VERBS[cmd_name][0]}").command
        return command

    def short_helps(self) -> list[tuple[str, str]]:
        return [(verb, text) for verb, (_, text) in VERBS.items()]


@click.command(cls=LazyVerbs, name="atelier")
@click.version_option(
    __version__, "--version", help="Afficher la version et quitter.", message="Atelier IA %(version)s"
)
def cli() -> None:
    """Atelier IA : former votre collectivité à l'IA générative, de l'état des lieux à la mesure des résultats."""


def run(arguments: list[str] | None) -> None:
    """Run one command line; exits with 0, 1 (problem explained) or 2 (wrong command line)."""
    try:
        code = cli.main(args=arguments, prog_name="atelier", standalone_mode=False)
    except click.UsageError as error:
        _stop(usage_sentence(error), 2)
    except click.exceptions.Exit as request:
        sys.exit(request.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _stop("Interrompu.", 130)
    except click.ClickException as error:
        _stop(error.format_message(), 1)
    except AtelierError as error:
        _stop(str(error), 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        _stop(f"Le système a refusé une opération{place} : {_refusal(error)}.", 1)
    except Exception as error:  # the last net: no traceback ever reaches a user
        if os.environ.get("ATELIER_DEBOGAGE"):
            raise
        _stop(
            f"Une erreur inattendue est survenue ({type(error).__name__}) ; "
            "relancez avec ATELIER_DEBOGAGE=1 et transmettez le détail à la personne qui maintient l'outil.",
            1,
        )
    sys.exit(code if isinstance(code, int) else 0)


def _stop(sentence: str, code: int) -> None:
    print(sentence, file=sys.stderr)
    sys.exit(code)


_REFUSALS = {
    errno.ENOENT: "ce fichier ou ce dossier n'existe pas",
    errno.EEXIST: "ce fichier ou ce dossier existe déjà",
    errno.ENOTDIR: "ce n'est pas un dossier",
    errno.EISDIR: "c'est un dossier",
    errno.EACCES: "ce compte n'en a pas le droit",
    errno.EPERM: "ce compte n'en a pas le droit",
    errno.EROFS: "ce disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le quota de disque est atteint",
    errno.EMFILE: "trop de fichiers sont ouverts à la fois",
    errno.EADDRINUSE: "ce port est déjà pris",
}


def _refusal(error: OSError) -> str:
    """The reason in French; an unusual one keeps the system's own word for it."""
    return _REFUSALS.get(error.errno or 0) or error.strerror or type(error).__name__

"""Click speaks English; these few classes make its help and its errors French."""

from __future__ import annotations

import difflib
from typing import Any

import click


class FrenchCommand(click.Command):
    """A command whose help page is in French."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Usage : ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx)) is not None]
        if records:
            with formatter.section("Options "):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Afficher cette aide et quitter."
        return option


class FrenchGroup(FrenchCommand, click.Group):
    """A group of verbs whose help page is in French."""

    command_class = FrenchCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "VERBE [ARGUMENTS]…")
        super().__init__(*args, **kwargs)

    def short_helps(self) -> list[tuple[str, str]]:
        """Verbs and their one-line helps, in the order in which they are shown."""
        return [(name, command.get_short_help_str(limit=90)) for name, command in self.commands.items()]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = self.short_helps()
        if rows:
            with formatter.section("Verbes "):
                formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            known = [verb for verb, _ in self.short_helps()]
            close = difflib.get_close_matches(name, known, n=1)
            advice = f"vouliez-vous dire « {close[0]} » ?" if close else f"tapez « {ctx.command_path} --help »."
            raise click.UsageError(f"Le verbe « {name} » n'existe pas ; {advice}", ctx)
        return super().resolve_command(ctx, args)


def usage_sentence(error: click.UsageError) -> str:
    """One French sentence for a wrong command line."""
    where = f" (aide : {error.ctx.command_path} --help)" if error.ctx is not None else ""
    if isinstance(error, click.exceptions.NoSuchOption):
        close = difflib.get_close_matches(error.option_name, error.possibilities or [], n=1)
        advice = f" ; vouliez-vous dire « {close[0]} » ?" if close else "."
        return f"L'option « {error.option_name} » n'existe pas{advice}{where}"
    if isinstance(error, click.exceptions.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param is not None and error.ctx is not None else "?"
        if isinstance(error.param, click.Option):
            name = error.param.opts[0]
        return f"Il manque « {name} » à la commande.{where}"
    if isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param is not None else str(error.param_hint or "?")
        return f"La valeur donnée à « {name} » ne convient pas.{_choices(error)}{where}"
    if isinstance(error, click.exceptions.BadOptionUsage):
        return f"L'option « {error.option_name} » attend une valeur, ou n'en attend pas.{where}"
    if type(error) is click.UsageError and error.message.startswith("Got unexpected extra"):
        return f"La commande a reçu un argument de trop.{where}"
    return f"{error.format_message()}{where if not error.message.endswith('.') else ''}"


def _choices(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return f" Valeurs admises : {', '.join(str(choice) for choice in kind.choices)}."
    if isinstance(kind, click.Path):
        return " Vérifiez que ce fichier ou ce dossier existe et que vous pouvez le lire."
    if isinstance(kind, (click.IntRange, click.FloatRange)):
        whole = " entier" if isinstance(kind, click.IntRange) else ""
        low = f" d'au moins {kind.min}" if kind.min is not None else ""
        high = f"{' et' if low else ' de'} {kind.max} au plus" if kind.max is not None else ""
        return f" Donnez un nombre{whole}{low}{high}."
    if isinstance(kind, click.types.IntParamType):
        return " Donnez un nombre entier."
    return ""

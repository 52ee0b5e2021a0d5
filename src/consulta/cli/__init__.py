"""The command line. Each command is a thin module of its own, imported only when it is called."""

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

import click

#: Where each command lives: name -> "module:function".
COMMANDS: dict[str, str] = {
    "balance": "consulta.cli.balance:balance",
    "demo": "consulta.cli.demo:demo",
    "dkim": "consulta.cli.dkim:dkim",
    "doctor": "consulta.cli.doctor:doctor",
    "import": "consulta.cli.importing:import_table",
    "init": "consulta.cli.init:init",
    "mail": "consulta.cli.mail:mail",
    "migrate": "consulta.cli.migrate:migrate",
    "plan": "consulta.cli.plan:plan",
    "procedures": "consulta.cli.procedures:procedures",
    "report": "consulta.cli.report:report",
    "group-report": "consulta.cli.group_report:group_report",
    "serve": "consulta.cli.serve:serve",
    "settings": "consulta.cli.settings:settings",
    "timetable": "consulta.cli.timetable:timetable",
    "verify": "consulta.cli.verify:verify",
    "web": "consulta.cli.web:web",
    "worker": "consulta.cli.worker:worker",
}


class Slip(click.ClickException):
    """The command was mistyped: one sentence on standard error, exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence alone."""
        click.echo(self.message, file=file, err=True)


@contextmanager
def _in_one_sentence() -> Iterator[None]:
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "consulta"
        words = " ".join(error.format_message().split())  # choices come line by line
        raise Slip(f"{words} `{command} --help` shows what there is.") from error


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every command, in the order of the alphabet."""
        return sorted(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        """The command called *cmd_name*, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        return cast(click.Command, getattr(importlib.import_module(module), name))

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read what was typed before the command's name."""
        with _in_one_sentence():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was typed."""
        with _in_one_sentence():
            return super().invoke(ctx)


@click.group(cls=LazyGroup)
@click.version_option(package_name="consulta")
def main() -> None:
    """Consulta: open consultations by the rule."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "consulta.config.settings")

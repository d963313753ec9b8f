"""The command `recert`: one lazy group, so that `--help` and the quick commands import only what they need."""

import importlib
import io
import signal
import sys
from typing import NoReturn

import click

from pipeline.errors import ExitCode, RecertError

# name of the command -> where it lives. The order is the order of the help.
COMMANDS = {
    "init": "pipeline.commands.setup:init",
    "doctor": "pipeline.commands.setup:doctor",
    "ingest": "pipeline.commands.inbox:ingest",
    "watch": "pipeline.commands.inbox:watch",
    "status": "pipeline.commands.verdicts:status",
    "plan": "pipeline.commands.plan:plan",
    "submit": "pipeline.commands.portal:submit",
    "reconcile": "pipeline.commands.portal:reconcile",
    "reevaluate": "pipeline.commands.verdicts:reevaluate",
    "review": "pipeline.commands.review:review",
    "documents": "pipeline.commands.inbox:documents",
    "items": "pipeline.commands.people:items",
    "exams": "pipeline.commands.people:exams",
    "offers": "pipeline.commands.offers:offers",
    "roster": "pipeline.commands.people:roster",
    "forget": "pipeline.commands.privacy:forget",
    "ledger": "pipeline.commands.ledger:ledger",
    "extract": "pipeline.commands.reading:extract",
    "explain": "pipeline.commands.reading:explain_reading",
    "evaluate": "pipeline.commands.verdicts:evaluate",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


def _shown(text: str) -> str:
    """Words of an error, which may quote a document, without what could repaint the terminal."""
    from pipeline.showing import LONGEST_SENTENCE, visible

    return visible(text, LONGEST_SENTENCE)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="recert")
def recert() -> None:
    """Drop a completion certificate into a folder, and know what it renews, until when, and what is still missing."""


def main() -> NoReturn:
    """Run the command line. Errors that a person can act on are two lines and an exit code, never a traceback."""
    for number in (signal.SIGINT, signal.SIGTERM):
        # Also where a shell started us in the background with the interrupt ignored: being stopped is an orderly end.
        signal.signal(number, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # a closed terminal stops us too, but not under nohup
        signal.signal(signal.SIGHUP, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal of another encoding must not end us with a traceback
            stream.reconfigure(errors="backslashreplace")
    try:
        result = recert.main(standalone_mode=False)
        sys.exit(int(result) if isinstance(result, int) else ExitCode.DONE)
    except RecertError as error:
        click.echo(f"recert: {_shown(error.message)}\n        {_shown(error.action)}", err=True)
        sys.exit(error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(ExitCode.WRONG_USE)
    except click.ClickException as error:
        if isinstance(error, click.UsageError) and error.ctx is not None:
            click.echo(f"{error.ctx.get_usage()}\nTry '{error.ctx.command_path} --help' for help.\n", err=True)
        click.echo(f"Error: {_shown(error.format_message())}", err=True)
        sys.exit(ExitCode.WRONG_USE)
    except click.exceptions.Abort:
        click.echo("recert: stopped.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output went away; nothing is left to say
        sys.exit(ExitCode.DONE)


if __name__ == "__main__":
    main()

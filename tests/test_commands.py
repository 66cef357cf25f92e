"""The list of commands is quick, and says of each what the command itself says."""

import subprocess
import sys
from importlib import import_module

from typer.main import get_group

from bot.cli.commands import COMMANDS
from bot.wiring import HOME


def test_the_list_says_of_each_command_what_it_says_itself() -> None:
    listed = {(name, module): does for name, module, does in COMMANDS}
    whole = {
        (name, module): " ".join(str(command.help).split())
        for module in {module for _, module, _ in COMMANDS}
        for name, command in get_group(import_module(f"bot.cli.{module}").app).commands.items()
    }
    assert listed == whole


def test_the_list_is_made_without_the_product() -> None:
    code = "import sys, bot.__main__; assert not {'sqlalchemy', 'pydantic', 'numpy', 'bot.config'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=HOME, check=True, timeout=60)

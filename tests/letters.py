"""Every letter that a test sends is given what the gate says that it is given."""

from collections.abc import Mapping

from bot.authoring.slots import GIVEN_TO_LETTERS
from handoff.rendering import Templates


def hold_letters_against_the_gate() -> None:
    """From now on a letter whose values lack a slot of `GIVEN_TO_LETTERS` fails the test that sends it."""
    fills = Templates.filled

    def filled(self: Templates, name: str, values: Mapping[str, object]) -> tuple[str, str]:
        lacks = set(GIVEN_TO_LETTERS.get(name.removesuffix(".j2"), "").split()) - set(values) if values else set()
        assert not lacks, f"{name} is not given {sorted(lacks)}, though GIVEN_TO_LETTERS says so"
        return fills(self, name, values)

    Templates.filled = filled  # type: ignore[method-assign]

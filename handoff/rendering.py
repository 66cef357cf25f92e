"""The guide's templates in force: taken up as a whole, filled strictly."""

from collections.abc import Mapping
from gettext import NullTranslations
from hashlib import sha256
from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined

ENGLISH = NullTranslations()
"""Letters are written in English; a number with its noun stands in `{% pluralize %}`, as on the pages of the console."""
TEMPLATES = Path(__file__).parent / "templates"


class Templates:
    """The templates of one folder, as they were when they were taken up."""

    def __init__(self, folder: Path = TEMPLATES) -> None:
        self.take_up(folder)

    def take_up(self, folder: Path) -> None:
        """From now on these; whoever calls has asked the gate about them."""
        sources = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.j2"))}
        environment = Environment(
            loader=DictLoader(sources),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
            autoescape=False,  # noqa: S701 - letters in plain text; whoever shows one as HTML escapes it there
        )
        environment.globals.update(gettext=ENGLISH.gettext, ngettext=ENGLISH.ngettext)
        self._in_force = sources, environment

    def filled(self, name: str, values: Mapping[str, object]) -> tuple[str, str]:
        """The template with these values, and twelve characters that change with it; raises jinja2.UndefinedError when one is
        missing."""
        sources, environment = self._in_force
        return environment.get_template(name).render(values), sha256(sources[name].encode()).hexdigest()[:12]


IN_FORCE = Templates()
"""What this process fills and sends."""

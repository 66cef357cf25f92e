"""HTML pages from our own templates: everything escaped, nothing interpreted."""

from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    undefined=StrictUndefined,
    autoescape=select_autoescape(default=True, default_for_string=True),
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(request: Request, template: str, facts: dict[str, Any], status: int = 200) -> HTMLResponse:
    """A page of the console or the help center."""
    given = request.app.state.services
    whole = {"words": given.extra["console_words"], "path": request.url.path, "demo": given.settings.demo, **facts}
    return HTMLResponse(_environment.get_template(template).render(whole), status)

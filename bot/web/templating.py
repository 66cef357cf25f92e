"""HTML pages from our own templates: everything escaped, nothing interpreted."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.web.language import ENGLISH, Language, load_language
from bot.web.services import Services

CONSOLE = "/console"


@cache
def _environment(language: Language) -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    for name in ("gettext", "ngettext", "pgettext"):
        made.globals[name] = getattr(language.catalog, name)
    made.filters.update(said=language.said, each_said=language.each_said)
    return made


def _language(request: Request, given: Services) -> Language:
    """The console has the language of the setting; what users see beside the chat is English."""
    in_console = request.url.path.startswith(CONSOLE)
    return load_language(given.settings.console_language) if in_console else ENGLISH


def render(request: Request, template: str, facts: Mapping[str, object], status: int = 200) -> HTMLResponse:
    """A page of the console or the help center."""
    given: Services = request.app.state.services
    language = _language(request, given)
    here = {"path": request.url.path, "demo": given.settings.demo, "language": str(language.locale)}
    whole = {"words": given.console_words, **here, **facts}
    return HTMLResponse(_environment(language).get_template(template).render(whole), status)


def pagination(at: int, count: int, size: int) -> dict[str, int]:
    """Where page `at` lies in a list of so many: the first and last shown, and the pages before and after, 0 for none. Beyond
    the last page nothing is shown, and the last is the one before."""
    pages = -(-count // size)
    if at > max(1, pages):
        return {"first": 0, "last": 0, "count": count, "before": pages, "after": 0}
    last = min(at * size, count)
    return {
        "first": (at - 1) * size + 1,
        "last": last,
        "count": count,
        "before": at - 1,
        "after": at + 1 if at < pages else 0,
    }


def error_page(request: Request, status: int, text: str) -> HTMLResponse:
    """What a person sees who came to a place that is not there, or could not be served: why, and where to go on."""
    said = _language(request, request.app.state.services).said(text)
    return render(request, "error.html", {"text": said, "status": status, "staff": None}, status)

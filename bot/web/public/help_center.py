"""The help center: the articles that are within their review date, for everybody; those of clinics for whoever was given their
address, which holds a word of ours."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.web import reader_word
from bot.web.dependencies import Given
from bot.web.markdown import as_article
from bot.web.services import Services
from bot.web.templating import render

router = APIRouter(prefix="/help", include_in_schema=False)


@router.get("")
@router.get("/")
def contents(request: Request, given: Given) -> HTMLResponse:
    """The list of articles that this reader may read."""
    sections: dict[str, list[tuple[str, object]]] = {}
    for article in given.deps.assistant().library.served(given.now().date()):
        section = article.page.partition("/")[0]
        if _may_read(request, given, section):
            sections.setdefault(section, []).append((article.page, article.about))
    return render(request, "public/help.html", {"heading": "Help center", "article": None, "sections": sections})


@router.get("/{section}/{name}")
def article(
    request: Request,
    section: str,
    name: str,
    given: Given,
    word: Annotated[str, Query(alias=reader_word.NAME, max_length=64)] = "",
) -> Response:
    """One article; 404 when there is none, or when its review is overdue; 403 when it is for others."""
    found = given.deps.assistant().library.articles.get(f"{section}/{name}")
    if found is None or not found.served(given.now().date()):
        return _told(request, given.words["page_missing"], 404)
    if section in given.deps.policy.knowledge_base.only_for and reader_word.is_word(given.settings, section, word):
        return _let_in(given, section, name)
    if not _may_read(request, given, section):
        return _told(request, given.words["page_for_clinics"], 403)
    return render(
        request, "public/help.html", {"heading": found.about.title, "article": found, "html": as_article(found.body)}
    )


def _may_read(request: Request, given: Services, section: str) -> bool:
    """Pages that are for some alone: whoever came with their word, in this browser."""
    if section not in given.deps.policy.knowledge_base.only_for:
        return True
    return reader_word.is_word(given.settings, section, reader_word.kept(request, section))


def _let_in(given: Services, section: str, name: str) -> Response:
    """The page under its plain address, with the word kept in this browser for a working day."""
    answer = RedirectResponse(name, 303)
    reader_word.keep(answer, given.settings, section)
    return answer


def _told(request: Request, heading: str, status: int) -> HTMLResponse:
    return render(request, "public/help.html", {"heading": heading, "article": None, "sections": {}}, status=status)

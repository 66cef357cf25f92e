"""The help center: the articles that are within their review date, for everybody; pages for clinics are marked so."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from bot.web.dependencies import Given
from bot.web.markdown import as_article
from bot.web.templating import render

router = APIRouter(prefix="/help", include_in_schema=False)


@router.get("")
@router.get("/")
def contents(request: Request, given: Given) -> HTMLResponse:
    """The list of articles."""
    sections: dict[str, list[tuple[str, object]]] = {}
    for article in given.deps.assistant().library.served(given.now().date()):
        sections.setdefault(article.page.partition("/")[0], []).append((article.page, article.about))
    return render(request, "public/help.html", {"heading": "Help center", "article": None, "sections": sections})


@router.get("/{section}/{name}")
def article(request: Request, section: str, name: str, given: Given) -> HTMLResponse:
    """One article; 404 when there is none, or when its review is overdue."""
    found = given.deps.assistant().library.articles.get(f"{section}/{name}")
    if found is None or not found.served(given.now().date()):
        return render(
            request,
            "public/help.html",
            {"heading": given.words["page_missing"], "article": None, "sections": {}},
            status=404,
        )
    return render(
        request, "public/help.html", {"heading": found.about.title, "article": found, "html": as_article(found.body)}
    )

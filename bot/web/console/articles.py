"""The articles in the console: how each stands, which conversations need it, its sign-off, and what a release touches."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.actions import articles as article_actions
from bot.actions.answer_reviews import ToRead, to_read
from bot.web import reader_word
from bot.web.console.access import Text, Visit, Visiting, hidden
from bot.web.console.reports import LEADS

router = APIRouter(prefix="/console/articles", include_in_schema=False)
SHOWN_TALKS = 10


@router.get("")
def articles_page(visit: Visiting, problem: str = "", tasks: int = 0) -> HTMLResponse:
    """Every article; those that want a review first."""
    return _page(visit, {"problem": visit.given.console_words["problems"].get(problem, ""), "tasks": tasks})


def _page(visit: Visit, told: Mapping[str, object], status: int = 200) -> HTMLResponse:
    statuses = article_actions.article_statuses(visit.given.deps, visit.given.now())
    order = {"overdue": 0, "due": 1, "fine": 2}
    facts = {
        "rows": [_shown(visit, one) for one in sorted(statuses, key=lambda one: order[one.state])],
        "wanting": sum(one.wants_review for one in statuses),
        "answers": [_answer(visit, one) for one in to_read(visit.given.deps, visit.given.now())],
        "may_settle": visit.staff.role in LEADS,
        "problem": "",
        "tasks": 0,
        "release": None,
    }
    return visit.render("console/articles.html", {**facts, **told}, status)


def _shown(visit: Visit, status: article_actions.ArticleStatus) -> dict[str, object]:
    given, about = visit.given, status.article.about
    zone, language = given.deps.policy.hours.zone, given.language
    with given.deps.reading.begin() as db:
        talks = [
            (talk.ticket, hidden(db, visit.staff, talk.ticket), language.moment(talk.at, zone))
            for talk in status.needed[:SHOWN_TALKS]
        ]
    return {
        "page": status.article.page,
        "link": f"/help/{status.article.page}{reader_word.ending(given.settings, given.deps.policy)(status.article.page)}",
        "about": about,
        "state": status.state,
        "reviewed": language.day(about.reviewed),
        "until": language.day(about.review_due),
        "by": status.signed.by if status.signed and status.signed.day == about.reviewed else "",
        "needed": len(status.needed),
        "talks": talks,
    }


def _answer(visit: Visit, aged: ToRead) -> dict[str, str]:
    return {"title": aged.title, "owner": aged.owner, "read": visit.given.language.day(aged.read), "issue": aged.issue}


@router.post("/sign-off")
def sign_off(visit: Visiting, name: Text = "", form: Text = "") -> Response:
    """Say that an article was read and is right."""
    visit.must_be_own_form(form)
    if visit.staff.role not in LEADS:
        return RedirectResponse("/console/articles?problem=for_leads", 303)
    try:
        done = article_actions.sign_off(visit.caller, name)
    except article_actions.NoSuchArticle:
        return visit.missing()
    return RedirectResponse("/console/articles" if done else "/console/articles?problem=signed_off", 303)


@router.post("/release")
def release(
    visit: Visiting,
    name: Text = "",
    changes: Annotated[str, Form(max_length=20_000)] = "",
    form: Text = "",
) -> Response:
    """What a release changes, a line each: tasks for the articles that it touches."""
    visit.must_be_own_form(form)
    if visit.staff.role not in LEADS:
        return RedirectResponse("/console/articles?problem=for_leads", 303)
    try:
        made = article_actions.release(visit.given.deps, name, changes.splitlines(), visit.given.now())
    except article_actions.NotARelease:
        why = visit.given.console_words["problems"]["release_empty"]
        return _page(visit, {"release": {"name": name, "changes": changes, "why": why}}, 409)
    return RedirectResponse(f"/console/articles?tasks={len(made)}", 303)

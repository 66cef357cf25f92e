"""The help center's articles: whole, dated, found by section, and not shown past their review date."""

import os
import re
from dataclasses import replace
from datetime import date

import pytest

from bot.understanding.articles import FEWEST_WORDS, LAST_SECTION, MOST_WORDS, Library, load_library
from bot.understanding.intents.catalog import load_catalog
from handoff.data_files import cache_folder
from handoff.policy.loading import load_policy
from handoff.policy.model import Policy

TODAY = date(2026, 11, 23)
PAGES = sorted(load_policy().knowledge_base.pages())
CATALOG = load_catalog(cache=cache_folder(os.environ))


@pytest.fixture(scope="module")
def library(policy: Policy) -> Library:
    """The articles as the product loads them."""
    return load_library(policy.knowledge_base)


@pytest.mark.parametrize("page", PAGES)
def test_an_article_is_long_enough_to_help_and_short_enough_to_read(library: Library, page: str) -> None:
    assert FEWEST_WORDS <= len(library.articles[page].body.split()) <= MOST_WORDS


@pytest.mark.parametrize("page", PAGES)
def test_an_article_ends_with_what_to_do_when_still_stuck(library: Library, page: str) -> None:
    assert library.articles[page].sections[-1].heading == LAST_SECTION


@pytest.mark.guide("CH2")
def test_every_page_an_issue_links_to_exists_with_its_section(library: Library, policy: Policy) -> None:
    for intent in CATALOG.intents.values():
        for link in intent.kb:
            page, _, anchor = link.partition("#")
            assert page in policy.knowledge_base.pages(), f"{intent.id}: {link}"
            assert not anchor or anchor in {s.anchor for s in library.articles[page].sections}, f"{intent.id}: {link}"


@pytest.mark.guide("O8", "T1.9")
def test_finding_your_way_around_is_a_section_of_the_first_sign_in(library: Library) -> None:
    anchors = {section.anchor for section in library.articles["getting-started/first-login"].sections}

    assert "finding-your-way-around" in anchors


def test_every_issue_an_article_names_is_in_the_catalogue(library: Library) -> None:
    named = {issue for article in library.articles.values() for issue in article.about.issues}

    assert named <= set(CATALOG.intents)


def test_no_name_of_a_screen_is_left_open_in_an_article(library: Library) -> None:
    for article in library.articles.values():
        assert not re.search(r"[{}]", article.body), article.file


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("how do I keep backup codes safe", "security/mfa-setup"),
        ("clear the browser's cache", "troubleshooting/browser-issues"),
        ("put the patient at the front of the queue", "doctors/queue-management"),
    ],
)
def test_a_question_finds_the_section_that_may_help(library: Library, question: str, page: str) -> None:
    role = "doctor" if page.startswith("doctors/") else "patient"

    assert page in [found.section.page for found in library.search(question, TODAY, role)]


@pytest.mark.guide("KS7", "KS8", "KS9")
def test_articles_for_the_clinic_are_not_offered_to_patients(library: Library) -> None:
    found = library.search("working hours in the schedule of the doctor", TODAY, "patient", most=10)

    assert not [one for one in found if one.section.page.startswith("doctors/")]
    clinics = {page for page, article in library.articles.items() if "patient" not in article.about.audience}
    assert clinics == {page for page in library.articles if page.startswith("doctors/")} and len(clinics) == 3


def test_an_article_past_its_review_date_is_not_offered(library: Library) -> None:
    page = "security/mfa-setup"
    old = library.articles[page]
    overdue = replace(old, about=old.about.model_copy(update={"review_due": date(2026, 11, 22)}))
    stale = Library({**library.articles, page: overdue})

    assert page not in [one.section.page for one in stale.search("backup codes for two-step sign-in", TODAY, most=10)]

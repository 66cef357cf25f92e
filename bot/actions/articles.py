"""Upkeep of the articles: read again every month and signed off, overdue ones told to the lead, a release as tasks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.actions.deps import Caller, Deps
from bot.actions.staff_mail import tell_lead
from bot.actions.tasks import add_task
from bot.actions.transaction import Transaction, reading, transaction
from bot.dialogue.lines import fingerprint
from bot.storage import action_items, conversations, idempotency, incidents, reviews
from bot.storage.reviews import SignOff
from bot.understanding.articles import Article
from handoff import notices, safe, upkeep
from handoff.findings import Finding
from handoff.safe import Value

ASKED, RELEASE = "article_asked", "release"
LATELY = timedelta(days=30)
MOST_NAMED = 10
LONGEST_NAME, LONGEST_CHANGE, MOST_CHANGES = 40, 300, 50


class NoSuchArticle(LookupError):
    """There is no article of this name."""


class NotARelease(ValueError):
    """A release without a name or without changes, or with too many words."""


@dataclass(frozen=True)
class Talk:
    """A conversation that an article was needed in."""

    id: int
    ticket: int | None
    at: datetime


@dataclass(frozen=True)
class ArticleStatus:
    """An article as it stands: its state today, who signed it off last, and the conversations of 30 days that need it."""

    article: Article
    state: upkeep.State
    signed: SignOff | None
    needed: tuple[Talk, ...]

    @property
    def wants_review(self) -> bool:
        """True from a while before its review date on."""
        return self.state != "fine"


def article_statuses(deps: Deps, now: datetime) -> list[ArticleStatus]:
    """Every article, in the guide's order."""
    with reading(deps, now) as tx:
        return _statuses(tx)


def _statuses(tx: Transaction) -> list[ArticleStatus]:
    signed = reviews.newest(tx.db)
    library = tx.deps.assistant().library.as_reviewed({page: one.day for page, one in signed.items()})
    raised = incidents.raised(tx.db, tx.now - LATELY, tx.now)
    found = []
    for page, article in library.articles.items():
        about = article.about
        state = upkeep.state_of(tx.policy, about.reviewed, about.review_due, tx.now.date())
        ids = {
            talk for issue in _issues_of(tx.deps, page) for talks in raised.get(issue, {}).values() for talk in talks
        }
        needed = tuple(Talk(row.id, row.ticket_number, row.opened_at) for row in conversations.with_ids(tx.db, ids))
        found.append(ArticleStatus(article, state, signed.get(page), needed))
    return found


def _issues_of(deps: Deps, page: str) -> list[str]:
    """The known issues whose users are sent to this page."""
    intents = deps.assistant().script.catalog.intents.items()
    return [issue for issue, intent in intents if page in (one.partition("#")[0] for one in intent.kb)]


def sign_off(caller: Caller, page: str) -> bool:
    """Somebody has read the article and says that it is right: it is shown again as long as its file gives it, and its tasks
    are done. False when it was signed off today already; raises NoSuchArticle."""
    article = caller.deps.assistant().library.articles.get(page)
    if article is None:
        raise NoSuchArticle(page)
    with transaction(caller.deps, caller.now) as tx:
        if not reviews.sign_off(tx, SignOff(page, caller.now.date(), caller.by.name, article.hash)):
            return False
        for task in ("review", "stale"):
            action_items.finish(tx, f"{task}:{page}", caller.by)
        return True


def ask_for_reviews(deps: Deps, now: datetime) -> int:
    """Make a task of each article that is to be read again, and tell the lead of each that is no longer shown; each once.
    Returns how many."""
    with reading(deps, now) as tx:
        wanting = [status for status in _statuses(tx) if status.wants_review]
    return sum(_ask(deps, status, now) for status in wanting)


def _ask(deps: Deps, status: ArticleStatus, now: datetime) -> bool:
    page, about = status.article.page, status.article.about
    with transaction(deps, now) as tx:
        if not idempotency.claim_once(tx, ASKED, f"{page}@{status.state}@{about.review_due}"):
            return False
        facts = {"page": page, "title": about.title, "owner": about.owner, "due": notices.day(about.review_due)}
        if status.state == "due":
            add_task(tx, Finding(f"review:{page}", "review", facts))
        else:
            add_task(tx, Finding(f"stale:{page}", "stale", {"page": page, "cost": len(status.needed)}))
            _tell_lead(tx, status, facts)
        return True


def _tell_lead(tx: Transaction, status: ArticleStatus, facts: dict[str, str]) -> None:
    """That an article is no longer shown, and which conversations needed it: by mail, and in the support team's channel."""
    tickets = [safe.number(talk.ticket) for talk in status.needed if talk.ticket]
    values: dict[str, Value] = {
        "title": safe.of_page(facts["title"]),
        "page": safe.of_page(facts["page"]),
        "due": safe.of_page(facts["due"]),
        "needed": len(status.needed),
        "tickets": safe.joined(tickets[:MOST_NAMED], ", #"),
        "address": safe.address(tx.deps.base_url, "console", "articles"),
    }
    text = notices.fill_for_staff("article_overdue", values)
    tell_lead(tx, text)


def release(deps: Deps, name: str, changes: list[str], now: datetime) -> list[str]:
    """A task for every article that says something about a change of this release, and for every change that none covers
    (row KM3); the texts of the tasks. The same release again adds only what is new. Raises NotARelease."""
    name, changes = " ".join(name.split()), [" ".join(change.split()) for change in changes if change.strip()]
    long = any(len(change) > LONGEST_CHANGE for change in changes)
    if not name or len(name) > LONGEST_NAME or not 0 < len(changes) <= MOST_CHANGES or long:
        raise NotARelease(name)
    library = deps.assistant().library
    touched: dict[str, list[str]] = {}
    uncovered = []
    for change in changes:
        pages = library.about(change)
        for page in pages:
            touched.setdefault(page, []).append(change)
        if not pages:
            uncovered.append(change)
    titles = {page: library.articles[page].about.title for page in touched}
    found = [
        Finding(
            f"release:{name}:{page}", "release", {"name": name, "page": page, "title": titles[page], "changes": told}
        )
        for page, told in touched.items()
    ]
    found += [
        Finding(f"release:{name}:{fingerprint(change)}", "release_gap", {"name": name, "change": change})
        for change in uncovered
    ]
    with transaction(deps, now) as tx:
        idempotency.claim_once(tx, RELEASE, name)
        return [add_task(tx, finding) for finding in found]

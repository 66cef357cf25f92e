"""The console in another language: nothing is left out, what is filled in stays, and users go on reading English."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache

import httpx2
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.config.loading import LANGUAGES
from bot.web.language import ENGLISH, LOCALE, SOURCE, load_language, read_catalog
from bot.web.words import load_console_words
from handoff import notices
from handoff.report.text import day_name
from tests.makers import NINE
from tests.web.conftest import Server
from tests.web.test_queue import tickets_of
from tools.console_messages import messages

TRANSLATED = [code for code in LANGUAGES if code != SOURCE]
FILLED = re.compile(r"%\(\w+\)s|\{\w*\}|<[^>]*>|\"")
"""What is filled in, marks up, or could end an attribute: the same in every language."""
ZONES = ("America/New_York", "Europe/Berlin", "UTC")


@cache
def catalog(code: str) -> Catalog:
    """The catalog of a language."""
    return read_catalog(code)


def both(code: str) -> Iterator[tuple[str, str]]:
    """Each English text with each of its translations; a plural with that of the plural."""
    for message in catalog(code):
        english = message.id if isinstance(message.id, str) else message.id[1]
        texts = (message.string,) if isinstance(message.string, str) else message.string
        yield from ((english, text) for text in texts if english)


@pytest.fixture
def consola(spanish_server: Server) -> Iterator[httpx2.Client]:
    """Alex's browser, in Spanish."""
    with httpx2.Client(base_url=spanish_server.base, timeout=30, headers={"Accept": "text/html"}) as client:
        spanish_server.sign_in(client, "Alex Morgan", "admin")
        yield client


def test_every_language_of_the_setting_has_a_catalog_and_none_lies_unused() -> None:
    assert {path.parts[-3] for path in LOCALE.glob("*/LC_MESSAGES/console.po")} == set(TRANSLATED)


@pytest.mark.parametrize("code", TRANSLATED)
def test_our_own_catalog_says_of_each_message_where_it_stands(code: str) -> None:
    where = {(one.context, one.id): {file for file, _ in one.locations} for one in messages() if one.id}
    with (LOCALE / code / "LC_MESSAGES" / "console.po").open("rb") as written:
        kept = [one for one in read_po(written, locale=code) if one.id]

    assert [one.id for one in kept if {file for file, _ in one.locations} != where[one.context, one.id]] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalog_misses_no_message_of_the_console_and_holds_none_that_is_said_no_more(code: str) -> None:
    said = {(message.context, message.id) for message in messages() if message.id}
    kept = [message for message in catalog(code) if message.id and message.string and not message.fuzzy]
    known = {(message.context, message.id) for message in kept}

    assert len(said) > 400
    assert said - known == set() and known - said == set()
    assert all(text for _, text in both(code))


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_fills_in_and_marks_up_what_the_english_text_does(code: str) -> None:
    wrong = [(one, other) for one, other in both(code) if sorted(FILLED.findall(one)) != sorted(FILLED.findall(other))]

    assert wrong == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_words_of_the_console_are_the_same_tables_in_another_language(code: str) -> None:
    english, other = load_console_words(), load_console_words(load_language(code))

    assert {part: set(table) for part, table in english.items()} == {part: set(table) for part, table in other.items()}
    assert other["problems"] != english["problems"]


def test_moments_and_days_in_english_are_written_as_in_letters() -> None:
    moments = [datetime(2026, 1, 1, tzinfo=UTC) + n * timedelta(hours=7, minutes=11) for n in range(1300)]

    for at in moments:
        assert all(ENGLISH.moment(at, zone) == notices.clock_time(at, "", zone) for zone in ZONES)
        assert ENGLISH.day(at.date()) == notices.day(at.date()) and ENGLISH.weekday(at.date()) == day_name(at.date())
    assert ENGLISH.figure("12.5 %") == "12.5 %"


def test_moments_lengths_and_figures_in_spanish_are_written_as_there() -> None:
    spanish, at = load_language("es"), datetime(2026, 11, 24, 20, 40, tzinfo=UTC)

    assert spanish.moment(at, "America/New_York") == "mar, 24 nov, 15:40 EST"
    assert spanish.day(at.date()) == "24 nov 2026" and spanish.short_weekday(at.date()) == "mar 24"
    assert spanish.length(timedelta(hours=5)) == "5 horas"
    assert spanish.figure("4.20") == "4,20" and spanish.figure("12.5 %") == "12,5 %" and spanish.figure("") == ""


def test_the_queue_a_ticket_and_a_report_come_in_spanish(spanish_server: Server, consola: httpx2.Client) -> None:
    tickets_of(spanish_server, 2)
    queue, ticket = consola.get("/console").text, consola.get("/console/tickets/5001").text
    report = consola.get(f"/console/reports?week={NINE:%G-W%V}").text

    assert '<html lang="es">' in queue and "Tickets abiertos" in queue and "Nadie todavía" in queue
    assert (
        "Responder al usuario" in ticket
        and "Equipo de Soporte, nivel 2" in ticket
        and "de inicio: Media" in ticket
        and "Historial" in ticket
    )
    assert "Informe de soporte" in report and "Primera respuesta de una persona, Crítica" in report
    for page in (queue, ticket, report):
        assert not re.search(
            r">\s*(Owner|Priority|Queue|Reports|Open tickets|Resolve|Week|Critical|Support Team)\s*<", page
        )


def test_signing_in_and_what_is_not_there_are_told_in_spanish(spanish_server: Server, consola: httpx2.Client) -> None:
    signed_out = httpx2.get(f"{spanish_server.base}/console/sign-in", headers={"Accept": "text/html"})
    offered = httpx2.get(spanish_server.staff_link("Sam Lee"), headers={"Accept": "text/html"})

    assert signed_out.status_code == 401 and "Pida un nuevo enlace de acceso" in signed_out.text
    assert "Este enlace funciona una sola vez." in offered.text
    assert "Este ticket no está aquí" in consola.get("/console/tickets/999").text
    assert "Esta página no está aquí." in consola.get("/console/nowhere").text


def test_what_is_refused_is_told_in_spanish_and_kept_as_it_was_typed(
    spanish_server: Server, consola: httpx2.Client
) -> None:
    tickets_of(spanish_server, 1)
    word = re.findall(r'name="form" value="([^"]+)"', consola.get("/console").text)[0]
    answer = consola.post(
        "/console/tickets/5001/priority", data={"form": word, "to": "high", "why": "<b>Open</b> 50 %"}
    )
    again = consola.post("/console/tickets/5001/priority", data={"form": word, "to": "high", "why": "<b>Open</b> 50 %"})

    assert answer.status_code == 303 and again.status_code == 409
    assert "La prioridad ya es Alta." in again.text and 'value="&lt;b&gt;Open&lt;/b&gt; 50 %"' in again.text
    assert "prioridad cambiada de Media a Alta: &lt;b&gt;Open&lt;/b&gt; 50 %" in again.text


def test_the_help_center_stays_english_beside_a_spanish_console(consola: httpx2.Client) -> None:
    page = consola.get("/help").text

    assert '<html lang="en">' in page and "Skip to the content" in page

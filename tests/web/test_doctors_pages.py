"""Pages for doctors and clinic staff: who is given their address opens them, and nobody else."""

import re
from dataclasses import replace

import httpx2
import pytest

from bot.mind import HELP
from bot.web.reader_word import word_of
from handoff.ticket import User
from tests.makers import MARIA
from tests.web.conftest import Server

PAGES = ("managing-schedule", "queue-management", "creating-prescriptions")
DOCTOR = User("u-chen", "Dr. Alan Chen", "chen@example.com", "doctor", verified=True)
CLINIC = replace(DOCTOR, id="u-rivera", name="Sam Rivera", role="staff")
SCHEDULE = "how do I block time off in my schedule"


def links(server: Server, user: User, words: str) -> list[str]:
    """The pages that this user's chat links below an answer, each as it is called in the help center's own place."""
    with server.client(user) as chat:
        place = f"/api/v1/conversations/{chat.post('/api/v1/conversations').json()['id']}/messages"
        chat.post(place, json={"client_id": str(hash(words)), "text": words})
        told = [line["source"]["url"] for line in chat.get(place).json() if line["source"]]
    return [address.replace(HELP, "/help") for address in told]


def status(client: httpx2.Client, address: str) -> int:
    """What comes of opening an address, where that leads in the end."""
    return client.get(address, follow_redirects=True).status_code


@pytest.mark.guide("KS7", "KS8", "KS9")
@pytest.mark.parametrize("user", [None, MARIA], ids=["anybody", "a patient"])
def test_neither_anybody_nor_a_patient_reads_a_page_for_doctors(sqlite_server: Server, user: User | None) -> None:
    with httpx2.Client(base_url=sqlite_server.base) if user is None else sqlite_server.client(user) as browser:
        listed = browser.get("/help").text
        for page in PAGES:
            got = browser.get(f"/help/doctors/{page}")
            assert got.status_code == 403 and "for doctors and clinic staff" in got.text
            assert f"doctors/{page}" not in listed
            assert browser.get(f"/help/doctors/{page}?for=AAAAAAAAAAAAAAAAAAAAAA").status_code == 403
        assert "patients/booking-appointments" in listed and browser.get("/help/doctors/nothing").status_code == 404


@pytest.mark.parametrize("user", [DOCTOR, CLINIC], ids=["a doctor", "clinic staff"])
def test_who_is_given_the_address_in_the_chat_reads_these_pages_in_that_browser(
    sqlite_server: Server, user: User
) -> None:
    (address,) = links(sqlite_server, user, SCHEDULE)
    with httpx2.Client(base_url=sqlite_server.base) as browser:
        opened = browser.get(address, follow_redirects=True)

        assert opened.status_code == 200 and "for=" not in str(opened.url)
        assert [status(browser, f"/help/doctors/{page}") for page in PAGES] == [200, 200, 200]
        assert all(f"doctors/{page}" in browser.get("/help").text for page in PAGES)
    with httpx2.Client(base_url=sqlite_server.base) as another:
        assert status(another, "/help/doctors/managing-schedule") == 403


def test_a_patient_is_given_no_such_address(sqlite_server: Server) -> None:
    assert not [one for one in links(sqlite_server, MARIA, SCHEDULE) if "for=" in one or "/doctors/" in one]
    assert links(sqlite_server, MARIA, "I forgot my password") == ["/help/security/password-management"]


def test_our_own_people_open_them_from_the_console(sqlite_server: Server) -> None:
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as alex:
        sqlite_server.sign_in(alex, "Alex Morgan", "agent")
        shelf = alex.get("/console/articles").text
        given = re.findall(r'href="(/help/doctors/[^"]+)"', shelf)

        assert len(given) == 3 and all(status(alex, address) == 200 for address in given)


def test_a_word_of_another_house_opens_nothing(sqlite_server: Server) -> None:
    other = replace(sqlite_server.runtime.settings, secret_key="another-secret-of-the-tests-of-forty-chars")
    with httpx2.Client(base_url=sqlite_server.base) as browser:
        word = word_of(other, "doctors")
        assert status(browser, f"/help/doctors/queue-management?for={word}") == 403
        browser.cookies.set("help-doctors", word)
        assert status(browser, "/help/doctors/queue-management") == 403


def test_the_demos_doctor_reads_what_its_page_links_and_its_patient_does_not(sqlite_server: Server) -> None:
    for who, wanted in (("doctor", 200), ("staff", 200), ("patient", 403)):
        with httpx2.Client(base_url=sqlite_server.base) as browser:
            browser.post("/demo/sign-in", json={"as": who}, headers={"Origin": sqlite_server.base})
            assert status(browser, "/help/doctors/managing-schedule") == wanted

"""A ticket is handed on with what was found, given back, let go and given to a colleague; who does it is told where they may look."""

import httpx2

from tests.web.conftest import Server
from tests.web.test_queue import form_of, tickets_of
from tests.web.test_ticket_page import PAGE, desk_, press

__all__ = ["desk_"]


def test_nothing_is_escalated_without_a_reason_and_none_is_chosen_before(desk_: httpx2.Client) -> None:
    reasons = desk_.get(PAGE).text.partition('id="reason"')[2].partition("</select>")[0]
    refused = press(desk_, "escalate", reason="", finding="A sign-in from abroad.")

    assert '<option value="">Choose a reason</option>' in reasons and " selected" not in reasons
    assert refused.status_code in (409, 422) and desk_.get(PAGE).status_code == 200


def test_what_is_urgent_is_handed_on_without_a_word(desk_: httpx2.Client) -> None:
    assert press(desk_, "escalate", reason="security").status_code == 303
    assert desk_.get(PAGE).status_code == 404


def test_who_hands_a_ticket_out_of_their_own_sight_is_told_on_a_page_that_they_see(desk_: httpx2.Client) -> None:
    handed = press(desk_, "escalate", reason="security", finding="A sign-in from abroad.")

    assert handed.status_code == 303
    assert "Done: #5001 is with the Security Team now." in desk_.get(handed.headers["location"]).text
    assert desk_.get(PAGE).status_code == 404


def test_who_hands_a_ticket_on_and_may_see_it_stays_with_it_and_the_finding_is_a_note(desk_: httpx2.Client) -> None:
    handed = press(desk_, "escalate", reason="bug_confirmed", finding="It fails for two clinics.")
    page = desk_.get(handed.headers["location"]).text

    assert "Done: #5001 is with the Development Team now." in page
    assert "It fails for two clinics." in page and "internal note" in page


def test_a_team_gives_a_ticket_back_with_what_it_found(sqlite_server: Server, desk_: httpx2.Client) -> None:
    press(desk_, "escalate", reason="security", finding="A sign-in from abroad.")
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as rosa:
        sqlite_server.sign_in(rosa, "Rosa Diaz", "security")
        press(rosa, "hand-back", back="It was her own holiday.")
    page = desk_.get(PAGE).text

    assert "given back by the Security Team to the Support Team" in page and "It was her own holiday." in page
    assert "Nobody yet" in page and 'action="/console/tickets/5001/hand-back"' not in page


def test_an_owner_puts_a_ticket_back_and_it_is_in_the_queue_again(desk_: httpx2.Client) -> None:
    press(desk_, "take")
    press(desk_, "let-go")
    page = desk_.get(PAGE).text

    assert "Nobody yet" in page and "Waiting for a person" in desk_.get("/console").text
    assert "back in the queue, for whoever takes it" in page.partition("<summary>History")[2]
    assert desk_.post(f"{PAGE}/let-go", data=form_of(page, "note")).status_code == 409


def test_a_ticket_is_given_to_a_colleague_who_may_see_it(sqlite_server: Server, desk_: httpx2.Client) -> None:
    for name, role in (("Ben Lind", "agent"), ("Rosa Diaz", "security")):
        sqlite_server.staff_link(name, role)
    tickets_of(sqlite_server, 1, "compliance", first=7001)
    names = desk_.get(PAGE).text.partition('id="colleague"')[2].partition("</select>")[0]

    given = press(desk_, "assign", colleague="ben")

    assert "Ben Lind" in names and "Rosa Diaz" in names and "Alex Morgan" not in names
    assert given.status_code == 303 and 'data-testid="owner">Ben Lind<' in desk_.get(PAGE).text
    assert press(desk_, "assign", colleague="nobody").status_code == 409
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as lead:
        sqlite_server.sign_in(lead, "Zoe Hart", "lead")
        shown = lead.get("/console/tickets/7001").text.partition('id="colleague"')[2].partition("</select>")[0]
    assert "Ben Lind" not in shown and "Rosa Diaz" not in shown

"""A grave matter that is taken back in another language: its request hears so, and what is meant has one of its own."""

from bot.actions.deps import Deps
from bot.storage import tickets
from tests.actions.talks import says


def test_both_requests_hear_of_the_correction(deps: Deps) -> None:
    says(deps, "alguien entró en mi cuenta")
    says(deps, "no, nadie entró, solo olvidé la contraseña")

    with deps.reading.begin() as db:
        first, second = (tickets.lock(db, number) for number in sorted(tickets.open_numbers(db)))
    assert first is not None and second is not None
    assert any(one.id == "not_so" for one in first.request.details)
    assert second.request.issue == "account.forgot_password" and second.request.previous == first.number

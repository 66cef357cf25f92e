"""Who asks how to reach us is told the guide's channels, with what each is for and how long it takes."""

import pytest

from bot.actions.deps import Deps
from bot.actions.receive import Incoming, receive
from tests.makers import MARIA, NINE


@pytest.mark.guide("CH1", "CH2", "CH3", "CH4", "CH5")
def test_who_asks_how_to_reach_us_is_told_every_channel_its_time_and_what_it_is_for(deps: Deps) -> None:
    told = receive(deps, Incoming(MARIA, "in_app_chat", "how can I contact you, is there a phone number?"), NINE)

    said = told.answers[-1].body
    for line in (
        "By phone, for anything urgent: 1-800-SMARTMED",
        "By e-mail: support@smartmed.com. Time to a first answer: 24h.",
        "Here in the chat. Time to a first answer by a person: 4h.",
        "Guides to read at any time: help.smartmed.com",
        "Monday to Friday 8:00 AM to 6:00 PM",
    ):
        assert line in said

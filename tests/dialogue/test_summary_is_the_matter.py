"""A request's one line is the matter as it was told first, and no word on what came of a step."""

import pytest

from tests.dialogue.chat import Chat


def summary(chat: Chat) -> str:
    """The line of the request, every question passed over."""
    for _ in range(6):
        if chat.last.request is not None:
            return chat.last.request.summary
        chat.presses("Skip")
    raise AssertionError("no request")


@pytest.mark.parametrize(
    "turns",
    [
        ("the link to confirm my email address never came", "checked junk too, nothing there", "still nothing at all"),
        ("i forgot my password and get no reset mail", "the spam folder is empty too", "no, still no mail from you"),
    ],
)
def test_what_came_of_a_step_is_no_summary(chat: Chat, turns: tuple[str, ...]) -> None:
    for words in turns:
        chat.says(words)
    assert summary(chat) == turns[0]


def test_the_first_words_stay_when_a_button_leads_to_another_issue(chat: Chat) -> None:
    chat.says("how do I create an account for the family practice portal")
    chat.presses("The confirmation didn't come")
    chat.says("checked junk too, nothing there")
    chat.says("still nothing. i used my work email")
    assert summary(chat) == "how do I create an account for the family practice portal"


@pytest.mark.parametrize(
    ("first", "issue"),
    [
        ("Hi team, kindly help me to prepone my appointment from 14th to 11th", "appointment.cant_reschedule"),
        ("cvs says they never got my rx from dr brown. 3 days now", "escalate.unknown_issue"),
    ],
)
def test_a_line_of_which_much_is_hidden_stands_behind_the_title(chat: Chat, first: str, issue: str) -> None:
    chat.goes_on(words=(first,), so_far=(first,))
    chat.is_asked(issue, "")
    chat.says("no more questions please")
    line = summary(chat)
    assert "[…]" in line and not line.startswith(("[…]", "Hi team")) and ": " in line


def test_of_lines_that_tell_as_much_the_one_with_less_hidden_is_taken(chat: Chat) -> None:
    told = (
        "Dr Quimbleworth Zarnow visit at 9 booking failed",
        "my booking of a visit with a new doctor stops after the payment page",
    )
    chat.goes_on(words=told, so_far=told)
    chat.is_asked("appointment.booking_failed", "")
    chat.says("no more questions please")
    assert "[…]" not in summary(chat)


@pytest.mark.parametrize(
    ("turns", "leads"),
    [
        (
            (
                "how do i send a script to a pharmacy from the visit screen? first week on here",
                "yes sent. oh crap i sent it to the wrong patient, Jim Doyle instead of James Doyle. how do i pull it back",
            ),
            "oh crap i sent it to the wrong patient",
        ),
        (
            (
                "is ur app hipaa compliant and do you sell my data to advertisers",
                "the selling",
                "skip. actually just delete all my data. everything. i want out",
            ),
            "actually just delete all my data",
        ),
    ],
)
def test_the_words_that_decided_the_issue_lead(chat: Chat, turns: tuple[str, ...], leads: str) -> None:
    for words in turns:
        chat.says(words)
    assert leads in summary(chat)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (
            "Guten Tag, ich komme nicht mehr in mein Konto. Da steht das Konto sei gesperrt, zu viele Versuche",
            "morgen um 9 uhr hab ich den Termin mit Dr. Weber und ich muss da rein",
        ),
        ("me cobraron dos veces la consulta del doctor Ramirez", "fue con mi tarjeta y lo necesito para la renta"),
    ],
)
def test_what_is_added_later_does_not_stand_for_the_matter(chat: Chat, first: str, then: str) -> None:
    chat.says(first)
    chat.opens()
    chat.says(then)
    told = chat.last.more.summary if chat.last.more is not None else ""
    assert then[:12] not in told


def test_a_request_that_named_nothing_is_told_by_the_words_that_named_it(chat: Chat) -> None:
    chat.says("quero falar com alguém da clínica")
    chat.opens()
    chat.says("não é isso, quero mudar meu plano de saúde no cadastro, agora é unimed")
    assert chat.last.more is not None and "quero falar" not in chat.last.more.summary


def test_which_of_the_offered_is_first_does_not_stand_for_the_matter(chat: Chat) -> None:
    chat.says("visit tmrw w dr Ohene is cancelled by her, do i get my copay back, and can i book another doc same day")
    chat.goes_on(state="choosing", choices=("billing.question", "appointment.cancel"))
    chat.says("the copay first. 35 dollars paid already. then the booking")
    assert not summary(chat).startswith("35 dollars")


def test_a_matter_that_is_taken_up_again_is_told_by_its_own_words(chat: Chat) -> None:
    chat.says("I need to block off Dec 24 to Jan 2 for vacation, how")
    chat.says("also the queue still lists a patient i finished on monday, cant get rid of him")
    assert chat.known.issue == "doctor.queue_management" and "doctor.manage_schedule" in chat.known.also
    chat.presses("Yes")
    assert chat.known.issue == "doctor.manage_schedule"
    chat.says("get me a person please")
    assert "queue" not in summary(chat)

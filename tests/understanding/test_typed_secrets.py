"""A password, a code, a card or social security number that somebody typed is hidden; what only speaks of one is not."""

import pytest

from bot.understanding.redaction.typed_secrets import without_secrets

TYPED = [
    ("my card number is 4111 1111 1111 1111", "4111"),
    ("4111111111111111", "4111"),
    ("the card is 5500-0000-0000-0004, why was it charged?", "5500"),
    ("it is 4111 1111 1111 1111 and password hunter2", "hunter2"),
    ("my password is Sommer2024! please help", "Sommer2024"),
    ("password: sunshine", "sunshine"),
    ("pw = tiger", "tiger"),
    ("my PIN is 4821", "4821"),
    ("pin 4821 is refused", "4821"),
    ("my social security number is 123-45-6789 if you need it", "6789"),
    ("SSN: 123 45 6789", "6789"),
    ("the code is 482913", "482913"),
    ("I got code 482 913 and it says invalid", "482 913"),
    ("OTP 998877", "998877"),
    ("Mein Passwort lautet Sommer2024!", "Sommer2024"),
    ("mi contraseña es Perro1234", "Perro1234"),
    ("mon mot de passe : soleil99", "soleil99"),
    ("der Code ist 123456", "123456"),
    ("código 123456", "123456"),
    ("пароль Qwerty12", "Qwerty12"),
    ("it does not take my password\nhunter2", "hunter2"),
]
SPOKEN_OF = [
    "I forgot my password 3 times since 2024",
    "the password is wrong",
    "my password is stupid and I want a new one",
    "password reset mails go to maria1@example.com",
    "password reset does not work, see https://example.com/a1b2",
    "it says error code 4021 when I type my password",
    "HTTP status code 503112",
    "Something went wrong, code 5012",
    "the code never comes, I waited 20 minutes",
    "my zip code is 100019",
    "please call me at 212-555-0187",
    "where do I enter my social security number",
    "order 4111 1111 1111 1112",
    "the password page on my iPhone12 with iOS 17.2",
    "my password does not work since version 2.7.1",
    "",
]


@pytest.mark.parametrize(("text", "secret"), TYPED)
def test_a_secret_that_was_typed_is_hidden_and_the_words_around_it_stay(text: str, secret: str) -> None:
    shown = without_secrets(text)

    assert secret not in shown and "[…]" in shown
    assert without_secrets(shown) == shown


@pytest.mark.parametrize("text", SPOKEN_OF)
def test_what_only_speaks_of_a_secret_stays_as_it_is(text: str) -> None:
    assert without_secrets(text) == text

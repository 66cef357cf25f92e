"""No text advises what is unsafe, writes out a number to call, blames for a doctor's mood, or advertises."""

import pytest

from bot.authoring.content_paths import ContentPaths
from bot.authoring.wording import wording_of
from handoff.policy.loading import load_policy

UNSAFE = [
    "Envoyez-nous les six chiffres.",
    "Les chiffres du SMS, s'il vous plaît.",
    "请告诉我们短信里的数字。",
    "请把数字发给我们。",
    "Wyślij nam kod.",
    "Bize kodu yazın.",
    "Bitte nennen Sie uns Ihre TAN.",
    "Die TAN-Nummer bitte.",
    "Clear the resolver first.",
    "Use the same password as for your e-mail.",
    "Use the same e-mail password as for your shop.",
    "Download the PDF from the first website that you find.",
    "Install it from the page of a friend's shop.",
    "We can look into your mailbox for you.",
    "Buy now: discounts for all.",
    "Use the one of your email, so that you need to keep only one.",
    "Choose the same password everywhere.",
    "Sign in with the account of a relative who can see it, and look there.",
    "It works as often as you like, and your family can use it too.",
    "If the shop does not have it, search the web for the SmartMed file and install that.",
    "Download it from another website.",
    "If a warning about an unsafe page comes, press on past it.",
    "Send the link to a friend who can open it for you.",
    "Yes, our team can read it for you in a pinch.",
    "Put it on a public page and send us the address.",
    "Insured by Acme Gold: ask them for a discount.",
    "Or ring one eight hundred, five five five, zero one four four.",
    "Dial one, nine hundred, five five five, oh one two two.",
    "Your doctor is angry with you for being late.",
    "Flush the resolver and let's try the next thing.",
]
SAFE = [
    "Use the same e-mail address as in your invitation.",
    "Choose the same language in the app as in your browser.",
    "Download the PDF from the prescription page.",
    "We can look into it for you.",
    "If a discount is missing on your bill, tell us which.",
    "Para resolver su problema, lo verá una persona.",
    "Vamos resolver o seu problema.",
    "tan pronto como pueda",
    "jaki kod błędu widzisz",
    "hata kodu nedir",
    "les chiffres de votre facture",
    "在数字旁边",
    "Never use the same password everywhere.",
    "Never sign in with the account of a relative.",
    "Use it nowhere else.",
    "Install the app only from these stores, never from a link in a message.",
    "Send the link only to people who should see it.",
    "A person on our team can look at it with you.",
    "Do not ignore a warning about an unsafe page.",
    "Choose two or three words, one after the other.",
    "I'm sorry that you are upset.",
    "Use the newest link, and close the others.",
    "Keep the page open, or use the same link once more.",
]


@pytest.mark.parametrize("text", UNSAFE)
def test_advice_that_harms_is_refused(text: str) -> None:
    assert list(wording_of(load_policy(), ContentPaths().articles).faults(text))


@pytest.mark.parametrize("text", SAFE)
def test_advice_that_keeps_safe_passes(text: str) -> None:
    assert list(wording_of(load_policy(), ContentPaths().articles).faults(text)) == []

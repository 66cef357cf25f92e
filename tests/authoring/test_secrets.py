"""Asking for a secret in many words is found; helping people with their own sign-in is not taken for it."""

import pytest

from bot.authoring.wording import Wording
from handoff.policy import load_policy

WORDING = Wording(load_policy())
ASKS = """\
Please send us your password so that we can download it for you.
Kindly share with our agent the 6-digit code from your authenticator.
Message me your PIN.
We'd like to have your credit card number to check the payment.
Simply reply with the code.
Reply to this message with your sign-in code.
What's the code on your phone?
Can you tell me the last four digits of your card?
For verification, provide your SSN.
To continue, enter your password in this chat.
Please write your card number below.
Could I get your passcode?
We require a copy of your passport.
Upload a picture of your insurance card here.
Just paste the code into your next message.
If you give us your password, we can sign in for you.
You can email your password to support@smartmed.com.
Type your full identity number in the chat.
Please quote your driver's license number when we call.
Our team will ask you for your password.
Tell our specialist your current password and the new one you want.
And the security code on the back of the card?
Your verification code?
I need the one-time code you have just received.
Include your social security number in your reply.
Leave your password with our team.
Read out the code to the person on the phone.
It would help if you sent us your password.
Sending us your password speeds things up.
Your PIN will do: put it in here.
A text message with a code is on its way. Please pass it on to us.
Look at the code. Then tell us what it says.
Share your screen and show us your password.
Once you have the code, send it to us.
Please confirm your password with us.
Let us have your password.
Do you remember your password? Tell us.
Which password do you use?
What password did you set?
We only need your password for a moment.
Would you mind telling us your password?
Forward us the text message with the code.
Forward the email with the code to us.
The agent needs your card number to refund you.
Please dictate the backup codes.
Take a photo of your ID and attach it.
Please send your p a s s w o r d
Send us your pass-word
Give your mother's maiden name to confirm your identity.
Tell us your date of birth and card number.
Send us your bank details.
We could sort this out faster with your password, so feel free to share it in the chat.
Would you send the code over?
Just drop your login code in this conversation.
Kindly furnish us with your passport number.
Our colleague will need the numbers from your ID.
So that we can be sure it's you, please type in the last four digits of your social security number.
Email us a picture of your driving licence.
When the code arrives, tell us.
Let me know the code when it comes.
Your bank card number helps us find the payment, please add it below.
What four-digit code did you choose?
Write your backup codes in your reply.
Text us the verification code.
Can we have the PIN for your account?
Simply answer with the password you normally use.
Please provide the CVV.
Hand your password over to the specialist.
Help us help you: send over your login details.
If you are locked out, give the person who calls you your password.
Your secret answer is needed before we go on.
Which six digits did the last text message bring?
What are the six digits that you see in the app?
Which number does your app show?
Paste the message with the numbers here.
Send us the link from the reset e-mail.
How do you spell your password?
What did you type as password?
Tell me what you type under your e-mail address when you sign in.
What was the name of your first pet?
What are the three digits on the back?
What is your mother's maiden name?
Which school did you go to first?
What was your first school?
In which city were you born?
What is your PIN?
Tell us your four-digit PIN.
What is the one-time code?
When does your card expire?
What is the expiry date of your card?
Until when is your card valid?
Write your backup codes here.
What is your recovery phrase?
Send us your recovery phrase.
Tell us the twelve words.
What is your social security number?
What is your social insurance number?
Give us your national insurance number.
Send a photo of your identity card.
Please attach a picture of your ID.
Take a selfie with your passport.
Hold your passport up to the camera.
Please scan your identity card.
What does the text message say?
Forward the text message to us.
Copy the text message into this chat.
Which numbers does the authenticator show?
Read us the numbers in the app.
What number do you see in your authenticator?
Tell me the digits from the text message.
Which digits are on the back of your card?
Copy the link from the reset mail into this chat.
Paste the reset link here.
Please share the sign-in link with us.
Which word do you type to sign in?
What do you enter in the second box?
How many letters does your password have?
What letter does your password start with?
How long is your password?
What was your first car?
What is your favourite colour?
Who was your favourite teacher?
What is your pet's name?
What is your dog's name?
Where did you grow up?
What street did you grow up on?
What is the number on the front of the card?
Which number is on your insurance card?
What is the long number on the front?
Tell us the last four digits.
What are the last four digits of your card?
Please write the six digits here.
Let us know what number the app shows now.
Tell us what the app shows when you open the authenticator.
What stands on the back of your card?
Write down the number from the text message in this chat.
What did the text message say?
Send us a screenshot of the text message.
Tell me your old password.
What password did you use before?
Give us your passport details.
Which number did we text you?
Which number did you get by text message?
What number did the text bring?
Type the numbers we sent to your phone here.
What are the digits we sent you?
What is the answer to your security question?
Tell us your bank card's number.
What is the code your bank sent?
What do you use to get into your account besides your e-mail address?
Tell us the word you sign in with.
Which secret word did you choose?
What is the CVC?
Send us both sides of your driver's licence.
Could you read out the digits that appear on your phone?
Please reply with the number in the SMS.
What code do you see in the authenticator app?
Type your PIN into this chat.
Let us have a look at your ID.
Show us your identity card.
Tell us where you were born.
What is the name of your first teacher?
What is the surname of your mother before she married?
What was your mother called before she married?
Name your first pet.
Enter the security code from your card here.
What is written on the back of the card?
Which month does your card run out?
What's the expiration date?
Tell us the CVV.
Which three digits are printed on the back?
Give us one of your backup codes.
List your recovery codes below.
Write down your recovery words for us.
Could you give us the last four of your social?
Send your health card number.
Please upload your driver's licence.
Attach your identity card.
Upload your passport.
What do you enter to unlock your phone?
What is your phone's unlock code?
What pattern do you draw to unlock the phone?
Which answer did you give to the security question?
What did you answer to the security question?
What is the link in the e-mail we sent?
Please forward the e-mail with the reset link.
Forward us the reset e-mail.
Copy the address of the page that the e-mail opens and paste it here.
We need the number that the app shows.
I need the six digits.
Now give me the digits, please.
The six digits, please.
And the PIN?
And what is the password?
Spell out your password letter by letter.
Tell us each letter of your password.
Write your password backwards here.
Tell us a hint for your password.
What does your password sound like?
Is your password your birthday?
Is your password 12345?
What is your usual password?
Which passwords have you tried?
Which passwords did you try?
Tell us which passwords you tried.
What is your user name and password?
Tell us your sign-in.
What are your login details?
What is your account number?
What is your bank account number?
What is your IBAN?
Tell us your date of birth and social security number.
What's your passport number?
What is your health insurance number?
Read the QR code to us.
Send a screenshot of the page with the code.
Please send a screenshot of the authenticator.
What is the secret key under the QR code?
Which digits did you receive?
Which number did you receive?
What number came by text message?
What came in the text message?
What does the SMS say?
What do you type in the password field?
"""
DOES_NOT = """\
Choose a new password, then sign in with it.
Never send your password by e-mail.
We never ask for your password.
The code comes by text message. Type it on the sign-in page.
Do you have your backup codes?
Could you sign in with the new password?
If the code is refused, tell us which message you see.
What happens when you type the code?
Does the page ask for a code?
Which page asks for the code?
Tell us what you see after you have entered the code on the sign-in page.
You do not need to tell us your password.
Nobody at SmartMed will ask for your code.
I'm sorry the code is not accepted. Let's try two things.
Your password is safe: nobody at SmartMed can see it.
We'll send a code to your phone.
We have sent you a new code.
Ask us if the code does not come.
A person on our team can reset your password.
Is your card shown on the payment page?
Please hide names and codes before you send us a picture.
If your account was locked after several tries with a wrong password, we can help.
Tell us the error code that you see.
Write to us if you have lost the phone that shows your codes.
Then let us know whether the code worked.
Sign in with your e-mail address and password.
Your password must have at least twelve characters.
Put the code into the box on the sign-in page and choose **Sign in**.
Ask the pharmacy which code they need to see on the prescription.
Could you tell me whether you still have the phone that shows the codes?
Your insurance card is shown under **Profile**.
Send the link to your pharmacy.
Nobody from SmartMed calls you for a code.
We do not need your card number.
Please tell us what you see when the page asks for a password.
If the code does not come, tell us.
"""


def asked(text: str) -> list[str]:
    """The faults that are about secrets."""
    return [fault for fault in WORDING.faults(text) if "asks for a secret" in fault]


@pytest.mark.guide("T1.3")
@pytest.mark.parametrize("text", ASKS.splitlines())
def test_a_text_that_asks_for_a_secret_is_found(text: str) -> None:
    assert asked(text)


@pytest.mark.parametrize("text", DOES_NOT.splitlines())
def test_a_text_that_helps_with_a_sign_in_passes(text: str) -> None:
    assert asked(text) == []

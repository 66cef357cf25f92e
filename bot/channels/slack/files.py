"""Files that users send in Slack: fetched from Slack alone, with our token shown to nobody else."""

from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from slack_sdk import WebClient

from bot.actions.attach import MOST_BYTES, FileRefused
from bot.channels.slack.client import SLACK_ERRORS, api_url, error_code, is_refusal
from bot.channels.slack.payloads import File, answer_of
from bot.config import Settings

MOST_MEGABYTES = MOST_BYTES // 2**20
SECONDS = 8
FILES_OF = {"slack.com": "files.slack.com"}


class _NoRedirect(HTTPRedirectHandler):
    """A redirect would carry the token to another host."""

    def redirect_request(self, *_redirect: object) -> None:
        return None


_opener = build_opener(_NoRedirect)


def fetch(settings: Settings, client: WebClient, file: File) -> bytes:
    """The file's content; raises FileRefused for what we do not take, OSError when Slack cannot be reached."""
    if file.get("file_access") == "check_file_info":
        file = _asked_for(client, str(file["id"]))
    if int(file.get("size") or 0) > MOST_BYTES:
        raise FileRefused("size")
    address = str(file.get("url_private_download") or file.get("url_private") or "")
    if not allowed(settings, address):
        raise FileRefused("host")
    request = Request(address, headers={"Authorization": f"Bearer {settings.slack_bot_token}"})  # noqa: S310 - `allowed`
    try:
        with _opener.open(request, timeout=SECONDS) as answer:
            if answer.headers.get_content_type() == "text/html":
                raise FileRefused("sign-in page")
            content: bytes = answer.read(MOST_BYTES + 1)
    except HTTPError as error:
        with error:
            if error.code >= 500 or error.code == 429:
                raise
            raise FileRefused(f"http_{error.code}") from error
    return content


def _asked_for(client: WebClient, file_id: str) -> File:
    """A file of a connected workspace, of which Slack tells only when asked."""
    try:
        return answer_of(client.files_info(file=file_id))["file"]
    except SLACK_ERRORS as error:
        if is_refusal(error):
            raise FileRefused(error_code(error)) from error
        raise


def allowed(settings: Settings, address: str) -> bool:
    """True for addresses on the host of the Web API, and on Slack's own host for files."""
    api, asked = urlsplit(api_url(settings)), urlsplit(address)
    hosts = {api.netloc, FILES_OF.get(api.netloc, api.netloc)}
    return asked.scheme == api.scheme and asked.netloc in hosts

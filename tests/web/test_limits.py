"""How much one person may send: over all processes, per user and per address; and what a file may be."""

from contextlib import ExitStack, nullcontext
from dataclasses import replace
from io import BytesIO

import httpx2
import pytest
from PIL import Image
from pillow_heif import from_pillow
from pydantic import ValidationError
from sqlalchemy import func, select

from bot.actions.attach import FileRefused, TooManyFiles, Upload, attach
from bot.actions.deps import Deps
from bot.actions.message_limits import Often, RateLimits, TooOften, load_limits, network_of
from bot.actions.pictures import PictureRefused, cleaned
from bot.actions.receive import open_conversation
from bot.storage import rate_limits
from bot.storage.database import sessions_of
from bot.storage.tables import AttachmentRow, RateLimitRow
from bot.storage.unit_of_work import UnitOfWork
from handoff.ticket import User
from tests.makers import MARIA, NINE, a_picture, hours, minutes
from tests.waiting import until
from tests.web.conftest import Server

SECRET = "hidden"


def taken(many: list[RateLimits], kind: str, address: str, times: int, user: str = "", at=NINE) -> int:
    """How many of so many tries, spread over processes, were allowed."""
    allowed = 0
    for n in range(times):
        try:
            many[n % len(many)].use(kind, address, at, user)
            allowed += 1
        except TooOften:
            continue
    return allowed


def test_twenty_messages_a_minute_over_two_processes_and_again_a_minute_later(engine) -> None:
    processes = [RateLimits(sessions_of(engine), SECRET) for _ in range(2)]

    assert taken(processes, "messages", "198.51.100.1", 50, "maria") == 20
    assert taken(processes, "messages", "198.51.100.1", 50, "maria", NINE + minutes(1)) == 20


def test_sixty_messages_a_minute_from_one_address_whoever_sends_them(engine) -> None:
    one = [RateLimits(sessions_of(engine), SECRET)]
    sent = [taken(one, "messages", "198.51.100.1", 15, f"user {n}") for n in range(6)]

    assert sum(sent) == 60 and taken(one, "messages", "198.51.100.2", 5, "user 0") == 5


def test_what_is_refused_counts_for_nobody(engine) -> None:
    one = RateLimits(sessions_of(engine), SECRET)
    for n in range(6):
        taken([one], "messages", "198.51.100.1", 10, f"user {n}")
    assert taken([one], "messages", "198.51.100.1", 5, "late") == 0
    assert taken([one], "messages", "198.51.100.2", 20, "late") == 20


def test_nobodys_name_or_address_lies_in_the_database_and_old_rows_go(engine) -> None:
    RateLimits(sessions_of(engine), SECRET).use("messages", "198.51.100.1", NINE, "maria")
    with sessions_of(engine).begin() as db:
        keys = list(db.scalars(select(RateLimitRow.key)))
        rate_limits.forget_whole(UnitOfWork(db, NINE + hours(1)))
        left = db.scalar(select(func.count()).select_from(RateLimitRow))

    assert len(keys) == 2 and left == 0
    assert not any("maria" in key or "198" in key for key in keys)


def test_an_ipv6_network_is_one_address() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:2") != network_of("2001:db8:0:1::1")
    assert network_of("testclient") == "testclient"


def test_a_clock_set_back_shuts_nobody_out(engine) -> None:
    one = [RateLimits(sessions_of(engine), SECRET)]
    taken(one, "messages", "a", 20, "maria", NINE + hours(1))

    assert taken(one, "messages", "a", 30, "maria", NINE) == 20


def test_the_api_says_how_long_to_wait_and_opens_few_anonymous_sessions(sqlite_server: Server) -> None:
    with sqlite_server.client() as client:
        sessions = [client.post("/api/v1/sessions").status_code for _ in range(7)]
        path = f"/api/v1/conversations/{client.post('/api/v1/conversations').json()['id']}/messages"
        answers = [client.post(path, json={"client_id": f"c{n}", "text": "hello"}) for n in range(24)]

    assert sessions == [201] * 5 + [429] * 2
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) >= 2 and all(int(answer.headers["retry-after"]) >= 1 for answer in refused)


def test_so_many_windows_of_one_visitor_and_one_more_when_one_is_closed(sqlite_server: Server) -> None:
    with sqlite_server.client() as client, sqlite_server.client(User("u-2", "Ann")) as other, ExitStack() as windows:
        stream = f"/api/v1/conversations/{client.post('/api/v1/conversations').json()['id']}/events"
        opened = [windows.enter_context(client.stream("GET", stream)) for _ in range(load_limits().streams.per_user)]
        refused = client.get(stream)
        beside = f"/api/v1/conversations/{other.post('/api/v1/conversations').json()['id']}/events"
        with other.stream("GET", beside) as answer:
            assert answer.status_code == 200
        opened[0].close()
        until(lambda: _opens(client, stream))

    assert {answer.status_code for answer in opened} == {200}
    assert refused.status_code == 429 and int(refused.headers["retry-after"]) >= 1
    assert "close some" in refused.json()["detail"]


def _opens(client: httpx2.Client, stream: str) -> bool:
    with client.stream("GET", stream) as answer:
        return answer.status_code == 200


def test_the_demos_own_sign_in_is_no_anonymous_session(sqlite_server: Server) -> None:
    ours = {"Origin": sqlite_server.base}
    with sqlite_server.client() as client:
        assert {client.post("/demo/sign-in", json={"as": "patient"}, headers=ours).status_code for _ in range(12)} == {
            200
        }


GPS = Image.Exif()
GPS[0x010F] = "PHONEMAKER"
GPS[0x0112] = 6
GPS.get_ifd(0x8825)[1] = "N"
GPS.get_ifd(0x8825)[29] = "2026:11:23"


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("image/jpeg", a_picture("JPEG", exif=GPS.tobytes(), comment=b"PHONEMAKER")),
        ("image/png", a_picture("PNG", exif=GPS.tobytes())),
        ("image/webp", a_picture("WEBP", exif=GPS.tobytes(), xmp=b"<x>PHONEMAKER</x>")),
        ("image/gif", a_picture("GIF", comment=b"PHONEMAKER") + b"<script>PHONEMAKER</script>"),
    ],
)
def test_a_picture_keeps_nothing_of_what_the_camera_wrote_and_stands_upright(kind: str, content: bytes) -> None:
    assert b"PHONEMAKER" in content
    clean, now = cleaned(content, kind)

    assert now == kind and b"PHONEMAKER" not in clean and b"Exif" not in clean and b"2026:11:23" not in clean
    assert Image.open(BytesIO(clean)).size == ((40, 30) if kind == "image/gif" else (30, 40))


def test_moving_pictures_go_on_moving_without_their_comments() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "green")]
    for kind, name in (("image/gif", "GIF"), ("image/webp", "WEBP"), ("image/png", "PNG")):
        written = BytesIO()
        more = {"comment": b"PHONEMAKER"} if name == "GIF" else {"exif": GPS.tobytes()}
        frames[0].save(written, name, save_all=True, append_images=frames[1:], duration=80, **more)
        assert b"PHONEMAKER" in written.getvalue()
        clean, _ = cleaned(written.getvalue(), kind)
        assert b"PHONEMAKER" not in clean and getattr(Image.open(BytesIO(clean)), "n_frames", 1) == 3


def a_heic() -> bytes:
    """A picture as an iPhone takes it."""
    written = BytesIO()
    from_pillow(Image.new("RGB", (64, 48), "teal")).save(written, exif=GPS.tobytes())
    return written.getvalue()


def test_an_iphones_picture_is_taken_and_becomes_a_jpeg(deps: Deps) -> None:
    row = open_conversation(deps, MARIA, "in_app_chat", NINE)
    attach(deps, Upload(row.public_id, MARIA, "IMG_1.HEIC", a_heic(), "a"), NINE)
    with deps.reading.begin() as db:
        file = db.scalars(select(AttachmentRow)).one()

    assert file.type == "image/jpeg" and file.content.startswith(b"\xff\xd8") and b"PHONEMAKER" not in file.content


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("image/png", a_picture("PNG", (8000, 7000), "1")),
        ("image/jpeg", a_picture("JPEG")[:200]),
        ("image/png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 300),
        ("image/gif", b"GIF89a" + b"<script>alert(1)</script>"),
    ],
)
def test_a_picture_with_too_many_points_or_that_is_none_is_refused(deps: Deps, kind: str, content: bytes) -> None:
    with pytest.raises(PictureRefused):
        cleaned(content, kind)
    row = open_conversation(deps, MARIA, "in_app_chat", NINE)
    with pytest.raises(FileRefused):
        attach(deps, Upload(row.public_id, MARIA, "x.png", content, None), NINE)


def test_a_conversation_takes_ten_files_and_so_many_bytes(deps: Deps) -> None:
    row = open_conversation(deps, MARIA, "in_app_chat", NINE)
    for n in range(10):
        attach(deps, Upload(row.public_id, MARIA, f"{n}.txt", b"some words", f"c{n}"), NINE)
    with pytest.raises(TooManyFiles):
        attach(deps, Upload(row.public_id, MARIA, "11.txt", b"some words", "c11"), NINE)
    assert attach(deps, Upload(row.public_id, MARIA, "3.txt", b"some words", "c3"), NINE).again

    other = open_conversation(deps, replace(MARIA, id="u-2"), "in_app_chat", NINE)
    for n in range(5):
        attach(deps, Upload(other.public_id, replace(MARIA, id="u-2"), "x.txt", b"x" * (10 * 2**20 - 1), f"c{n}"), NINE)
    with pytest.raises(TooManyFiles):
        attach(deps, Upload(other.public_id, replace(MARIA, id="u-2"), "y.txt", b"x" * 100, "c9"), NINE)


def test_a_files_name_shows_the_ending_that_it_has() -> None:
    written = ("invoice\u202egpj.exe", "\u2067photo\u2069.png", "\u200fרשימה.txt")

    assert [Upload("c", MARIA, name, b"x").shown for name in written] == ["invoicegpj.exe", "photo.png", "רשימה.txt"]


@pytest.mark.parametrize(("seconds", "right"), [(86_400, True), (86_401, False)])
def test_what_is_counted_is_counted_over_a_day_at_most(seconds: int, right: bool) -> None:
    with nullcontext() if right else pytest.raises(ValidationError):
        Often(per_address=10, seconds=seconds)

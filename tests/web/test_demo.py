"""The demo: its people are shared, so it lets nobody in from elsewhere."""

import httpx2
import pytest

from tests.web.conftest import Server


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "203.0.113.7"},
        {"Forwarded": "for=203.0.113.7"},
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-Server": "support"},
        {"CF-Connecting-IP": "203.0.113.7"},
        {"X-Real-IP": "203.0.113.7"},
        {"Via": "1.1 proxy"},
        {"Host": "support.example.com"},
        {"Origin": "https://support.example.com"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://["},
        {"Origin": "http://localhost:1"},
        {"Host": "[", "Origin": "http://["},
    ],
)
def test_nobody_is_signed_in_to_the_demo_by_way_of_a_proxy(sqlite_server: Server, headers: dict[str, str]) -> None:
    with httpx2.Client(base_url=sqlite_server.base, timeout=20) as client:
        answer = client.post("/demo/sign-in", json={"as": "patient"}, headers={"Origin": sqlite_server.base, **headers})

    assert answer.status_code == 403 and "token" not in answer.text
    assert "only on the machine that it runs on" in answer.json()["detail"]


def test_whoever_asks_from_no_page_is_not_signed_in(sqlite_server: Server) -> None:
    with httpx2.Client(base_url=sqlite_server.base, timeout=20) as client:
        assert client.post("/demo/sign-in", json={"as": "patient"}).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_whoever_sits_at_the_machine_is_signed_in(sqlite_server: Server, host: str) -> None:
    port = sqlite_server.base.rpartition(":")[2]
    headers = {"Host": f"{host}:{port}", "Origin": f"http://{host}:{port}"}
    with httpx2.Client(base_url=sqlite_server.base, timeout=20) as client:
        assert client.post("/demo/sign-in", json={"as": "patient"}, headers=headers).json()["token"]

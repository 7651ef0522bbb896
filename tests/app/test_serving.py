"""Others are served only where it is known who they are, and each codes as oneself."""

from __future__ import annotations

import http.client
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from app_conditions import open_page, until
from app_process import App, running
from login_provider import signing_in
from login_proxy import proxied
from qualcode.app import hosting
from qualcode.cli import main
from qualcode.errors import InvalidValueError, MissingExtraError, UnreadableFileError

BEHIND_PROXY = """
hosts = ["localhost"]
user_header = "X-Remote-User"
[coders]
"A.Jansen@institute.example" = "anna"
"b.devries@institute.example" = "bram"
"""
LOGIN = """
hosts = ["coding.institute.example"]
[coders]
"a@institute.example" = "anna"
[auth]
redirect_uri = "https://coding.institute.example/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "qualcode"
client_secret = "s"
server_metadata_url = "https://login.institute.example/.well-known/openid-configuration"
"""


@pytest.fixture
def told(tmp_path: Path) -> Path:
    return tmp_path / "serving.toml"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return path


# --- what is refused at the start -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('hosts = ["a.example"]\n[coders]\n"a" = "anna"', "either user_header or"),
        (BEHIND_PROXY + LOGIN.partition("[coders]")[2].partition("\n\n")[0], "TOML|either"),
        (BEHIND_PROXY.partition("[coders]")[0], r"lists nobody under \[coders\]"),
        (BEHIND_PROXY.replace('"bram"', '"consensus"'), "cannot code as 'consensus'"),
        (BEHIND_PROXY.replace('["localhost"]', "[]"), "listed one by one"),
        (BEHIND_PROXY.replace("localhost", "*"), "listed one by one"),
        ('address = "0.0.0.0"' + BEHIND_PROXY, "every machine could name a user"),
        ('proxies = ["0.0.0.0/0"]' + BEHIND_PROXY, "is everybody"),
        ('proxies = ["proxy"]' + BEHIND_PROXY, "is no address of a proxy"),
        ('certificate = "c.pem"' + BEHIND_PROXY, "needs its key"),
        ("colour = 1" + BEHIND_PROXY, "'colour', which is not known"),
        ('hosts = "localhost"\nuser_header = "X"', "'hosts', which is not known or has another"),
        ('address = "0.0.0.0"' + LOGIN, "cross the network in plain text"),
        (LOGIN.replace('client_id = "qualcode"', ""), "lacks client_id"),
        (LOGIN.replace("https://coding", "http://coding"), "redirect_uri is 'http:"),
        (LOGIN.replace("https://coding", "https://other"), "lead to one of the hosts"),
        (LOGIN.replace("https://login", "http://login"), "asked over https"),
        (LOGIN.replace("0123456789abcdef", "01"), "at least 32 characters"),
    ],
)
def test_what_would_let_in_too_many_is_refused_with_the_reason(
    told: Path, text: str, why: str
) -> None:
    with pytest.raises((InvalidValueError, UnreadableFileError), match=why):
        hosting.read_serving(write(told, text))


def test_a_file_of_secrets_that_others_may_read_is_refused(told: Path) -> None:
    write(told, LOGIN).chmod(0o644)
    with pytest.raises(InvalidValueError, match="chmod 600"):
        hosting.read_serving(told)


def test_a_login_needs_authlib(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"qualcode\[login\]"):
        hosting.read_serving(write(told, LOGIN))


def test_a_file_that_is_not_there_or_no_toml_is_refused(told: Path) -> None:
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        hosting.read_serving(told)
    with pytest.raises(UnreadableFileError, match="is no TOML"):
        hosting.read_serving(write(told, "hosts = "))


def test_the_command_line_takes_no_coder_beside_serving_and_asks_for_a_project(
    told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(told, BEHIND_PROXY)
    monkeypatch.chdir(tmp_path)
    for options, why in ((["--coder", "anna"], "leave --coder out"), ([], "--project")):
        monkeypatch.setattr("sys.argv", ["qualcode", "app", "--serve", str(told), *options])
        with pytest.raises(SystemExit):
            main()
        assert why in " ".join(capsys.readouterr().err.split())


# --- who is let through -------------------------------------------------------------------------


def asked(
    told: Path, *headers: tuple[str, str], client: str = "127.0.0.1", text: str = BEHIND_PROXY
) -> str:
    raw = [(name.lower().encode(), value.encode()) for name, value in headers]
    how = hosting.read_serving(write(told, text))
    return hosting.refusal(client, raw, how.hosts, how)


HOST, USER = ("Host", "localhost:8501"), ("X-Remote-User", "a.jansen@institute.example")


def test_only_the_proxy_names_a_user_and_names_one(told: Path) -> None:
    assert asked(told, HOST, USER) == ""
    assert "does not say" in asked(told, HOST)
    assert "does not say" in asked(told, HOST, ("X-Remote-User", " "))
    assert "does not say" in asked(told, HOST, USER, ("X-Remote-User", "b"))
    assert "from the proxy only" in asked(told, HOST, USER, client="10.0.0.9")
    assert "from the proxy only" in asked(told, HOST, USER, client="")


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "x@localhost", "[", ""])
def test_another_host_is_not_served(told: Path, host: str) -> None:
    assert "not served" in asked(told, ("Host", host), USER)
    assert "not served" in asked(told, HOST, HOST, USER)


def test_a_proxy_on_another_machine_is_believed_by_its_address(told: Path) -> None:
    text = 'address = "0.0.0.0"\nproxies = ["10.0.0.0/30"]' + BEHIND_PROXY
    assert asked(told, HOST, USER, client="10.0.0.2", text=text) == ""
    assert asked(told, HOST, USER, client="10.0.0.9", text=text) != ""
    assert asked(told, HOST, USER, text=text) != ""


def test_an_identity_is_found_in_any_case_and_others_are_nobody(told: Path) -> None:
    how = hosting.read_serving(write(told, BEHIND_PROXY))
    assert how.coder_of(" a.jansen@INSTITUTE.example ") == "anna"
    assert how.coder_of("anna") == how.coder_of("") == ""


# --- in the browser -----------------------------------------------------------------------------


@pytest.fixture
def served(small_study: Path, tmp_path: Path) -> Iterator[App]:
    """An app behind a proxy, for one test."""
    path = Path(shutil.copy(small_study, tmp_path / "study.qualcode"))
    told = write(tmp_path / "serving.toml", BEHIND_PROXY)
    with running(path, "--serve", str(told)) as app:
        yield app


def count(app: App, coder: str) -> int:
    with app.project() as project:
        return len(project.codings.collect(transcript="G01", coder=coder))


def code_a_turn(page: Page) -> None:
    page.locator(".qc-scroll").focus()
    for key in ("j", "j", "Space", "1"):
        page.keyboard.press(key)


def test_who_is_on_the_list_codes_as_oneself_and_others_stay_out(served: App, page: Page) -> None:
    with proxied(served.port, "b.devries@institute.example") as port:
        page.goto(f"http://localhost:{port}/")
        expect(page.get_by_text("bram").first).to_be_visible()
        expect(page.get_by_role("button", name="Other project")).to_have_count(0)
        page.get_by_role("tab", name="Coders and rounds").click()
        expect(page.get_by_text("A blind round keeps two coders apart")).to_be_visible()
        expect(page.get_by_role("button", name="anna")).to_have_count(0)
        expect(page.get_by_role("textbox", name="Another coder")).to_have_count(0)
        page.goto(f"http://localhost:{port}/coding")
        page.locator(".qc-row").first.wait_for()
        expect(page.get_by_text("coding as bram")).to_be_visible()
        before = count(served, "bram")
        code_a_turn(page)
        expect(page.locator(".qc-saved")).to_have_text("All changes saved")
        until(page, lambda: count(served, "bram") > before)
        assert count(served, "bram") == before + 1
    with proxied(served.port, "c.visser@institute.example") as port:
        page.goto(f"http://localhost:{port}/coding")
        expect(page.get_by_text("who is not on the list of coders")).to_be_visible()
        expect(page.locator(".qc-row")).to_have_count(0)


def test_an_edit_under_the_name_of_another_is_not_taken(served: App, page: Page) -> None:
    """The browser is made to say that anna coded, while bram is signed in."""

    lies: list[str | bytes] = []

    def lie(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def tell(sent: str | bytes) -> None:
            said = _signed_by_anna(sent)
            lies.extend([said] if said != sent else [])
            server.send(said)

        route.on_message(tell)

    before = count(served, "anna"), count(served, "bram")
    page.route_web_socket("**/_stcore/stream", lie)
    with proxied(served.port, "b.devries@institute.example") as port:
        page.goto(f"http://localhost:{port}/coding")
        page.locator(".qc-row").first.wait_for()
        code_a_turn(page)
        until(page, lambda: lies)
        # what is sent after it is answered after it
        open_page(page, "Project")
        assert (count(served, "anna"), count(served, "bram")) == before


def _signed_by_anna(sent: str | bytes) -> str | bytes:
    if isinstance(sent, str):
        return sent
    return sent.replace(b'"coder":"bram"', b'"coder":"anna"')


def test_nobody_passes_the_proxy_by(served: App) -> None:
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    named = {"X-Remote-User": "a.jansen@institute.example"}
    for path, extra in (("/", {}), ("/_stcore/health", {}), ("/_stcore/stream", upgrade)):
        assert _status(served, path, extra) == 403
        assert _status(served, path, extra | named) in {200, 101}
        # What a proxy says of the browser's address says nothing of the proxy's.
        assert _status(served, path, extra | named | {"X-Forwarded-For": "10.9.9.9"}) in {200, 101}
        assert _status(served, path, extra | named | {"Host": "evil.example"}) == 403


def _status(app: App, path: str, headers: dict[str, str]) -> int:
    with closing(http.client.HTTPConnection("localhost", app.port, timeout=10)) as connection:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status


def test_who_signs_in_at_the_provider_codes_as_oneself_and_others_stay_out(
    small_study: Path, tmp_path: Path, page: Page
) -> None:
    pytest.importorskip("authlib")
    path = Path(shutil.copy(small_study, tmp_path / "study.qualcode"))
    claims: dict[str, object] = {"email": "c.visser@institute.example"}
    with signing_in(claims) as description:
        text = LOGIN.replace("https://coding.institute.example", "http://127.0.0.1:{port}")
        text = text.replace("coding.institute.example", "127.0.0.1")
        text = re.sub("server_metadata_url = .*", f'server_metadata_url = "{description}"', text)
        told = write(tmp_path / "serving.toml", text)
        with running(path, "--serve", str(told)) as app:
            app.go(page, "coding")
            expect(
                page.get_by_text("The interviews of this study are confidential")
            ).to_be_visible()
            expect(page.locator(".qc-row")).to_have_count(0)
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_text("who is not on the list of coders")).to_be_visible()
            page.get_by_role("button", name="Sign out").click()
            claims |= {"email": "a@institute.example", "email_verified": False}
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_text("Your login does not say who you are")).to_be_visible()
            page.get_by_role("button", name="Sign out").click()
            claims["email_verified"] = True
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_role("tab", name="Coders and rounds")).to_be_visible()
            app.go(page, "coding")
            expect(page.get_by_text("coding as anna")).to_be_visible()

"""The list of people in the app: who works alone sees none, an owner changes it, roles hold."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from streamlit.testing.v1 import AppTest

from app_conditions import drawn, until
from app_in_process import opened, said, show
from app_process import running
from login_proxy import proxied
from qualcode.app import colleagues
from qualcode.model import Code, MemoTarget, TeamRole
from qualcode.project import Project
from two_coder_study import give, make_project

OWNER, CODER, READER = TeamRole.OWNER, TeamRole.CODER, TeamRole.READER


def with_people(path: Path, **people: TeamRole) -> Path:
    with Project.open(path, as_coder="anna") as project:
        for name, role in people.items():
            project.rounds.team.put(name, role, [f"{name}@institute.example"])
    return path


def labels(app: AppTest) -> set[str]:
    return {one.label for one in (*app.button, *app.expander, *app.text_input)}


def test_who_works_alone_sees_no_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_project(tmp_path)
    with opened(path, monkeypatch) as app:
        assert "Roles: who may do what" not in labels(show(app, "project"))


def test_a_second_coder_can_be_given_a_role(
    small_study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copy(small_study, tmp_path / "study.qualcode"))
    with opened(path, monkeypatch) as app:
        show(app, "project")
        next(one for one in app.button if one.label == "Begin a list of people").click().run()
        app.text_input(key="person-name").set_value("bram")
        app.selectbox(key="person-role").set_value(READER)
        next(one for one in app.button if one.label == "Add or change").click().run()
        assert not app.exception
        assert "**bram** · reader" in said(app)
    with Project.open(path, as_coder="anna") as project:
        people = project.rounds.team.collect().people
    assert [(person.name, person.role) for person in people] == [("anna", OWNER), ("bram", READER)]


def test_a_reader_sees_the_list_and_changes_nothing(
    small_study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = with_people(
        Path(shutil.copy(small_study, tmp_path / "study.qualcode")), anna=OWNER, bram=READER
    )
    with opened(path, monkeypatch, coder="bram") as app:
        show(app, "project")
        assert "**anna** · owner" in said(app)
        assert "Change the list of people" not in labels(app)
        assert "Another coder" not in labels(app)


NOTHING = "you can look at this page, but change nothing on it"


def test_each_page_says_whose_role_changes_nothing_on_it(
    small_study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = with_people(
        Path(shutil.copy(small_study, tmp_path / "study.qualcode")),
        anna=OWNER, bram=READER, vera=TeamRole.SUPERVISOR,
    )  # fmt: skip
    told = {}
    for coder in ("anna", "bram", "vera"):
        with opened(path, monkeypatch, coder=coder) as app:
            pages = ("project", "codebook", "coding", "quotes", "memos", "agreement")
            told[coder] = {page for page in pages if NOTHING in said(show(app, page))}
    assert told == {
        "anna": set(),
        "bram": {"project", "codebook", "coding", "quotes", "memos"},
        "vera": {"codebook", "coding"},
    }


@pytest.mark.parametrize("coder", ["", "zoe"])
def test_who_is_not_on_the_list_is_asked_who_it_is_on_every_page(
    coder: str, small_study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = with_people(Path(shutil.copy(small_study, tmp_path / "study.qualcode")), anna=OWNER)
    with opened(path, monkeypatch, coder=coder) as app:
        for page in ("project", "coding", "quotes", "memos"):
            show(app, page)
            assert "This project has a list of people. Choose your name." in said(app)
            assert not app.error
            assert "Start coding" not in labels(app)


SERVED = 'hosts = ["localhost"]\nuser_header = "X-Remote-User"\npeople = "project"\n'


def test_a_change_of_the_list_needs_no_restart(
    small_study: Path, tmp_path: Path, page: Page
) -> None:
    """Who is added comes in, a reader's key codes nothing, and who is removed is out."""
    path = with_people(Path(shutil.copy(small_study, tmp_path / "study.qualcode")), anna=OWNER)
    settings = tmp_path / "serving.toml"
    settings.write_text(SERVED, encoding="utf-8")
    settings.chmod(0o600)

    def coded(project: Project) -> int:
        return len(project.codings.collect(transcript="G01", coder="bram"))

    with (
        running(path, "--serve", str(settings)) as app,
        proxied(app.port, "bram@institute.example") as port,
        Project.open(path, as_coder="anna") as beside,
    ):
        place = f"http://localhost:{port}/coding"
        page.goto(place)
        expect(page.get_by_text("who is not on the list of coders")).to_be_visible()
        before = coded(beside)
        beside.rounds.team.put("bram", CODER, ["bram@institute.example"])
        page.goto(place)
        page.locator(".qc-row").first.wait_for()
        code_a_turn(page)
        until(page, lambda: coded(beside) == before + 1)
        beside.rounds.team.put("bram", READER)
        code_a_turn(page)
        expect(page.get_by_text("You are reader in this project").first).to_be_visible()
        assert coded(beside) == before + 1
        beside.rounds.team.remove("bram")
        page.goto(place)
        expect(page.get_by_text("who is not on the list of coders")).to_be_visible()
        expect(page.locator(".qc-row")).to_have_count(0)


def code_a_turn(page: Page) -> None:
    page.locator(".qc-scroll").focus()
    for key in ("j", "j", "Space", "1"):
        page.keyboard.press(key)


def test_a_change_of_another_is_on_the_page_within_two_seconds(
    small_study: Path, tmp_path: Path, page: Page, context: BrowserContext
) -> None:
    """And who else is here is on the page; a blind round tells nothing of the other."""
    path = with_people(
        Path(shutil.copy(small_study, tmp_path / "study.qualcode")), anna=OWNER, bram=CODER
    )
    settings = tmp_path / "serving.toml"
    settings.write_text(SERVED, encoding="utf-8")
    with (
        running(path, "--serve", str(settings)) as app,
        proxied(app.port, "anna@institute.example") as port,
        proxied(app.port, "bram@institute.example") as other_port,
        Project.open(path, as_coder="bram") as bram,
    ):
        page.goto(f"http://localhost:{port}/memos")
        drawn(page)
        other = context.new_page()
        other.goto(f"http://localhost:{other_port}/memos")
        expect(page.get_by_text("Also here: bram")).to_be_visible()
        expect(other.get_by_text("Also here: anna")).to_be_visible()
        waits = []
        for number in range(3):
            began = time.monotonic()
            bram.codings.add_memo(MemoTarget.PROJECT, "", f"een notitie {number}")
            page.get_by_text(f"een notitie {number}").first.wait_for(timeout=10_000)
            waits.append(time.monotonic() - began)
        assert sorted(waits)[1] < 2, waits
        other.close()
        expect(page.get_by_text("Also here: bram")).to_have_count(0)
        # On the codebook nothing that is being typed gives way to a colleague's text.
        page.goto(f"http://localhost:{port}/codebook")
        drawn(page)
        bram.codebook.add(Code("iets_nieuws"))
        expect(page.get_by_text("A colleague changed something")).to_be_visible()
        page.get_by_role("button", name="Show the changes").click()
        expect(page.get_by_text("A colleague changed something")).to_have_count(0)


def test_codings_of_others_do_not_draw_the_coding_screen_anew(tmp_path: Path) -> None:
    path = with_people(make_project(tmp_path), anna=OWNER, bram=CODER)
    with Project.open(path, as_coder="anna") as anna:
        since = anna.history.revision()
        give(anna, "A1", "Het is leuk", "joy", "bram")
        assert colleagues.changes_of_others(anna, "anna", since)
        assert not colleagues.changes_of_others(anna, "anna", since, ("coding.",))
        anna.acting_as("bram").codebook.add(Code("iets_nieuws"))
        assert colleagues.changes_of_others(anna, "anna", since, ("coding.",))


def test_a_blind_round_tells_nothing_of_the_others_changes(tmp_path: Path) -> None:
    path = with_people(make_project(tmp_path), anna=OWNER, bram=CODER)
    with Project.open(path, as_coder="anna") as anna:
        bram = anna.acting_as("bram")
        since = anna.history.revision()
        bram.codings.add_memo(MemoTarget.PROJECT, "", "voor allen")
        assert colleagues.changes_of_others(anna, "anna", since)
        assert not colleagues.changes_of_others(bram, "bram", since)
        anna.rounds.create("een", coders=("anna", "bram"))
        since = anna.history.revision()
        give(anna, "A1", "Het is leuk", "joy", "bram")
        assert not colleagues.changes_of_others(anna, "anna", since)
        anna.rounds.hand_in("een", "anna")
        anna.acting_as("bram").rounds.hand_in("een", "bram")
        assert colleagues.changes_of_others(anna, "anna", since)

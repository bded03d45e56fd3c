"""The shell of every page: who may keep it, what it says to a stranger, and how somebody comes in and
goes."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client

from alongside.node.data import DataFolder
from alongside.node.logs import Plain
from alongside.node.uploads import BYTES_MAX, WRAPPING, InMemory
from alongside.pages import front, joining, sign_in
from alongside.people import links
from alongside.people.accounts import create_account
from alongside.people.members import add_member
from alongside.people.models import Account, Link, Session

pytestmark = pytest.mark.django_db
WORDS = "river lamp seven almonds"
BOOK = "01abcdefghjkmnpqrstvwxyz01"


@pytest.fixture
def nuha() -> Account:
    account = create_account("Nuha", WORDS, "ar", about="steward of the kitchen")
    add_member(account, BOOK, 2)
    return account


def signed_in(browser: Client, name: str = "Nuha") -> HttpResponse:
    return browser.post("/sign-in", {"name": name, "passphrase": WORDS})


def body(response: HttpResponse) -> str:
    return response.content.decode()


# What every answer carries

@pytest.mark.parametrize("address", [
    "/", "/sign-in", "/language", "/nothing-here", "/join/unknown", "/quick-leave",
])
def test_every_page_is_protected_and_kept_nowhere(browser: Client, address: str) -> None:
    response = browser.get(address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/", "/sign-in", "/language", "/nothing-here"])
def test_no_page_breaks_its_own_policy(browser: Client, address: str) -> None:
    page = body(browser.get(address))
    assert not re.search(r"\sstyle=|<style|<script|\son[a-z]+=|javascript:", page)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", page)


def test_another_host_name_is_refused_in_the_look(browser: Client) -> None:
    response = browser.get("/", headers={"host": "elsewhere.org"})
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "This could not be read." in body(response)
    assert "elsewhere" not in body(response)


def test_the_csrf_cookie_is_strict_and_closed_to_scripts(browser: Client) -> None:
    cookie = browser.get("/").cookies["alongside-form"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert not cookie["secure"]
    bound = browser.get("/", secure=True).cookies["__Host-alongside-form"]
    assert bound["secure"]
    assert bound["httponly"]
    assert bound["samesite"] == "Strict"


# The front page

def test_the_front_page_in_english(browser: Client) -> None:
    page = body(browser.get("/"))
    assert '<html lang="en" dir="ltr">' in page
    assert "The community leads. Its allies walk alongside." in page
    assert "<title>Front page</title>" in page      # names neither us nor a group
    assert 'name="passphrase" type="password"' in page
    assert "Nobody has said yet who keeps this machine" in page


def test_the_front_page_in_arabic(arabic: Client) -> None:
    response = arabic.get("/")
    page = body(response)
    assert '<html lang="ar" dir="rtl">' in page
    assert "المجتمع يقود" in page
    assert "١٥" in page         # minutes, in her digits
    assert not re.search(r"\u2068", page), "an English sentence is left"
    assert response["Content-Language"] == "ar"


def test_who_keeps_the_machine_is_said(browser: Client, settings: object) -> None:
    settings.ALONGSIDE_KEEPER, settings.ALONGSIDE_COUNTRY = "the <Mwangaza> circle", "Umande"  # type: ignore[attr-defined]
    page = body(browser.get("/"))
    assert "kept by <bdi>the &lt;Mwangaza&gt; circle</bdi>, in <bdi>Umande</bdi>" in page


def test_a_language_is_chosen_on_any_page_and_remembered(browser: Client) -> None:
    response = browser.get("/sign-in?language=ar&x=1")
    assert response.status_code == HTTPStatus.FOUND
    assert response["Location"] == "/sign-in?x=1"
    assert 'lang="ar"' in body(browser.get("/sign-in"))
    browser.get("/sign-in?language=tlh")
    assert 'lang="ar"' in body(browser.get("/sign-in"))


@pytest.mark.parametrize("path", [
    "//elsewhere.org/", "/\\elsewhere.org/", "///elsewhere.org", "/\t/elsewhere.org",
])
def test_choosing_a_language_leads_nowhere_else(browser: Client, path: str) -> None:
    response = browser.get("/?language=ar", PATH_INFO=path)
    assert re.match(r"/(?![/\\\s])", response["Location"])


def test_digits_are_chosen(arabic: Client) -> None:
    assert "١٥" in body(arabic.get("/"))
    arabic.get("/language?digits=western")
    assert "15" in body(arabic.get("/"))


# Coming in

def test_she_signs_in_and_lands_in_her_only_book(browser: Client, nuha: Account) -> None:
    response = signed_in(browser)
    assert response.status_code == HTTPStatus.FOUND
    cookie = response.cookies["alongside"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert browser.get("/")["Location"] == f"/b/{BOOK}/"


def test_over_tls_the_cookie_is_bound_to_the_host(browser: Client, nuha: Account) -> None:
    response = browser.post("/sign-in", {"name": "Nuha", "passphrase": WORDS}, secure=True,
                            headers={"host": "localhost"})
    cookie = response.cookies["__Host-alongside"]
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert browser.get("/", secure=True)["Location"] == f"/b/{BOOK}/"


def test_her_own_language_is_her_accounts(browser: Client, nuha: Account) -> None:
    add_member(nuha, BOOK[:-1] + "2", 1)
    signed_in(browser)
    page = body(browser.get("/"))
    assert 'lang="ar"' in page
    assert page.count('href="/b/') == 2


def test_a_wrong_passphrase_is_said_kindly_and_the_name_is_kept(browser: Client, nuha: Account) -> None:
    response = browser.post("/sign-in", {"name": "Nuha <b>", "passphrase": "not the one she has"})
    page = body(response)
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "do not belong together" in page
    assert 'value="Nuha &lt;b&gt;"' in page
    assert "not the one she has" not in page
    assert "alongside" not in response.cookies


def test_after_many_wrong_ones_she_is_told_how_long_to_wait(browser: Client, nuha: Account) -> None:
    for _ in range(5):
        browser.post("/sign-in", {"name": "Nuha", "passphrase": "a guess of somebody"})
    response = signed_in(browser)
    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "Please wait 1 second, then try again." in body(response)


def test_behind_a_proxy_a_guesser_elsewhere_does_not_slow_her(browser: Client, nuha: Account,
                                                              settings: object) -> None:
    settings.ALONGSIDE_PROXY = True                     # type: ignore[attr-defined]
    for _ in range(5):
        browser.post("/sign-in", {"name": "Nuha", "passphrase": "a guess of somebody"},
                     headers={"x-forwarded-for": "198.51.100.9, 203.0.113.7"})
    hers = {"x-forwarded-for": "203.0.113.7, 192.0.2.1"}
    assert browser.post("/sign-in", {"name": "Nuha", "passphrase": WORDS}, headers=hers).status_code == 302


def test_no_passphrase_is_taken_where_others_can_listen(browser: Client, nuha: Account,
                                                        settings: object) -> None:
    settings.ALLOWED_HOSTS = ["kitchen.example"]        # type: ignore[attr-defined]
    there = {"host": "kitchen.example"}
    assert "Somebody on this network could listen." in body(browser.get("/sign-in", headers=there))
    assert browser.post("/sign-in", {"name": "Nuha", "passphrase": WORDS}, headers=there).status_code == 403
    assert not Session.objects.exists()
    settings.ALONGSIDE_PLAIN_HTTP = True                # type: ignore[attr-defined]
    assert browser.post("/sign-in", {"name": "Nuha", "passphrase": WORDS}, headers=there).status_code == 302


def test_a_form_without_its_token_is_refused_kindly(nuha: Account) -> None:
    browser = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    response = browser.post("/sign-in", {"name": "Nuha", "passphrase": WORDS})
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "This form was too old to be taken." in body(response)
    assert WORDS not in body(response)
    assert "Nuha" not in body(response)         # to a stranger nothing is said back


def form_token(page: HttpResponse) -> str:
    found = re.search(r'csrfmiddlewaretoken" value="(\w+)"', body(page)) or pytest.fail("no token")
    return found[1]


@pytest.fixture
def strict() -> Client:
    """A browser as people have it: its forms carry the origin that our referrer policy leaves of it."""
    return Client(headers={"host": "localhost", "accept-language": "en", "origin": "null",
                           "sec-fetch-site": "same-origin"}, enforce_csrf_checks=True)


def strictly_signed_in(strict: Client, secure: bool = False) -> HttpResponse:
    token = form_token(strict.get("/sign-in", secure=secure))
    return strict.post("/sign-in", {"name": "Nuha", "passphrase": WORDS, "csrfmiddlewaretoken": token},
                       secure=secure)


@pytest.mark.parametrize("secure", [False, True])
def test_our_own_forms_are_taken(strict: Client, nuha: Account, secure: bool) -> None:
    assert strictly_signed_in(strict, secure).status_code == HTTPStatus.FOUND
    token = form_token(strict.get("/language", secure=secure))
    response = strict.post("/sign-out", {"csrfmiddlewaretoken": token}, secure=secure)
    assert response.status_code == HTTPStatus.FOUND
    assert not Session.objects.exists()


@pytest.mark.parametrize("headers", [
    {"origin": "null", "sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.org"},
    {"origin": "null", "sec-fetch-site": "same-site"},
])
@pytest.mark.parametrize("secure", [False, True])
def test_another_sites_form_is_not(strict: Client, nuha: Account, headers: dict[str, str],
                                   secure: bool) -> None:
    strictly_signed_in(strict, secure)
    token = form_token(strict.get("/language", secure=secure))
    response = strict.post("/sign-out", {"csrfmiddlewaretoken": token, "words": "put into her mouth"},
                           headers=headers, secure=secure)
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert Session.objects.count() == 1
    if headers["origin"] == "null":
        assert "put into her mouth" not in body(response)


def test_over_tls_a_cookie_slipped_in_from_beside_does_not_count(strict: Client, nuha: Account) -> None:
    token = form_token(strict.get("/sign-in"))          # a pair of an attacker's own, set over plain HTTP
    response = strict.post("/sign-in", {"name": "Nuha", "passphrase": WORDS, "csrfmiddlewaretoken": token},
                           secure=True)
    assert response.status_code == HTTPStatus.FORBIDDEN


def test_a_link_opened_beside_it_does_not_spoil_her_form(strict: Client, nuha: Account) -> None:
    strictly_signed_in(strict)
    token = form_token(strict.get("/language"))
    # A strict cookie stays at home when a message leads here, and the page that opens brings a new one.
    kept = {name: strict.cookies.pop(name).value for name in list(strict.cookies)}
    strict.get("/", headers={"sec-fetch-site": "cross-site"})
    strict.cookies["alongside"] = kept["alongside"]
    assert strict.post("/sign-out", {"csrfmiddlewaretoken": token}).status_code == HTTPStatus.FOUND


def test_what_she_wrote_comes_back_when_she_was_signed_out_meanwhile(strict: Client, nuha: Account) -> None:
    strictly_signed_in(strict)
    token = form_token(strict.get("/language"))
    Session.objects.all().delete()
    response = strict.post("/sign-out", {"words": "A long letter <to> Maren", "passphrase": WORDS,
                                         "csrfmiddlewaretoken": token})
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "A long letter &lt;to&gt; Maren" in body(response)
    assert WORDS not in body(response)
    assert token not in body(response)


def test_too_much_at_once_is_refused_before_it_is_read(browser: Client) -> None:
    huge = SimpleUploadedFile("film.bin", b"x" * (5 * 1024 * 1024 + 70_000))
    response = browser.post("/sign-in", {"name": "Nuha", "file": huge})
    assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "at most 5 MB" in body(response)


def test_too_much_is_refused_by_what_it_says_of_itself_and_by_what_it_is() -> None:
    upload = InMemory()
    with pytest.raises(RequestDataTooBig):
        upload.handle_raw_input(None, {}, BYTES_MAX + WRAPPING + 1, b"")
    upload.handle_raw_input(None, {}, 100, b"")         # it said that it was small
    upload.new_file("film", "film.bin", "application/octet-stream", 100)
    upload.receive_data_chunk(b"x" * BYTES_MAX, 0)
    with pytest.raises(RequestDataTooBig):
        upload.receive_data_chunk(b"x", BYTES_MAX)


def test_a_file_stays_in_memory(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *_, **__: pytest.fail("it was put on a disk"))
    seen: list[int] = []

    def looks(request: HttpRequest) -> bool:
        seen.extend(len(file.read()) for file in request.FILES.values())
        return False

    monkeypatch.setattr(sign_in, "private_enough", looks)
    browser.post("/sign-in", {"file": SimpleUploadedFile("film.bin", b"x" * 4_000_000)})
    assert seen[:1] == [4_000_000]


# Going

def test_signing_out_ends_the_session_and_clears_what_is_kept(browser: Client, nuha: Account) -> None:
    signed_in(browser)
    response = browser.post("/sign-out")
    assert '"storage"' in response["Clear-Site-Data"]
    assert not Session.objects.exists()
    assert "Sign in" in body(browser.get("/"))


def test_signing_out_everywhere(browser: Client, nuha: Account) -> None:
    signed_in(Client(headers={"host": "localhost"}))
    signed_in(browser)
    browser.post("/sign-out-everywhere")
    assert not Session.objects.exists()


def test_leaving_quickly_is_one_tap_without_any_token(strict: Client, nuha: Account) -> None:
    strictly_signed_in(strict)
    response = strict.post("/quick-leave")
    assert response["Location"] == "/quick-leave"
    assert response["Clear-Site-Data"] == '"cookies", "storage"'
    assert not Session.objects.exists()
    assert "longside" not in body(strict.get("/quick-leave"))      # nothing to read over a shoulder


@pytest.mark.parametrize("address", ["/sign-out", "/sign-out-everywhere", "/sign-in/one-click"])
def test_nothing_happens_by_a_link(browser: Client, nuha: Account, address: str) -> None:
    signed_in(browser)
    assert browser.get(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert Session.objects.count() == 1


# The demo's one click

def test_the_cast_goes_in_with_one_click_in_the_demo_alone(browser: Client, nuha: Account,
                                                           house: DataFolder) -> None:
    assert "Go in" not in body(browser.get("/"))
    assert browser.post("/sign-in/one-click", {"account": nuha.pk}).status_code == HTTPStatus.NOT_FOUND
    house.mark_demo()
    page = body(browser.get("/"))
    assert "<bdi>Nuha</bdi>" in page
    assert "steward of the kitchen" in page
    assert browser.post("/sign-in/one-click", {"account": nuha.pk}).status_code == HTTPStatus.FOUND
    assert browser.get("/")["Location"] == f"/b/{BOOK}/"


@pytest.mark.parametrize("how", [
    {"REMOTE_ADDR": "192.0.2.7"}, {"REMOTE_ADDR": ""}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"HTTP_FORWARDED": "for=127.0.0.1"}, {"HTTP_VIA": "1.1 proxy"}, {"HTTP_HOST": "pointed-here.example"},
])
def test_one_click_is_for_this_machine_alone(how: dict[str, str], nuha: Account, house: DataFolder,
                                             settings: object) -> None:
    house.mark_demo()
    settings.ALLOWED_HOSTS = ["*"]      # type: ignore[attr-defined]
    browser = Client(**{"HTTP_HOST": "localhost", **how})
    assert "Nuha" not in body(browser.get("/"))
    assert browser.post("/sign-in/one-click", {"account": nuha.pk}).status_code == HTTPStatus.NOT_FOUND


# Links

def new_person(token: str, **more: str) -> dict[str, str]:
    return {"token": token, "name": "Idris", "passphrase": WORDS, "again": WORDS, **more}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Link, Account]]:
    """What the purpose of an admission was asked to do."""
    seen: list[tuple[Link, Account]] = []

    def joins(request: object, link: Link, account: Account) -> str:
        seen.append((link, account))
        return "/language"

    known = joining.JOININGS["admission"]
    monkeypatch.setitem(joining.JOININGS, "admission",
                        joining.Joining(known.title, known.explains, known.does, joins=joins))
    return seen


def test_looking_at_a_link_uses_nothing_up(browser: Client) -> None:
    token = links.make_link("admission", BOOK, 4)
    for _ in range(3):
        page = body(browser.get(f"/join/{token}"))
        assert "You are invited in." in page
    assert not Account.objects.exists()
    assert browser.head(f"/join/{token}").status_code == HTTPStatus.OK
    assert links.look(token)


def test_a_person_comes_in_by_a_link_once(browser: Client, opened: list[tuple[Link, Account]]) -> None:
    token = links.make_link("admission", BOOK, 4)
    response = browser.post("/join", new_person(token))
    assert response["Location"] == "/language"
    assert [(link.number, account.name) for link, account in opened] == [(4, "Idris")]
    assert "Idris" in body(browser.get("/language"))
    again = Client(headers={"host": "localhost"}).post("/join", new_person(token, name="Sami"))
    assert again.status_code == HTTPStatus.NOT_FOUND
    assert Account.objects.count() == 1


@pytest.mark.parametrize(("wrong", "said"), [
    ({"again": "something else"}, "The two passphrases are not the same."),
    ({"passphrase": "short", "again": "short"}, "A passphrase needs at least ten letters."),
    ({"name": " "}, "Write the name you go by here."),
    ({"name": "x" * 81}, "A name can have at most 80 letters."),
])
def test_what_is_wrong_is_said_and_the_rest_is_kept(browser: Client, opened: list[tuple[Link, Account]],
                                                    wrong: dict[str, str], said: str) -> None:
    token = links.make_link("admission", BOOK, 4)
    response = browser.post("/join", new_person(token, **wrong))
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = body(response)
    assert said in page
    assert WORDS not in page
    assert f'value="{wrong.get("name", "Idris")}"' in page
    assert 'aria-invalid="true"' in page
    assert not opened
    assert links.look(token)
    assert token not in response.request["PATH_INFO"]


def test_a_taken_name_does_not_use_the_link_up(browser: Client, nuha: Account) -> None:
    token = links.make_link("admission", BOOK, 4)
    response = browser.post("/join", new_person(token, name="NUHA"))
    assert "Somebody here has this name already." in body(response)
    assert links.look(token)


def test_when_the_book_refuses_it_is_as_if_nobody_had_come(browser: Client,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object) -> str:
        raise joining.NotJoined(("name", "The group has left."))

    monkeypatch.setitem(joining.JOININGS, "admission", joining.Joining("t", "e", "d", joins=refuses))
    token = links.make_link("admission", BOOK, 4)
    response = browser.post("/join", new_person(token))
    assert "The group has left." in body(response)
    assert not Account.objects.exists()
    assert not Session.objects.exists()
    assert links.look(token)


def test_who_lives_here_already_signs_in_and_finds_the_link_again(browser: Client, nuha: Account,
                                                                  opened: list[tuple[Link, Account]]) -> None:
    token = links.make_link("admission", BOOK, 4)
    response = browser.post("/join", {"token": token, "known": "yes", "known-name": "nuha",
                                      "known-passphrase": WORDS})
    assert response["Location"] == f"/join/{token}"
    assert "<bdi>Nuha</bdi>" in body(browser.get(f"/join/{token}"))
    browser.post("/join", {"token": token})
    assert [account for _, account in opened] == [nuha]
    assert Account.objects.count() == 1


# Trouble

def test_a_page_that_is_not_there(arabic: Client) -> None:
    response = arabic.get("/nothing-here")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert 'lang="ar"' in body(response)


def test_our_own_fault_shows_no_trace_and_logs_no_words(browser: Client, monkeypatch: pytest.MonkeyPatch,
                                                        caplog: pytest.LogCaptureFixture) -> None:
    def breaks(*_: object, **__: object) -> HttpResponse:
        raise ValueError("a secret that somebody typed")

    monkeypatch.setattr(front, "stranger", breaks)
    browser.raise_request_exception = False
    response = browser.get("/?q=secret-of-the-address")
    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "Something broke on this machine." in body(response)
    assert "secret" not in body(response)
    written = [Plain().format(record) for record in caplog.records]
    assert any("ValueError" in line and "breaks" in line for line in written)
    assert "secret" not in "".join(written)


def test_the_health_of_the_node_is_asked_without_a_name(client: Client) -> None:
    response = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert response.status_code == HTTPStatus.OK
    assert response.content == b"ok"

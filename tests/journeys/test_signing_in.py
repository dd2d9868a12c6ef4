"""Coming in: an officer invites a headteacher, who sets up a passkey and names her deputy."""

from __future__ import annotations

import re
import time
from email import message_from_bytes, policy

import pytest

from clusterwork.accounts.models import Person, Role
from clusterwork.registry.models import Authority, Country, Phase, School
from tests.journeys.people import a_person, an_organisation

pytestmark = pytest.mark.browser
SECRET = "seven purple umbrellas"


@pytest.fixture
def letters(house, tmp_path_factory):
    """Waits for the worker's next letter to somebody; gives subject and text."""
    folder = max(tmp_path_factory.getbasetemp().glob("house*")) / "mail"

    def wait_for(address: str, seconds: float = 20) -> tuple[str, str]:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for file in sorted(folder.glob("*.log")) if folder.exists() else []:
                for part in file.read_bytes().split(b"-" * 79):
                    letter = message_from_bytes(part.strip(), policy=policy.default)
                    if letter["To"] == address:
                        return letter["Subject"], letter.get_content()
            time.sleep(0.2)
        pytest.fail(f"No letter to {address} within {seconds} seconds.")

    return wait_for


@pytest.fixture
def school():
    county = an_organisation("Wolderland County Council", is_welsh=True)
    authority = Authority.objects.create(code="991", name="Wolderland", country=Country.ENGLAND)
    county.authorities.add(authority)
    a_person("olwen@county.example", "Olwen Officer", "programme_officer", organisation=county)
    return School.objects.create(
        urn=900_001, name="Village Primary School", authority=authority, phase=Phase.PRIMARY
    )


def with_passkeys(visitor) -> None:
    """A device with a lock of its own, as a phone or laptop has."""
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def invite_a_head(officer) -> None:
    officer.open("/account/people/")
    officer.look("people")
    officer.follow("Invite somebody")
    officer.look("invite")
    officer.press("Send the invitation")
    officer.sees("Choose a role.")
    officer.look("invite-wrong")
    officer.choose("Organisation or school", "Village Primary School (Wolderland)")
    officer.tick("Headteacher")
    officer.fill("E-mail address", "hana@village.example")
    officer.fill("Name", "Hana Jones")
    officer.tick("Welsh")
    officer.press("Send the invitation")
    officer.sees("hana@village.example")
    officer.look("people-invited")


def come_in(head, link: str) -> None:
    head.page.goto(link)
    assert head.page.locator("html").get_attribute("lang") == "cy"
    head.open(link.removeprefix(head.house).removeprefix("/cy"))
    head.look("come-in")
    head.fill("Password", SECRET)
    head.press("Accept and sign in")
    head.page.wait_for_url("**/cy/")


def add_a_passkey(head) -> None:
    head.open("/account/")
    head.look("account")
    head.open("/account/2fa/passkeys/add/")
    head.look("confirm-password")
    head.fill("Password", SECRET)
    head.press("Continue", within="main")
    head.look("passkey-add")
    head.fill("Name of the passkey", "Laptop")
    head.tick("Let it sign me in without my password")
    head.press("Continue with your device")
    head.sees("codes left")
    head.look("recovery-codes")
    head.open("/account/2fa/passkeys/")
    head.sees("Laptop")
    head.look("passkeys")
    for name in ("2fa", "sessions", "password/change", "2fa/totp/activate", "2fa/codes/generate"):
        head.open(f"/account/{name}/")
        head.look(name.replace("/", "-"))


def sign_in_with_it(head) -> None:
    head.press("Sign out")
    head.open("/account/login/")
    head.press("Sign in with a passkey")
    head.page.wait_for_url(head.house + "/cy/")


def name_a_deputy(head, school) -> None:
    deputy = Person.objects.create_user("dewi@village.example", SECRET, name="Dewi Rowe")
    Role.objects.create(person=deputy, kind="school_staff", school=school, start_on="2020-01-01")
    head.open(f"/account/schools/{school.pk}/named/")
    head.look("named-nobody")
    head.choose("Person", "Dewi Rowe")
    head.tick("Prepare and send")
    head.press("Name this person")
    head.sees("prepares and sends")
    head.look("named")


def test_from_invitation_to_passkey_to_deputy(visit, letters, school):
    officer = visit()
    officer.sign_in("olwen@county.example")
    invite_a_head(officer)
    subject, text = letters("hana@village.example")
    assert "Village Primary School" in subject
    link = re.search(r"http\S+/account/invitation/\S+", text).group()
    head = visit()
    head.house = head.house.replace("127.0.0.1", "localhost")  # passkeys want a name
    with_passkeys(head)
    come_in(head, link.replace("127.0.0.1", "localhost"))
    add_a_passkey(head)
    sign_in_with_it(head)
    name_a_deputy(head, school)
    officer.open(f"/account/people/{Person.objects.get(name='Hana Jones').pk}/")
    officer.look("person")
    officer.follow("End")
    officer.look("role-end")


def test_without_script_by_password_and_second_step(visit, school):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal import auth as totp

    head = a_person("hana@village.example", "Hana Jones", "headteacher", school=school)
    totp.TOTP.activate(head, totp.generate_totp_secret())
    codes = RecoveryCodes.activate(head).get_unused_codes()
    visitor = visit(script=False)
    visitor.open("/account/login/")
    visitor.fill("E-mail address", "hana@village.example")
    visitor.fill("Password", "a long enough secret")
    visitor.press("Sign in", within="main")
    visitor.fill("Number of six figures", "000000")
    visitor.press("Sign in", within="main")
    visitor.sees("not the one that the app shows")
    visitor.fill("Number of six figures", codes[0])
    visitor.press("Sign in", within="main")
    visitor.page.wait_for_url(visitor.house + "/")


PAGES = ("login", "signup", "inactive", "password/reset", "password/reset/done", "work/cancelled")


def test_pages_before_signing_in(visit, school):
    visitor = visit()
    for name in PAGES:
        visitor.open(f"/account/{name}/")
        visitor.look(f"account-{name.replace('/', '-')}")
    visitor.open("/account/login/")
    visitor.fill("E-mail address", "nobody@village.example")
    visitor.fill("Password", "wrong words altogether")
    visitor.press("Sign in", within="main")
    visitor.sees("do not belong together")
    assert not visitor.axe()

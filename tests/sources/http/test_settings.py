from __future__ import annotations

import pytest
from msgspec.structs import replace

from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import UsageFault
from chorus_config.sources.http.settings import ApiSettings, check, host_of, is_loopback

SETTINGS = ApiSettings("the API", "https://api.example/v1", "https://oauth.example:8443/token", "id-of", "secret-of")


def refused(settings: ApiSettings, say: Translator) -> str:
    """Return why settings are refused, "" when they are not."""
    try:
        check(settings, say)
    except UsageFault as fault:
        return str(fault)
    return ""


@pytest.mark.parametrize(
    "address",
    ["https://api.example", "http://127.0.0.1:80/v1", "http://localhost", "http://[::1]:8080", "http://127.9.9.9"],
)
def test_an_address_that_can_be_used(address: str, say: Translator) -> None:
    assert refused(replace(SETTINGS, api=address), say) == ""
    assert refused(replace(SETTINGS, oauth=address), say) == ""
    # It is the address that is looked at: with a password in it, it is refused.
    assert "a name or a password" in refused(replace(SETTINGS, api=address.replace("//", "//alix:hunter2@")), say)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://api.example", "https:// alone"),
        ("http://127.0.0.1.example", "https:// alone"),
        ("http://localhost.example", "https:// alone"),
        ("https://alix:hunter2@api.example", "a name or a password"),
        ("https://@api.example", "a name or a password"),
        ("https://api.example?key=hunter2", "a question mark"),
        ("https://api.example#hunter2", "a hash"),
        ("api.example", "begins with https://"),
        ("", "begins with https://"),
        ("ftp://api.example", "begins with https://"),
        ("file:///etc/passwd", "begins with https://"),
        ("https://", "begins with https://"),
        ("https://api .example", "begins with https://"),
        ("https://ápi.example", "begins with https://"),
        ("https://api.example/\n", "begins with https://"),
        ("https://[bad", "cannot be read"),
        ("https://api.example:port", "cannot be read"),
        ("https://api.example:99999", "cannot be read"),
    ],
)
@pytest.mark.parametrize("field", ["api", "oauth"])
def test_an_address_that_cannot_be_used(address: str, why: str, field: str, say: Translator) -> None:
    with pytest.raises(UsageFault, match=why) as raised:
        check(replace(SETTINGS, api=address) if field == "api" else replace(SETTINGS, oauth=address), say)
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize("value", ["", "hunter2\n", "hunter2é", "hunter\t2", " hunter2"])
def test_a_header_that_cannot_be_sent_is_told_without_its_value(value: str, say: Translator) -> None:
    with pytest.raises(UsageFault, match="Organization-Id of the API holds what cannot be sent") as raised:
        check(replace(SETTINGS, headers={"Organization-Id": value}), say)
    assert "hunter" not in str(raised.value)


def test_no_credential_is_in_what_shows_of_settings() -> None:
    shown = repr(replace(SETTINGS, headers={"cpro-account": "hunter2"}))
    for secret in ("id-of", "secret-of", "hunter2"):
        assert secret not in shown


def test_the_host_is_shown_with_its_port_and_nobody() -> None:
    assert host_of("https://alix@oauth.example:8443/token") == "oauth.example:8443"


def test_loopback() -> None:
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "::1")))
    assert not any(map(is_loopback, ("", "example", "10.0.0.1", "0.0.0.0")))  # noqa: S104, no address is bound

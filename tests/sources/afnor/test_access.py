"""Which platform is asked, with which account."""

from __future__ import annotations

import pytest

from chorus_config.model.errors import ChorusConfigError, Exit, Unavailable, UsageFault
from chorus_config.model.project import ProjectConfig
from chorus_config.model.project_entries import Platform
from chorus_config.sources.afnor.access import Access, access_to
from tests.sources.afnor.asking import SIRET, Asking

ADDRESSES = {
    "CHORUS_CONFIG_AFNOR_API": "https://pa.example/annuaire/v1/",
    "CHORUS_CONFIG_AFNOR_OAUTH": "https://pa.example/jeton",
}
PLAIN = {"AFNOR_CLIENT_ID": "moi", "AFNOR_CLIENT_SECRET": "chut"}
OWN = {"AFNOR_MA_PA_CLIENT_ID": "elle", "AFNOR_MA_PA_CLIENT_SECRET": "motus"}
PROJECT = ProjectConfig(
    platforms={
        "ma-pa": Platform("https://une.example/api", "https://une.example/token"),
        "autre": Platform("https://autre.example/api", "https://autre.example/token"),
    }
)


def reached(where: str, environ: dict[str, str], project: ProjectConfig = PROJECT) -> Access:
    return access_to(where, Asking(environ, SIRET, project=project).request)


def told(where: str, environ: dict[str, str], project: ProjectConfig = PROJECT) -> ChorusConfigError:
    with pytest.raises(ChorusConfigError) as fault:
        reached(where, environ, project)
    return fault.value


def test_without_a_name_the_environment_has_the_addresses() -> None:
    found = reached("", {**ADDRESSES, **PLAIN})
    assert (found.source, found.api, found.oauth) == ("afnor:", "https://pa.example/annuaire/v1", "https://pa.example/jeton")
    assert (found.client_id, found.client_secret, found.organization) == ("moi", "chut", "")


def test_with_a_name_the_project_file_has_the_addresses() -> None:
    found = reached("ma-pa", {**ADDRESSES, **PLAIN, **OWN})
    assert (found.source, found.api, found.oauth) == ("afnor:ma-pa", "https://une.example/api", "https://une.example/token")
    assert found.account == ("AFNOR_MA_PA_CLIENT_ID", "AFNOR_MA_PA_CLIENT_SECRET")


def test_a_platform_has_an_account_of_its_own() -> None:
    environ = {**PLAIN, **OWN, "AFNOR_ORGANIZATION_ID": "1", "AFNOR_MA_PA_ORGANIZATION_ID": "2"}
    found = reached("ma-pa", environ)
    assert (found.client_id, found.client_secret, found.organization) == ("elle", "motus", "2")
    unnamed = reached("", {**ADDRESSES, **environ})
    assert (unnamed.client_id, unnamed.client_secret, unnamed.organization) == ("moi", "chut", "1")


def test_a_platform_is_never_given_the_secret_of_another() -> None:
    """Nor half of it, nor its organization: who proposes an address in the project file must not receive it."""
    fault = told("autre", {**ADDRESSES, **PLAIN, **OWN, "AFNOR_ORGANIZATION_ID": "1"})
    assert isinstance(fault, Unavailable)
    assert "set AFNOR_AUTRE_CLIENT_ID, AFNOR_AUTRE_CLIENT_SECRET in the environment" in str(fault)
    fault = told("ma-pa", {**PLAIN, "AFNOR_MA_PA_CLIENT_ID": "elle"})
    assert "AFNOR_MA_PA_CLIENT_SECRET" in str(fault)
    assert reached("ma-pa", {**PLAIN, **OWN, "AFNOR_ORGANIZATION_ID": "1"}).organization == ""


def test_missing_variables_are_named() -> None:
    fault = told("", {}, ProjectConfig())
    assert isinstance(fault, Unavailable)
    assert fault.code == Exit.UNAVAILABLE
    assert all(name in str(fault) for name in (*ADDRESSES, *PLAIN))
    assert "AFNOR_CLIENT_SECRET" in str(told("", {**ADDRESSES, "AFNOR_CLIENT_ID": "moi", "AFNOR_CLIENT_SECRET": " "}))
    assert "CHORUS_CONFIG" not in str(told("ma-pa", {}))


def test_platforms_of_the_project_are_offered_where_an_address_is_missing() -> None:
    assert "afnor:ma-pa, afnor:autre" in str(told("", PLAIN))
    assert "afnor:ma-pa" not in str(told("", ADDRESSES))


def test_an_unknown_name_names_those_that_there_are() -> None:
    fault = told("mapa", PLAIN)
    assert isinstance(fault, UsageFault)
    assert "ma-pa, autre" in str(fault)
    assert "plateformes" in str(told("mapa", PLAIN, ProjectConfig()))
    assert "\x1b" not in str(told("\x1b[31m", PLAIN))


@pytest.mark.parametrize("project", [PROJECT, ProjectConfig()])
def test_an_address_in_the_place_of_a_name_is_shown_without_its_password(project: ProjectConfig) -> None:
    fault = str(told("https://moi:motus@pa.example", PLAIN, project))
    assert "https://pa.example" in fault
    assert "motus" not in fault


def test_no_credential_is_shown() -> None:
    found = reached("ma-pa", {**OWN, "AFNOR_MA_PA_ORGANIZATION_ID": "tres-prive"})
    assert not any(secret in repr(found) for secret in ("elle", "motus", "tres-prive"))


def test_an_address_with_a_password_is_refused() -> None:
    environ = {**ADDRESSES, **PLAIN, "CHORUS_CONFIG_AFNOR_API": "https://moi:motus@pa.example/v1"}
    with pytest.raises(UsageFault) as fault:
        Asking(environ, SIRET).read()
    assert "motus" not in str(fault.value)


def test_an_address_without_encryption_is_refused() -> None:
    with pytest.raises(UsageFault):
        Asking({**ADDRESSES, **PLAIN, "CHORUS_CONFIG_AFNOR_API": "http://pa.example/v1"}, SIRET).read()

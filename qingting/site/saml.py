"""Signing in through a campus by SAML: what its metadata file says, as django-allauth wants it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

from qingting.site.config import Config, ConfigError

_METADATA: Final = "{urn:oasis:names:tc:SAML:2.0:metadata}"
_SIGNATURE: Final = "{http://www.w3.org/2000/09/xmldsig#}"
_REDIRECT: Final = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"


def saml_of(config: Config) -> dict[str, Any]:
    """What stands in SOCIALACCOUNT_PROVIDERS["saml"]. Raises ConfigError for a file that is not
    the metadata of one identity provider."""
    idp = idp_of(Path(config.campus_saml))
    app = {
        # The same word as of OpenID Connect: it stands in the addresses.
        "provider_id": "sign-in-saml",
        "client_id": "sign-in",
        "name": config.campus_name or idp["entity_id"],
        "settings": {
            "idp": idp,
            # Unasked-for answers are refused, and one without a signature of its own.
            "advanced": {
                "strict": True,
                "reject_idp_initiated_sso": True,
                "want_assertion_signed": True,
                # What is said of somebody may be nothing but who they are.
                "want_attribute_statement": False,
            },
        },
    }
    return {"provider_class": "qingting.people.accounts.campus.saml.CampusSaml", "APPS": [app]}


def idp_of(path: Path) -> dict[str, str]:
    """entity_id, sso_url and x509cert of a metadata file. Raises ConfigError."""
    try:
        root = ET.parse(path).getroot()  # noqa: S314  # the operator's own file
    except OSError as error:
        raise ConfigError(f"QINGTING_CAMPUS_SAML: cannot read {path}: {error.strerror}") from error
    except ET.ParseError as error:
        raise ConfigError(f"QINGTING_CAMPUS_SAML: {path} is not XML") from error
    part = root.find(f"{_METADATA}IDPSSODescriptor")
    if root.tag != f"{_METADATA}EntityDescriptor" or part is None:
        raise ConfigError("QINGTING_CAMPUS_SAML: not the metadata of one identity provider")
    doors = [
        one.get("Location", "")
        for one in part.iterfind(f"{_METADATA}SingleSignOnService")
        if one.get("Binding") == _REDIRECT
    ]
    keys = {
        "".join((key.text or "").split())
        for one in part.iterfind(f"{_METADATA}KeyDescriptor")
        if one.get("use", "signing") == "signing"
        for key in one.iter(f"{_SIGNATURE}X509Certificate")
    }
    if not doors or len(keys) != 1:
        raise ConfigError(
            "QINGTING_CAMPUS_SAML: needs a sign-in by HTTP-Redirect and one signing certificate; "
            "where a campus changes its certificate, leave the one in use"
        )
    return {"entity_id": root.get("entityID", ""), "sso_url": doors[0], "x509cert": keys.pop()}

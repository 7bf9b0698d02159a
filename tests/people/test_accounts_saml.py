"""SAML: what is read of a campus's metadata, and, where the extra "saml" is installed, a whole
sign-in in a process of its own (its settings are read once)."""

from __future__ import annotations

import base64
import importlib.util
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from qingting.site.config import ConfigError, read_config
from qingting.site.saml import idp_of, saml_of

ROOT = Path(__file__).resolve().parents[2]
SIGN_IN = "tests/people/saml_sign_in.py"
METADATA = """<EntityDescriptor entityID="https://idp.campus.example/saml"
 xmlns="urn:oasis:names:tc:SAML:2.0:metadata"><IDPSSODescriptor
 protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">{keys}<SingleSignOnService
 Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.campus.example/sso"/>
</IDPSSODescriptor></EntityDescriptor>"""
KEY = """<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>
<X509Certificate>{text}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"""


def metadata(tmp_path: Path, *keys: str) -> Path:
    path = tmp_path / "campus.xml"
    path.write_text(METADATA.format(keys="".join(KEY.format(text=one) for one in keys)))
    return path


def test_metadata_is_read_and_unasked_answers_are_refused(tmp_path: Path) -> None:
    path = metadata(tmp_path, "MIIB\n  abc")
    given = {"QINGTING_CAMPUS_SAML": str(path), "QINGTING_CAMPUS_NAME": "河畔大学"}
    [app] = saml_of(read_config(given))["APPS"]
    assert app["name"] == "河畔大学"
    assert app["settings"]["idp"] == {
        "entity_id": "https://idp.campus.example/saml",
        "sso_url": "https://idp.campus.example/sso",
        "x509cert": "MIIBabc",
    }
    advanced = app["settings"]["advanced"]
    assert advanced["strict"]
    assert advanced["reject_idp_initiated_sso"]
    assert advanced["want_assertion_signed"]


def test_another_file_stops_the_start_and_says_why(tmp_path: Path) -> None:
    for text in ("not xml", "<a/>"):
        path = tmp_path / "odd.xml"
        path.write_text(text)
        with pytest.raises(ConfigError, match="QINGTING_CAMPUS_SAML"):
            idp_of(path)
    for odd in (metadata(tmp_path), metadata(tmp_path, "one", "two"), tmp_path / "nowhere"):
        with pytest.raises(ConfigError, match="QINGTING_CAMPUS_SAML"):
            idp_of(odd)


@pytest.mark.process
@pytest.mark.skipif(
    importlib.util.find_spec("onelogin") is None, reason="the extra saml is not installed"
)
def test_a_sign_in(tmp_path: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "campus")]), datetime.now(UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), 7, now, now + timedelta(days=1))
    der = built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    secret = tmp_path / "campus.key"
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    path = metadata(tmp_path, base64.b64encode(der).decode())
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", SIGN_IN],
        cwd=ROOT,
        env={**os.environ, "QINGTING_CAMPUS_SAML": str(path), "SAML_TEST_KEY": str(secret)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert told.returncode == 0, told.stdout[-3000:]
    assert told.stdout.startswith("....")

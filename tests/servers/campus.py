"""A small OpenID Connect provider as a process of its own: code flow with PKCE, RS256 id tokens.

`python -m tests.servers.campus` prints its address. It vouches for one student; whoever asks is
that student. A code is good once, for the verifier that belongs to its challenge.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT: Final = "qingting"
SECRET: Final = "between-us"  # of a test
STUDENT: Final = {
    "sub": "u-20230417",
    "name": "林晚舟",
    "preferred_username": "20230417",
    "email": "linwanzhou@campus.example",
}


@contextmanager
def running_campus() -> Iterator[str]:
    """The provider, and its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.servers.campus"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()


class _Provider(BaseHTTPRequestHandler):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    challenges: dict[str, str] = {}
    nonces: dict[str, str] = {}

    def do_GET(self) -> None:  # the library's name
        """Discovery, the sign-in page (which asks nothing), and what is known of the student."""
        address, asked = urlsplit(self.path), parse_qs(urlsplit(self.path).query)
        here = f"http://{self.headers['Host']}"
        if address.path == "/.well-known/openid-configuration":
            self._json(
                {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/userinfo",
                    "jwks_uri": f"{here}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif address.path == "/authorize":
            assert asked["code_challenge_method"] == ["S256"]
            code = secrets.token_urlsafe(16)
            self.challenges[code] = asked["code_challenge"][0]
            self.nonces[code] = asked.get("nonce", [""])[0]
            more = urlencode({"code": code, "state": asked["state"][0]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri'][0]}?{more}")
            self.end_headers()
        elif address.path == "/userinfo":
            self._json(STUDENT)
        else:
            self._json({}, 404)

    def do_POST(self) -> None:
        """A code for tokens."""
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        challenge = self.challenges.pop(form["code"][0], "")
        digest = hashlib.sha256(form.get("code_verifier", [""])[0].encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != challenge or form.get(
            "client_secret"
        ) != [SECRET]:
            self._json({"error": "invalid_grant"}, 400)
            return
        now = int(time.time())
        said = {
            "iss": f"http://{self.headers['Host']}",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonces.pop(form["code"][0], ""),
            **STUDENT,
        }
        token = jwt.encode(said, self.key, algorithm="RS256", headers={"kid": "one"})
        self._json({"access_token": "opens-userinfo", "token_type": "Bearer", "id_token": token})

    def log_message(self, *_: Any) -> None:
        """Nothing."""

    def _json(self, body: Any, status: int = 200) -> None:
        said = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Provider)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()

"""A small OpenID Connect provider on this machine, strict about what a client must send."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT, SECRET = "clusterwork", "a secret of 32 characters or more"


@dataclass
class Provider:
    """Who is signed in there, and what it has seen."""

    address: str = ""
    who: dict[str, object] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    n_tokens: int = 0

    def discovery(self) -> dict[str, object]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Where to send the browser back to; refuses whoever does not use PKCE with S256."""
        if asked.get("code_challenge_method") != "S256" or not asked.get("state"):
            self.refusals.append("authorize")
            return asked["redirect_uri"] + "?error=invalid_request"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str]) -> tuple[int, dict[str, object]]:
        asked = self.codes.pop(sent.get("code", ""), None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        fits = (
            asked is not None
            and asked["code_challenge"] == challenge
            and asked["redirect_uri"] == sent.get("redirect_uri")
            and (sent.get("client_id"), sent.get("client_secret")) == (CLIENT, SECRET)
        )
        if not fits:
            self.refusals.append("token")
            return 400, {"error": "invalid_grant"}
        self.n_tokens += 1
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, **self.who}
        token = jwt.encode(claims, SECRET, algorithm="HS256")
        return 200, {"access_token": "t", "token_type": "Bearer", "id_token": token}


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        asked = {key: values[0] for key, values in parse_qs(path.query).items()}
        if path.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(asked))
            self.end_headers()
        elif path.path == "/userinfo":
            self.answer(200, self.provider.who)
        else:
            self.answer(200, self.provider.discovery())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {key: values[0] for key, values in parse_qs(body).items()}
        self.answer(*self.provider.token(sent))

    def answer(self, status: int, values: object) -> None:
        body = json.dumps(values).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Says nothing."""


@contextmanager
def running() -> Iterator[Provider]:
    """The provider on a free port of this machine."""
    provider = Provider()
    handler = type("Bound", (Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)

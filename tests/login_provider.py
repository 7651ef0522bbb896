"""A tiny provider of logins by OpenID Connect, which signs everybody in as one person."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT = "qualcode"


@contextmanager
def signing_in(claims: dict[str, Any]) -> Iterator[str]:
    """Run the provider; give the address of its description. The claims may change meanwhile."""
    from joserfc.jwk import RSAKey

    key = RSAKey.generate_key(2048, {"kid": "k"})
    nonces: dict[str, str] = {}

    class Provider(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/authorize":
                self._go_back({name: one[0] for name, one in parse_qs(asked.query).items()})
            elif asked.path == "/keys":
                self._say({"keys": [key.as_dict(private=False)]})
            else:
                self._say(_description(base))

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            nonce = nonces.pop(sent["code"][0])
            token = _token(base, {**claims, "nonce": nonce}, key)
            self._say({"access_token": "a", "token_type": "Bearer", "id_token": token})

        def _go_back(self, query: dict[str, str]) -> None:
            code = f"code{len(nonces)}"
            nonces[code] = query.get("nonce", "")
            back = urlencode({"code": code, "state": query["state"]})
            self.send_response(302)
            self.send_header("Location", f"{query['redirect_uri']}?{back}")
            self.end_headers()

        def _say(self, value: object) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(value).encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"{base}/.well-known/openid-configuration"
    finally:
        server.shutdown()
        server.server_close()


def _description(base: str) -> dict[str, object]:
    return {
        "issuer": base,
        "authorization_endpoint": f"{base}/authorize",
        "token_endpoint": f"{base}/token",
        "jwks_uri": f"{base}/keys",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }


def _token(base: str, claims: dict[str, Any], key: Any) -> str:
    from joserfc import jwt

    now = int(time.time())
    told = {"iss": base, "aud": CLIENT, "sub": "1", "iat": now, "exp": now + 300, **claims}
    return jwt.encode({"alg": "RS256", "kid": "k"}, told, key)

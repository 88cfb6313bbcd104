"""Who we are to a store: the answer to its challenge, Basic (RFC 7617) or Digest (RFC 7616), whichever it makes."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

import httpx


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user of the store; the password is in no message and no representation."""

    user: str
    password: str = field(repr=False)

    def hidden_in(self, text: str) -> str:
        """The text without the password, should a store repeat it."""
        return text.replace(self.password, "…") if self.password else text


class Challenged(httpx.Auth):
    """Sends credentials only to a store that asks for them, and then in the way that it asks for."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._way: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The requests that one exchange takes (see `httpx.Auth`)."""
        if self._way is None:
            response = yield request
            if response.status_code != 401:
                return
            self._way = self._answer_to(response.headers.get("WWW-Authenticate", ""))
        yield from self._way.auth_flow(request)

    def _answer_to(self, challenge: str) -> httpx.Auth:
        user, password = self._credentials.user, self._credentials.password
        if "digest" in challenge.lower():
            return httpx.DigestAuth(user, password)
        return httpx.BasicAuth(user, password)

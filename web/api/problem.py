"""What a program is told when something was not done: one problem (RFC 9457), with a stable code and a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.responses import JSONResponse

from procedures.words import Lang, Words, say

KIND = "application/problem+json"
#: What every problem of a status is called.
TITLES: dict[int, Words] = {
    400: say("The request cannot be read"),
    401: say("No valid token was shown"),
    403: say("This may not be done"),
    404: say("Nothing is here"),
    405: say("This cannot be done here"),
    409: say("The case does not stand so that this can be done"),
    412: say("The case has changed meanwhile"),
    413: say("Too much at once"),
    415: say("The body is not of a kind that is read here"),
    422: say("The request is incomplete or wrong"),
    429: say("Too often"),
    500: say("The request could not be answered"),
    503: say("The records cannot be read now"),
    507: say("The records cannot be read now"),
}
#: The codes of problems that no refusal of the engine names.
CODES = {
    400: "Unreadable",
    401: "NoToken",
    403: "Forbidden",
    404: "NotFound",
    405: "MethodNotAllowed",
    409: "Conflict",
    412: "StaleVersion",
    413: "TooLarge",
    415: "UnsupportedBody",
    422: "Malformed",
    429: "TooOften",
    500: "Fault",
    503: "Unavailable",
    507: "Full",
}


@dataclass(frozen=True)
class Problem(Exception):  # noqa: N818 - it is what is answered
    """Ends a request; `more` are further members of the answer, `headers` go with it."""

    status: int
    words: Words | None = None
    code: str = ""
    more: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def answer(self, lang: Lang) -> JSONResponse:
        """Return the answer in a language."""
        title = TITLES.get(self.status, TITLES[500]).into(lang)
        code = self.code or CODES.get(self.status, "Fault")
        told = {
            "type": f"urn:quytrinh:problem:{code}",
            "title": title,
            "status": self.status,
            "code": code,
            "detail": self.words.into(lang) if self.words is not None else title,
            **self.more,
        }
        headers = {"Content-Language": lang, **self.headers}
        return JSONResponse(told, self.status, headers=headers, media_type=KIND)

"""An application of somebody else's, which has the service under a prefix: `python -m tests.web.host FOLDER PORT`."""

from __future__ import annotations

import logging
import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from cse_forms import Catalogue
from cse_forms.web import Limits, create_app

PREFIX = "/cases/forms-of-ours"
STRICT = "/strict"
TENANT = "/tenants/{tenant}"

SLOWEST = 2.0
"""Seconds after which a body is too slow for the strict one."""
LARGEST = 20_000
"""Bytes that the strict one takes in."""
ORIGIN = "https://cases.example"


def application(folder: str) -> Starlette:
    """Return the application; FOLDER holds the folders of two catalogues, `ours` and `theirs`."""
    ours = Catalogue.from_directory(f"{folder}/ours")
    strict = Limits(response_bytes=LARGEST, document_bytes=LARGEST, body_seconds=SLOWEST)

    def home(_: Request) -> PlainTextResponse:
        return PlainTextResponse("a case system")

    return Starlette(
        routes=[
            Route("/", home),
            Mount(PREFIX, create_app(ours)),
            Mount(STRICT, create_app(ours, limits=strict, hosts=["127.0.0.1", "*.cases.example"], origins=[ORIGIN])),
            Mount(TENANT, create_app(Catalogue.from_directory(f"{folder}/theirs"))),
        ]
    )


if __name__ == "__main__":
    # Everything that anybody logs is kept, so that a test can look for answers in it.
    logging.basicConfig(level=logging.DEBUG)
    uvicorn.run(application(sys.argv[1]), port=int(sys.argv[2]), log_level="trace", access_log=True)

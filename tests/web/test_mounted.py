"""The service in applications of other frameworks, among what commonly stands around one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import httpx
import pytest
from fastapi import FastAPI, Header, HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

import cse_forms
from cse_forms.web import create_app
from tests.asynchronous import complete

FORM = "/forms/invented/1.0.0"
PREFIX = "/api/assess ments"


def within_fastapi(service: ASGIApp) -> ASGIApp:
    """Return an application in an application, with what is commonly put around one."""
    inner, outer = FastAPI(), FastAPI()

    @outer.get("/own")
    def own(x_key: Annotated[str, Header()] = "") -> dict[str, bool]:
        if x_key != "k":
            raise HTTPException(401)
        return {"own": True}

    inner.mount("/assess ments", service)
    outer.mount("/api", inner)
    outer.add_middleware(GZipMiddleware, minimum_size=100)
    outer.add_middleware(CORSMiddleware, allow_origins=["https://cases.example"])
    outer.add_middleware(TrustedHostMiddleware, allowed_hosts=["here"])
    return outer


def _handed_on(service: ASGIApp, *, strips: bool) -> ASGIApp:
    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(PREFIX) if strips else scope["path"]
        await service({**scope, "root_path": PREFIX, "path": path}, receive, send)

    return application


def that_keeps_the_prefix(service: ASGIApp) -> ASGIApp:
    """Return an application that hands on the address as it is, as the standard has it."""
    return _handed_on(service, strips=False)


def that_takes_the_prefix_away(service: ASGIApp) -> ASGIApp:
    """Return an application that hands on what is left of the address, as older servers do."""
    return _handed_on(service, strips=True)


@pytest.mark.parametrize("host", [within_fastapi, that_keeps_the_prefix, that_takes_the_prefix_away])
def test_the_service_is_the_same_wherever_it_is_mounted(catalogues: Path, host: Any) -> None:
    application = host(create_app(cse_forms.Catalogue.from_directory(catalogues / "ours")))

    async def ask() -> None:
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            base = PREFIX.replace(" ", "%20")
            (form,) = (await client.get(f"{base}/forms")).json()["forms"]
            assert form["href"] == f"{base}/forms/invented"
            definition = await client.get(form["versions"][0]["href"])
            assert definition.json()["x-form"]["id"] == "invented"
            tag = {"If-None-Match": definition.headers["etag"]}
            assert (await client.get(f"{base}{FORM}", headers=tag)).status_code == 304
            assert (await client.get(f"{base}/openapi.json")).json()["servers"] == [{"url": base}]
            page = await client.get(f"{base}{FORM}/render")
            assert "style-src 'sha256-" in page.headers["content-security-policy"]
            outcome = await client.post(f"{base}{FORM}/evaluate", json={"answers": {}})
            assert outcome.json()["form"] == "invented"
            for path in ("/nothing", "/forms/", "/forms/other", "/forms/..%2f..%2fown/1.0.0"):
                refused = await client.get(f"{base}{path}")
                assert (refused.status_code, refused.headers["content-type"]) == (404, "application/problem+json")

    complete(ask)

"""The application: the addresses of the service, and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from cse_forms.errors import CseFormsError
from cse_forms.web.guard import Guard, Origins, log_failure
from cse_forms.web.limits import Limits
from cse_forms.web.problems import ProblemError, from_library, from_routing, told
from cse_forms.web.service import Service

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from cse_forms.forms import Catalogue

_EXPOSED = ("Content-Disposition", "ETag")
_AN_HOUR = 3600


def create_app(
    catalogue: Catalogue | None = None,
    *,
    limits: Limits | None = None,
    hosts: Sequence[str] = (),
    origins: Sequence[str] = (),
) -> Starlette:
    """Return the service, to be run by an ASGI server or mounted in another application.

    Args:
        catalogue: the forms that it serves; the shipped ones, if none are named.
        limits: how much a request may send, and how long it may take.
        hosts: the names by which it may be called, such as forms.example.org or *.example.org; any, if none is named.
        origins: whose pages may use it from a browser, such as https://cases.example.org; those of its own alone, if
            none is named.
    """
    from cse_forms.forms import shipped_catalogue

    limits = limits or Limits()
    service = Service(catalogue or shipped_catalogue(), limits)
    around = [Middleware(Guard, hosts=tuple(hosts), most=limits.all_bytes)]
    if origins:
        around.append(
            Middleware(
                Origins,
                allow_origins=tuple(origins),
                allow_methods=("GET", "POST"),
                allow_headers=("Content-Type", "If-None-Match"),
                expose_headers=_EXPOSED,
                max_age=_AN_HOUR,
            )
        )
    application = Starlette(
        routes=routes(service),
        middleware=around,
        exception_handlers={
            CseFormsError: _library_error,
            HTTPException: _routing_error,
            ProblemError: _problem,
        },
    )
    # A redirect would name the host that the request names, which anybody can choose.
    application.router.redirect_slashes = False
    return application


def routes(service: Service) -> list[Route]:
    """Return the addresses of a service. Those that are asked most stand first."""
    version = "/forms/{form}/{version}"
    return [
        Route(f"{version}/evaluate", service.evaluate, methods=["POST"]),
        Route(f"{version}/validate", service.validate, methods=["POST"]),
        Route(f"{version}/explain", service.explain, methods=["POST"]),
        Route(f"{version}/render", service.render, methods=["GET", "POST"]),
        Route(f"{version}/response", service.empty),
        Route(f"{version}/policy", service.policy),
        Route(version, service.definition),
        Route("/forms/{form}", service.versions),
        Route("/forms", service.forms),
        Route("/read", service.read, methods=["POST"]),
        Route("/openapi.json", service.openapi),
        Route("/health", service.health),
        Route("/ready", service.ready),
    ]


async def _library_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, CseFormsError)
    found = from_library(error)
    if found.problem.status >= 500:
        log_failure(request.scope, error)
    return told(found)


async def _routing_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return told(from_routing(error))


async def _problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return told(error)

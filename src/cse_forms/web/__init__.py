"""The web service: an ASGI application to run by itself, or to mount in another one.

    uvicorn --factory cse_forms.web:create_app

It keeps no data. The extra `web` installs what it needs.
"""

from __future__ import annotations

try:
    from cse_forms.web.application import create_app
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] not in {"starlette", "python_multipart"}:
        raise
    raise ModuleNotFoundError(
        "The web service needs packages that are not installed; install them with: pip install 'cse_forms[web]'",
        name=error.name,
    ) from error
from cse_forms.web.limits import Limits

__all__ = ["Limits", "create_app"]

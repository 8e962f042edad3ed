"""A first desk: where every publication stands, with its proof. Reading only, this machine only."""

import webbrowser
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import uvicorn
from fastapi import FastAPI, Request
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from stuifmail.errors import StuifmailError
from stuifmail.newsroom import Newsroom, Row
from stuifmail.render.filters import clock, long_date

_PAGES = Path(__file__).parent / "pages"
#: No script runs and nothing is loaded from elsewhere, whatever a proof may hold.
_POLICY = "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-src 'self'"


def make_app(newsroom: Newsroom) -> FastAPI:
    """Answer the desk of an open newsroom.

    Pages: `/` lists the publications, `/proofs/ID/` shows a proof, `/site/…` the web version
    of what was sent.
    """
    app = FastAPI(title="stuifmail", docs_url=None, redoc_url=None, openapi_url=None)
    # Only under this machine's own names: a page elsewhere could else read drafts by a name of its own.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
    pages = Jinja2Templates(_PAGES)
    for name in ("proofs", "site"):
        folder = newsroom.outputs / name
        folder.mkdir(parents=True, exist_ok=True)
        app.mount(f"/{name}", StaticFiles(directory=folder, html=True), name=name)

    @app.middleware("http")
    async def guard(request: Request, call_next):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        response = await call_next(request)
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    @app.get("/", response_class=HTMLResponse)
    def index(request: Request) -> HTMLResponse:
        rows = [_with_links(newsroom, row) for row in newsroom.list_drafts()]
        organisation = newsroom.config.organisation
        context = {"rows": rows, "organisation": organisation, "language": organisation.languages[0]}
        return pages.TemplateResponse(request, "index.html", context)

    return app


def _with_links(newsroom: Newsroom, row: Row) -> Row:
    """The row with the addresses of its proof and web versions, where they exist."""
    proof = newsroom.outputs / "proofs" / row["id"] / "index.html"
    site = newsroom.outputs / "site" / row["id"]
    languages = [code for code in row["subject"] if (site / code / "index.html").exists()]
    return {
        **row,
        "moment": _say_moment(row, newsroom),
        "proof": f"/proofs/{row['id']}/" if proof.exists() else None,
        "web": {code: f"/site/{row['id']}/{code}/" for code in languages},
    }


def _say_moment(row: Row, newsroom: Newsroom) -> str:
    """When it went or goes out, in the newsroom's zone and first language."""
    organisation = newsroom.config.organisation
    moment = datetime.fromisoformat(row["sent_at"] or row["due_at"] or row["send_at"])
    local = moment.astimezone(ZoneInfo(organisation.time_zone))
    language = organisation.languages[0]
    return f"{long_date(local, language)}, {clock(local, language)}"


def serve(root: Path, port: int) -> None:
    """Serve the desk on 127.0.0.1 until it is stopped, and open the browser.

    Raises:
        StuifmailError: the port is taken.
    """
    with Newsroom.open(root) as newsroom:
        config = uvicorn.Config(make_app(newsroom), host="127.0.0.1", port=port, log_level="warning")
        try:
            listening = config.bind_socket()
        except SystemExit as error:
            raise StuifmailError(
                f"port {port} is taken", place="desk", remedy="choose another: stuifmail desk --port 8766"
            ) from error
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        print(f"the desk is open at {address} (stop it with Ctrl-C)", flush=True)  # noqa: T201
        with suppress(webbrowser.Error):
            webbrowser.open(address)
        uvicorn.Server(config).run(sockets=[listening])

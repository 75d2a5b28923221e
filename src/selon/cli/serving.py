"""`selon serve`: pages and an API over a library, for a browser on the same machine."""

from __future__ import annotations

import socket
import webbrowser
from contextlib import ExitStack
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Annotated

import typer

from selon.cli.console import LIBRARY, LibraryFile, complain, library_in

_NEEDED = ("fastapi", "uvicorn")
_WAITING = 128


def serve(
    *,
    library: LibraryFile = LIBRARY,
    host: Annotated[str, typer.Option("--host", help="The address to listen at; others than this machine may ask at "
                                                     "0.0.0.0, and nothing asks them who they are.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 takes one that is free.")] = 8471,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the first page in the browser.")] = False,
) -> None:  # fmt: skip
    """Show a library in the browser: search, articles, sources, echoes. Everything is only read."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        complain(f"selon serve needs {' and '.join(missing)}: pip install '.[web]' in Selon's folder installs them")
        raise typer.Exit(1)
    with library_in(library, read_only=True):
        pass  # that it is there and can be read is said here, not on every page
    import uvicorn  # noqa: PLC0415

    from selon.web.app import create_app  # noqa: PLC0415

    listening = _listening(host, port)
    address = _address(host, listening.getsockname()[1])
    typer.echo(f"{library} is served at {address} (Ctrl+C ends it)")
    if open_browser:
        webbrowser.open(address)
    settings = uvicorn.Config(create_app(library, host), log_level="warning", server_header=False, lifespan="off")
    try:
        uvicorn.Server(settings).run(sockets=[listening])
    except KeyboardInterrupt:
        typer.echo("")


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there already, so that a browser may be sent to it; ends the program where none can be."""
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]
        with ExitStack() as closing:
            listening = closing.enter_context(socket.socket(family, kind, protocol))
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(where)
            listening.listen(_WAITING)
            closing.pop_all()
    except OSError as error:
        complain(f"{host}, port {port}: {(error.strerror or str(error)).lower()}; --port takes another")
        raise typer.Exit(1) from error
    return listening


def _address(host: str, port: int) -> str:
    """The address to be opened on this machine."""
    name = host.strip("[]")
    try:
        address = ip_address(name)
    except ValueError:
        return f"http://{name}:{port}/"
    if address.is_unspecified:
        name = "127.0.0.1" if address.version == 4 else "::1"
    return f"http://[{name}]:{port}/" if address.version == 6 else f"http://{name}:{port}/"

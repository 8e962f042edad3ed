"""Ways out of the house, one module each; `open_transport` opens the one that is configured."""

from stuifmail.dispatch.transports.base import Transport
from stuifmail.dispatch.transports.registry import open_transport

__all__ = ["Transport", "open_transport"]

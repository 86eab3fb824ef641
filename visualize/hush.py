"""What the font library says to people who cannot do anything about it is kept from them; all else is passed on."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

#: Fontconfig reads the templates of the system whatever it is configured to do, and those may be newer than it is.
_NOISE = b"Fontconfig warning:"
_STDERR = 2


@contextmanager
def font_warnings_hushed() -> Iterator[None]:
    """Hold back what is written to the standard error meanwhile, then write it without Fontconfig's warnings.

    The warnings come from C, so the file descriptor itself is turned; where there is none nothing is done.
    """
    try:
        kept = os.dup(_STDERR)
    except OSError:
        yield
        return
    with tempfile.TemporaryFile() as held:
        _flush()
        os.dup2(held.fileno(), _STDERR)
        try:
            yield
        finally:
            _flush()
            os.dup2(kept, _STDERR)
            os.close(kept)
            held.seek(0)
            said = b"".join(line for line in held if not line.startswith(_NOISE))
            if said:
                os.write(_STDERR, said)


def _flush() -> None:
    if sys.stderr is not None:
        sys.stderr.flush()

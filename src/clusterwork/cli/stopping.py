"""Ctrl-C as a wish: the first time it asks the work to end with its best, then it ends it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import typer


class Asked:
    """Says whether Ctrl-C was pressed; the second time it ends the program as usual."""

    def __init__(self) -> None:
        self.pressed = False

    def __call__(self) -> bool:
        return self.pressed

    def press(self, _number: int, _frame: FrameType | None) -> None:
        if self.pressed:
            raise KeyboardInterrupt
        self.pressed = True
        typer.echo(
            "Stopping with the best so far. Press Ctrl-C again to give up at once.", err=True
        )


@contextmanager
def interruptible() -> Iterator[Asked]:
    asked = Asked()
    try:
        before = signal.signal(signal.SIGINT, asked.press)
    except ValueError:  # not the main thread: whoever runs us has its own way to stop
        yield asked
        return
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)

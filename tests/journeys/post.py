"""What the worker has sent by mail during a journey."""

from __future__ import annotations

import re
import time
from email import message_from_bytes, policy
from pathlib import Path

import pytest


class Post:
    """The letters that lie in the house's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def link_to(self, address: str, subject: str, seconds: float = 30) -> str:
        """The path of the link in the letter to `address` whose subject has these words."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for letter in self._letters():
                if letter["To"] == address and subject in " ".join(letter["Subject"].split()):
                    found = re.search(r"https?://[^/\s]+(/\S+)", letter.get_content())
                    assert found, "The letter has no link."
                    return found[1]
            time.sleep(0.2)
        pytest.fail(f"No letter to {address} about {subject} within {seconds} seconds.")

    def _letters(self):
        for file in sorted(self.folder.glob("*.log")) if self.folder.exists() else []:
            for part in file.read_bytes().split(b"-" * 79):
                yield message_from_bytes(part.strip(), policy=policy.default)

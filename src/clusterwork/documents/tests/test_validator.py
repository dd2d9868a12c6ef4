"""PDF/UA-1 by veraPDF, where the machine has it; the tags are checked without it elsewhere."""

import shutil
import subprocess
from pathlib import Path

import pytest

from clusterwork.documents import AnyDocument, Bilingual, to_pdf
from clusterwork.documents.tests.made import a_document, long_table

VERAPDF = shutil.which("verapdf")

DOCUMENTS = {
    "every kind of block": a_document(),
    "a table over pages": a_document(long_table(120)),
    "bilingual": Bilingual(a_document(language="cy", title="Cynllun"), a_document()),
}


@pytest.mark.skipif(VERAPDF is None, reason="veraPDF is not on this machine")
@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_verapdf_finds_it_conforming(document: AnyDocument, tmp_path: Path) -> None:
    file = tmp_path / "document.pdf"
    file.write_bytes(to_pdf(document))
    command = [str(VERAPDF), "--flavour", "ua1", "--format", "text", str(file)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.stdout.startswith("PASS"), found.stdout

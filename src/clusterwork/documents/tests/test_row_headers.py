import pytest

from clusterwork.documents import to_pdf
from clusterwork.documents.pdf.row_headers import Objects, OtherTables, with_row_headers
from clusterwork.documents.tests.made import a_document, long_table


class TestRowHeaders:
    def test_a_file_written_anew_is_the_same(self) -> None:
        pdf = to_pdf(a_document())
        assert Objects(pdf).written() == pdf

    def test_without_tables_nothing_is_touched(self) -> None:
        assert with_row_headers(b"any bytes", []) == b"any bytes"

    def test_other_tables_than_were_written_are_refused(self) -> None:
        with pytest.raises(OtherTables):
            with_row_headers(to_pdf(a_document(long_table(1))), [True, True])

    def test_a_file_of_another_make_is_refused(self) -> None:
        with pytest.raises(OtherTables):
            with_row_headers(b"%PDF-1.4\n%%EOF", [True])

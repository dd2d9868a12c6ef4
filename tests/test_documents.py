"""Documents of the service: as a page with its other forms, and as a download."""

from io import BytesIO

import docx
import pytest
from django.http import HttpRequest
from django.urls import path, reverse
from lxml import html

from clusterwork.config.urls import handler400, handler403, handler404, handler500, urlpatterns
from clusterwork.documents import Bilingual, Document, Heading, Paragraph, Table, n_pages
from clusterwork.kernel.errors import NotThere
from clusterwork.web.documents import (
    FORMS,
    document_page,
    document_response,
    file_name,
    form_called,
)
from clusterwork.web.guards import open_to_all

__all__ = ["handler400", "handler403", "handler404", "handler500"]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

HARM = "<script>alert(1)</script>"


def plan(language: str = "en-gb") -> Document:
    rows = [("Reading days", HARM)]
    parts = (Heading(1, "Priorities"), Paragraph(HARM), Table("Actions", ("Action", "Who"), rows))
    return Document("Cynllun" if language == "cy" else "Plan", language, parts, version="1")


@open_to_all
def a_page(request: HttpRequest):
    return document_page(
        request,
        Bilingual(plan("cy"), plan()),
        lambda form: reverse("a_download", args=[form]),
        seen_by_words="everyone",
        trail_items=[{"text": "Home", "href": "/"}],
    )


@open_to_all
def a_download(request: HttpRequest, form: str):
    return document_response(Bilingual(plan("cy"), plan()), form, "Cynllun y tŷ / Plan")


urlpatterns = [
    *urlpatterns,
    path("a-page", a_page),
    path("a-download.<str:form>", a_download, name="a_download"),
]


class TestADownload:
    @pytest.mark.parametrize("form", [form.name for form in FORMS])
    def test_has_its_type_and_name(self, client, form):
        response = client.get(f"/a-download.{form}")
        assert response.status_code == 200
        assert response["Content-Type"] == form_called(form).content_type
        assert response["Content-Disposition"] == (
            f"attachment; filename*=utf-8''Cynllun%20y%20t%C5%B7%20Plan.{form}"
        )

    def test_opens_as_what_it_says(self, client):
        assert n_pages(client.get("/a-download.pdf").content) == 2
        word = docx.Document(BytesIO(client.get("/a-download.docx").content))
        assert word.core_properties.title == "Cynllun / Plan"
        assert client.get("/a-download.json").json()["title"] == "Cynllun / Plan"
        assert client.get("/a-download.html").content.startswith(b"<!DOCTYPE html>")

    def test_a_form_that_there_is_not_is_not_found_and_says_which_there_are(self, client):
        response = client.get("/a-download.exe")
        assert response.status_code == 404
        assert "PDF, Word, a web page or JSON" in response.content.decode()

    def test_outside_a_page_it_is_a_problem(self):
        with pytest.raises(NotThere):
            document_response(plan(), "exe", "Plan")


class TestFileNames:
    @pytest.mark.parametrize(
        ("name", "kept"),
        [
            ("Plan of the rural five", "Plan of the rural five"),
            ("../../etc/passwd", "etc passwd"),
            ('a"b\\c\r\nX: y\x00', "a b c X y"),
            ("Ysgol y Tŷ", "Ysgol y Tŷ"),
            ("...", "document"),
            ("x" * 500, "x" * 100),
        ],
    )
    def test_hold_no_path_and_no_line(self, name, kept):
        assert file_name(name) == kept


class TestAPage:
    def test_shows_the_document_below_one_heading(self, client):
        page = html.fromstring(client.get("/a-page").content)
        assert [each.text_content() for each in page.iter("h1")] == ["Cynllun / Plan"]
        assert [each.get("lang") for each in page.iter("article")] == ["cy", "en-GB"]

    def test_leads_to_its_other_forms(self, client):
        page = html.fromstring(client.get("/a-page").content)
        links = page.xpath("//ul[contains(@class, 'cw-document-forms')]//a/@href")
        assert links == [f"/a-download.{form.name}" for form in FORMS]

    def test_takes_no_text_for_markup(self, client):
        page = client.get("/a-page").content.decode()
        assert HARM not in page
        assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 4

    def test_carries_no_style_of_its_own_that_the_service_forbids(self, client):
        assert " style=" not in client.get("/a-page").content.decode()

    def test_says_who_can_see_it(self, client):
        assert "everyone" in client.get("/a-page").content.decode()

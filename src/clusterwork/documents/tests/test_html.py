from lxml import html

from clusterwork.documents import Bilingual, Heading, Paragraph, Run, Table, to_html, to_html_page
from clusterwork.documents.tests.made import ALT, a_document


def read(page: str) -> html.HtmlElement:
    return html.fromstring(page)


class TestAFragmentForAPage:
    def test_is_an_article_in_its_language(self) -> None:
        article = read(to_html(a_document(language="cy")))
        assert (article.tag, article.get("lang")) == ("article", "cy")

    def test_its_title_is_the_only_heading_of_the_first_level(self) -> None:
        article = read(to_html(a_document()))
        assert [each.text for each in article.iter("h1")] == ["Cluster plan"]
        assert [each.text for each in article.iter("h2")] == ["Priorities", "Signing"]
        assert [each.text for each in article.iter("h3")] == ["Actions"]

    def test_its_headings_go_below_those_of_the_page(self) -> None:
        article = read(to_html(a_document(), top=2))
        assert [each.text for each in article.iter("h3")] == ["Priorities", "Signing"]

    def test_contents_lead_to_the_headings(self) -> None:
        article = read(to_html(a_document()))
        links = [each.get("href")[1:] for each in article.iter("a")]
        assert links == [each.get("id") for each in article.iter("h2", "h3")]

    def test_other_languages_are_marked_and_its_own_is_not(self) -> None:
        text = (Run("Da iawn", language="cy"), Run(" well", language="en"))
        (paragraph,) = read(to_html(a_document(Paragraph(text)))).iterfind("p[@class='govuk-body']")
        assert [(each.get("lang"), each.text) for each in paragraph.iter("span")] == [
            ("cy", "Da iawn")
        ]

    def test_a_language_written_leftward_says_so(self) -> None:
        article = read(to_html(a_document(Paragraph(Run("مرحبا", language="ar")))))
        assert article.xpath("//span[@lang='ar']/@dir") == ["rtl"]


class TestTables:
    def test_headers_name_what_they_head(self) -> None:
        table = read(to_html(a_document())).find(".//table")
        assert table.find("caption").text == "Actions of the priority"
        assert table.xpath("thead//th/@scope") == ["col"] * 3
        assert table.xpath("tbody//th/@scope") == ["row"] * 2
        assert table.xpath("tbody//th/text()") == ["Reading days", "All"]

    def test_a_header_is_strong_as_a_whole_unless_a_part_of_it_is_said_to_be(self) -> None:
        weighed = (Run("Reading days", strong=True), " six a year")
        article = read(to_html(a_document(Table("A", ("Action",), [(weighed,), ("Books",)]))))
        first, second = article.xpath("//tbody//th")
        assert first.xpath("strong/text()") == ["Reading days"]
        assert "weighed" in first.get("class")
        assert "weighed" not in second.get("class")

    def test_figures_stand_right(self) -> None:
        table = read(to_html(a_document())).find(".//table")
        assert table.xpath("tbody//td[contains(@class, 'numeric')]/text()") == ["1,200"] * 2

    def test_a_wide_one_scrolls_in_a_named_region(self) -> None:
        region = read(to_html(a_document())).find(".//table/..")
        assert (region.get("role"), region.get("tabindex")) == ("region", "0")
        assert region.get("aria-label") == "Actions of the priority"


class TestAFigure:
    def test_has_its_words_and_runs_no_script_of_its_own(self) -> None:
        figure = read(to_html(a_document())).find(".//figure")
        (image,) = figure.iter("img")
        assert image.get("alt") == ALT
        assert image.get("src").startswith("data:image/svg+xml;base64,")
        assert not list(figure.iter("svg", "{*}svg"))


class TestAPageByItself:
    def test_says_its_language_and_title(self) -> None:
        page = read(to_html_page(a_document(language="cy", title="Cynllun <i>")))
        assert page.get("lang") == "cy"
        assert page.find(".//title").text == "Cynllun <i>"
        assert len(page.findall(".//main")) == 1

    def test_needs_nothing_else(self) -> None:
        page = to_html_page(a_document())
        assert "<link" not in page
        assert "<script" not in page
        assert "http" not in page.replace("http-equiv", "")


class TestBilingual:
    def test_the_welsh_comes_first_each_half_in_its_language(self) -> None:
        both = Bilingual(
            a_document(Heading(1, "Blaenoriaethau"), language="cy", title="Cynllun"),
            a_document(Heading(1, "Priorities"), title="Plan"),
        )
        page = read(to_html_page(both))
        articles = page.findall(".//article")
        assert [each.get("lang") for each in articles] == ["cy", "en-GB"]
        assert [each.find("h2").text for each in articles] == ["Cynllun", "Plan"]
        (title,) = page.iter("h1")
        assert title.text_content() == "Cynllun / Plan"
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))

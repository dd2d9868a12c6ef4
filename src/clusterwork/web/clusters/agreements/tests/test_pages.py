"""Agreements on their pages: written, put, signed, refused with what to do, and downloaded."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import ClassVar

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import AgreementVersion, Clause, SealedClause, Signature
from clusterwork.clusters.services.agreements.library import digest
from clusterwork.clusters.tests.made_agreements import clause_of
from clusterwork.clusters.tests.made_people import a_person
from clusterwork.registry.models import Organisation
from clusterwork.web.clusters.tests.conftest import client_of, words_of

WORD = "x" * 20
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def put_out(five) -> AgreementVersion:
    return five.put(now=timezone.now())


def sign_page(five, version, n=0, capacity="head") -> str:
    return f"/agreements/{version.pk}/sign/{five.schools[n].pk}/{capacity}"


def as_sent(answer) -> str:
    """The page, its white space in single blanks."""
    return " ".join(answer.content.decode().split()).replace(" </button>", "</button>")


def signs(client, address: str):
    """Presses the button and shows again who it is, as the pages lead."""
    asked = client.post(address)
    assert asked.status_code == 302 and "reauthenticate" in asked["Location"]
    next_page = asked["Location"].split("next=")[1].replace("%2F", "/")
    return client.post(asked["Location"], {"password": WORD, "next": next_page})


class TestTheLibrary:
    def test_is_kept_by_its_officers(self, five, officer, head):
        address = f"/organisations/{five.organisation.pk}/clauses/"
        words = words_of(officer.get(address))
        assert "Who we are and why we work together" in words and "{banker}" in words
        assert head.get(address).status_code == 403

    def test_takes_another_clause_and_keeps_what_was_typed_when_refused(self, five, officer):
        address = f"/organisations/{five.organisation.pk}/clauses/memorandum/new"
        typed = {"section": "staff", "title": "Supply", "text": ""}
        answer = officer.post(address, typed)
        assert "Write the words of the clause." in words_of(answer)
        assert 'value="Supply"' in answer.content.decode()
        officer.post(address, {**typed, "text": "We share supply teachers."})
        assert Clause.objects.get(title="Supply").place == 16

    def test_says_of_a_text_that_is_too_long_how_long_it_may_be(self, five, officer):
        address = f"/organisations/{five.organisation.pk}/clauses/memorandum/new"
        answer = officer.post(address, {"section": "staff", "title": "A", "text": "x" * 30_000})
        assert "It can have 20000 characters; this has 30000." in words_of(answer)

    def test_shows_both_when_somebody_else_has_saved_meanwhile(self, five, officer):
        clause = Clause.objects.filter(kind="memorandum")[0]
        seen = digest(clause)
        Clause.objects.filter(pk=clause.pk).update(text="Theirs.")
        typed = {"section": "purpose", "title": "Why", "text": "Mine.", "seen": seen}
        answer = officer.post(f"/clauses/{clause.pk}/", typed)
        words = words_of(answer)
        assert "Somebody else has changed this clause" in words
        assert "Theirs." in words and "Mine." in words
        fresh = digest(Clause.objects.get(pk=clause.pk))
        assert fresh in answer.content.decode()


class TestWriting:
    def test_leads_from_the_clusters_page_to_a_draft(self, five, head):
        answer = head.post(f"/clusters/{five.cluster.pk}/agreements/memorandum/new")
        version = AgreementVersion.objects.get()
        assert answer["Location"] == f"/agreements/{version.pk}/clauses"
        pks = [each.pk for each in Clause.objects.filter(kind="memorandum")]
        head.post(answer["Location"], {"clauses": pks})
        assert version.clauses.count() == 15
        words = words_of(head.get(f"/agreements/{version.pk}/blanks"))
        assert "Filled in already. From: The cluster’s own page." in words

    def test_is_no_business_of_another_cluster_or_of_officers(self, five, officer):
        version = five.draft()
        address = f"/agreements/{version.pk}/"
        assert officer.get(address).status_code == 403
        assert client_of(five.heads[5]).get(address).status_code == 403

    def test_names_the_clause_that_cannot_be_left_out(self, five, head):
        version = five.draft()
        answer = head.post(f"/agreements/{version.pk}/clauses", {"clauses": []})
        assert "This clause cannot be left out" in words_of(answer)

    def test_shows_both_when_two_change_one_clause(self, five, head):
        clause = clause_of(five.draft(), "staff")
        address = f"/agreements/clauses/{clause.pk}/"
        typed = {"section": "staff", "title": "S", "text": "Mine.", "seen": digest(clause)}
        SealedClause.objects.filter(pk=clause.pk).update(text="Theirs.")
        words = words_of(head.post(address, typed))
        assert "Theirs." in words and "Mine." in words

    def test_offers_clauses_with_the_clusters_own_names_in_them(self, five, head):
        version = five.draft()
        words = words_of(head.get(f"/agreements/{version.pk}/clauses"))
        assert f"We are the schools of this cluster: {five.cluster}." in words
        assert "[The school or authority that holds the cluster’s money]" in words
        assert "{" not in words

    def test_offers_no_button_until_it_can_be_put(self, five, head):
        version = five.draft()
        address = f"/agreements/{version.pk}/put"
        assert "It is not ready yet." in words_of(head.get(address))
        assert "Put it to the schools</button>" not in as_sent(head.get(address))

    def test_offers_the_button_when_ready_and_not_when_the_schools_have_it(self, five, head):
        version = five.filled()
        address = f"/agreements/{version.pk}/put"
        assert "Put it to the schools</button>" in as_sent(head.get(address))
        five.put_it(version, timezone.now())
        assert "The schools have it already" in words_of(head.get(address))
        assert "Put it to the schools</button>" not in as_sent(head.get(address))

    def test_says_which_blanks_are_left(self, five, head):
        version = five.draft()
        words = words_of(head.post(f"/agreements/{version.pk}/put"))
        assert "Blanks that are not filled in yet" in words


class TestSigning:
    def test_asks_once_more_who_it_is_and_signs(self, five):
        version, client = put_out(five), client_of(five.heads[0])
        assert "Sign for your school" in words_of(client.get(sign_page(five, version)))
        answer = signs(client, sign_page(five, version))
        assert answer["Location"] == f"/agreements/{version.pk}/#signed"
        made = Signature.objects.get()
        assert (made.person, made.way, made.capacity) == (five.heads[0], "signed_in", "head")

    def test_takes_a_proof_once(self, five):
        five.group("federation", *five.five[3:5])
        Role.objects.create(
            person=five.heads[0], kind="headteacher", school=five.five[1],
            start_on=timezone.localdate(),
        )  # fmt: skip
        version, client = put_out(five), client_of(five.heads[0])
        signs(client, sign_page(five, version))
        again = client.post(sign_page(five, version, 1))
        assert "reauthenticate" in again["Location"] and Signature.objects.count() == 1

    def test_of_a_draft_is_refused_and_of_what_is_signed_leads_to_it(self, five):
        draft, client = five.filled(), client_of(five.heads[0])
        assert "not there to be signed" in words_of(client.post(sign_page(five, draft)))
        version = five.put_it(draft, timezone.now())
        five.sign_for(version, 0, timezone.now())
        answer = client.post(sign_page(five, version))
        assert answer["Location"] == f"/agreements/{version.pk}/#signed"

    def test_never_signs_on_a_wrong_password(self, five):
        version, client = put_out(five), client_of(five.heads[0])
        asked = client.post(sign_page(five, version))
        answer = client.post(asked["Location"], {"password": "wrong"})
        assert "That is not your password." in words_of(answer)
        assert not Signature.objects.exists()

    def test_tells_those_with_another_organisations_account_what_to_do(self, five):
        five.heads[0].set_unusable_password()
        five.heads[0].save()
        version, client = put_out(five), client_of(five.heads[0])
        words = words_of(client.post(sign_page(five, version)))
        assert "Sign out, sign in again, and come back to this page." in words
        assert not Signature.objects.exists()

    def test_refuses_whoever_has_left_the_post_and_says_who_signs(self, five):
        version = put_out(five)
        Role.objects.filter(person=five.heads[0], kind="headteacher").update(
            end_on=timezone.localdate()
        )
        Role.objects.create(
            person=five.heads[0], kind="school_staff", school=five.five[0],
            start_on=timezone.localdate(),
        )  # fmt: skip
        answer = client_of(five.heads[0]).post(sign_page(five, version))
        assert answer.status_code == 403
        assert "Only whoever holds this post today signs: Headteacher." in words_of(answer)

    def test_takes_a_copy_and_gives_it_back_to_its_readers_only(self, five, head):
        version = put_out(five)
        file = SimpleUploadedFile("../Signed page.pdf", PDF, "text/plain")
        typed = {"name": "Head 0", "signed_on": timezone.localdate().isoformat(), "file": file}
        head.post(f"/agreements/{version.pk}/copy/{five.schools[0].pk}/head", typed)
        copy = Signature.objects.get().copy
        answer = head.get(f"/agreements/copies/{copy.pk}")
        assert answer.content == PDF and answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == 'attachment; filename="Signed page.pdf"'
        other = client_of(five.heads[5])
        assert other.get(f"/agreements/copies/{copy.pk}").status_code == 403

    def test_says_of_a_file_of_another_kind_what_to_do(self, five, head):
        version = put_out(five)
        file = SimpleUploadedFile("signed.pdf", b"MZ a program", "application/pdf")
        typed = {"name": "Head 0", "signed_on": timezone.localdate().isoformat(), "file": file}
        answer = head.post(f"/agreements/{version.pk}/copy/{five.schools[0].pk}/head", typed)
        assert "The file is neither a PDF nor a picture." in words_of(answer)


class TestReading:
    def test_shows_who_has_not_signed_to_those_it_is_for(self, five, head, officer):
        version = put_out(five)
        five.sign_for(version, 1, timezone.now())
        for client in (head, officer):
            words = words_of(client.get(f"/agreements/{version.pk}/"))
            assert "1 of 5 schools have signed." in words and "Not signed yet Governor 0" in words

    def test_waits_at_home_for_whoever_signs(self, five):
        version = put_out(five)
        client = client_of(five.governors[2])
        assert f"Read and sign for: {five.schools[2]}" in words_of(client.get("/"))
        five.sign_for(version, 2, timezone.now())
        assert "Read and sign for" not in words_of(client.get("/"))

    def test_tells_the_cluster_page_what_is_in_force_and_overdue(self, five, head):
        version = put_out(five)
        overview = f"/clusters/{five.cluster.pk}/"
        assert "Memorandum of understanding: being signed." in words_of(head.get(overview))
        five.sign_all(version, timezone.now())
        assert "Memorandum of understanding: in force from" in words_of(head.get(overview))

    def test_tells_the_cluster_and_its_clerk_of_a_review_that_is_overdue(self, five):
        five.appoint("clerk", "Cai Clerk", email="cai@example.org")
        clerk = a_person("Cai")
        five.cluster.appointments.update(person=clerk)
        version, long_ago = five.filled(), timezone.localdate() - dt.timedelta(400)
        AgreementVersion.objects.filter(pk=version.pk).update(
            state="in_force", review_on=timezone.localdate() - dt.timedelta(1), in_force_on=long_ago
        )
        client = client_of(clerk)
        assert "Look at the agreement again: Wolds" in words_of(client.get("/"))
        for address in ("", "agreements/"):
            words = words_of(client.get(f"/clusters/{five.cluster.pk}/{address}"))
            assert "day of review has passed" in words

    def test_marks_words_that_changed_not_by_colour_alone(self, five, head):
        five.sign_all(put_out(five), timezone.now())
        draft = five.draft()
        clause = clause_of(draft, "working")
        SealedClause.objects.filter(pk=clause.pk).update(text="Our schools are friends.")
        answer = head.get(f"/agreements/{draft.pk}/compare")
        page = answer.content.decode()
        assert "<del" in page and "<ins" in page
        words = words_of(answer)
        assert "taken out:" in words and "2 of 15 clauses differ." in words

    def test_costs_at_most_thirty_queries(self, five, head, django_assert_max_num_queries):
        version = put_out(five)
        with django_assert_max_num_queries(30):
            head.get(f"/agreements/{version.pk}/")
        with django_assert_max_num_queries(30):
            head.get(f"/clusters/{five.cluster.pk}/agreements/")


class TestDocuments:
    def test_come_as_pdf_word_and_html_with_signatures(self, five, head):
        version = put_out(five)
        five.sign_for(version, 0, timezone.now())
        address = f"/agreements/{version.pk}/download"
        pdf = pypdf.PdfReader(io.BytesIO(head.get(f"{address}.pdf").content))
        text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
        assert "Who banks our money" in text and "Head 0" in text
        assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
        file = zipfile.ZipFile(io.BytesIO(head.get(f"{address}.docx").content))
        assert "Governor 0" in file.read("word/document.xml").decode()
        page = head.get(f"{address}.html").content.decode()
        assert "Who banks our money" in page and "Some banker" in page and "Head 0" in page

    def test_are_welsh_first_where_the_organisation_offers_welsh(self, five, head):
        Organisation.objects.filter(pk=five.organisation.pk).update(is_welsh=True)
        page = head.get(f"/agreements/{put_out(five).pk}/download.html").content.decode()
        assert 0 < page.index("Pwy sy’n bancio ein harian") < page.index("Who banks our money")

    def test_of_another_form_are_not_there(self, five, head):
        answer = head.get(f"/agreements/{put_out(five).pk}/download.exe")
        assert answer.status_code == 404


class TestComments:
    @pytest.mark.parametrize("text", ["", "x" * 6_000])
    def test_are_refused_in_words(self, five, head, text):
        version = put_out(five)
        answer = head.post(f"/agreements/{version.pk}/comment", {"text": text})
        assert "There is a problem" in words_of(answer)
        assert not version.comments.exists()

    def test_stand_on_the_page(self, five, head):
        version = put_out(five)
        head.post(f"/agreements/{version.pk}/comment", {"text": "Well said.", "section": "money"})
        words = words_of(head.get(f"/agreements/{version.pk}/"))
        assert "Well said." in words and "About: Money, and who banks it" in words


class TestAPastedDocument:
    TYPED: ClassVar = {"section": "other", "title": "Long", "text": "x" * 10 * 1024 * 1024}

    @pytest.mark.parametrize(
        ("most", "said"),
        [
            (24, "It can have 20000 characters; this has 10485760."),
            (5, "larger than 5 megabytes of text"),
        ],
    )
    def test_of_ten_megabytes_is_refused_in_words(self, five, head, settings, most, said):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = most * 1024 * 1024
        version = five.draft()
        answer = head.post(f"/agreements/{version.pk}/own", self.TYPED)
        assert said in words_of(answer)
        assert not version.clauses.filter(title="Long").exists()

"""Letters: written with their reason or not at all, sent once, in the reader's language."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clusterwork.notify import tasks
from clusterwork.notify.letters import LETTERS, UnknownLetter, register, written
from clusterwork.notify.models import Letter
from clusterwork.notify.services import Address, forget_old, queue, queue_overdue, send

pytestmark = pytest.mark.django_db
TO = Address("nia@example.org", "en-gb")
WELSH = Address("nia@example.org", "cy")
LINK = "https://example.org/only-hers"


@pytest.fixture(autouse=True)
def words():
    register("test", "For %(who)s: %(what)s", "By %(until)s.", "%(link)s")
    yield
    del LETTERS["test"]


def put(to=TO) -> Letter:
    context = {"who": "Nia", "what": {"say": "English"}, "until": {"day": "2027-01-09"}}
    return queue("test", to, context, secrets={"link": LINK})


class TestQueue:
    def test_leaves_nothing_when_the_caller_fails(self):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            put()
            _ = 1 / 0
        assert Letter.objects.count() == 0
        assert ProcrastinateJob.objects.count() == 0

    def test_leaves_one_job_with_a_number_and_no_words(self):
        letter = put()
        job = ProcrastinateJob.objects.get()
        assert job.task_name == "notify.send_letter"
        assert job.args == {"letter_id": letter.pk}

    def test_keeps_what_lets_in_unreadable(self):
        put()
        assert LINK not in str(Letter.objects.values().get())

    def test_refuses_a_letter_that_nobody_wrote(self):
        with pytest.raises(UnknownLetter):
            queue("absent", TO, {})


class TestSend:
    def test_goes_once_and_forgets_what_lets_in(self):
        letter = put()
        assert send(letter.pk) is True
        assert send(letter.pk) is False
        [sent] = mail.outbox
        assert sent.to == ["nia@example.org"]
        assert LINK in sent.body
        letter.refresh_from_db()
        assert letter.sealed == ""
        assert letter.sent_at

    def test_writes_days_and_our_words_in_the_readers_language(self):
        send(put().pk)
        send(put(WELSH).pk)
        english, welsh = mail.outbox
        assert "9 January 2027" in english.body
        assert "9 Ionawr 2027" in welsh.body
        assert english.subject == "For Nia: English"
        assert welsh.subject.endswith("Saesneg")
        assert welsh.extra_headers["Content-Language"] == "cy"

    def test_puts_no_second_line_in_the_subject(self):
        queue("test", TO, {"who": "Nia\nBcc: all@example.org", "what": "x", "until": "now"},
              secrets={"link": LINK})  # fmt: skip
        send(Letter.objects.get().pk)
        assert mail.outbox[0].subject == "For Nia Bcc: all@example.org: x"

    def test_waits_when_the_server_refuses(self, monkeypatch):
        def refuse(self, messages):
            raise ConnectionRefusedError

        letter = put()
        with monkeypatch.context() as patch:
            patch.setattr(EmailBackend, "send_messages", refuse)
            with pytest.raises(ConnectionRefusedError):
                tasks.send_letter(letter.pk)
        letter.refresh_from_db()
        assert letter.sent_at is None
        assert send(letter.pk) is True

    def test_of_a_number_that_is_gone_is_harmless(self):
        assert send(999_999) is False

    def test_database_refuses_a_sent_letter_with_its_secret(self):
        letter = put()
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now())


class TestSweep:
    def test_queues_again_what_its_job_left_behind(self):
        letter = put()
        now = letter.queued_at + dt.timedelta(hours=1)
        again = queue_overdue(
            now, overdue_after=tasks.OVERDUE_AFTER, give_up_after=tasks.GIVE_UP_AFTER
        )
        assert again == (0, 0)
        finish_jobs()
        again = queue_overdue(
            now, overdue_after=tasks.OVERDUE_AFTER, give_up_after=tasks.GIVE_UP_AFTER
        )
        assert again == (1, 0)

    def test_gives_up_after_three_days_and_forgets_the_secret(self):
        letter = put()
        now = letter.queued_at + dt.timedelta(days=3, seconds=1)
        queue_overdue(now, overdue_after=tasks.OVERDUE_AFTER, give_up_after=tasks.GIVE_UP_AFTER)
        letter.refresh_from_db()
        assert letter.given_up_at
        assert letter.sealed == ""
        assert send(letter.pk) is False

    def test_forgets_letters_after_ninety_days(self):
        letter = put()
        send(letter.pk)
        day = dt.timedelta(days=1)
        now = Letter.objects.get().sent_at
        assert forget_old(now + 90 * day, kept=tasks.KEPT) == 0
        assert forget_old(now + 91 * day, kept=tasks.KEPT) == 1

    def test_runs_from_end_to_end(self):
        put()
        tasks.sweep_letters(0)
        assert Letter.objects.count() == 1


def finish_jobs() -> None:
    """As the worker leaves them when the last try has failed."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")


class TestEveryLetter:
    def test_can_be_written_in_both_languages(self):
        from django.utils.translation import override

        for name, words in LETTERS.items():
            for language in ("en-gb", "cy"):
                with override(language):
                    values = {key: key for key in keys_of(words)}
                    subject, text = written(name, values)
                assert subject
                assert "%(" not in text


def keys_of(words) -> set[str]:
    import re

    return set(re.findall(r"%\((\w+)\)s", " ".join((words.subject, *words.paragraphs))))

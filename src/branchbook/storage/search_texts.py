"""What can be found of each kind of value: its texts, in the order of their weight."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from branchbook.domain.evaluations import Assessment
from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.people import Person, PersonFact
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import AgendaItem, Attachment, PersonRef, Record
from branchbook.services.privacy import open_part


def texts_of_person(person: Person, facts: Iterable[PersonFact]) -> tuple[str, ...]:
    """Name, work, telephone, and the document numbers of the person's facts.

    The identity number stays out: a snippet would show it unmasked.
    """
    documents = (text for fact in facts for text in (fact.document, fact.ending_document, fact.counterpart))
    about = (person.name, person.work_post, person.title, person.phone, person.native_place, person.note)
    return tuple(filter(None, (*about, *documents)))


def texts_of_record(record: Record) -> tuple[str, ...]:
    """Subject, persons named, fields, agenda with minutes and resolutions, observers.

    The names of everyone present stay out: a name would find every meeting of the year. Of a private record
    only the persons named and the venue go into the index.
    """
    record = open_part(record)
    texts = [record.subject, record.occasion, record.venue, record.correction_reason]
    # In order of key, as the tables keep them: the index must not depend on the order of entry.
    texts += (_named(person) for _, people in sorted(record.people.items()) for person in people)
    for _, value in sorted(record.fields.items()):
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, tuple):
            texts += value
    for item in record.agenda:
        texts += _texts_of_item(item)
    texts += (_named(person) for person in record.observers)
    return tuple(filter(None, texts))


def _texts_of_item(item: AgendaItem) -> list[str]:
    """Title, what was said, what was resolved."""
    texts = [item.title]
    texts += (f"{speech.name}：{speech.text}" if speech.name else speech.text for speech in item.speeches)
    for resolution in item.resolutions:
        texts += (resolution.text, resolution.outcome)
        texts += (person.name for person in resolution.responsible)
    return texts


def texts_of_procedure(procedure: Procedure, subject: str) -> tuple[str, ...]:
    """Whom it is about (``subject`` is the name, empty for elections), who stands or was elected, notes and
    reasons, what the steps say with their document numbers, and those to whom a step or a post was given.

    The names of voters and participants stay out: a name would find every election of the branch. So do reasons
    that the rules gave.
    """
    texts = [subject, procedure.note, procedure.ending_reason, procedure.correction_reason]
    for candidate in procedure.candidates:
        texts += (candidate.name, candidate.manual_reason, candidate.withdrawn_reason)
    for count in procedure.rounds:
        texts += (line.name for line in count.lines)
        texts += (line.name for line in count.write_ins)
        texts.append(count.note)
    texts += (question.note for question in procedure.questions)
    for entry in procedure.steps:
        texts += _texts_of_step(entry)
    for each in procedure.assignments:
        texts += (each.name, each.duties, each.contact_group)
    texts += (voter.consent_document for voter in procedure.voters)
    texts += (each.other_branch for each in procedure.participants)
    texts += (each.reason for each in procedure.participants if each.manual)
    texts += (each.note for each in procedure.grade_rounds)
    return tuple(filter(None, texts))


def _texts_of_step(entry: StepEntry) -> list[str]:
    """The reason for its order, its fields and the people named in it."""
    texts = [entry.reason]
    for _, value in sorted(entry.values.items()):
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, tuple):
            texts += value
    texts += (_named(person) for _, people in sorted(entry.people.items()) for person in people)
    return texts


def texts_of_assessment(assessment: Assessment) -> tuple[str, ...]:
    """Whose it is, and every text in it: the summary, what was said and answered, opinion, problems, feedback.

    Who criticised stays out: a name would find the assessments of half the branch.
    """
    texts = [assessment.name, assessment.summary, assessment.self_criticism]
    for each in assessment.criticisms:
        texts += (each.text, each.reply)
    texts += (assessment.opinion, assessment.departure_reason, assessment.problems, assessment.advice)
    texts += (assessment.own_words, assessment.superior_opinion, assessment.use, assessment.remark)
    return tuple(filter(None, texts))


_IDENTITY = re.compile(r"(?:\w+:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def texts_of_ledger_row(row: LedgerRow) -> tuple[str, ...]:
    """Its texts, choices and dates, and the people named in it; the ids of organisations and links stay out."""
    texts = list(texts_of_values(row.values))
    texts += (_named(person) for _, people in sorted(row.people.items()) for person in people)
    return tuple(filter(None, texts))


def texts_of_values(values: Any) -> Iterator[str]:
    """The texts among a row's values in order of key, as Python or JSON has them."""
    for _, value in sorted(values.items()):
        pieces = value if isinstance(value, list | tuple) else (value,)
        yield from (each for each in pieces if isinstance(each, str) and not _IDENTITY.fullmatch(each))


def texts_of_attachment(attachment: Attachment) -> tuple[str, ...]:
    """Caption and file name."""
    return tuple(filter(None, (attachment.caption, attachment.file_name)))


def _named(person: PersonRef) -> str:
    return f"{person.name} {person.post}" if person.post else person.name

"""Version 2: procedures with all that belongs to them, evaluations too; ledgers and rows; the history's chain.

The statements are written out as they were released, whatever ``tables`` says later.
"""

from __future__ import annotations

from alembic.operations import Operations

from branchbook.storage.book_state import FIRST_STATE, fill_sums
from branchbook.storage.engine import driver_connection
from branchbook.storage.history_chain import fill_chain

STATEMENTS = (
    """
    CREATE TABLE procedure (
        id TEXT NOT NULL,
        shape TEXT NOT NULL,
        organisation_id TEXT NOT NULL,
        begun_on TEXT NOT NULL,
        state TEXT NOT NULL,
        subject_id TEXT,
        voters_frozen_on TEXT,
        ended_on TEXT,
        ending_reason TEXT NOT NULL,
        correction_reason TEXT NOT NULL,
        created_at TEXT,
        note TEXT NOT NULL,
        shape_version INTEGER NOT NULL,
        year INTEGER NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(subject_id) REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_procedure_organisation_id ON procedure (organisation_id)",
    "CREATE INDEX ix_procedure_subject_id ON procedure (subject_id)",
    """
    CREATE TABLE procedure_step (
        procedure_id TEXT NOT NULL,
        line INTEGER NOT NULL,
        step TEXT NOT NULL,
        done_on TEXT,
        "values" TEXT NOT NULL,
        people TEXT NOT NULL,
        votes TEXT NOT NULL,
        record_id TEXT,
        reason TEXT NOT NULL,
        PRIMARY KEY (procedure_id, line),
        FOREIGN KEY(procedure_id) REFERENCES procedure (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(record_id) REFERENCES record (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED
        )
    WITHOUT ROWID
    """,
    "CREATE INDEX ix_procedure_step_record_id ON procedure_step (record_id)",
    """
    CREATE TABLE procedure_voter (
        procedure_id TEXT NOT NULL,
        line INTEGER NOT NULL,
        person_id TEXT NOT NULL,
        name TEXT NOT NULL,
        has_right INTEGER NOT NULL,
        reason TEXT NOT NULL,
        article TEXT NOT NULL,
        exclusion TEXT NOT NULL,
        consent_document TEXT NOT NULL,
        consented_on TEXT,
        approved_by_meeting INTEGER NOT NULL,
        present INTEGER,
        PRIMARY KEY (procedure_id, line),
        FOREIGN KEY(procedure_id) REFERENCES procedure (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED
        )
    WITHOUT ROWID
    """,
    "CREATE INDEX ix_procedure_voter_person_id ON procedure_voter (person_id)",
    """
    CREATE TABLE procedure_candidate (
        procedure_id TEXT NOT NULL,
        line INTEGER NOT NULL,
        person_id TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        nominated_votes INTEGER,
        manual_reason TEXT NOT NULL,
        withdrawn_reason TEXT NOT NULL,
        PRIMARY KEY (procedure_id, line),
        FOREIGN KEY(procedure_id) REFERENCES procedure (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED
        )
    WITHOUT ROWID
    """,
    "CREATE INDEX ix_procedure_candidate_person_id ON procedure_candidate (person_id)",
    """
    CREATE TABLE ballot_round (
        id TEXT NOT NULL,
        procedure_id TEXT NOT NULL,
        line INTEGER NOT NULL,
        step TEXT NOT NULL,
        kind TEXT NOT NULL,
        held_on TEXT NOT NULL,
        seats INTEGER NOT NULL,
        due INTEGER NOT NULL,
        present INTEGER NOT NULL,
        issued INTEGER NOT NULL,
        returned INTEGER NOT NULL,
        invalid INTEGER NOT NULL,
        ballot TEXT NOT NULL,
        base TEXT NOT NULL,
        lines TEXT NOT NULL,
        write_ins TEXT NOT NULL,
        confirmed_on TEXT,
        consenting INTEGER,
        note TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(procedure_id) REFERENCES procedure (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ballot_round_by_procedure ON ballot_round (procedure_id, line)",
    """
    CREATE TABLE procedure_assignment (
        procedure_id TEXT NOT NULL,
        line INTEGER NOT NULL,
        person_id TEXT NOT NULL,
        name TEXT NOT NULL,
        post TEXT NOT NULL,
        duties TEXT NOT NULL,
        contact_group TEXT NOT NULL,
        PRIMARY KEY (procedure_id, line),
        FOREIGN KEY(procedure_id) REFERENCES procedure (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED
        )
    WITHOUT ROWID
    """,
    "CREATE INDEX ix_procedure_assignment_person_id ON procedure_assignment (person_id)",
    """
    CREATE TABLE question_round (
        id TEXT NOT NULL,
        procedure_id TEXT NOT NULL,
        line INTEGER NOT NULL,
        question TEXT NOT NULL,
        held_on TEXT NOT NULL,
        due INTEGER NOT NULL,
        present INTEGER NOT NULL,
        issued INTEGER NOT NULL,
        returned INTEGER NOT NULL,
        invalid INTEGER NOT NULL,
        votes_for INTEGER NOT NULL,
        votes_against INTEGER NOT NULL,
        abstentions INTEGER NOT NULL,
        written TEXT NOT NULL,
        by_hands INTEGER NOT NULL,
        months INTEGER NOT NULL,
        rule_version TEXT NOT NULL,
        confirmed_on TEXT,
        note TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(procedure_id) REFERENCES procedure (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX question_round_by_procedure ON question_round (procedure_id, line)",
    """
    CREATE TABLE procedure_participant (
        procedure_id TEXT NOT NULL,
        line INTEGER NOT NULL,
        person_id TEXT NOT NULL,
        name TEXT NOT NULL,
        standing TEXT NOT NULL,
        takes_part INTEGER NOT NULL,
        graded INTEGER NOT NULL,
        reason TEXT NOT NULL,
        article TEXT NOT NULL,
        "group" TEXT NOT NULL,
        elsewhere TEXT,
        other_branch TEXT NOT NULL,
        exchanged_on TEXT,
        present INTEGER,
        manual INTEGER NOT NULL,
        PRIMARY KEY (procedure_id, line),
        FOREIGN KEY(procedure_id) REFERENCES procedure (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED
        )
    WITHOUT ROWID
    """,
    "CREATE INDEX ix_procedure_participant_person_id ON procedure_participant (person_id)",
    """
    CREATE TABLE grade_round (
        id TEXT NOT NULL,
        procedure_id TEXT NOT NULL,
        line INTEGER NOT NULL,
        audience TEXT NOT NULL,
        held_on TEXT NOT NULL,
        due INTEGER NOT NULL,
        present INTEGER NOT NULL,
        issued INTEGER NOT NULL,
        returned INTEGER NOT NULL,
        invalid INTEGER NOT NULL,
        form TEXT NOT NULL,
        base TEXT NOT NULL,
        most_excellent INTEGER NOT NULL,
        lines TEXT NOT NULL,
        confirmed_on TEXT,
        note TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(procedure_id) REFERENCES procedure (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX grade_round_by_procedure ON grade_round (procedure_id, line)",
    """
    CREATE TABLE assessment (
        id TEXT NOT NULL,
        procedure_id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        name TEXT NOT NULL,
        summary TEXT NOT NULL,
        self_grade TEXT,
        self_criticism TEXT NOT NULL,
        criticisms TEXT NOT NULL,
        opinion TEXT NOT NULL,
        grade TEXT,
        departure_reason TEXT NOT NULL,
        problems TEXT NOT NULL,
        advice TEXT NOT NULL,
        fed_back_on TEXT,
        agrees INTEGER,
        own_words TEXT NOT NULL,
        superior_opinion TEXT NOT NULL,
        superior_on TEXT,
        use TEXT NOT NULL,
        remark TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(procedure_id) REFERENCES procedure (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_assessment_person_id ON assessment (person_id)",
    "CREATE UNIQUE INDEX assessment_by_procedure ON assessment (procedure_id, person_id)",
    """
    CREATE TABLE ledger_row (
        id TEXT NOT NULL,
        ledger TEXT NOT NULL,
        organisation_id TEXT NOT NULL,
        "values" TEXT NOT NULL,
        people TEXT NOT NULL,
        position INTEGER NOT NULL,
        created_at TEXT,
        PRIMARY KEY (id),
        FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_ledger_row_organisation_id ON ledger_row (organisation_id)",
    "CREATE INDEX ledger_row_by_ledger ON ledger_row (ledger, organisation_id)",
    """
    CREATE TABLE ledger_definition (
        id TEXT NOT NULL,
        "key" TEXT NOT NULL,
        own INTEGER NOT NULL,
        name TEXT NOT NULL,
        fields TEXT NOT NULL,
        hidden TEXT NOT NULL,
        labels TEXT NOT NULL,
        totals TEXT NOT NULL,
        date_field TEXT NOT NULL,
        due_field TEXT NOT NULL,
        done_field TEXT NOT NULL,
        layout TEXT NOT NULL,
        note TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (id)
    )
    """,
)

CHAIN_STATEMENTS = (
    # Made anew, since a column added to a table stands behind the constraints in its text; ``touch`` keeps
    # referring to the name, and no reference cascades while an upgrade runs.
    "CREATE TABLE operation_before AS SELECT * FROM operation",
    "DROP TABLE operation",
    """
    CREATE TABLE operation (
        number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        label TEXT NOT NULL,
        reason TEXT NOT NULL,
        undoes TEXT,
        chain TEXT NOT NULL,
        UNIQUE (id)
    )
    """,
    """
    INSERT INTO operation (number, id, at, who, label, reason, undoes, chain)
    SELECT number, id, at, who, label, reason, undoes, '' FROM operation_before ORDER BY number
    """,
    "DROP TABLE operation_before",
    """
    CREATE TABLE book_state (
        line INTEGER NOT NULL,
        number INTEGER NOT NULL,
        chain TEXT NOT NULL,
        printed_paper TEXT NOT NULL,
        draft TEXT NOT NULL,
        PRIMARY KEY (line)
    )
    """,
    FIRST_STATE,
)


def add_procedures(operations: Operations) -> None:
    """New tables for procedures and ledgers; the history gets its chain; no other row changes."""
    for statement in (*STATEMENTS, *CHAIN_STATEMENTS):
        operations.execute(statement)
    connection = driver_connection(operations.get_bind())
    fill_chain(connection)
    fill_sums(connection)

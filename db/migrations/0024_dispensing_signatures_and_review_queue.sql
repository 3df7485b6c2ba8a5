-- Prescriptions are signed by their prescribers' keys, looked at by rules, and reviewed from one queue.

-- How a consortium prescribes and reviews, where the norms leave it open. Without a row the strictest holds.
CREATE TABLE dispensing.consortium_practice (
    consortium_id            bigint      PRIMARY KEY REFERENCES parties.consortium,
    signatures_required_from timestamptz,            -- what was written earlier needs none; NULL: nothing does
    qualified_reviewers      boolean     NOT NULL,
    rounds_up_to_packs       boolean     NOT NULL,
    hold_minutes             integer     NOT NULL,
    holds_max                integer     NOT NULL,
    declared_by_id           bigint,                 -- none where a migration kept what was
    declared_at              timestamptz NOT NULL,
    CONSTRAINT practice_was_declared_by_a_person FOREIGN KEY (consortium_id, declared_by_id) REFERENCES identity.person,
    CONSTRAINT hold_lasts_minutes CHECK (hold_minutes BETWEEN 1 AND 120),
    CONSTRAINT person_may_hold_something CHECK (holds_max BETWEEN 1 AND 20)
);
ALTER TABLE dispensing.consortium_practice ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.consortium_practice
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);
-- Who works already goes on as before until a supervisor declares otherwise.
INSERT INTO dispensing.consortium_practice
       (consortium_id, qualified_reviewers, rounds_up_to_packs, hold_minutes, holds_max, declared_at)
SELECT consortium_id, false, false, 10, 1, now() FROM parties.consortium;

CREATE TABLE dispensing.signing_key (
    consortium_id bigint      NOT NULL,
    key_id        uuid        NOT NULL,
    person_id     bigint      NOT NULL,
    algorithm     text        NOT NULL,
    public_key    bytea       NOT NULL,
    registered_at timestamptz NOT NULL,
    valid_through date        NOT NULL,  -- the last day on which it signs
    revoked_at    timestamptz,
    revocation    text,
    revoked_by_id bigint,
    CONSTRAINT signing_key_id_is_unique PRIMARY KEY (consortium_id, key_id),
    CONSTRAINT public_key_is_registered_once UNIQUE (consortium_id, public_key),
    CONSTRAINT signing_key_is_of_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person,
    CONSTRAINT signing_key_was_revoked_by_a_person FOREIGN KEY (consortium_id, revoked_by_id) REFERENCES identity.person,
    CONSTRAINT signature_algorithm_is_known CHECK (algorithm IN ('ed25519', 'p-256')),
    CONSTRAINT revocation_is_known CHECK (revocation IN ('replaced', 'left', 'compromised')),
    CONSTRAINT revoked_key_has_who_and_why
        CHECK ((revoked_at IS NULL) = (revocation IS NULL) AND (revoked_at IS NULL) = (revoked_by_id IS NULL))
);
CREATE INDEX signing_key_of_person ON dispensing.signing_key (consortium_id, person_id);
ALTER TABLE dispensing.signing_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.signing_key
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE dispensing.prescription_signature (
    consortium_id   bigint      NOT NULL,
    prescription_id uuid        NOT NULL,
    version         integer     NOT NULL,
    key_id          uuid        NOT NULL,
    signed_at       timestamptz NOT NULL,
    signature       bytea       NOT NULL,
    CONSTRAINT version_is_signed_once PRIMARY KEY (consortium_id, prescription_id, version),
    CONSTRAINT signature_is_of_a_version FOREIGN KEY (consortium_id, prescription_id, version)
        REFERENCES dispensing.prescription_version,
    CONSTRAINT signature_is_by_a_key FOREIGN KEY (consortium_id, key_id) REFERENCES dispensing.signing_key,
    CONSTRAINT signature_is_not_empty CHECK (octet_length(signature) > 0)
);
ALTER TABLE dispensing.prescription_signature ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.prescription_signature
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- What the prescriber stands by although rules spoke against it.
ALTER TABLE dispensing.prescription_version
    ADD COLUMN override_reason   text   NOT NULL DEFAULT '',
    ADD COLUMN override_findings text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT overridden_findings_have_a_reason CHECK (override_reason <> '' OR override_findings = '{}');
ALTER TABLE dispensing.prescription ADD COLUMN patient_waiting boolean NOT NULL DEFAULT false;

-- What rules found on a version, when it was written and when it was decided; kept beside the decision.
CREATE TABLE dispensing.prescription_check (
    consortium_id   bigint      NOT NULL,
    prescription_id uuid        NOT NULL,
    version         integer     NOT NULL,
    stage           text        NOT NULL,
    catalogue       text        NOT NULL,  -- the edition of the clinical rules, or empty
    checked_at      timestamptz NOT NULL,
    findings        jsonb       NOT NULL,
    CONSTRAINT version_is_checked_once_at_each_stage PRIMARY KEY (consortium_id, prescription_id, version, stage),
    CONSTRAINT check_is_of_a_version FOREIGN KEY (consortium_id, prescription_id, version)
        REFERENCES dispensing.prescription_version,
    CONSTRAINT check_stage_is_known CHECK (stage IN ('issue', 'review')),
    CONSTRAINT findings_are_a_list CHECK (jsonb_typeof(findings) = 'array')
);
ALTER TABLE dispensing.prescription_check ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.prescription_check
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- The prescriptions that wait for review, and nothing else: what was decided leaves. A person holds a prescription in a
-- slot, so that nobody holds more than the slots there are.
CREATE TABLE dispensing.review_queue (
    consortium_id   bigint      NOT NULL,
    prescription_id uuid        NOT NULL,
    version         integer     NOT NULL,
    prescriber_id   bigint      NOT NULL,
    urgency         smallint    NOT NULL,  -- 0 emergency, 1 the patient waits, 2 ordinary
    queued_at       timestamptz NOT NULL,
    holder_id       bigint,
    hold_slot       integer,
    held_at         timestamptz,
    hold_expires_at timestamptz,
    CONSTRAINT prescription_waits_once PRIMARY KEY (consortium_id, prescription_id),
    CONSTRAINT queue_is_of_versions FOREIGN KEY (consortium_id, prescription_id, version)
        REFERENCES dispensing.prescription_version,
    CONSTRAINT hold_is_by_a_person FOREIGN KEY (consortium_id, holder_id) REFERENCES identity.person,
    CONSTRAINT person_holds_one_prescription_in_a_slot UNIQUE (consortium_id, holder_id, hold_slot),
    CONSTRAINT urgency_is_known CHECK (urgency IN (0, 1, 2)),
    CONSTRAINT nobody_holds_what_they_wrote CHECK (holder_id <> prescriber_id),
    CONSTRAINT hold_has_holder_slot_and_times CHECK (
        (holder_id IS NULL) = (hold_slot IS NULL) AND (holder_id IS NULL) = (held_at IS NULL)
        AND (holder_id IS NULL) = (hold_expires_at IS NULL) AND held_at < hold_expires_at)
) WITH (fillfactor = 70);
CREATE INDEX review_queue_order ON dispensing.review_queue (consortium_id, urgency, queued_at, prescription_id);
ALTER TABLE dispensing.review_queue ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.review_queue
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);
INSERT INTO dispensing.review_queue (consortium_id, prescription_id, version, prescriber_id, urgency, queued_at)
SELECT consortium_id, prescription_id, version, prescriber_id, CASE kind WHEN 'emergency' THEN 0 ELSE 2 END, written_at
  FROM dispensing.prescription
  JOIN dispensing.prescription_version USING (consortium_id, prescription_id, version)
 WHERE state = 'issued';
DROP INDEX dispensing.prescription_to_review;

ALTER TABLE dispensing.review
    ADD COLUMN problem   text,         -- what was wrong with what was sent back
    ADD COLUMN queued_at timestamptz,  -- when the version came to wait
    ADD COLUMN held_at   timestamptz,  -- when the reviewer took it up
    ADD CONSTRAINT problem_is_known CHECK (problem IN (
        'legality', 'form', 'diagnosis', 'dose', 'route', 'skin-test', 'duplicate', 'interaction', 'incompatibility',
        'contraindication', 'allergy', 'special-population', 'infusion', 'other')),
    ADD CONSTRAINT only_what_was_sent_back_has_a_problem CHECK (problem IS NULL OR outcome = 'returned'),
    ADD CONSTRAINT times_of_a_review_come_together CHECK ((queued_at IS NULL) = (held_at IS NULL));
CREATE INDEX review_by_time ON dispensing.review (consortium_id, reviewed_at);

CREATE TABLE dispensing.reviewer_qualification (
    consortium_id    bigint      NOT NULL,
    person_id        bigint      NOT NULL,
    title            text        NOT NULL,
    dispensing_since date        NOT NULL,
    trained_on       date,                 -- when the training for reviewers was passed
    declared_by_id   bigint      NOT NULL,
    declared_at      timestamptz NOT NULL,
    CONSTRAINT reviewer_is_declared_once PRIMARY KEY (consortium_id, person_id),
    CONSTRAINT reviewer_is_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person,
    CONSTRAINT reviewer_was_declared_by_a_person FOREIGN KEY (consortium_id, declared_by_id) REFERENCES identity.person,
    CONSTRAINT pharmacist_title_is_known CHECK (title IN ('assistant', 'pharmacist', 'in-charge', 'associate-chief', 'chief'))
);
ALTER TABLE dispensing.reviewer_qualification ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.reviewer_qualification
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT SELECT, INSERT ON dispensing.prescription_signature, dispensing.prescription_check TO lianyao_application;
GRANT SELECT, INSERT, UPDATE ON dispensing.consortium_practice, dispensing.reviewer_qualification TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (revoked_at, revocation, revoked_by_id) ON dispensing.signing_key TO lianyao_application;
GRANT SELECT, INSERT, DELETE, UPDATE (holder_id, hold_slot, held_at, hold_expires_at) ON dispensing.review_queue
   TO lianyao_application;

-- Patients, what is prescribed to them, how it is reviewed, handed out once, and what comes back.
CREATE SCHEMA dispensing;

CREATE SEQUENCE dispensing.patient_number;
CREATE SEQUENCE dispensing.prescription_number;
CREATE SEQUENCE dispensing.dispensing_number;
CREATE SEQUENCE dispensing.return_number;

-- No more about a person than prescriptions need; the resident number leaves a keyed digest and a mask, never itself.
CREATE TABLE dispensing.patient (
    consortium_id    bigint      NOT NULL REFERENCES parties.consortium,
    patient_id       uuid        NOT NULL,
    number           text        NOT NULL,  -- 'HZ-2026-000123'
    name             text        NOT NULL,
    sex              text        NOT NULL,
    birth_on         date        NOT NULL,
    phone_masked     text        NOT NULL,  -- '138****5678', or empty
    resident_digest  bytea,                 -- HMAC-SHA256 under the configured pepper
    resident_masked  text,
    registered_by_id bigint      NOT NULL,
    registered_at    timestamptz NOT NULL,
    CONSTRAINT patient_id_is_unique PRIMARY KEY (consortium_id, patient_id),
    CONSTRAINT patient_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT resident_is_registered_once UNIQUE (consortium_id, resident_digest),
    CONSTRAINT patient_was_registered_by_a_person FOREIGN KEY (consortium_id, registered_by_id) REFERENCES identity.person,
    CONSTRAINT sex_is_known CHECK (sex IN ('female', 'male', 'unknown')),
    CONSTRAINT patient_has_a_name CHECK (name <> ''),
    CONSTRAINT phone_is_masked CHECK (phone_masked = '' OR phone_masked ~ '^1[0-9]{2}\*{4}[0-9]{4}$'),
    CONSTRAINT resident_digest_and_mask_come_together CHECK ((resident_digest IS NULL) = (resident_masked IS NULL)),
    CONSTRAINT resident_digest_has_32_bytes CHECK (octet_length(resident_digest) = 32),
    CONSTRAINT resident_number_is_masked CHECK (resident_masked ~ '^[0-9]{3}\*{14}[0-9X]$')
);
ALTER TABLE dispensing.patient ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.patient USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE dispensing.prescription (
    consortium_id   bigint      NOT NULL,
    prescription_id uuid        NOT NULL,
    number          text        NOT NULL,  -- 'CF-2026-000123'
    patient_id      uuid        NOT NULL,
    facility_id     bigint      NOT NULL,  -- where it was written
    prescriber_id   bigint      NOT NULL,
    kind            text        NOT NULL,
    state           text        NOT NULL,
    version         integer     NOT NULL,  -- the current one; 1, 2, …
    issued_at       timestamptz NOT NULL,
    closing_reason  text        NOT NULL DEFAULT '',
    CONSTRAINT prescription_id_is_unique PRIMARY KEY (consortium_id, prescription_id),
    CONSTRAINT prescription_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT prescription_is_of_a_patient FOREIGN KEY (consortium_id, patient_id) REFERENCES dispensing.patient,
    CONSTRAINT prescription_is_of_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility,
    CONSTRAINT prescription_is_of_a_prescriber FOREIGN KEY (consortium_id, prescriber_id) REFERENCES identity.person,
    CONSTRAINT prescription_kind_is_known CHECK (kind IN (
        'ordinary', 'emergency', 'long', 'herbal', 'narcotic', 'psychotropic-2', 'toxic')),
    CONSTRAINT prescription_state_is_known CHECK (state IN (
        'issued', 'approved', 'returned', 'dispensed', 'cancelled', 'expired')),
    CONSTRAINT cancelled_prescription_has_a_reason CHECK (state <> 'cancelled' OR closing_reason <> '')
) WITH (fillfactor = 80);
CREATE INDEX prescription_to_review ON dispensing.prescription (consortium_id, (kind <> 'emergency'), issued_at, prescription_id)
    WHERE state = 'issued';
CREATE INDEX prescription_of_patient ON dispensing.prescription (consortium_id, patient_id, issued_at);
CREATE INDEX prescription_open ON dispensing.prescription (consortium_id, prescription_id)
    WHERE state IN ('issued', 'approved', 'returned');
ALTER TABLE dispensing.prescription ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.prescription
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- What the prescriber signed; an amendment is a further version, so that nothing signed is lost.
CREATE TABLE dispensing.prescription_version (
    consortium_id   bigint      NOT NULL,
    prescription_id uuid        NOT NULL,
    version         integer     NOT NULL,
    diagnosis_code  text        NOT NULL,
    diagnosis       text        NOT NULL,
    written_at      timestamptz NOT NULL,
    written_on      date        NOT NULL,
    valid_through   date        NOT NULL,  -- the last day on which it may be dispensed
    reason          text        NOT NULL,  -- why the supply is longer than usual, or empty
    purpose         text        NOT NULL,
    long_records    text[]      NOT NULL,
    PRIMARY KEY (consortium_id, prescription_id, version),
    CONSTRAINT version_is_of_a_prescription FOREIGN KEY (consortium_id, prescription_id) REFERENCES dispensing.prescription,
    CONSTRAINT versions_count_from_one CHECK (version >= 1),
    CONSTRAINT diagnosis_is_present CHECK (diagnosis <> ''),
    CONSTRAINT validity_does_not_end_before_it_begins CHECK (valid_through >= written_on),
    CONSTRAINT purpose_is_known CHECK (purpose IN ('none', 'severe-pain', 'adhd')),
    CONSTRAINT long_records_are_known CHECK (long_records <@ ARRAY[
        'clear-diagnosis', 'stable-plan', 'good-adherence', 'controlled-condition', 'needs-long-medication',
        'strict-assessment', 'patient-education', 'chart-entry', 'patient-confirmation'])
);
ALTER TABLE dispensing.prescription_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.prescription_version
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE dispensing.prescription_line (
    consortium_id   bigint  NOT NULL,
    prescription_id uuid    NOT NULL,
    version         integer NOT NULL,
    line_number     integer NOT NULL,  -- 1, 2, …
    product_id      bigint  NOT NULL REFERENCES formulary.product,
    quantity        bigint  NOT NULL,  -- base units, for the whole course
    dose_text       text    NOT NULL,
    dose            bigint  NOT NULL,  -- thousandths of a base unit, taken at once
    frequency       text    NOT NULL,  -- a code of the catalogue of order frequencies
    days            integer NOT NULL,  -- of the course
    PRIMARY KEY (consortium_id, prescription_id, version, line_number),
    CONSTRAINT prescription_line_is_of_a_version FOREIGN KEY (consortium_id, prescription_id, version)
        REFERENCES dispensing.prescription_version,
    CONSTRAINT product_stands_once_on_a_prescription UNIQUE (consortium_id, prescription_id, version, product_id),
    CONSTRAINT prescribed_quantity_is_positive CHECK (quantity > 0),
    CONSTRAINT dose_is_positive CHECK (dose > 0),
    CONSTRAINT course_has_days CHECK (days > 0)
);
ALTER TABLE dispensing.prescription_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.prescription_line
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE dispensing.review (
    consortium_id   bigint      NOT NULL,
    prescription_id uuid        NOT NULL,
    version         integer     NOT NULL,
    outcome         text        NOT NULL,
    reviewer_id     bigint      NOT NULL,
    facility_id     bigint,                -- where the reviewer works
    reason          text        NOT NULL,
    reviewed_at     timestamptz NOT NULL,
    CONSTRAINT version_is_reviewed_once PRIMARY KEY (consortium_id, prescription_id, version),
    CONSTRAINT review_is_of_a_version FOREIGN KEY (consortium_id, prescription_id, version)
        REFERENCES dispensing.prescription_version,
    CONSTRAINT review_is_by_a_person FOREIGN KEY (consortium_id, reviewer_id) REFERENCES identity.person,
    CONSTRAINT outcome_is_known CHECK (outcome IN ('approved', 'returned')),
    CONSTRAINT returned_prescription_has_a_reason CHECK (outcome = 'approved' OR reason <> '')
);
ALTER TABLE dispensing.review ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.review USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE dispensing.dispensing (
    consortium_id   bigint      NOT NULL,
    dispensing_id   uuid        NOT NULL,
    number          text        NOT NULL,  -- 'FY-2026-000123'
    prescription_id uuid        NOT NULL,
    version         integer     NOT NULL,
    store_id        bigint      NOT NULL,
    dispenser_id    bigint      NOT NULL,
    movement_id     bigint      NOT NULL,
    dispensed_at    timestamptz NOT NULL,
    dispensed_on    date        NOT NULL,  -- the business day
    self_checked    boolean     NOT NULL,
    checks          text[]      NOT NULL,
    retain_through  date        NOT NULL,
    CONSTRAINT dispensing_id_is_unique PRIMARY KEY (consortium_id, dispensing_id),
    CONSTRAINT dispensing_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT prescription_is_dispensed_once UNIQUE (consortium_id, prescription_id),
    CONSTRAINT dispensing_is_of_a_version FOREIGN KEY (consortium_id, prescription_id, version)
        REFERENCES dispensing.prescription_version,
    CONSTRAINT dispensing_is_from_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT dispensing_is_by_a_person FOREIGN KEY (consortium_id, dispenser_id) REFERENCES identity.person,
    CONSTRAINT dispensing_is_a_movement FOREIGN KEY (consortium_id, movement_id) REFERENCES stock_ledger.movement,
    CONSTRAINT every_check_was_made CHECK (checks @> ARRAY['prescription', 'drug', 'incompatibility', 'rational-use'])
);
CREATE INDEX dispensing_of_store ON dispensing.dispensing (consortium_id, store_id, dispensed_on);
ALTER TABLE dispensing.dispensing ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.dispensing USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE dispensing.dispensing_line (
    consortium_id     bigint  NOT NULL,
    dispensing_id     uuid    NOT NULL,
    line_number       integer NOT NULL,  -- 1, 2, …
    prescription_line integer NOT NULL,
    product_id        bigint  NOT NULL REFERENCES formulary.product,
    article_id        bigint  NOT NULL REFERENCES formulary.article,
    batch_id          bigint  NOT NULL,
    batch_number      text    NOT NULL,
    expires_on        date    NOT NULL,
    quantity          bigint  NOT NULL,  -- base units
    returned          bigint  NOT NULL DEFAULT 0,  -- base units that have come back
    PRIMARY KEY (consortium_id, dispensing_id, line_number),
    CONSTRAINT dispensing_line_is_of_a_dispensing FOREIGN KEY (consortium_id, dispensing_id) REFERENCES dispensing.dispensing,
    CONSTRAINT dispensing_line_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch,
    CONSTRAINT batch_serves_a_line_once UNIQUE (consortium_id, dispensing_id, prescription_line, batch_id),
    CONSTRAINT dispensed_quantity_is_positive CHECK (quantity > 0),
    CONSTRAINT no_more_returns_than_was_dispensed CHECK (returned BETWEEN 0 AND quantity)
);
CREATE INDEX dispensing_line_of_batch ON dispensing.dispensing_line (consortium_id, batch_id);
ALTER TABLE dispensing.dispensing_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.dispensing_line
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE dispensing.patient_return (
    consortium_id bigint      NOT NULL,
    return_id     uuid        NOT NULL,
    number        text        NOT NULL,  -- 'TY-2026-000123'
    dispensing_id uuid        NOT NULL,
    reason        text        NOT NULL,
    explanation   text        NOT NULL,
    receiver_id   bigint      NOT NULL,
    returned_at   timestamptz NOT NULL,
    CONSTRAINT return_id_is_unique PRIMARY KEY (consortium_id, return_id),
    CONSTRAINT return_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT return_is_of_a_dispensing FOREIGN KEY (consortium_id, dispensing_id) REFERENCES dispensing.dispensing,
    CONSTRAINT return_is_received_by_a_person FOREIGN KEY (consortium_id, receiver_id) REFERENCES identity.person,
    CONSTRAINT return_reason_allows_it CHECK (reason IN ('quality', 'adverse-reaction', 'dispensing-error')),
    CONSTRAINT return_is_explained CHECK (explanation <> '')
);
ALTER TABLE dispensing.patient_return ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.patient_return
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE dispensing.patient_return_line (
    consortium_id bigint  NOT NULL,
    return_id     uuid    NOT NULL,
    dispensing_id uuid    NOT NULL,
    line_number   integer NOT NULL,  -- of the dispensing
    quantity      bigint  NOT NULL,  -- base units
    returned_into text    NOT NULL,
    PRIMARY KEY (consortium_id, return_id, line_number),
    CONSTRAINT return_line_is_of_a_return FOREIGN KEY (consortium_id, return_id) REFERENCES dispensing.patient_return,
    CONSTRAINT return_line_is_of_a_dispensed_line FOREIGN KEY (consortium_id, dispensing_id, line_number)
        REFERENCES dispensing.dispensing_line,
    CONSTRAINT returned_quantity_is_positive CHECK (quantity > 0),
    CONSTRAINT returned_goods_are_available_or_quarantined CHECK (returned_into IN ('available', 'quarantined'))
);
ALTER TABLE dispensing.patient_return_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.patient_return_line
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- How a facility works: whether its one pharmacist may dispense what they reviewed, after a recorded self-check.
CREATE TABLE dispensing.facility_practice (
    consortium_id     bigint      NOT NULL,
    facility_id       bigint      NOT NULL,
    single_pharmacist boolean     NOT NULL,
    declared_by_id    bigint      NOT NULL,
    declared_at       timestamptz NOT NULL,
    PRIMARY KEY (consortium_id, facility_id),
    CONSTRAINT practice_is_of_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility,
    CONSTRAINT practice_is_declared_by_a_person FOREIGN KEY (consortium_id, declared_by_id) REFERENCES identity.person
);
ALTER TABLE dispensing.facility_practice ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.facility_practice
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT USAGE ON SCHEMA dispensing TO lianyao_application;
GRANT SELECT, INSERT ON dispensing.prescription_version, dispensing.prescription_line, dispensing.review,
    dispensing.patient_return, dispensing.patient_return_line TO lianyao_application;
-- UPDATE also lets a row be locked: patients and dispensings are locked, and never changed.
GRANT SELECT, INSERT, UPDATE ON dispensing.prescription, dispensing.facility_practice TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (registered_at) ON dispensing.patient TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (retain_through) ON dispensing.dispensing TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (returned) ON dispensing.dispensing_line TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA dispensing TO lianyao_application;

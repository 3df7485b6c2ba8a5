-- Prescriptions that the insurer's service hall is told of, so that pharmacies outside can fill them.
CREATE SCHEMA prescription_uploads;

-- What buys nothing needs no kinds of product: the hall's account is one.
ALTER TABLE platform_exchange.account DROP CONSTRAINT account_buys_something;

-- A facility as the hall knows it.
CREATE TABLE prescription_uploads.institution (
    consortium_id bigint NOT NULL,
    facility_id   bigint NOT NULL,
    platform      text   NOT NULL,
    code          text   NOT NULL,  -- fixmedinsCode: 'H' and eleven digits
    name          text   NOT NULL,
    division      text   NOT NULL,  -- mdtrtareaNo: the administrative division
    pharmacy_code text   NOT NULL,  -- pharDeptCode: the department that reviews, as the insurer knows it
    pharmacy_name text   NOT NULL,
    CONSTRAINT facility_has_one_hall PRIMARY KEY (consortium_id, facility_id),
    CONSTRAINT institution_is_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility,
    CONSTRAINT institution_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account,
    CONSTRAINT institution_has_its_texts CHECK (code <> '' AND name <> '' AND division <> '' AND pharmacy_code <> '' AND pharmacy_name <> '')
);
ALTER TABLE prescription_uploads.institution ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON prescription_uploads.institution
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- A physician or pharmacist as the insurer knows them.
CREATE TABLE prescription_uploads.clinician (
    consortium_id    bigint NOT NULL,
    person_id        bigint NOT NULL,
    code             text   NOT NULL,  -- drCode, pharCode
    title_code       text   NOT NULL DEFAULT '',
    title            text   NOT NULL DEFAULT '',
    certificate_kind text   NOT NULL DEFAULT '',  -- undoDrCertType, pharCertType
    certificate      text   NOT NULL DEFAULT '',  -- undoDrCertno, pharCertno
    practice         text   NOT NULL DEFAULT '',  -- pharPracCertNo
    CONSTRAINT clinician_has_one_code PRIMARY KEY (consortium_id, person_id),
    CONSTRAINT clinician_is_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person,
    CONSTRAINT clinician_has_a_code CHECK (code <> ''),
    CONSTRAINT certificate_has_a_kind CHECK ((certificate_kind = '') = (certificate = ''))
);
ALTER TABLE prescription_uploads.clinician ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON prescription_uploads.clinician
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- A prescription on its way to the hall and there. A prescription that was taken back may go there once more, as a further
-- round. The credential and what holds it are kept no longer than the hall may have to be asked or told.
CREATE TABLE prescription_uploads.upload (
    consortium_id   bigint      NOT NULL,
    prescription_id uuid        NOT NULL,
    round           integer     NOT NULL,          -- 1, 2, …
    number          text        NOT NULL,          -- hospRxno: the prescription's, with the round behind it from the second on
    platform        text        NOT NULL,
    state           text        NOT NULL,
    version         integer,                       -- what was reviewed and is told; none before that
    credential      jsonb,                         -- how the patient has proved who they are
    offered_by_id   bigint      NOT NULL,
    offered_at      timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    insurer_number  text,                          -- hiRxno
    trace_code      text,                          -- rxTraceCode
    original        text,                          -- originalValue, as it was signed
    file            text,                          -- rxFile, as it was signed: Base64
    sign_digest     text,
    certificate     text,                          -- number of the certificate that it was signed with
    revoked_by_id   bigint,                        -- who has asked that it be taken back
    revocation      text        NOT NULL DEFAULT '',
    revoked_at      timestamptz,                   -- when they did
    revocations     integer     NOT NULL DEFAULT 0,   -- times they did: once more where one was refused and discarded
    use             text        NOT NULL DEFAULT 'unused',
    used_at         text        NOT NULL DEFAULT '',  -- as the hall writes it
    items           jsonb       NOT NULL DEFAULT '[]',
    decision        text        NOT NULL DEFAULT 'none',  -- of a pharmacist outside
    reviewer        text        NOT NULL DEFAULT '',
    opinion         text        NOT NULL DEFAULT '',
    reviewed_at     text        NOT NULL DEFAULT '',
    ask_at          timestamptz,                   -- when the hall is asked what became of it; none before and after
    CONSTRAINT round_is_one PRIMARY KEY (consortium_id, prescription_id, round),
    CONSTRAINT number_is_told_once UNIQUE (consortium_id, platform, number),
    CONSTRAINT insurer_number_is_one_prescription UNIQUE (consortium_id, platform, insurer_number),
    CONSTRAINT trace_code_is_one_prescription UNIQUE (consortium_id, platform, trace_code),
    CONSTRAINT upload_is_of_a_prescription FOREIGN KEY (consortium_id, prescription_id) REFERENCES dispensing.prescription,
    CONSTRAINT upload_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account,
    CONSTRAINT upload_is_offered_by_a_person FOREIGN KEY (consortium_id, offered_by_id) REFERENCES identity.person,
    CONSTRAINT upload_is_revoked_by_a_person FOREIGN KEY (consortium_id, revoked_by_id) REFERENCES identity.person,
    CONSTRAINT upload_state_is_known CHECK (state IN (
        'offered', 'announced', 'checked', 'signed', 'uploaded', 'used', 'expired', 'revoked', 'withdrawn')),
    CONSTRAINT use_is_known CHECK (use IN ('unused', 'used', 'partly', 'unknown')),
    CONSTRAINT decision_is_known CHECK (decision IN ('approved', 'returned', 'none')),
    CONSTRAINT what_is_told_has_a_version CHECK (state IN ('offered', 'withdrawn') OR version IS NOT NULL),
    CONSTRAINT what_was_checked_has_numbers CHECK (
        state IN ('offered', 'announced', 'withdrawn') OR (insurer_number IS NOT NULL AND trace_code IS NOT NULL)),
    CONSTRAINT what_was_signed_has_its_digest CHECK (
        state NOT IN ('signed', 'uploaded') OR (original IS NOT NULL AND file IS NOT NULL AND sign_digest IS NOT NULL)),
    CONSTRAINT credential_is_kept_while_it_is_needed CHECK (
        (state IN ('used', 'expired', 'revoked', 'withdrawn')) = (credential IS NULL)),
    CONSTRAINT revocation_says_who_and_why CHECK ((revoked_by_id IS NULL) = (revocation = '')
        AND (revoked_by_id IS NULL) = (revoked_at IS NULL)),
    CONSTRAINT revocations_are_counted CHECK (revocations >= 0 AND (revoked_by_id IS NULL) = (revocations = 0)),
    CONSTRAINT only_what_is_there_is_asked_about CHECK (ask_at IS NULL OR state = 'uploaded')
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX one_round_at_a_time ON prescription_uploads.upload (consortium_id, prescription_id)
    WHERE state NOT IN ('revoked', 'withdrawn');
CREATE INDEX upload_to_ask_about ON prescription_uploads.upload (consortium_id, platform, ask_at) WHERE ask_at IS NOT NULL;
ALTER TABLE prescription_uploads.upload ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON prescription_uploads.upload
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT USAGE ON SCHEMA prescription_uploads TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (platform, code, name, division, pharmacy_code, pharmacy_name)
    ON prescription_uploads.institution TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (code, title_code, title, certificate_kind, certificate, practice)
    ON prescription_uploads.clinician TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (
    state, version, credential, changed_at, insurer_number, trace_code, original, file, sign_digest, certificate, revoked_by_id,
    revocation, revoked_at, revocations, use, used_at, items, decision, reviewer, opinion, reviewed_at, ask_at)
    ON prescription_uploads.upload TO lianyao_application;

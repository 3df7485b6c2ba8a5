-- Long prescriptions are collected in instalments: who may be given one, the plan, what is set aside for it, and its course.
CREATE SCHEMA long_prescriptions;

-- What a prescriber is, as the consortium's supervisor has declared it.
CREATE TABLE long_prescriptions.qualification (
    consortium_id  bigint      NOT NULL,
    person_id      bigint      NOT NULL,
    title          text        NOT NULL,
    specialties    text[]      NOT NULL,
    declared_by_id bigint      NOT NULL,
    declared_at    timestamptz NOT NULL,
    PRIMARY KEY (consortium_id, person_id),
    CONSTRAINT qualification_is_of_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person,
    CONSTRAINT qualification_is_declared_by_a_person FOREIGN KEY (consortium_id, declared_by_id) REFERENCES identity.person,
    CONSTRAINT title_is_known CHECK (title IN ('resident', 'attending', 'associate-chief', 'chief')),
    CONSTRAINT specialties_are_known CHECK (specialties <@ ARRAY['internal-medicine',
        'general-practice', 'cardiology', 'respiratory', 'endocrinology', 'neurology', 'psychiatry', 'gastroenterology',
        'nephrology', 'rheumatology', 'haematology', 'urology', 'ophthalmology', 'dermatology', 'oncology',
        'infectious-diseases', 'geriatrics'])
);
ALTER TABLE long_prescriptions.qualification ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON long_prescriptions.qualification
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Whether a primary institution is able to begin long prescriptions.
CREATE TABLE long_prescriptions.facility_ability (
    consortium_id  bigint      NOT NULL,
    facility_id    bigint      NOT NULL,
    may_begin      boolean     NOT NULL,
    declared_by_id bigint      NOT NULL,
    declared_at    timestamptz NOT NULL,
    PRIMARY KEY (consortium_id, facility_id),
    CONSTRAINT ability_is_of_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility,
    CONSTRAINT ability_is_declared_by_a_person FOREIGN KEY (consortium_id, declared_by_id) REFERENCES identity.person
);
ALTER TABLE long_prescriptions.facility_ability ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON long_prescriptions.facility_ability
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE long_prescriptions.plan (
    consortium_id   bigint      NOT NULL,
    plan_id         uuid        NOT NULL,
    prescription_id uuid        NOT NULL,
    version         integer     NOT NULL,
    patient_id      uuid        NOT NULL,
    store_id        bigint      NOT NULL,  -- the chosen pharmacy
    state           text        NOT NULL,
    is_first        boolean     NOT NULL,  -- the patient's first for the diagnosis
    diagnosis_code  text        NOT NULL,
    starts_on       date        NOT NULL,
    ends_on         date        NOT NULL,  -- the last day of the course; nothing is collected after it
    early_days      integer     NOT NULL,  -- as the terms were when the plan began
    grace_days      integer     NOT NULL,
    follow_up_days  integer     NOT NULL,
    assessed_on     date        NOT NULL,  -- the assessment or follow-up that last let it go on
    assessment      text        NOT NULL,
    follow_up_plan  text        NOT NULL,  -- how the patient is followed and what is done about adverse events
    consent_by      text        NOT NULL,
    consent_manner  text        NOT NULL,
    consented_on    date        NOT NULL,
    supply_through  date,                  -- the last day that what was collected covers
    started_by_id   bigint      NOT NULL,
    started_at      timestamptz NOT NULL,
    CONSTRAINT plan_id_is_unique PRIMARY KEY (consortium_id, plan_id),
    CONSTRAINT version_of_a_prescription_has_one_plan UNIQUE (consortium_id, prescription_id, version),
    CONSTRAINT plan_is_of_a_version FOREIGN KEY (consortium_id, prescription_id, version)
        REFERENCES dispensing.prescription_version,
    CONSTRAINT plan_is_of_a_patient FOREIGN KEY (consortium_id, patient_id) REFERENCES dispensing.patient,
    CONSTRAINT plan_has_a_pharmacy FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT plan_was_started_by_a_person FOREIGN KEY (consortium_id, started_by_id) REFERENCES identity.person,
    CONSTRAINT plan_state_is_known CHECK (state IN (
        'active', 'alerted', 'suspended', 'stopped', 'completed', 'expired', 'superseded')),
    CONSTRAINT plan_ends_after_it_starts CHECK (ends_on >= starts_on),
    CONSTRAINT plan_lasts_no_longer_than_its_prescription CHECK (ends_on - starts_on < 366),
    CONSTRAINT plan_has_an_assessment CHECK (assessment <> '' AND follow_up_plan <> ''),
    CONSTRAINT consent_is_by_patient_or_proxy CHECK (consent_by IN ('patient', 'proxy')),
    CONSTRAINT consent_manner_is_known CHECK (consent_manner IN ('signature', 'electronic', 'witnessed'))
) WITH (fillfactor = 80);
CREATE INDEX plan_of_patient ON long_prescriptions.plan (consortium_id, patient_id, started_at);
CREATE INDEX plan_by_state ON long_prescriptions.plan (consortium_id, state, started_at, plan_id);
CREATE INDEX plan_open ON long_prescriptions.plan (consortium_id, ends_on, plan_id)
    WHERE state IN ('active', 'alerted', 'suspended');
-- Plans that end are looked up to tell how many are renewed, and what renewals will need.
CREATE INDEX plan_by_end ON long_prescriptions.plan (consortium_id, ends_on);
CREATE INDEX plan_running_out ON long_prescriptions.plan (consortium_id, supply_through, plan_id);
ALTER TABLE long_prescriptions.plan ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON long_prescriptions.plan
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Who may collect for the patient. The resident number leaves a keyed digest and a mask, never itself.
CREATE TABLE long_prescriptions.proxy (
    consortium_id   bigint      NOT NULL,
    plan_id         uuid        NOT NULL,
    proxy_number    integer     NOT NULL,  -- 1, 2, … within the plan
    name            text        NOT NULL,
    relation        text        NOT NULL,
    resident_digest bytea       NOT NULL,
    resident_masked text        NOT NULL,
    named_by_id     bigint      NOT NULL,
    named_at        timestamptz NOT NULL,
    PRIMARY KEY (consortium_id, plan_id, proxy_number),
    CONSTRAINT proxy_is_named_once UNIQUE (consortium_id, plan_id, resident_digest),
    CONSTRAINT proxy_is_of_a_plan FOREIGN KEY (consortium_id, plan_id) REFERENCES long_prescriptions.plan,
    CONSTRAINT proxy_has_a_name_and_a_relation CHECK (name <> '' AND relation <> ''),
    CONSTRAINT proxy_digest_has_32_bytes CHECK (octet_length(resident_digest) = 32),
    CONSTRAINT proxy_number_is_masked CHECK (resident_masked ~ '^[0-9]{3}\*{14}[0-9X]$')
);
ALTER TABLE long_prescriptions.proxy ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON long_prescriptions.proxy
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE long_prescriptions.instalment (
    consortium_id     bigint  NOT NULL,
    plan_id           uuid    NOT NULL,
    instalment_number integer NOT NULL,  -- 1, 2, … within the plan
    due_on            date    NOT NULL,
    days              integer NOT NULL,  -- how long it lasts
    state             text    NOT NULL,
    missed_on         date,              -- when it was last found not collected in time
    collected_on      date,
    store_id          bigint,            -- where it was collected
    PRIMARY KEY (consortium_id, plan_id, instalment_number),
    CONSTRAINT instalment_is_of_a_plan FOREIGN KEY (consortium_id, plan_id) REFERENCES long_prescriptions.plan,
    CONSTRAINT instalment_is_collected_at_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT instalment_lasts CHECK (days > 0),
    CONSTRAINT instalment_state_is_known CHECK (state IN ('open', 'missed', 'collected', 'lapsed')),
    CONSTRAINT missed_instalment_has_its_day CHECK (state <> 'missed' OR missed_on IS NOT NULL),
    CONSTRAINT collected_instalment_has_its_day_and_store
        CHECK ((state = 'collected') = (collected_on IS NOT NULL) AND (collected_on IS NULL) = (store_id IS NULL))
) WITH (fillfactor = 80);
CREATE INDEX instalment_open ON long_prescriptions.instalment (consortium_id, due_on, plan_id, instalment_number)
    WHERE state = 'open';
CREATE INDEX instalment_missed ON long_prescriptions.instalment (consortium_id, missed_on, plan_id) WHERE state = 'missed';
CREATE INDEX instalment_by_due_day ON long_prescriptions.instalment (consortium_id, due_on);
CREATE INDEX instalment_of_store ON long_prescriptions.instalment (consortium_id, store_id, collected_on)
    WHERE state = 'collected';
ALTER TABLE long_prescriptions.instalment ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON long_prescriptions.instalment
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE long_prescriptions.instalment_line (
    consortium_id     bigint  NOT NULL,
    plan_id           uuid    NOT NULL,
    instalment_number integer NOT NULL,
    line_number       integer NOT NULL,  -- of the prescription
    product_id        bigint  NOT NULL REFERENCES formulary.product,
    quantity          bigint  NOT NULL,  -- base units
    PRIMARY KEY (consortium_id, plan_id, instalment_number, line_number),
    CONSTRAINT instalment_line_is_of_an_instalment FOREIGN KEY (consortium_id, plan_id, instalment_number)
        REFERENCES long_prescriptions.instalment,
    CONSTRAINT instalment_quantity_is_positive CHECK (quantity > 0)
);
ALTER TABLE long_prescriptions.instalment_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON long_prescriptions.instalment_line
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Who collected an instalment, and what they were told.
CREATE TABLE long_prescriptions.collection (
    consortium_id     bigint      NOT NULL,
    plan_id           uuid        NOT NULL,
    instalment_number integer     NOT NULL,
    dispensing_id     uuid        NOT NULL,
    proxy_number      integer,               -- none: the patient
    counselling       text        NOT NULL,  -- what the pharmacist explained
    collected_at      timestamptz NOT NULL,
    CONSTRAINT instalment_is_collected_once PRIMARY KEY (consortium_id, plan_id, instalment_number),
    CONSTRAINT dispensing_serves_one_instalment UNIQUE (consortium_id, dispensing_id),
    CONSTRAINT collection_is_of_an_instalment FOREIGN KEY (consortium_id, plan_id, instalment_number)
        REFERENCES long_prescriptions.instalment,
    CONSTRAINT collection_is_a_dispensing FOREIGN KEY (consortium_id, dispensing_id) REFERENCES dispensing.dispensing,
    CONSTRAINT collection_is_by_a_named_proxy FOREIGN KEY (consortium_id, plan_id, proxy_number)
        REFERENCES long_prescriptions.proxy,
    CONSTRAINT collection_is_counselled CHECK (counselling <> '')
);
ALTER TABLE long_prescriptions.collection ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON long_prescriptions.collection
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- What happened to a plan, in order: begun, followed up, suspended, …; by nobody when time alone did it.
CREATE TABLE long_prescriptions.plan_event (
    consortium_id bigint      NOT NULL,
    plan_id       uuid        NOT NULL,
    event_number  integer     NOT NULL,  -- 1, 2, … within the plan
    kind          text        NOT NULL,
    reason        text,
    words         text        NOT NULL,
    person_id     bigint,
    occurred_on   date        NOT NULL,
    recorded_at   timestamptz NOT NULL,
    PRIMARY KEY (consortium_id, plan_id, event_number),
    CONSTRAINT event_is_of_a_plan FOREIGN KEY (consortium_id, plan_id) REFERENCES long_prescriptions.plan,
    CONSTRAINT event_is_by_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person,
    CONSTRAINT event_kind_is_known CHECK (kind IN (
        'start', 'choose-pharmacy', 'name-proxy', 'collect', 'miss', 'follow-up', 'raise-alert', 'suspend', 'resume', 'stop',
        'complete', 'expire', 'supersede')),
    CONSTRAINT event_reason_is_known CHECK (reason IN (
        'poor-control', 'adverse-reaction', 'complication', 'non-adherence', 'admission', 'other')),
    CONSTRAINT alert_suspension_and_stop_have_a_reason
        CHECK (kind NOT IN ('raise-alert', 'suspend', 'stop') OR reason IS NOT NULL)
);
ALTER TABLE long_prescriptions.plan_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON long_prescriptions.plan_event
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Stock that is set aside for an instalment; the ledger holds it as reserved.
CREATE TABLE long_prescriptions.reservation (
    consortium_id     bigint      NOT NULL,
    reservation_id    uuid        NOT NULL,
    plan_id           uuid        NOT NULL,
    instalment_number integer     NOT NULL,
    store_id          bigint      NOT NULL,
    is_open           boolean     NOT NULL,
    reserved_at       timestamptz NOT NULL,
    CONSTRAINT reservation_id_is_unique PRIMARY KEY (consortium_id, reservation_id),
    CONSTRAINT reservation_is_for_an_instalment FOREIGN KEY (consortium_id, plan_id, instalment_number)
        REFERENCES long_prescriptions.instalment,
    CONSTRAINT reservation_is_in_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX instalment_has_one_open_reservation
    ON long_prescriptions.reservation (consortium_id, plan_id, instalment_number) WHERE is_open;
ALTER TABLE long_prescriptions.reservation ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON long_prescriptions.reservation
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE long_prescriptions.reservation_line (
    consortium_id  bigint  NOT NULL,
    reservation_id uuid    NOT NULL,
    line_number    integer NOT NULL,  -- of the prescription
    batch_id       bigint  NOT NULL,
    article_id     bigint  NOT NULL REFERENCES formulary.article,
    product_id     bigint  NOT NULL REFERENCES formulary.product,
    batch_number   text    NOT NULL,
    expires_on     date    NOT NULL,
    quantity       bigint  NOT NULL,  -- base units
    PRIMARY KEY (consortium_id, reservation_id, line_number, batch_id),
    CONSTRAINT reservation_line_is_of_a_reservation FOREIGN KEY (consortium_id, reservation_id)
        REFERENCES long_prescriptions.reservation,
    CONSTRAINT reservation_line_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch,
    CONSTRAINT reserved_quantity_is_positive CHECK (quantity > 0)
);
ALTER TABLE long_prescriptions.reservation_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON long_prescriptions.reservation_line
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- What is short for an instalment that could not be reserved. A present state: it goes when the instalment is reserved.
CREATE TABLE long_prescriptions.shortfall (
    consortium_id     bigint NOT NULL,
    plan_id           uuid   NOT NULL,
    instalment_number integer NOT NULL,
    product_id        bigint NOT NULL REFERENCES formulary.product,
    store_id          bigint NOT NULL,
    missing           bigint NOT NULL,  -- base units
    found_on          date   NOT NULL,
    PRIMARY KEY (consortium_id, plan_id, instalment_number, product_id),
    CONSTRAINT shortfall_is_of_an_instalment FOREIGN KEY (consortium_id, plan_id, instalment_number)
        REFERENCES long_prescriptions.instalment,
    CONSTRAINT shortfall_is_in_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT something_is_missing CHECK (missing > 0)
);
CREATE INDEX shortfall_of_store ON long_prescriptions.shortfall (consortium_id, store_id);
ALTER TABLE long_prescriptions.shortfall ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON long_prescriptions.shortfall
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT USAGE ON SCHEMA long_prescriptions TO lianyao_application;
GRANT SELECT, INSERT ON long_prescriptions.proxy, long_prescriptions.instalment_line, long_prescriptions.collection,
    long_prescriptions.plan_event, long_prescriptions.reservation_line TO lianyao_application;
GRANT SELECT, INSERT, UPDATE ON long_prescriptions.qualification, long_prescriptions.facility_ability TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (store_id, state, assessed_on, supply_through) ON long_prescriptions.plan TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (due_on, state, missed_on, collected_on, store_id) ON long_prescriptions.instalment
    TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (is_open) ON long_prescriptions.reservation TO lianyao_application;
GRANT SELECT, INSERT, DELETE ON long_prescriptions.shortfall TO lianyao_application;

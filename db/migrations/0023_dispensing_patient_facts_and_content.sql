-- What is known of a patient, and what a prescriber says beside products and doses.
CREATE TABLE formulary.route (
    code          text PRIMARY KEY,
    chinese       text NOT NULL,
    english       text NOT NULL,
    route_group   text NOT NULL,
    national_code text NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON formulary.route TO lianyao_application;

-- The last measurement by a day is the one that counts; of the same day, the one recorded last.
CREATE TABLE dispensing.patient_weight (
    consortium_id  bigint      NOT NULL,
    patient_id     uuid        NOT NULL,
    measured_on    date        NOT NULL,
    grams          integer     NOT NULL,
    recorded_by_id bigint      NOT NULL,
    recorded_at    timestamptz NOT NULL,
    PRIMARY KEY (consortium_id, patient_id, measured_on, recorded_at),
    CONSTRAINT weight_is_of_a_patient FOREIGN KEY (consortium_id, patient_id) REFERENCES dispensing.patient,
    CONSTRAINT weight_was_recorded_by_a_person FOREIGN KEY (consortium_id, recorded_by_id) REFERENCES identity.person,
    CONSTRAINT weight_is_that_of_a_person CHECK (grams BETWEEN 200 AND 500000)
);
ALTER TABLE dispensing.patient_weight ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.patient_weight
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE dispensing.allergy (
    consortium_id   bigint      NOT NULL,
    allergy_id      uuid        NOT NULL,
    patient_id      uuid        NOT NULL,
    code            text        NOT NULL,  -- of the clinical rules, or empty
    name            text        NOT NULL,
    severity        text        NOT NULL,
    reaction        text        NOT NULL,
    recorded_by_id  bigint      NOT NULL,
    recorded_at     timestamptz NOT NULL,
    withdrawn_at    timestamptz,
    withdrawn_by_id bigint,
    withdrawn_for   text,
    CONSTRAINT allergy_id_is_unique PRIMARY KEY (consortium_id, allergy_id),
    CONSTRAINT allergy_is_of_a_patient FOREIGN KEY (consortium_id, patient_id) REFERENCES dispensing.patient,
    CONSTRAINT allergy_was_recorded_by_a_person FOREIGN KEY (consortium_id, recorded_by_id) REFERENCES identity.person,
    CONSTRAINT allergy_was_withdrawn_by_a_person FOREIGN KEY (consortium_id, withdrawn_by_id) REFERENCES identity.person,
    CONSTRAINT allergy_has_a_name CHECK (name <> ''),
    CONSTRAINT allergy_severity_is_known CHECK (severity IN ('unknown', 'mild', 'moderate', 'severe')),
    CONSTRAINT withdrawn_allergy_has_who_and_why
        CHECK ((withdrawn_at IS NULL) = (withdrawn_by_id IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_for IS NULL))
);
CREATE INDEX allergy_of_patient ON dispensing.allergy (consortium_id, patient_id) WHERE withdrawn_at IS NULL;
ALTER TABLE dispensing.allergy ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.allergy
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE dispensing.family_doctor_contract (
    consortium_id  bigint      NOT NULL,
    contract_id    uuid        NOT NULL,
    patient_id     uuid        NOT NULL,
    facility_id    bigint      NOT NULL,
    doctor_id      bigint      NOT NULL,
    valid_from     date        NOT NULL,
    valid_through  date        NOT NULL,  -- the last day; before valid_from when another contract took its place unbegun
    recorded_by_id bigint      NOT NULL,
    recorded_at    timestamptz NOT NULL,
    CONSTRAINT contract_id_is_unique PRIMARY KEY (consortium_id, contract_id),
    CONSTRAINT contract_is_of_a_patient FOREIGN KEY (consortium_id, patient_id) REFERENCES dispensing.patient,
    CONSTRAINT contract_is_with_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility,
    CONSTRAINT contract_is_with_a_doctor FOREIGN KEY (consortium_id, doctor_id) REFERENCES identity.person,
    CONSTRAINT contract_was_recorded_by_a_person FOREIGN KEY (consortium_id, recorded_by_id) REFERENCES identity.person
);
CREATE INDEX contract_of_patient ON dispensing.family_doctor_contract (consortium_id, patient_id, valid_from);
ALTER TABLE dispensing.family_doctor_contract ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.family_doctor_contract
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- What is read and signed as a whole is kept as a document; the main diagnosis stays where lists look for it.
ALTER TABLE dispensing.prescription_version
    ADD COLUMN department_code text  NOT NULL DEFAULT '',
    ADD COLUMN department_name text  NOT NULL DEFAULT '',
    ADD COLUMN other_diagnoses jsonb NOT NULL DEFAULT '[]',  -- code and name of each, in their order
    ADD COLUMN herbal          jsonb,                        -- doses, doses in a day, how to boil and take it
    ADD COLUMN encounter       jsonb,                        -- what the national platform asks of the prescriber
    ADD CONSTRAINT other_diagnoses_are_a_list CHECK (jsonb_typeof(other_diagnoses) = 'array'),
    ADD CONSTRAINT herbal_directions_count_doses
        CHECK ((herbal->>'doses')::integer BETWEEN 1 AND 60 AND (herbal->>'dosesPerDay')::integer BETWEEN 1 AND 4);
ALTER TABLE dispensing.prescription_line
    ADD COLUMN route     text,                      -- a code of the catalogue of routes; none when nobody said
    ADD COLUMN note      text NOT NULL DEFAULT '',
    ADD COLUMN insurance jsonb;                     -- what the insurer asks about the line

GRANT SELECT, INSERT ON dispensing.patient_weight TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_by_id, withdrawn_for) ON dispensing.allergy TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (valid_through) ON dispensing.family_doctor_contract TO lianyao_application;

-- What systems that place requests over FHIR call them, so that a request is recorded once and found by its sender's number.
CREATE SCHEMA fhir;

CREATE TABLE fhir.placer_identifier (
    consortium_id   bigint      NOT NULL,
    scope           text        NOT NULL,  -- 'prescription': of the whole; 'line': of one product of it
    system          text        NOT NULL,  -- a URI
    value           text        NOT NULL,
    prescription_id uuid        NOT NULL,
    product_id      bigint      REFERENCES formulary.product,
    recorded_at     timestamptz NOT NULL,
    CONSTRAINT placer_identifier_is_recorded_once PRIMARY KEY (consortium_id, scope, system, value),
    CONSTRAINT placer_identifier_is_of_a_prescription FOREIGN KEY (consortium_id, prescription_id)
        REFERENCES dispensing.prescription,
    CONSTRAINT placer_scope_is_known CHECK (scope IN ('prescription', 'line')),
    CONSTRAINT line_identifier_names_its_product CHECK ((scope = 'line') = (product_id IS NOT NULL)),
    CONSTRAINT placer_identifier_is_short CHECK (length(system) BETWEEN 1 AND 200 AND length(value) BETWEEN 1 AND 200)
);
CREATE INDEX placer_identifier_of_prescription ON fhir.placer_identifier (consortium_id, prescription_id);
CREATE INDEX placer_identifier_by_value ON fhir.placer_identifier (consortium_id, value);
ALTER TABLE fhir.placer_identifier ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON fhir.placer_identifier
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Searches without a patient go by time; patients are found by name and birth day.
CREATE INDEX prescription_by_time ON dispensing.prescription (consortium_id, issued_at, prescription_id);
CREATE INDEX dispensing_by_time ON dispensing.dispensing (consortium_id, dispensed_at, dispensing_id);
CREATE INDEX patient_by_birth_day ON dispensing.patient (consortium_id, birth_on, patient_id);
CREATE INDEX patient_by_name ON dispensing.patient (consortium_id, (lower(name) COLLATE "C"));

GRANT USAGE ON SCHEMA fhir TO lianyao_application;
GRANT SELECT, INSERT ON fhir.placer_identifier TO lianyao_application;

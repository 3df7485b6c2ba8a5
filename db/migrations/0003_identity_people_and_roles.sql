-- People, and what they may do.
CREATE SCHEMA identity;

CREATE TABLE identity.person (
    consortium_id bigint  NOT NULL REFERENCES parties.consortium,
    person_id     bigint  NOT NULL GENERATED ALWAYS AS IDENTITY,
    code          text    NOT NULL,
    name          text    NOT NULL,
    facility_id   bigint,           -- where the person works
    company_id    bigint  REFERENCES parties.company,  -- the supplier the person acts for
    roles         text[]  NOT NULL,
    is_active     boolean NOT NULL DEFAULT true,
    PRIMARY KEY (consortium_id, person_id),
    CONSTRAINT person_code_is_unique UNIQUE (consortium_id, code),
    CONSTRAINT person_works_at_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility,
    CONSTRAINT person_works_for_one_side CHECK (num_nonnulls(facility_id, company_id) = 1),
    CONSTRAINT roles_are_known CHECK (roles <@ ARRAY[
        'procurement-officer', 'supervisor', 'storekeeper', 'pharmacist', 'dispenser', 'prescriber',
        'formulary-keeper', 'supplier', 'auditor'])
);
ALTER TABLE identity.person ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON identity.person USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT USAGE ON SCHEMA identity TO lianyao_application;
GRANT SELECT, INSERT, UPDATE ON identity.person TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA identity TO lianyao_application;

-- Who put the medicines of a prescription together (调配), before another person checks and hands them out (核对发药).
CREATE TABLE dispensing.preparation (
    consortium_id   bigint      NOT NULL,
    preparation_id  uuid        NOT NULL,
    prescription_id uuid        NOT NULL,
    version         integer     NOT NULL,
    store_id        bigint      NOT NULL,
    preparer_id     bigint      NOT NULL,
    prepared_at     timestamptz NOT NULL,
    CONSTRAINT preparation_id_is_unique PRIMARY KEY (consortium_id, preparation_id),
    CONSTRAINT preparation_and_preparer_are_a_key UNIQUE (consortium_id, preparation_id, preparer_id),
    CONSTRAINT preparation_is_of_a_version FOREIGN KEY (consortium_id, prescription_id, version)
        REFERENCES dispensing.prescription_version,
    CONSTRAINT preparation_is_in_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT preparation_is_by_a_person FOREIGN KEY (consortium_id, preparer_id) REFERENCES identity.person
);
CREATE INDEX preparation_of_prescription ON dispensing.preparation (consortium_id, prescription_id);
ALTER TABLE dispensing.preparation ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.preparation
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE dispensing.preparation_line (
    consortium_id  bigint  NOT NULL,
    preparation_id uuid    NOT NULL,
    line_number    integer NOT NULL,  -- of the prescription
    quantity       bigint  NOT NULL,  -- base units
    PRIMARY KEY (consortium_id, preparation_id, line_number),
    CONSTRAINT prepared_line_is_of_a_preparation FOREIGN KEY (consortium_id, preparation_id) REFERENCES dispensing.preparation,
    CONSTRAINT prepared_quantity_is_positive CHECK (quantity > 0)
);
ALTER TABLE dispensing.preparation_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.preparation_line
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE dispensing.preparation_scan (
    consortium_id  bigint  NOT NULL,
    preparation_id uuid    NOT NULL,
    position       integer NOT NULL,  -- 1, 2, … in the order of scanning
    code           text    NOT NULL,
    is_split       boolean,
    PRIMARY KEY (consortium_id, preparation_id, position),
    CONSTRAINT prepared_scan_is_of_a_preparation FOREIGN KEY (consortium_id, preparation_id) REFERENCES dispensing.preparation
);
ALTER TABLE dispensing.preparation_scan ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.preparation_scan
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

ALTER TABLE dispensing.dispensing
    ADD COLUMN preparation_id uuid,
    ADD COLUMN preparer_id    bigint,  -- another person than the dispenser, who checked
    ADD CONSTRAINT preparation_is_handed_out_once UNIQUE (consortium_id, preparation_id),
    ADD CONSTRAINT preparer_is_who_prepared FOREIGN KEY (consortium_id, preparation_id, preparer_id)
        REFERENCES dispensing.preparation (consortium_id, preparation_id, preparer_id),
    ADD CONSTRAINT preparation_and_preparer_come_together CHECK ((preparation_id IS NULL) = (preparer_id IS NULL)),
    ADD CONSTRAINT who_prepares_does_not_check CHECK (preparer_id <> dispenser_id);

-- Whether a facility has two people hand out everything; controlled medicines need them everywhere.
ALTER TABLE dispensing.facility_practice ADD COLUMN two_persons boolean NOT NULL DEFAULT false;

GRANT SELECT, INSERT ON dispensing.preparation, dispensing.preparation_line, dispensing.preparation_scan
    TO lianyao_application;

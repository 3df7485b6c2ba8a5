-- Drug trace codes (药品追溯码): which pack a prefix names, where each box is, and that a box is dispensed once.
CREATE TABLE dispensing.trace_prefix (
    consortium_id    bigint      NOT NULL REFERENCES parties.consortium,
    prefix           text        NOT NULL,  -- the identification code: seven digits
    article_id       bigint      NOT NULL REFERENCES formulary.article,
    level            integer     NOT NULL,  -- 1 the smallest pack that is sold, 2 and 3 what holds several
    learnt_from      text        NOT NULL,
    registered_by_id bigint      NOT NULL,
    registered_at    timestamptz NOT NULL,
    CONSTRAINT prefix_names_one_pack PRIMARY KEY (consortium_id, prefix),
    CONSTRAINT prefix_and_article_are_a_key UNIQUE (consortium_id, prefix, article_id),
    CONSTRAINT prefix_is_registered_by_a_person FOREIGN KEY (consortium_id, registered_by_id) REFERENCES identity.person,
    CONSTRAINT prefix_has_seven_digits CHECK (prefix ~ '^[0-9]{7}$'),
    CONSTRAINT level_is_known CHECK (level IN (1, 2, 3)),
    CONSTRAINT prefix_is_learnt_somehow CHECK (learnt_from IN ('registration', 'receipt'))
);
CREATE INDEX trace_prefix_of_article ON dispensing.trace_prefix (consortium_id, article_id);
ALTER TABLE dispensing.trace_prefix ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.trace_prefix
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE dispensing.trace_code (
    consortium_id bigint      NOT NULL,
    code          text        NOT NULL,  -- twenty digits, as scanned
    prefix        text        NOT NULL GENERATED ALWAYS AS (left(code, 7)) STORED,
    article_id    bigint      NOT NULL,
    batch_id      bigint      NOT NULL,
    store_id      bigint      NOT NULL,  -- where the box is or was last
    state         text        NOT NULL,
    learnt_from   text        NOT NULL,
    first_seen_at timestamptz NOT NULL,
    first_seen_by_id bigint   NOT NULL,
    CONSTRAINT trace_code_is_known_once PRIMARY KEY (consortium_id, code),
    CONSTRAINT trace_code_has_twenty_digits CHECK (code ~ '^[0-9]{20}$'),
    CONSTRAINT trace_code_is_of_the_article_its_prefix_names FOREIGN KEY (consortium_id, prefix, article_id)
        REFERENCES dispensing.trace_prefix (consortium_id, prefix, article_id),
    CONSTRAINT trace_code_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch,
    CONSTRAINT trace_code_is_in_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT trace_code_is_seen_by_a_person FOREIGN KEY (consortium_id, first_seen_by_id) REFERENCES identity.person,
    CONSTRAINT trace_code_state_is_known CHECK (state IN ('in-stock', 'opened', 'dispensed', 'returned')),
    CONSTRAINT trace_code_is_learnt_somehow CHECK (learnt_from IN ('receipt', 'dispensing'))
) WITH (fillfactor = 80);
CREATE INDEX trace_code_of_batch ON dispensing.trace_code (consortium_id, batch_id) WHERE learnt_from = 'receipt';
ALTER TABLE dispensing.trace_code ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.trace_code
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);
ALTER TABLE dispensing.opened_pack
    ADD CONSTRAINT code_of_an_opened_pack_is_known FOREIGN KEY (consortium_id, trace_code) REFERENCES dispensing.trace_code;

-- The boxes of a dispensed line. Of a split pack the parent's code is reported each time (trdn_flag = 1).
CREATE TABLE dispensing.dispensed_code (
    consortium_id bigint  NOT NULL,
    dispensing_id uuid    NOT NULL,
    line_number   integer NOT NULL,
    code          text    NOT NULL,
    is_split      boolean NOT NULL,
    quantity      bigint  NOT NULL,  -- base units
    return_id     uuid,              -- the return that brought the box back
    PRIMARY KEY (consortium_id, dispensing_id, line_number, code),
    CONSTRAINT dispensed_code_is_of_a_dispensed_line FOREIGN KEY (consortium_id, dispensing_id, line_number)
        REFERENCES dispensing.dispensing_line,
    CONSTRAINT dispensed_code_is_known FOREIGN KEY (consortium_id, code) REFERENCES dispensing.trace_code,
    CONSTRAINT dispensed_code_comes_back_with_a_return FOREIGN KEY (consortium_id, return_id)
        REFERENCES dispensing.patient_return,
    CONSTRAINT box_holds_something CHECK (quantity > 0),
    CONSTRAINT only_a_whole_box_comes_back CHECK (NOT is_split OR return_id IS NULL)
);
CREATE UNIQUE INDEX trace_code_is_dispensed_once ON dispensing.dispensed_code (consortium_id, code)
    WHERE NOT is_split AND return_id IS NULL;
CREATE INDEX dispensed_code_of_code ON dispensing.dispensed_code (consortium_id, code);
ALTER TABLE dispensing.dispensed_code ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.dispensed_code
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Why packs of a dispensed line have no code.
CREATE TABLE dispensing.trace_exemption (
    consortium_id bigint  NOT NULL,
    dispensing_id uuid    NOT NULL,
    line_number   integer NOT NULL,
    packs         integer NOT NULL,
    reason        text    NOT NULL,
    explanation   text    NOT NULL,
    PRIMARY KEY (consortium_id, dispensing_id, line_number),
    CONSTRAINT exemption_is_of_a_dispensed_line FOREIGN KEY (consortium_id, dispensing_id, line_number)
        REFERENCES dispensing.dispensing_line,
    CONSTRAINT exemption_is_for_packs CHECK (packs > 0),
    CONSTRAINT exemption_reason_is_known CHECK (reason IN ('uncoded', 'unreadable', 'scanner-down'))
);
ALTER TABLE dispensing.trace_exemption ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.trace_exemption
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- From which day on a consortium, or one facility of it, scans.
CREATE TABLE dispensing.trace_policy (
    consortium_id  bigint      NOT NULL REFERENCES parties.consortium,
    facility_id    bigint,                -- none: every facility without a policy of its own
    valid_from     date        NOT NULL,
    scanning       text        NOT NULL,
    declared_by_id bigint      NOT NULL,
    declared_at    timestamptz NOT NULL,
    CONSTRAINT policy_is_declared_once_for_a_day UNIQUE NULLS NOT DISTINCT (consortium_id, facility_id, valid_from),
    CONSTRAINT policy_is_of_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility,
    CONSTRAINT policy_is_declared_by_a_person FOREIGN KEY (consortium_id, declared_by_id) REFERENCES identity.person,
    CONSTRAINT scanning_is_known CHECK (scanning IN ('optional', 'where-known', 'required'))
);
ALTER TABLE dispensing.trace_policy ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.trace_policy
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT SELECT, INSERT ON dispensing.trace_prefix, dispensing.trace_exemption TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (store_id, state) ON dispensing.trace_code TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (return_id) ON dispensing.dispensed_code TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (scanning, declared_by_id, declared_at) ON dispensing.trace_policy TO lianyao_application;

-- How a reviewed prescription finds the pharmacy that has it, and what is done when none has.
CREATE SCHEMA prescription_flow;

CREATE SEQUENCE prescription_flow.sharing_number;
CREATE SEQUENCE prescription_flow.delivery_number;

-- Where a patient collects as a rule.
CREATE TABLE prescription_flow.patient_pharmacy (
    consortium_id bigint      NOT NULL,
    patient_id    uuid        NOT NULL,
    store_id      bigint      NOT NULL,
    chosen_by_id  bigint      NOT NULL,  -- who recorded the patient's choice
    chosen_at     timestamptz NOT NULL,
    CONSTRAINT patient_has_one_pharmacy PRIMARY KEY (consortium_id, patient_id),
    CONSTRAINT pharmacy_is_chosen_by_a_patient FOREIGN KEY (consortium_id, patient_id) REFERENCES dispensing.patient,
    CONSTRAINT chosen_pharmacy_is_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT choice_is_recorded_by_a_person FOREIGN KEY (consortium_id, chosen_by_id) REFERENCES identity.person
);
ALTER TABLE prescription_flow.patient_pharmacy ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON prescription_flow.patient_pharmacy
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Where the patient collects this one; it counts before the patient's rule.
CREATE TABLE prescription_flow.prescription_pharmacy (
    consortium_id   bigint      NOT NULL,
    prescription_id uuid        NOT NULL,
    store_id        bigint      NOT NULL,
    chosen_by_id    bigint      NOT NULL,
    chosen_at       timestamptz NOT NULL,
    CONSTRAINT prescription_has_one_pharmacy PRIMARY KEY (consortium_id, prescription_id),
    CONSTRAINT pharmacy_is_chosen_for_a_prescription FOREIGN KEY (consortium_id, prescription_id)
        REFERENCES dispensing.prescription,
    CONSTRAINT chosen_pharmacy_is_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT choice_is_recorded_by_a_person FOREIGN KEY (consortium_id, chosen_by_id) REFERENCES identity.person
);
ALTER TABLE prescription_flow.prescription_pharmacy ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON prescription_flow.prescription_pharmacy
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- The prescriptions that pharmacies look through: emergencies, then the newest.
CREATE INDEX prescription_to_hand_out
    ON dispensing.prescription (consortium_id, (kind <> 'emergency'), issued_at DESC, prescription_id DESC)
    WHERE state IN ('approved', 'partly-dispensed');

-- One store asks another for what it lacks (药品共享).
CREATE TABLE prescription_flow.sharing_request (
    consortium_id    bigint      NOT NULL,
    sharing_id       uuid        NOT NULL,
    number           text        NOT NULL,  -- 'GX-2026-000123'
    asking_store_id  bigint      NOT NULL,
    holding_store_id bigint      NOT NULL,
    product_id       bigint      NOT NULL REFERENCES formulary.product,
    quantity         bigint      NOT NULL,  -- base units that are asked for
    agreed_quantity  bigint,                -- base units that the other agreed to give
    prescription_id  uuid,                  -- for which it is wanted; none: in general
    reason           text        NOT NULL,
    state            text        NOT NULL,
    asked_by_id      bigint      NOT NULL,
    asked_at         timestamptz NOT NULL,
    answered_by_id   bigint,
    answered_at      timestamptz,
    transfer_id      uuid,
    shipped_at       timestamptz,
    ended_at         timestamptz,           -- received, declined or withdrawn
    ended_why        text        NOT NULL DEFAULT '',
    CONSTRAINT sharing_id_is_unique PRIMARY KEY (consortium_id, sharing_id),
    CONSTRAINT sharing_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT sharing_is_shipped_by_its_own_transfer UNIQUE (consortium_id, transfer_id),
    CONSTRAINT sharing_is_asked_by_a_store FOREIGN KEY (consortium_id, asking_store_id) REFERENCES parties.store,
    CONSTRAINT sharing_is_asked_of_a_store FOREIGN KEY (consortium_id, holding_store_id) REFERENCES parties.store,
    CONSTRAINT sharing_is_for_a_prescription FOREIGN KEY (consortium_id, prescription_id) REFERENCES dispensing.prescription,
    CONSTRAINT sharing_is_asked_by_a_person FOREIGN KEY (consortium_id, asked_by_id) REFERENCES identity.person,
    CONSTRAINT sharing_is_answered_by_a_person FOREIGN KEY (consortium_id, answered_by_id) REFERENCES identity.person,
    CONSTRAINT sharing_goes_by_a_transfer FOREIGN KEY (consortium_id, transfer_id) REFERENCES stock_ledger.transfer,
    CONSTRAINT sharing_is_between_two_stores CHECK (asking_store_id <> holding_store_id),
    CONSTRAINT shared_quantity_is_positive CHECK (quantity > 0),
    CONSTRAINT no_more_is_agreed_than_asked CHECK (agreed_quantity BETWEEN 1 AND quantity),
    CONSTRAINT sharing_has_a_reason CHECK (reason <> ''),
    CONSTRAINT sharing_state_is_known CHECK (state IN (
        'requested', 'agreed', 'declined', 'withdrawn', 'shipped', 'received')),
    CONSTRAINT agreed_sharing_says_how_much CHECK (agreed_quantity IS NOT NULL OR state NOT IN ('agreed', 'shipped', 'received')),
    CONSTRAINT answered_sharing_has_its_time CHECK ((answered_at IS NULL) = (answered_by_id IS NULL)
        AND (answered_at IS NOT NULL OR state NOT IN ('agreed', 'declined', 'shipped', 'received'))),
    CONSTRAINT shipped_sharing_names_its_transfer CHECK ((state IN ('shipped', 'received')) = (transfer_id IS NOT NULL)
        AND (transfer_id IS NULL) = (shipped_at IS NULL)),
    CONSTRAINT ended_sharing_has_its_time CHECK ((state IN ('received', 'declined', 'withdrawn')) = (ended_at IS NOT NULL)),
    CONSTRAINT sharing_that_came_to_nothing_says_why CHECK (state NOT IN ('declined', 'withdrawn') OR ended_why <> '')
);
CREATE INDEX sharing_asked_by ON prescription_flow.sharing_request (consortium_id, asking_store_id, asked_at DESC, sharing_id);
CREATE INDEX sharing_asked_of ON prescription_flow.sharing_request (consortium_id, holding_store_id, asked_at DESC, sharing_id);
CREATE INDEX sharing_of_prescription ON prescription_flow.sharing_request (consortium_id, prescription_id)
    WHERE prescription_id IS NOT NULL;
ALTER TABLE prescription_flow.sharing_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON prescription_flow.sharing_request
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- What was handed out is brought to the patient (送药到村、到家).
CREATE TABLE prescription_flow.delivery (
    consortium_id    bigint      NOT NULL,
    delivery_id      uuid        NOT NULL,
    number           text        NOT NULL,  -- 'PS-2026-000123'
    dispensing_id    uuid        NOT NULL,
    store_id         bigint      NOT NULL,  -- from which it was handed out
    place            text        NOT NULL,
    address          text        NOT NULL,
    keeps_cold       boolean     NOT NULL,  -- declared: it is kept cold all the way
    state            text        NOT NULL,
    planned_by_id    bigint      NOT NULL,
    planned_at       timestamptz NOT NULL,
    carrier_id       bigint,                -- who took it along last
    out_at           timestamptz,           -- when, last
    ended_at         timestamptz,           -- delivered, returned or cancelled
    reason           text        NOT NULL DEFAULT '',  -- why it failed or was cancelled, last
    recipient        text,
    recipient_name   text,
    recipient_digest bytea,                 -- of a proxy: HMAC-SHA256 under the configured pepper
    recipient_masked text,
    CONSTRAINT delivery_id_is_unique PRIMARY KEY (consortium_id, delivery_id),
    CONSTRAINT delivery_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT delivery_is_of_a_dispensing FOREIGN KEY (consortium_id, dispensing_id) REFERENCES dispensing.dispensing,
    CONSTRAINT delivery_leaves_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT delivery_is_planned_by_a_person FOREIGN KEY (consortium_id, planned_by_id) REFERENCES identity.person,
    CONSTRAINT delivery_is_carried_by_a_person FOREIGN KEY (consortium_id, carrier_id) REFERENCES identity.person,
    CONSTRAINT delivery_place_is_known CHECK (place IN ('home', 'village-clinic')),
    CONSTRAINT delivery_has_an_address CHECK (address <> ''),
    CONSTRAINT delivery_state_is_known CHECK (state IN ('planned', 'out', 'failed', 'delivered', 'returned', 'cancelled')),
    CONSTRAINT delivery_under_way_has_its_carrier CHECK ((carrier_id IS NULL) = (out_at IS NULL)
        AND (carrier_id IS NOT NULL) = (state NOT IN ('planned', 'cancelled'))),
    CONSTRAINT ended_delivery_has_its_time CHECK ((state IN ('delivered', 'returned', 'cancelled')) = (ended_at IS NOT NULL)),
    CONSTRAINT delivery_that_came_to_nothing_says_why CHECK (state NOT IN ('failed', 'returned', 'cancelled') OR reason <> ''),
    CONSTRAINT recipient_is_known CHECK (recipient IN ('patient', 'proxy')),
    CONSTRAINT delivered_goods_have_a_recipient CHECK ((state = 'delivered') = (recipient IS NOT NULL)
        AND (recipient IS NULL) = (recipient_name IS NULL) AND recipient_name <> ''),
    CONSTRAINT proxy_is_identified CHECK ((recipient IS NOT DISTINCT FROM 'proxy') = (recipient_digest IS NOT NULL)
        AND (recipient_digest IS NULL) = (recipient_masked IS NULL)),
    CONSTRAINT recipient_digest_has_32_bytes CHECK (octet_length(recipient_digest) = 32),
    CONSTRAINT recipient_number_is_masked CHECK (recipient_masked ~ '^[0-9]{3}\*{14}[0-9X]$')
);
CREATE UNIQUE INDEX dispensing_is_delivered_once ON prescription_flow.delivery (consortium_id, dispensing_id)
    WHERE state NOT IN ('returned', 'cancelled');
CREATE INDEX delivery_of_store ON prescription_flow.delivery (consortium_id, store_id, planned_at DESC, delivery_id);
ALTER TABLE prescription_flow.delivery ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON prescription_flow.delivery
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- For which line of which prescription something was reported short.
CREATE TABLE prescription_flow.prescription_shortage (
    consortium_id   bigint  NOT NULL,
    shortage_id     uuid    NOT NULL,
    prescription_id uuid    NOT NULL,
    line_number     integer NOT NULL,  -- of the prescription, from 1
    CONSTRAINT shortage_is_of_one_prescription PRIMARY KEY (consortium_id, shortage_id),
    CONSTRAINT prescription_shortage_is_reported FOREIGN KEY (consortium_id, shortage_id)
        REFERENCES requisitions.shortage_report,
    CONSTRAINT shortage_is_of_a_prescription FOREIGN KEY (consortium_id, prescription_id) REFERENCES dispensing.prescription,
    CONSTRAINT shortage_is_of_a_line CHECK (line_number >= 1)
);
CREATE INDEX shortage_of_prescription ON prescription_flow.prescription_shortage (consortium_id, prescription_id);
ALTER TABLE prescription_flow.prescription_shortage ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON prescription_flow.prescription_shortage
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT USAGE ON SCHEMA prescription_flow TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (store_id, chosen_by_id, chosen_at), DELETE
    ON prescription_flow.patient_pharmacy, prescription_flow.prescription_pharmacy TO lianyao_application;
GRANT SELECT, INSERT,
    UPDATE (agreed_quantity, state, answered_by_id, answered_at, transfer_id, shipped_at, ended_at, ended_why)
    ON prescription_flow.sharing_request TO lianyao_application;
GRANT SELECT, INSERT,
    UPDATE (state, carrier_id, out_at, ended_at, reason, recipient, recipient_name, recipient_digest, recipient_masked)
    ON prescription_flow.delivery TO lianyao_application;
GRANT SELECT, INSERT ON prescription_flow.prescription_shortage TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA prescription_flow TO lianyao_application;

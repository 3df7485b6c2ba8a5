-- What facilities ask for: cycles, requisitions with their lines, and reports of what a patient could not get.
CREATE SCHEMA requisitions;

CREATE SEQUENCE requisitions.cycle_number;
CREATE SEQUENCE requisitions.requisition_number;
CREATE SEQUENCE requisitions.shortage_number;

-- A period in which every store asks once for what it regularly needs.
CREATE TABLE requisitions.cycle (
    consortium_id bigint      NOT NULL REFERENCES parties.consortium,
    cycle_id      uuid        NOT NULL,
    number        text        NOT NULL,  -- 'ZQ-2026-000001'
    name          text        NOT NULL,
    opens_on      date        NOT NULL,  -- the first day on which requisitions are opened
    closes_on     date        NOT NULL,  -- the last day
    state         text        NOT NULL,
    opened_at     timestamptz NOT NULL,
    closed_at     timestamptz,
    CONSTRAINT cycle_is_opened_once PRIMARY KEY (consortium_id, cycle_id),
    CONSTRAINT cycle_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT cycle_has_a_name CHECK (name <> ''),
    CONSTRAINT cycle_ends_after_it_begins CHECK (closes_on >= opens_on),
    CONSTRAINT cycle_state_is_known CHECK (state IN ('open', 'closed')),
    CONSTRAINT closed_cycle_has_its_time CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);
ALTER TABLE requisitions.cycle ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON requisitions.cycle USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE requisitions.requisition (
    consortium_id  bigint      NOT NULL REFERENCES parties.consortium,
    requisition_id uuid        NOT NULL,  -- the client may have chosen it
    number         text        NOT NULL,  -- 'QL-2026-000001'
    facility_id    bigint      NOT NULL,
    store_id       bigint      NOT NULL,
    cycle_id       uuid,                  -- none for an emergency
    kind           text        NOT NULL,
    strategy       jsonb       NOT NULL,  -- how the quantities were suggested: its kind and its parameters
    state          text        NOT NULL,
    reason         text        NOT NULL DEFAULT '',  -- of the last return, cancellation or approval
    opened_at      timestamptz NOT NULL,
    opened_by_id   bigint      NOT NULL,  -- a person
    submitted_at   timestamptz,
    decided_at     timestamptz,           -- of the last approval or return
    decided_by_id  bigint,
    version        bigint      NOT NULL DEFAULT 1,   -- one more with every change
    CONSTRAINT requisition_is_opened_once PRIMARY KEY (consortium_id, requisition_id),
    CONSTRAINT requisition_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT requisition_is_of_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility,
    CONSTRAINT requisition_is_for_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT requisition_is_of_a_cycle FOREIGN KEY (consortium_id, cycle_id) REFERENCES requisitions.cycle,
    CONSTRAINT requisition_kind_is_known CHECK (kind IN ('regular', 'emergency')),
    CONSTRAINT only_a_regular_requisition_has_a_cycle CHECK ((kind = 'regular') = (cycle_id IS NOT NULL)),
    CONSTRAINT requisition_state_is_known CHECK (state IN (
        'draft', 'submitted', 'returned', 'approved', 'pooled', 'cancelled')),
    CONSTRAINT strategy_is_known CHECK (strategy ->> 'kind' IN ('average-monthly-consumption', 'reorder-point')),
    CONSTRAINT submitted_requisition_has_its_time CHECK (
        submitted_at IS NOT NULL OR state IN ('draft', 'cancelled')),
    CONSTRAINT decided_requisition_has_its_time CHECK (
        num_nonnulls(decided_at, decided_by_id) = 2 OR state IN ('draft', 'submitted', 'cancelled')),
    CONSTRAINT version_is_positive CHECK (version > 0)
);
CREATE UNIQUE INDEX a_store_has_one_open_requisition_in_a_cycle
    ON requisitions.requisition (consortium_id, store_id, cycle_id)
 WHERE kind = 'regular' AND state IN ('draft', 'submitted', 'returned', 'approved');
CREATE INDEX requisition_by_time ON requisitions.requisition (consortium_id, opened_at, requisition_id);
CREATE INDEX requisition_of_facility ON requisitions.requisition (consortium_id, facility_id, opened_at);
CREATE INDEX approved_requisition_of_cycle ON requisitions.requisition (consortium_id, cycle_id) WHERE state = 'approved';
ALTER TABLE requisitions.requisition ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON requisitions.requisition USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- One product asked for. Every quantity is in base units; the figures are those of the day the line was filled in.
CREATE TABLE requisitions.requisition_line (
    consortium_id    bigint  NOT NULL,
    requisition_id   uuid    NOT NULL,
    line_number      integer NOT NULL,  -- 1, 2, … within the requisition
    product_id       bigint  NOT NULL REFERENCES formulary.product,
    pack_size        bigint  NOT NULL,  -- base units in the whole pack that quantities are rounded to
    on_hand          bigint  NOT NULL,
    in_transit       bigint  NOT NULL,
    on_order         bigint  NOT NULL,
    expected_refills bigint  NOT NULL,  -- known need of long prescriptions
    consumed         bigint  NOT NULL,  -- in the period; negative when more came back than went out
    period_days      integer NOT NULL,
    stock_out_days   integer NOT NULL,
    suggested        bigint  NOT NULL,
    requested        bigint  NOT NULL,
    approved         bigint,            -- none until approved, and where nothing was requested
    explanation_zh   text    NOT NULL,
    explanation_en   text    NOT NULL,
    reason           text    NOT NULL DEFAULT '',  -- why another quantity than suggested is requested
    approval_reason  text    NOT NULL DEFAULT '',  -- why another quantity than requested is approved
    PRIMARY KEY (consortium_id, requisition_id, line_number),
    CONSTRAINT a_product_stands_on_one_line UNIQUE (consortium_id, requisition_id, product_id),
    CONSTRAINT line_is_of_a_requisition FOREIGN KEY (consortium_id, requisition_id) REFERENCES requisitions.requisition,
    CONSTRAINT line_number_is_positive CHECK (line_number > 0),
    CONSTRAINT pack_holds_something CHECK (pack_size > 0),
    CONSTRAINT figures_are_not_negative CHECK (
        on_hand >= 0 AND in_transit >= 0 AND on_order >= 0 AND expected_refills >= 0 AND stock_out_days >= 0),
    CONSTRAINT stock_out_days_are_days_of_the_period CHECK (stock_out_days <= period_days),
    CONSTRAINT suggested_quantity_is_not_negative CHECK (suggested >= 0),
    CONSTRAINT suggested_quantity_is_whole_packs CHECK (suggested % pack_size = 0),
    CONSTRAINT requested_quantity_is_not_negative CHECK (requested >= 0),
    CONSTRAINT requested_quantity_is_whole_packs CHECK (requested % pack_size = 0),
    CONSTRAINT approved_quantity_is_not_negative CHECK (approved >= 0),
    CONSTRAINT approved_quantity_is_whole_packs CHECK (approved % pack_size = 0),
    CONSTRAINT changed_approval_has_a_reason CHECK (approved = requested OR approval_reason <> '')
) WITH (fillfactor = 80);
ALTER TABLE requisitions.requisition_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON requisitions.requisition_line USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- 缺药登记: what a patient or a clinician asked for and could not get.
CREATE TABLE requisitions.shortage_report (
    consortium_id  bigint      NOT NULL REFERENCES parties.consortium,
    shortage_id    uuid        NOT NULL,
    number         text        NOT NULL,  -- 'QY-2026-000001'
    facility_id    bigint      NOT NULL,
    product_id     bigint      REFERENCES formulary.product,
    described_name text,                  -- when it is no product of the catalogue
    quantity       bigint      NOT NULL,  -- base units of the product, or the smallest units of what is described
    state          text        NOT NULL,
    reason         text        NOT NULL DEFAULT '',
    registered_at  timestamptz NOT NULL,
    purchasing_at  timestamptz,
    delivered_at   timestamptz,
    ended_at       timestamptz,           -- collected, not collected or cancelled
    CONSTRAINT shortage_is_reported_once PRIMARY KEY (consortium_id, shortage_id),
    CONSTRAINT shortage_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT shortage_is_at_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility,
    CONSTRAINT shortage_is_of_one_thing CHECK (num_nonnulls(product_id, described_name) = 1),
    CONSTRAINT described_name_says_something CHECK (described_name <> ''),
    CONSTRAINT shortage_quantity_is_positive CHECK (quantity > 0),
    CONSTRAINT shortage_state_is_known CHECK (state IN (
        'registered', 'purchasing', 'delivered', 'collected', 'no-show', 'cancelled')),
    CONSTRAINT ended_shortage_has_its_time CHECK (
        (state IN ('collected', 'no-show', 'cancelled')) = (ended_at IS NOT NULL)),
    CONSTRAINT delivered_shortage_has_its_times CHECK (
        num_nonnulls(purchasing_at, delivered_at) = 2 OR state NOT IN ('delivered', 'collected', 'no-show')),
    CONSTRAINT purchasing_shortage_has_its_time CHECK (purchasing_at IS NOT NULL OR state IN ('registered', 'cancelled')),
    CONSTRAINT side_exit_has_a_reason CHECK (reason <> '' OR state NOT IN ('no-show', 'cancelled'))
);
CREATE INDEX shortage_by_time ON requisitions.shortage_report (consortium_id, registered_at, shortage_id);
ALTER TABLE requisitions.shortage_report ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON requisitions.shortage_report USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT USAGE ON SCHEMA requisitions TO lianyao_application;
GRANT SELECT, INSERT, UPDATE ON
    requisitions.cycle, requisitions.requisition, requisitions.requisition_line, requisitions.shortage_report
    TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA requisitions TO lianyao_application;

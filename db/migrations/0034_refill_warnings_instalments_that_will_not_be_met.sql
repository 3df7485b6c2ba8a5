-- Instalments that will not be met from what is there and what is coming, told weeks before they are due.
CREATE SCHEMA refill_warnings;

-- When a store's warnings were last brought up to date; locked while they are.
CREATE TABLE refill_warnings.reckoning (
    consortium_id bigint      NOT NULL,
    store_id      bigint      NOT NULL,
    reckoned_at   timestamptz NOT NULL,
    CONSTRAINT store_is_reckoned_as_one PRIMARY KEY (consortium_id, store_id),
    CONSTRAINT reckoning_is_of_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store
) WITH (fillfactor = 80);
ALTER TABLE refill_warnings.reckoning ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON refill_warnings.reckoning
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- A warning is raised and resolved once; what is missing again is a new one, so the rows are the history.
CREATE TABLE refill_warnings.warning (
    consortium_id     bigint      NOT NULL,
    warning_id        bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    plan_id           uuid        NOT NULL,
    instalment_number integer     NOT NULL,
    product_id        bigint      NOT NULL REFERENCES formulary.product,
    store_id          bigint      NOT NULL,  -- the chosen pharmacy when it was raised
    quantity          bigint      NOT NULL,  -- base units of the product in the instalment
    missing           bigint      NOT NULL,  -- base units of these, as last reckoned
    due_on            date        NOT NULL,  -- of the instalment, as last reckoned
    runs_out_on       date        NOT NULL,  -- from this day on less is left than the instalment needs
    raised_at         timestamptz NOT NULL,
    resolved_at       timestamptz,
    resolution        text,
    CONSTRAINT warning_id_is_unique PRIMARY KEY (consortium_id, warning_id),
    CONSTRAINT warning_is_of_an_instalment FOREIGN KEY (consortium_id, plan_id, instalment_number)
        REFERENCES long_prescriptions.instalment,
    CONSTRAINT warning_is_for_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT part_or_all_of_the_instalment_is_missing CHECK (missing BETWEEN 1 AND quantity),
    CONSTRAINT resolution_is_known CHECK (resolution IN (
        'met', 'collected', 'missed', 'postponed', 'moved', 'interrupted', 'ended')),
    CONSTRAINT resolved_warning_says_how CHECK ((resolved_at IS NULL) = (resolution IS NULL)),
    CONSTRAINT warning_is_resolved_after_it_was_raised CHECK (resolved_at >= raised_at)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX product_of_an_instalment_has_one_open_warning
    ON refill_warnings.warning (consortium_id, plan_id, instalment_number, product_id) WHERE resolved_at IS NULL;
CREATE INDEX warning_open ON refill_warnings.warning (consortium_id, due_on, warning_id) WHERE resolved_at IS NULL;
CREATE INDEX warning_open_of_store ON refill_warnings.warning (consortium_id, store_id, due_on, warning_id)
    WHERE resolved_at IS NULL;
CREATE INDEX warning_of_plan ON refill_warnings.warning (consortium_id, plan_id, warning_id);
ALTER TABLE refill_warnings.warning ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON refill_warnings.warning
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- The plans of one pharmacy are looked up for each reckoning.
CREATE INDEX plan_active_of_store ON long_prescriptions.plan (consortium_id, store_id, plan_id) WHERE state = 'active';

GRANT USAGE ON SCHEMA refill_warnings TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (reckoned_at) ON refill_warnings.reckoning TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (missing, due_on, runs_out_on, resolved_at, resolution) ON refill_warnings.warning
    TO lianyao_application;

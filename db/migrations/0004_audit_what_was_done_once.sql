-- Who did what, when, to which record: appended, never changed, kept by month.
CREATE SCHEMA audit;

CREATE TABLE audit.event (
    consortium_id bigint      NOT NULL,
    event_id      bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    recorded_at   timestamptz NOT NULL,
    person_id     bigint      NOT NULL,
    facility_id   bigint,
    action        text        NOT NULL,  -- the operation: 'requisitions.submit'
    subject       text        NOT NULL,  -- the document or record: 'requisition 0193…'
    detail        jsonb       NOT NULL DEFAULT '{}',
    PRIMARY KEY (consortium_id, recorded_at, event_id)
) PARTITION BY RANGE (recorded_at);
CREATE TABLE audit.event_other PARTITION OF audit.event DEFAULT;
CREATE INDEX event_by_subject ON audit.event (consortium_id, subject);
ALTER TABLE audit.event ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON audit.event USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT USAGE ON SCHEMA audit TO lianyao_application;
GRANT SELECT, INSERT ON audit.event TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA audit TO lianyao_application;

-- Every command that has happened, with what it answered, so that a repeated one is answered and not done again.
CREATE SCHEMA command;

CREATE TABLE command.request (
    consortium_id bigint      NOT NULL REFERENCES parties.consortium,
    request_id    uuid        NOT NULL,  -- chosen by the caller
    person_id     bigint      NOT NULL,
    operation     text        NOT NULL,
    body_sha256   bytea       NOT NULL,
    status        integer,    -- of the answer; written with it, before the command commits
    answer        text,       -- JSON
    recorded_at   timestamptz NOT NULL,
    PRIMARY KEY (consortium_id, request_id)
);
ALTER TABLE command.request ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON command.request USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT USAGE ON SCHEMA command TO lianyao_application;
GRANT SELECT, INSERT, UPDATE ON command.request TO lianyao_application;

-- Makes the monthly parts of a partitioned table, from one month through another; what exists is left alone.
CREATE FUNCTION audit.make_months(parent regclass, first_month date, last_month date) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    month date := date_trunc('month', first_month)::date;
    part  text;
BEGIN
    WHILE month <= last_month LOOP
        part := format('%s_%s', parent, to_char(month, 'YYYYMM'));
        IF to_regclass(part) IS NULL THEN
            EXECUTE format('CREATE TABLE %s PARTITION OF %s FOR VALUES FROM (%L) TO (%L)',
                           part, parent, month, (month + interval '1 month')::date);
        END IF;
        month := (month + interval '1 month')::date;
    END LOOP;
END $$;
SELECT audit.make_months('audit.event', '2026-01-01', '2028-12-01');

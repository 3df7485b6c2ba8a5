-- What must be told to others, written with the fact it tells; and the order in which it is told.
CREATE SCHEMA outbox;

-- A document at a destination. Its messages go one after the other, those of other documents meanwhile; so whoever tells
-- them takes documents, and one row is locked however many messages wait behind each other.
CREATE TABLE outbox.document (
    consortium_id bigint      NOT NULL REFERENCES parties.consortium,
    destination   text        NOT NULL,            -- who is told: a platform's code
    document_key  text        NOT NULL,            -- what keeps order: an order, a batch's serial
    open          integer     NOT NULL,            -- messages that are not settled
    due_at        timestamptz,                     -- when the first of them may be tried, or the claim on it runs out
    claim_number  bigint      NOT NULL DEFAULT 0,  -- one more with every claim; who holds an older one writes nothing
    halted_at     timestamptz,                     -- since when somebody has to look
    CONSTRAINT document_has_one_row PRIMARY KEY (consortium_id, destination, document_key),
    CONSTRAINT destination_has_a_name CHECK (destination <> ''),
    CONSTRAINT document_has_a_key CHECK (document_key <> ''),
    CONSTRAINT open_messages_are_counted CHECK (open >= 0),
    CONSTRAINT document_is_due_while_messages_are_open CHECK ((due_at IS NOT NULL) = (open > 0 AND halted_at IS NULL)),
    CONSTRAINT only_open_messages_halt_a_document CHECK (halted_at IS NULL OR open > 0)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
CREATE INDEX document_due ON outbox.document (consortium_id, destination, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX document_halted ON outbox.document (consortium_id, halted_at) WHERE halted_at IS NOT NULL;
ALTER TABLE outbox.document ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON outbox.document
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE outbox.message (
    consortium_id bigint      NOT NULL,
    message_id    bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,  -- rises within a document
    destination   text        NOT NULL,
    document_key  text        NOT NULL,
    kind          text        NOT NULL,            -- what is told, in our words: 'order-create'
    business_key  text        NOT NULL,            -- ours for the fact; the platform is asked by it
    content       jsonb       NOT NULL,
    written_at    timestamptz NOT NULL,
    state         text        NOT NULL DEFAULT 'pending',
    tries         integer     NOT NULL DEFAULT 0,  -- times it was sent
    tries_before  integer     NOT NULL DEFAULT 0,  -- of these, before a person last released it
    asks          integer     NOT NULL DEFAULT 0,  -- times the destination was asked in vain since it was last sent
    reason        text        NOT NULL DEFAULT '', -- why it was refused, given up or discarded
    changed_at    timestamptz NOT NULL,            -- when the state became what it is
    CONSTRAINT message_id_is_unique PRIMARY KEY (consortium_id, message_id),
    CONSTRAINT fact_is_told_once UNIQUE (consortium_id, destination, business_key),
    CONSTRAINT message_is_of_a_document FOREIGN KEY (consortium_id, destination, document_key) REFERENCES outbox.document,
    CONSTRAINT message_has_a_kind CHECK (kind <> ''),
    CONSTRAINT message_has_a_business_key CHECK (business_key <> ''),
    CONSTRAINT message_state_is_known CHECK (state IN (
        'pending', 'sending', 'unknown', 'accepted', 'refused', 'dead', 'discarded')),
    CONSTRAINT tries_are_counted CHECK (tries_before BETWEEN 0 AND tries AND asks >= 0),
    CONSTRAINT only_what_was_never_sent_is_untried CHECK (state = 'pending' OR tries > 0),
    CONSTRAINT message_that_failed_says_why CHECK (state NOT IN ('refused', 'dead', 'discarded') OR reason <> '')
);
-- The first open message of a document is the one that is told next.
CREATE INDEX message_open ON outbox.message (consortium_id, destination, document_key, message_id)
    WHERE state NOT IN ('accepted', 'discarded');
CREATE UNIQUE INDEX one_message_of_a_document_is_under_way ON outbox.message (consortium_id, destination, document_key)
    WHERE state IN ('sending', 'unknown', 'refused', 'dead');
-- How old the oldest is, and how many there are.
CREATE INDEX message_open_by_age ON outbox.message (consortium_id, destination, written_at)
    WHERE state NOT IN ('accepted', 'discarded');
CREATE INDEX message_failed ON outbox.message (consortium_id, message_id) WHERE state IN ('refused', 'dead');
ALTER TABLE outbox.message ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON outbox.message
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT USAGE ON SCHEMA outbox TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (open, due_at, claim_number, halted_at) ON outbox.document TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (content, state, tries, tries_before, asks, reason, changed_at) ON outbox.message TO lianyao_application;

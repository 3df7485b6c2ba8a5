-- Packs that were opened to hand out less than a whole one (拆零), and what each handing out took of them: the
-- sub-packaging record. It is never deleted.
CREATE TABLE dispensing.opened_pack (
    consortium_id  bigint      NOT NULL,
    pack_id        bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    store_id       bigint      NOT NULL,
    article_id     bigint      NOT NULL REFERENCES formulary.article,
    product_id     bigint      NOT NULL REFERENCES formulary.product,
    batch_id       bigint      NOT NULL,
    trace_code     text,                    -- of the pack; none when it has none or nobody scanned it
    is_found       boolean     NOT NULL,    -- loose units that the ledger held besides whole packs
    units          bigint      NOT NULL,    -- base units in it when it was opened
    taken          bigint      NOT NULL DEFAULT 0,  -- base units handed out
    moved          bigint      NOT NULL DEFAULT 0,  -- base units that left otherwise: counted out, quarantined, sent elsewhere
    opened_at      timestamptz NOT NULL,
    opened_by_id   bigint      NOT NULL,
    closed_at      timestamptz,
    closing        text,
    closing_reason text        NOT NULL DEFAULT '',
    PRIMARY KEY (consortium_id, pack_id),
    CONSTRAINT opened_pack_is_in_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT opened_pack_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch,
    CONSTRAINT pack_is_opened_by_a_person FOREIGN KEY (consortium_id, opened_by_id) REFERENCES identity.person,
    CONSTRAINT traced_pack_is_opened_once UNIQUE (consortium_id, trace_code),
    CONSTRAINT opened_pack_had_something CHECK (units > 0),
    CONSTRAINT no_more_leaves_a_pack_than_was_in_it CHECK (taken >= 0 AND moved >= 0 AND taken + moved <= units),
    CONSTRAINT pack_is_closed_when_it_is_empty CHECK ((closed_at IS NOT NULL) = (taken + moved = units)),
    CONSTRAINT closing_says_how CHECK ((closed_at IS NOT NULL) = (closing IS NOT NULL)),
    CONSTRAINT closing_is_known CHECK (closing IN ('used-up', 'moved', 'discarded')),
    CONSTRAINT discarded_pack_has_a_reason CHECK (closing <> 'discarded' OR closing_reason <> '')
);
CREATE INDEX opened_pack_open ON dispensing.opened_pack (consortium_id, store_id, batch_id) WHERE closed_at IS NULL;
ALTER TABLE dispensing.opened_pack ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.opened_pack
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE dispensing.pack_use (
    consortium_id bigint  NOT NULL,
    dispensing_id uuid    NOT NULL,
    line_number   integer NOT NULL,  -- of the dispensing
    pack_id       bigint  NOT NULL,
    quantity      bigint  NOT NULL,  -- base units
    PRIMARY KEY (consortium_id, dispensing_id, line_number, pack_id),
    CONSTRAINT pack_use_is_of_a_dispensed_line FOREIGN KEY (consortium_id, dispensing_id, line_number)
        REFERENCES dispensing.dispensing_line,
    CONSTRAINT pack_use_is_of_an_opened_pack FOREIGN KEY (consortium_id, pack_id) REFERENCES dispensing.opened_pack,
    CONSTRAINT pack_use_takes_something CHECK (quantity > 0)
);
CREATE INDEX pack_use_of_pack ON dispensing.pack_use (consortium_id, pack_id);
ALTER TABLE dispensing.pack_use ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.pack_use
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

ALTER TABLE dispensing.dispensing_line
    ADD COLUMN split           bigint NOT NULL DEFAULT 0,  -- base units out of opened packs
    ADD COLUMN returned_sealed bigint NOT NULL DEFAULT 0,  -- base units that came back in whole packs, onto the shelf
    ADD CONSTRAINT split_is_part_of_the_quantity CHECK (split BETWEEN 0 AND quantity);
-- What came back onto the shelf until now was said to be unopened.
UPDATE dispensing.dispensing_line AS line SET returned_sealed = sealed.units
  FROM (SELECT consortium_id, dispensing_id, line_number, sum(quantity) AS units
          FROM dispensing.patient_return_line WHERE returned_into = 'available'
         GROUP BY consortium_id, dispensing_id, line_number) AS sealed
 WHERE sealed.consortium_id = line.consortium_id AND sealed.dispensing_id = line.dispensing_id
   AND sealed.line_number = line.line_number;
ALTER TABLE dispensing.dispensing_line
    ADD CONSTRAINT only_whole_packs_come_back_sealed CHECK (
        returned_sealed >= 0 AND returned_sealed <= returned AND returned_sealed <= quantity - split);

GRANT SELECT, INSERT, UPDATE (taken, moved, closed_at, closing, closing_reason) ON dispensing.opened_pack
    TO lianyao_application;
GRANT SELECT, INSERT ON dispensing.pack_use TO lianyao_application;
GRANT UPDATE (returned_sealed) ON dispensing.dispensing_line TO lianyao_application;

-- Products of a store that are held still while they are counted. A freeze is a present state: it is removed when it ends.
CREATE TABLE stock_ledger.freeze (
    consortium_id bigint      NOT NULL,
    store_id      bigint      NOT NULL,
    product_id    bigint      REFERENCES formulary.product,  -- none: every product of the store
    document      text        NOT NULL,  -- what it is done for: 'stocktake 0193…'
    frozen_at     timestamptz NOT NULL,
    CONSTRAINT a_product_is_frozen_once UNIQUE NULLS NOT DISTINCT (consortium_id, store_id, product_id),
    CONSTRAINT freeze_is_of_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT freeze_names_its_document CHECK (document <> '')
);
ALTER TABLE stock_ledger.freeze ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stock_ledger.freeze USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT SELECT, INSERT, DELETE ON stock_ledger.freeze TO lianyao_application;

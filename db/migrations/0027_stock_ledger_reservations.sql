-- Stock may be set aside for an instalment and released again; both are movements like any other.
ALTER TABLE stock_ledger.movement
    DROP CONSTRAINT movement_kind_is_known,
    ADD CONSTRAINT movement_kind_is_known CHECK (kind IN (
        'opening', 'receipt', 'issue', 'patient-return', 'supplier-return', 'transfer-out', 'transfer-in',
        'quarantine', 'release', 'adjustment', 'destruction', 'reversal', 'reservation', 'reservation-release'));

-- A suggestion shows what long prescriptions need apart from what others are reckoned to use.
ALTER TABLE requisitions.requisition_line
    ADD COLUMN expected_renewals bigint NOT NULL DEFAULT 0,  -- of long prescriptions that are expected to be renewed
    ADD COLUMN refills_consumed  bigint NOT NULL DEFAULT 0,  -- the part of consumed that instalments took
    ADD CONSTRAINT expected_renewals_are_not_negative CHECK (expected_renewals >= 0);

-- A prescription may be handed out in parts: each line knows how much of it was, and never gives more than was prescribed.
ALTER TABLE dispensing.prescription_line
    ADD COLUMN handed_out bigint NOT NULL DEFAULT 0,  -- base units, by every dispensing of the prescription together
    ADD CONSTRAINT no_more_is_handed_out_than_prescribed CHECK (handed_out BETWEEN 0 AND quantity);
-- Until now what was dispensed was dispensed whole.
UPDATE dispensing.prescription_line AS line SET handed_out = quantity
  FROM dispensing.dispensing
 WHERE dispensing.consortium_id = line.consortium_id AND dispensing.prescription_id = line.prescription_id
   AND dispensing.version = line.version;

ALTER TABLE dispensing.dispensing
    DROP CONSTRAINT prescription_is_dispensed_once,
    ADD COLUMN part integer NOT NULL DEFAULT 1,  -- 1, 2, … of the prescription
    ADD CONSTRAINT parts_count_from_one CHECK (part >= 1),
    ADD CONSTRAINT part_of_a_prescription_is_dispensed_once UNIQUE (consortium_id, prescription_id, part);
ALTER TABLE dispensing.dispensing ALTER COLUMN part DROP DEFAULT;

ALTER TABLE dispensing.prescription
    ADD COLUMN collect_through date,  -- the last day on which the rest of a long prescription may be collected
    ADD COLUMN rest_ended_for  text,  -- why the rest of a partly dispensed one will not be handed out
    DROP CONSTRAINT prescription_state_is_known,
    ADD CONSTRAINT prescription_state_is_known CHECK (state IN (
        'issued', 'approved', 'returned', 'partly-dispensed', 'dispensed', 'ended', 'cancelled', 'expired')),
    ADD CONSTRAINT only_a_long_prescription_is_collected_later CHECK (collect_through IS NULL OR kind = 'long'),
    ADD CONSTRAINT cause_of_an_end_is_known CHECK (rest_ended_for IN ('prescriber', 'patient', 'validity')),
    ADD CONSTRAINT ended_prescription_has_its_cause CHECK ((state = 'ended') = (rest_ended_for IS NOT NULL)),
    ADD CONSTRAINT whose_wish_ends_a_prescription_gives_a_reason
        CHECK (state <> 'ended' OR rest_ended_for = 'validity' OR closing_reason <> '');
DROP INDEX dispensing.prescription_open;
CREATE INDEX prescription_open ON dispensing.prescription (consortium_id, prescription_id)
    WHERE state IN ('issued', 'approved', 'returned', 'partly-dispensed');

GRANT UPDATE (handed_out) ON dispensing.prescription_line TO lianyao_application;

-- A pharmacy's right to hand out a prescription alone for a while. A claim past its time counts as none; it is closed when
-- somebody comes by, or by the hourly upkeep.
CREATE TABLE dispensing.claim (
    consortium_id    bigint      NOT NULL,
    claim_id         uuid        NOT NULL,
    prescription_id  uuid        NOT NULL,
    facility_id      bigint      NOT NULL,  -- the store's
    store_id         bigint      NOT NULL,
    person_id        bigint      NOT NULL,  -- who claimed it or, when it was passed on, who did that
    claimed_at       timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,  -- from this moment on it counts as none
    ended_at         timestamptz,
    ended_how        text,
    dispensing_id    uuid,                  -- what it was used for
    passed_on_by_id  uuid,                  -- the claim that was passed on to this one
    CONSTRAINT claim_id_is_unique PRIMARY KEY (consortium_id, claim_id),
    CONSTRAINT claim_is_of_a_prescription FOREIGN KEY (consortium_id, prescription_id) REFERENCES dispensing.prescription,
    CONSTRAINT claim_is_of_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility,
    CONSTRAINT claim_is_for_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT claim_is_by_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person,
    CONSTRAINT claim_was_used_for_a_dispensing FOREIGN KEY (consortium_id, dispensing_id) REFERENCES dispensing.dispensing,
    CONSTRAINT claim_was_passed_on_by_a_claim FOREIGN KEY (consortium_id, passed_on_by_id) REFERENCES dispensing.claim,
    CONSTRAINT claim_is_passed_on_once UNIQUE (consortium_id, passed_on_by_id),
    CONSTRAINT claim_lasts_a_while CHECK (expires_at > claimed_at),
    CONSTRAINT claim_does_not_end_before_it_begins CHECK (ended_at >= claimed_at),
    CONSTRAINT claim_end_is_known CHECK (ended_how IN ('released', 'expired', 'transferred', 'dispensed', 'cancelled')),
    CONSTRAINT ended_claim_says_how CHECK ((ended_at IS NULL) = (ended_how IS NULL)),
    CONSTRAINT lapsed_claim_ended_with_its_time CHECK (ended_how <> 'expired' OR ended_at = expires_at),
    CONSTRAINT used_claim_names_its_dispensing CHECK ((ended_how IS NOT DISTINCT FROM 'dispensed') = (dispensing_id IS NOT NULL))
) WITH (fillfactor = 80);
-- The last word when pharmacies race.
CREATE UNIQUE INDEX prescription_has_one_open_claim ON dispensing.claim (consortium_id, prescription_id)
    WHERE ended_at IS NULL;
CREATE INDEX claim_of_prescription ON dispensing.claim (consortium_id, prescription_id, claimed_at);
CREATE INDEX claim_open_by_expiry ON dispensing.claim (consortium_id, expires_at) WHERE ended_at IS NULL;
CREATE INDEX claim_open_of_store ON dispensing.claim (consortium_id, store_id, expires_at, claim_id) WHERE ended_at IS NULL;
CREATE INDEX claim_of_dispensing ON dispensing.claim (consortium_id, dispensing_id) WHERE dispensing_id IS NOT NULL;
ALTER TABLE dispensing.claim ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.claim
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- How long a claim lasts where a consortium wants another time than the program's default.
CREATE TABLE dispensing.claim_practice (
    consortium_id  bigint      NOT NULL REFERENCES parties.consortium,
    minutes        integer     NOT NULL,
    declared_by_id bigint      NOT NULL,
    declared_at    timestamptz NOT NULL,
    CONSTRAINT consortium_has_one_claim_practice PRIMARY KEY (consortium_id),
    CONSTRAINT claim_practice_is_declared_by_a_person FOREIGN KEY (consortium_id, declared_by_id) REFERENCES identity.person,
    CONSTRAINT claim_lasts_minutes_to_a_day CHECK (minutes BETWEEN 1 AND 1440)
);
ALTER TABLE dispensing.claim_practice ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dispensing.claim_practice
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT SELECT, INSERT, UPDATE (expires_at, ended_at, ended_how, dispensing_id) ON dispensing.claim TO lianyao_application;
GRANT SELECT, INSERT, UPDATE ON dispensing.claim_practice TO lianyao_application;

-- The schema after all migrations, for reading and review. Made by the tests; see docs/development.md.

CREATE SCHEMA audit;

CREATE SCHEMA command;

CREATE SCHEMA dispensing;

CREATE SCHEMA distribution;

CREATE SCHEMA fhir;

CREATE SCHEMA formulary;

CREATE SCHEMA identity;

CREATE SCHEMA insurance_uploads;

CREATE SCHEMA long_prescriptions;

CREATE SCHEMA medication_rules;

CREATE SCHEMA migration;

CREATE SCHEMA outbox;

CREATE SCHEMA parties;

CREATE SCHEMA platform_exchange;

CREATE SCHEMA pooled_procurement;

CREATE SCHEMA prescription_flow;

CREATE SCHEMA prescription_uploads;

CREATE SCHEMA prices;

CREATE SCHEMA refill_warnings;

CREATE SCHEMA requisitions;

CREATE SCHEMA stock_ledger;

CREATE SCHEMA stocktakes;

CREATE SCHEMA tendering;

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA prices;

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE FUNCTION audit.make_months(parent regclass, first_month date, last_month date) RETURNS void
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION formulary.digest_of_entries(of_consortium bigint, of_version uuid) RETURNS text
    LANGUAGE sql STABLE
    AS $$
    SELECT encode(sha256(convert_to(coalesce(string_agg(
               jsonb_build_array(product_id, levels, restriction, days_max, reason)::text, E'\n' ORDER BY product_id), ''),
               'UTF8')), 'hex')
      FROM formulary.entry
     WHERE consortium_id = of_consortium AND version_id = of_version
$$;

CREATE FUNCTION formulary.settle_search() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    SELECT pg_catalog.gin_clean_pending_list('formulary.product_search_by_gram'),
           pg_catalog.gin_clean_pending_list('formulary.maker_search_by_gram');

SELECT NULL::void
$$;

CREATE FUNCTION platform_exchange.drop_months(before date) RETURNS integer
    LANGUAGE plpgsql
    AS $_$
DECLARE
    part    regclass;

dropped integer := 0;

BEGIN
    FOR part IN
        SELECT inhrelid FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
         WHERE inhparent IN ('platform_exchange.request'::regclass, 'platform_exchange.answer'::regclass)
           AND relname ~ '_[0-9]{6}$' AND to_date(right(relname, 6), 'YYYYMM') + interval '1 month' <= before
    LOOP
        EXECUTE format('DROP TABLE %s', part);

dropped := dropped + 1;

END LOOP;

RETURN dropped;

END $_$;

CREATE TABLE audit.event (
    consortium_id bigint NOT NULL,
    event_id bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint NOT NULL,
    facility_id bigint,
    action text NOT NULL,
    subject text NOT NULL,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL
)
PARTITION BY RANGE (recorded_at);

ALTER TABLE audit.event ALTER COLUMN event_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME audit.event_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE audit.event_other (
    consortium_id bigint NOT NULL,
    event_id bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint NOT NULL,
    facility_id bigint,
    action text NOT NULL,
    subject text NOT NULL,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL
);

CREATE TABLE command.request (
    consortium_id bigint NOT NULL,
    request_id uuid NOT NULL,
    person_id bigint NOT NULL,
    operation text NOT NULL,
    body_sha256 bytea NOT NULL,
    status integer,
    answer text,
    recorded_at timestamp with time zone NOT NULL
);

CREATE TABLE dispensing.allergy (
    consortium_id bigint NOT NULL,
    allergy_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    severity text NOT NULL,
    reaction text NOT NULL,
    recorded_by_id bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawn_by_id bigint,
    withdrawn_for text,
    CONSTRAINT allergy_has_a_name CHECK ((name <> ''::text)),
    CONSTRAINT allergy_severity_is_known CHECK ((severity = ANY (ARRAY['unknown'::text, 'mild'::text, 'moderate'::text, 'severe'::text]))),
    CONSTRAINT withdrawn_allergy_has_who_and_why CHECK ((((withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)) AND ((withdrawn_at IS NULL) = (withdrawn_for IS NULL))))
);

CREATE TABLE dispensing.claim (
    consortium_id bigint NOT NULL,
    claim_id uuid NOT NULL,
    prescription_id uuid NOT NULL,
    facility_id bigint NOT NULL,
    store_id bigint NOT NULL,
    person_id bigint NOT NULL,
    claimed_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_how text,
    dispensing_id uuid,
    passed_on_by_id uuid,
    CONSTRAINT claim_does_not_end_before_it_begins CHECK ((ended_at >= claimed_at)),
    CONSTRAINT claim_end_is_known CHECK ((ended_how = ANY (ARRAY['released'::text, 'expired'::text, 'transferred'::text, 'dispensed'::text, 'cancelled'::text]))),
    CONSTRAINT claim_lasts_a_while CHECK ((expires_at > claimed_at)),
    CONSTRAINT ended_claim_says_how CHECK (((ended_at IS NULL) = (ended_how IS NULL))),
    CONSTRAINT lapsed_claim_ended_with_its_time CHECK (((ended_how <> 'expired'::text) OR (ended_at = expires_at))),
    CONSTRAINT used_claim_names_its_dispensing CHECK (((NOT (ended_how IS DISTINCT FROM 'dispensed'::text)) = (dispensing_id IS NOT NULL)))
)
WITH (fillfactor='80');

CREATE TABLE dispensing.claim_practice (
    consortium_id bigint NOT NULL,
    minutes integer NOT NULL,
    declared_by_id bigint NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    CONSTRAINT claim_lasts_minutes_to_a_day CHECK (((minutes >= 1) AND (minutes <= 1440)))
);

CREATE TABLE dispensing.consortium_practice (
    consortium_id bigint NOT NULL,
    signatures_required_from timestamp with time zone,
    qualified_reviewers boolean NOT NULL,
    rounds_up_to_packs boolean NOT NULL,
    hold_minutes integer NOT NULL,
    holds_max integer NOT NULL,
    declared_by_id bigint,
    declared_at timestamp with time zone NOT NULL,
    CONSTRAINT hold_lasts_minutes CHECK (((hold_minutes >= 1) AND (hold_minutes <= 120))),
    CONSTRAINT person_may_hold_something CHECK (((holds_max >= 1) AND (holds_max <= 20)))
);

CREATE TABLE dispensing.dispensed_code (
    consortium_id bigint NOT NULL,
    dispensing_id uuid NOT NULL,
    line_number integer NOT NULL,
    code text NOT NULL,
    is_split boolean NOT NULL,
    quantity bigint NOT NULL,
    return_id uuid,
    CONSTRAINT box_holds_something CHECK ((quantity > 0)),
    CONSTRAINT only_a_whole_box_comes_back CHECK (((NOT is_split) OR (return_id IS NULL)))
);

CREATE TABLE dispensing.dispensing (
    consortium_id bigint NOT NULL,
    dispensing_id uuid NOT NULL,
    number text NOT NULL,
    prescription_id uuid NOT NULL,
    version integer NOT NULL,
    store_id bigint NOT NULL,
    dispenser_id bigint NOT NULL,
    movement_id bigint NOT NULL,
    dispensed_at timestamp with time zone NOT NULL,
    dispensed_on date NOT NULL,
    self_checked boolean NOT NULL,
    checks text[] NOT NULL,
    retain_through date NOT NULL,
    part integer NOT NULL,
    preparation_id uuid,
    preparer_id bigint,
    CONSTRAINT every_check_was_made CHECK ((checks @> ARRAY['prescription'::text, 'drug'::text, 'incompatibility'::text, 'rational-use'::text])),
    CONSTRAINT parts_count_from_one CHECK ((part >= 1)),
    CONSTRAINT preparation_and_preparer_come_together CHECK (((preparation_id IS NULL) = (preparer_id IS NULL))),
    CONSTRAINT who_prepares_does_not_check CHECK ((preparer_id <> dispenser_id))
);

CREATE TABLE dispensing.dispensing_line (
    consortium_id bigint NOT NULL,
    dispensing_id uuid NOT NULL,
    line_number integer NOT NULL,
    prescription_line integer NOT NULL,
    product_id bigint NOT NULL,
    article_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    batch_number text NOT NULL,
    expires_on date NOT NULL,
    quantity bigint NOT NULL,
    returned bigint DEFAULT 0 NOT NULL,
    split bigint DEFAULT 0 NOT NULL,
    returned_sealed bigint DEFAULT 0 NOT NULL,
    CONSTRAINT dispensed_quantity_is_positive CHECK ((quantity > 0)),
    CONSTRAINT no_more_returns_than_was_dispensed CHECK (((returned >= 0) AND (returned <= quantity))),
    CONSTRAINT only_whole_packs_come_back_sealed CHECK (((returned_sealed >= 0) AND (returned_sealed <= returned) AND (returned_sealed <= (quantity - split)))),
    CONSTRAINT split_is_part_of_the_quantity CHECK (((split >= 0) AND (split <= quantity)))
);

CREATE SEQUENCE dispensing.dispensing_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE dispensing.facility_practice (
    consortium_id bigint NOT NULL,
    facility_id bigint NOT NULL,
    single_pharmacist boolean NOT NULL,
    declared_by_id bigint NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    two_persons boolean DEFAULT false NOT NULL
);

CREATE TABLE dispensing.family_doctor_contract (
    consortium_id bigint NOT NULL,
    contract_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    facility_id bigint NOT NULL,
    doctor_id bigint NOT NULL,
    valid_from date NOT NULL,
    valid_through date NOT NULL,
    recorded_by_id bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

CREATE TABLE dispensing.opened_pack (
    consortium_id bigint NOT NULL,
    pack_id bigint NOT NULL,
    store_id bigint NOT NULL,
    article_id bigint NOT NULL,
    product_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    trace_code text,
    is_found boolean NOT NULL,
    units bigint NOT NULL,
    taken bigint DEFAULT 0 NOT NULL,
    moved bigint DEFAULT 0 NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    opened_by_id bigint NOT NULL,
    closed_at timestamp with time zone,
    closing text,
    closing_reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT closing_is_known CHECK ((closing = ANY (ARRAY['used-up'::text, 'moved'::text, 'discarded'::text]))),
    CONSTRAINT closing_says_how CHECK (((closed_at IS NOT NULL) = (closing IS NOT NULL))),
    CONSTRAINT discarded_pack_has_a_reason CHECK (((closing <> 'discarded'::text) OR (closing_reason <> ''::text))),
    CONSTRAINT no_more_leaves_a_pack_than_was_in_it CHECK (((taken >= 0) AND (moved >= 0) AND ((taken + moved) <= units))),
    CONSTRAINT opened_pack_had_something CHECK ((units > 0)),
    CONSTRAINT pack_is_closed_when_it_is_empty CHECK (((closed_at IS NOT NULL) = ((taken + moved) = units)))
);

ALTER TABLE dispensing.opened_pack ALTER COLUMN pack_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME dispensing.opened_pack_pack_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE dispensing.pack_use (
    consortium_id bigint NOT NULL,
    dispensing_id uuid NOT NULL,
    line_number integer NOT NULL,
    pack_id bigint NOT NULL,
    quantity bigint NOT NULL,
    CONSTRAINT pack_use_takes_something CHECK ((quantity > 0))
);

CREATE TABLE dispensing.patient (
    consortium_id bigint NOT NULL,
    patient_id uuid NOT NULL,
    number text NOT NULL,
    name text NOT NULL,
    sex text NOT NULL,
    birth_on date NOT NULL,
    phone_masked text NOT NULL,
    resident_digest bytea,
    resident_masked text,
    registered_by_id bigint NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    CONSTRAINT patient_has_a_name CHECK ((name <> ''::text)),
    CONSTRAINT phone_is_masked CHECK (((phone_masked = ''::text) OR (phone_masked ~ '^1[0-9]{2}\*{4}[0-9]{4}$'::text))),
    CONSTRAINT resident_digest_and_mask_come_together CHECK (((resident_digest IS NULL) = (resident_masked IS NULL))),
    CONSTRAINT resident_digest_has_32_bytes CHECK ((octet_length(resident_digest) = 32)),
    CONSTRAINT resident_number_is_masked CHECK ((resident_masked ~ '^[0-9]{3}\*{14}[0-9X]$'::text)),
    CONSTRAINT sex_is_known CHECK ((sex = ANY (ARRAY['female'::text, 'male'::text, 'unknown'::text])))
);

CREATE SEQUENCE dispensing.patient_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE dispensing.patient_return (
    consortium_id bigint NOT NULL,
    return_id uuid NOT NULL,
    number text NOT NULL,
    dispensing_id uuid NOT NULL,
    reason text NOT NULL,
    explanation text NOT NULL,
    receiver_id bigint NOT NULL,
    returned_at timestamp with time zone NOT NULL,
    CONSTRAINT return_is_explained CHECK ((explanation <> ''::text)),
    CONSTRAINT return_reason_allows_it CHECK ((reason = ANY (ARRAY['quality'::text, 'adverse-reaction'::text, 'dispensing-error'::text])))
);

CREATE TABLE dispensing.patient_return_line (
    consortium_id bigint NOT NULL,
    return_id uuid NOT NULL,
    dispensing_id uuid NOT NULL,
    line_number integer NOT NULL,
    quantity bigint NOT NULL,
    returned_into text NOT NULL,
    CONSTRAINT returned_goods_are_available_or_quarantined CHECK ((returned_into = ANY (ARRAY['available'::text, 'quarantined'::text]))),
    CONSTRAINT returned_quantity_is_positive CHECK ((quantity > 0))
);

CREATE TABLE dispensing.patient_weight (
    consortium_id bigint NOT NULL,
    patient_id uuid NOT NULL,
    measured_on date NOT NULL,
    grams integer NOT NULL,
    recorded_by_id bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT weight_is_that_of_a_person CHECK (((grams >= 200) AND (grams <= 500000)))
);

CREATE TABLE dispensing.preparation (
    consortium_id bigint NOT NULL,
    preparation_id uuid NOT NULL,
    prescription_id uuid NOT NULL,
    version integer NOT NULL,
    store_id bigint NOT NULL,
    preparer_id bigint NOT NULL,
    prepared_at timestamp with time zone NOT NULL
);

CREATE TABLE dispensing.preparation_line (
    consortium_id bigint NOT NULL,
    preparation_id uuid NOT NULL,
    line_number integer NOT NULL,
    quantity bigint NOT NULL,
    CONSTRAINT prepared_quantity_is_positive CHECK ((quantity > 0))
);

CREATE TABLE dispensing.preparation_scan (
    consortium_id bigint NOT NULL,
    preparation_id uuid NOT NULL,
    "position" integer NOT NULL,
    code text NOT NULL,
    is_split boolean
);

CREATE TABLE dispensing.prescription (
    consortium_id bigint NOT NULL,
    prescription_id uuid NOT NULL,
    number text NOT NULL,
    patient_id uuid NOT NULL,
    facility_id bigint NOT NULL,
    prescriber_id bigint NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    version integer NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    closing_reason text DEFAULT ''::text NOT NULL,
    collect_through date,
    rest_ended_for text,
    patient_waiting boolean DEFAULT false NOT NULL,
    CONSTRAINT cancelled_prescription_has_a_reason CHECK (((state <> 'cancelled'::text) OR (closing_reason <> ''::text))),
    CONSTRAINT cause_of_an_end_is_known CHECK ((rest_ended_for = ANY (ARRAY['prescriber'::text, 'patient'::text, 'validity'::text]))),
    CONSTRAINT ended_prescription_has_its_cause CHECK (((state = 'ended'::text) = (rest_ended_for IS NOT NULL))),
    CONSTRAINT only_a_long_prescription_is_collected_later CHECK (((collect_through IS NULL) OR (kind = 'long'::text))),
    CONSTRAINT prescription_kind_is_known CHECK ((kind = ANY (ARRAY['ordinary'::text, 'emergency'::text, 'long'::text, 'herbal'::text, 'narcotic'::text, 'psychotropic-2'::text, 'toxic'::text]))),
    CONSTRAINT prescription_state_is_known CHECK ((state = ANY (ARRAY['issued'::text, 'approved'::text, 'returned'::text, 'partly-dispensed'::text, 'dispensed'::text, 'ended'::text, 'cancelled'::text, 'expired'::text]))),
    CONSTRAINT whose_wish_ends_a_prescription_gives_a_reason CHECK (((state <> 'ended'::text) OR (rest_ended_for = 'validity'::text) OR (closing_reason <> ''::text)))
)
WITH (fillfactor='80');

CREATE TABLE dispensing.prescription_check (
    consortium_id bigint NOT NULL,
    prescription_id uuid NOT NULL,
    version integer NOT NULL,
    stage text NOT NULL,
    catalogue text NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    findings jsonb NOT NULL,
    CONSTRAINT check_stage_is_known CHECK ((stage = ANY (ARRAY['issue'::text, 'review'::text]))),
    CONSTRAINT findings_are_a_list CHECK ((jsonb_typeof(findings) = 'array'::text))
);

CREATE TABLE dispensing.prescription_line (
    consortium_id bigint NOT NULL,
    prescription_id uuid NOT NULL,
    version integer NOT NULL,
    line_number integer NOT NULL,
    product_id bigint NOT NULL,
    quantity bigint NOT NULL,
    dose_text text NOT NULL,
    dose bigint NOT NULL,
    frequency text NOT NULL,
    days integer NOT NULL,
    handed_out bigint DEFAULT 0 NOT NULL,
    route text,
    note text DEFAULT ''::text NOT NULL,
    insurance jsonb,
    CONSTRAINT course_has_days CHECK ((days > 0)),
    CONSTRAINT dose_is_positive CHECK ((dose > 0)),
    CONSTRAINT no_more_is_handed_out_than_prescribed CHECK (((handed_out >= 0) AND (handed_out <= quantity))),
    CONSTRAINT prescribed_quantity_is_positive CHECK ((quantity > 0))
);

CREATE SEQUENCE dispensing.prescription_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE dispensing.prescription_signature (
    consortium_id bigint NOT NULL,
    prescription_id uuid NOT NULL,
    version integer NOT NULL,
    key_id uuid NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    signature bytea NOT NULL,
    CONSTRAINT signature_is_not_empty CHECK ((octet_length(signature) > 0))
);

CREATE TABLE dispensing.prescription_version (
    consortium_id bigint NOT NULL,
    prescription_id uuid NOT NULL,
    version integer NOT NULL,
    diagnosis_code text NOT NULL,
    diagnosis text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    written_on date NOT NULL,
    valid_through date NOT NULL,
    reason text NOT NULL,
    purpose text NOT NULL,
    long_records text[] NOT NULL,
    department_code text DEFAULT ''::text NOT NULL,
    department_name text DEFAULT ''::text NOT NULL,
    other_diagnoses jsonb DEFAULT '[]'::jsonb NOT NULL,
    herbal jsonb,
    encounter jsonb,
    override_reason text DEFAULT ''::text NOT NULL,
    override_findings text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT diagnosis_is_present CHECK ((diagnosis <> ''::text)),
    CONSTRAINT herbal_directions_count_doses CHECK ((((((herbal ->> 'doses'::text))::integer >= 1) AND (((herbal ->> 'doses'::text))::integer <= 60)) AND ((((herbal ->> 'dosesPerDay'::text))::integer >= 1) AND (((herbal ->> 'dosesPerDay'::text))::integer <= 4)))),
    CONSTRAINT long_records_are_known CHECK ((long_records <@ ARRAY['clear-diagnosis'::text, 'stable-plan'::text, 'good-adherence'::text, 'controlled-condition'::text, 'needs-long-medication'::text, 'strict-assessment'::text, 'patient-education'::text, 'chart-entry'::text, 'patient-confirmation'::text])),
    CONSTRAINT other_diagnoses_are_a_list CHECK ((jsonb_typeof(other_diagnoses) = 'array'::text)),
    CONSTRAINT overridden_findings_have_a_reason CHECK (((override_reason <> ''::text) OR (override_findings = '{}'::text[]))),
    CONSTRAINT purpose_is_known CHECK ((purpose = ANY (ARRAY['none'::text, 'severe-pain'::text, 'adhd'::text]))),
    CONSTRAINT validity_does_not_end_before_it_begins CHECK ((valid_through >= written_on)),
    CONSTRAINT versions_count_from_one CHECK ((version >= 1))
);

CREATE SEQUENCE dispensing.return_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE dispensing.review (
    consortium_id bigint NOT NULL,
    prescription_id uuid NOT NULL,
    version integer NOT NULL,
    outcome text NOT NULL,
    reviewer_id bigint NOT NULL,
    facility_id bigint,
    reason text NOT NULL,
    reviewed_at timestamp with time zone NOT NULL,
    problem text,
    queued_at timestamp with time zone,
    held_at timestamp with time zone,
    CONSTRAINT only_what_was_sent_back_has_a_problem CHECK (((problem IS NULL) OR (outcome = 'returned'::text))),
    CONSTRAINT outcome_is_known CHECK ((outcome = ANY (ARRAY['approved'::text, 'returned'::text]))),
    CONSTRAINT problem_is_known CHECK ((problem = ANY (ARRAY['legality'::text, 'form'::text, 'diagnosis'::text, 'dose'::text, 'route'::text, 'skin-test'::text, 'duplicate'::text, 'interaction'::text, 'incompatibility'::text, 'contraindication'::text, 'allergy'::text, 'special-population'::text, 'infusion'::text, 'other'::text]))),
    CONSTRAINT returned_prescription_has_a_reason CHECK (((outcome = 'approved'::text) OR (reason <> ''::text))),
    CONSTRAINT times_of_a_review_come_together CHECK (((queued_at IS NULL) = (held_at IS NULL)))
);

CREATE TABLE dispensing.review_queue (
    consortium_id bigint NOT NULL,
    prescription_id uuid NOT NULL,
    version integer NOT NULL,
    prescriber_id bigint NOT NULL,
    urgency smallint NOT NULL,
    queued_at timestamp with time zone NOT NULL,
    holder_id bigint,
    hold_slot integer,
    held_at timestamp with time zone,
    hold_expires_at timestamp with time zone,
    CONSTRAINT hold_has_holder_slot_and_times CHECK ((((holder_id IS NULL) = (hold_slot IS NULL)) AND ((holder_id IS NULL) = (held_at IS NULL)) AND ((holder_id IS NULL) = (hold_expires_at IS NULL)) AND (held_at < hold_expires_at))),
    CONSTRAINT nobody_holds_what_they_wrote CHECK ((holder_id <> prescriber_id)),
    CONSTRAINT urgency_is_known CHECK ((urgency = ANY (ARRAY[0, 1, 2])))
)
WITH (fillfactor='70');

CREATE TABLE dispensing.reviewer_qualification (
    consortium_id bigint NOT NULL,
    person_id bigint NOT NULL,
    title text NOT NULL,
    dispensing_since date NOT NULL,
    trained_on date,
    declared_by_id bigint NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    CONSTRAINT pharmacist_title_is_known CHECK ((title = ANY (ARRAY['assistant'::text, 'pharmacist'::text, 'in-charge'::text, 'associate-chief'::text, 'chief'::text])))
);

CREATE TABLE dispensing.signing_key (
    consortium_id bigint NOT NULL,
    key_id uuid NOT NULL,
    person_id bigint NOT NULL,
    algorithm text NOT NULL,
    public_key bytea NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    valid_through date NOT NULL,
    revoked_at timestamp with time zone,
    revocation text,
    revoked_by_id bigint,
    CONSTRAINT revocation_is_known CHECK ((revocation = ANY (ARRAY['replaced'::text, 'left'::text, 'compromised'::text]))),
    CONSTRAINT revoked_key_has_who_and_why CHECK ((((revoked_at IS NULL) = (revocation IS NULL)) AND ((revoked_at IS NULL) = (revoked_by_id IS NULL)))),
    CONSTRAINT signature_algorithm_is_known CHECK ((algorithm = ANY (ARRAY['ed25519'::text, 'p-256'::text])))
);

CREATE TABLE dispensing.trace_code (
    consortium_id bigint NOT NULL,
    code text NOT NULL,
    prefix text GENERATED ALWAYS AS ("left"(code, 7)) STORED NOT NULL,
    article_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    store_id bigint NOT NULL,
    state text NOT NULL,
    learnt_from text NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    first_seen_by_id bigint NOT NULL,
    CONSTRAINT trace_code_has_twenty_digits CHECK ((code ~ '^[0-9]{20}$'::text)),
    CONSTRAINT trace_code_is_learnt_somehow CHECK ((learnt_from = ANY (ARRAY['receipt'::text, 'dispensing'::text]))),
    CONSTRAINT trace_code_state_is_known CHECK ((state = ANY (ARRAY['in-stock'::text, 'opened'::text, 'dispensed'::text, 'returned'::text])))
)
WITH (fillfactor='80');

CREATE TABLE dispensing.trace_exemption (
    consortium_id bigint NOT NULL,
    dispensing_id uuid NOT NULL,
    line_number integer NOT NULL,
    packs integer NOT NULL,
    reason text NOT NULL,
    explanation text NOT NULL,
    CONSTRAINT exemption_is_for_packs CHECK ((packs > 0)),
    CONSTRAINT exemption_reason_is_known CHECK ((reason = ANY (ARRAY['uncoded'::text, 'unreadable'::text, 'scanner-down'::text])))
);

CREATE TABLE dispensing.trace_policy (
    consortium_id bigint NOT NULL,
    facility_id bigint,
    valid_from date NOT NULL,
    scanning text NOT NULL,
    declared_by_id bigint NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    CONSTRAINT scanning_is_known CHECK ((scanning = ANY (ARRAY['optional'::text, 'where-known'::text, 'required'::text])))
);

CREATE TABLE dispensing.trace_prefix (
    consortium_id bigint NOT NULL,
    prefix text NOT NULL,
    article_id bigint NOT NULL,
    level integer NOT NULL,
    learnt_from text NOT NULL,
    registered_by_id bigint NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    CONSTRAINT level_is_known CHECK ((level = ANY (ARRAY[1, 2, 3]))),
    CONSTRAINT prefix_has_seven_digits CHECK ((prefix ~ '^[0-9]{7}$'::text)),
    CONSTRAINT prefix_is_learnt_somehow CHECK ((learnt_from = ANY (ARRAY['registration'::text, 'receipt'::text])))
);

CREATE TABLE distribution.goods_receipt (
    consortium_id bigint NOT NULL,
    receipt_id uuid NOT NULL,
    number text NOT NULL,
    shipment_id uuid NOT NULL,
    store_id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    received_on date NOT NULL,
    receiver_id bigint NOT NULL,
    second_person_id bigint,
    movement_id bigint,
    CONSTRAINT two_receivers_are_two_people CHECK ((second_person_id <> receiver_id))
);

CREATE TABLE distribution.goods_receipt_line (
    consortium_id bigint NOT NULL,
    receipt_id uuid NOT NULL,
    shipment_id uuid NOT NULL,
    shipment_line integer NOT NULL,
    order_line integer NOT NULL,
    product_id bigint NOT NULL,
    article_id bigint NOT NULL,
    batch_number text NOT NULL,
    expires_on date NOT NULL,
    announced bigint NOT NULL,
    delivered bigint NOT NULL,
    accepted bigint NOT NULL,
    rejected bigint NOT NULL,
    short bigint NOT NULL,
    over bigint NOT NULL,
    accepted_units bigint NOT NULL,
    reason text,
    explanation text NOT NULL,
    acceptance_reason text NOT NULL,
    temperature integer,
    CONSTRAINT accepted_packs_hold_units CHECK ((((accepted = 0) = (accepted_units = 0)) AND (accepted_units >= accepted))),
    CONSTRAINT announced_is_delivered_or_short CHECK (((delivered + short) = (announced + over))),
    CONSTRAINT delivered_is_accepted_or_rejected CHECK (((accepted + rejected) = delivered)),
    CONSTRAINT nothing_is_short_and_over CHECK (((short = 0) OR (over = 0))),
    CONSTRAINT other_reason_is_explained CHECK (((reason <> 'other'::text) OR (explanation <> ''::text))),
    CONSTRAINT over_delivery_is_rejected CHECK ((rejected >= over)),
    CONSTRAINT packs_are_not_negative CHECK ((LEAST(announced, delivered, accepted, rejected, short, over) >= 0)),
    CONSTRAINT reason_is_known CHECK ((reason = ANY (ARRAY['damaged'::text, 'wrong-article'::text, 'expired'::text, 'short-dated'::text, 'missing-document'::text, 'temperature'::text, 'over-delivery'::text, 'not-delivered'::text, 'other'::text]))),
    CONSTRAINT rejection_and_shortage_have_a_reason CHECK ((((rejected + short) > 0) = (reason IS NOT NULL)))
);

CREATE SEQUENCE distribution.goods_receipt_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE distribution.order_delivery (
    consortium_id bigint NOT NULL,
    order_id uuid NOT NULL
);

CREATE TABLE distribution.shipment (
    consortium_id bigint NOT NULL,
    shipment_id uuid NOT NULL,
    number text NOT NULL,
    order_id uuid NOT NULL,
    company_id bigint NOT NULL,
    facility_id bigint NOT NULL,
    store_id bigint NOT NULL,
    state text NOT NULL,
    delivery_note text NOT NULL,
    shipped_on date NOT NULL,
    expected_on date NOT NULL,
    announced_at timestamp with time zone NOT NULL,
    announced_by_id bigint NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT cancelled_shipment_has_a_reason CHECK (((state = 'cancelled'::text) = (reason <> ''::text))),
    CONSTRAINT delivery_note_is_present CHECK ((delivery_note <> ''::text)),
    CONSTRAINT goods_arrive_after_they_left CHECK ((expected_on >= shipped_on)),
    CONSTRAINT shipment_state_is_known CHECK ((state = ANY (ARRAY['announced'::text, 'received'::text, 'cancelled'::text])))
);

CREATE TABLE distribution.shipment_line (
    consortium_id bigint NOT NULL,
    shipment_id uuid NOT NULL,
    line_number integer NOT NULL,
    order_id uuid NOT NULL,
    order_line integer NOT NULL,
    article_id bigint NOT NULL,
    batch_number text NOT NULL,
    expires_on date NOT NULL,
    packs bigint NOT NULL,
    CONSTRAINT batch_number_is_present CHECK ((batch_number <> ''::text)),
    CONSTRAINT shipped_packs_are_positive CHECK ((packs > 0))
);

CREATE SEQUENCE distribution.shipment_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE distribution.supplier_return (
    consortium_id bigint NOT NULL,
    return_id uuid NOT NULL,
    number text NOT NULL,
    shipment_id uuid NOT NULL,
    shipment_line integer NOT NULL,
    order_id uuid NOT NULL,
    order_line integer NOT NULL,
    company_id bigint NOT NULL,
    store_id bigint NOT NULL,
    article_id bigint NOT NULL,
    batch_number text NOT NULL,
    packs bigint NOT NULL,
    units bigint NOT NULL,
    pack_price bigint NOT NULL,
    reason text NOT NULL,
    returned_at timestamp with time zone NOT NULL,
    returned_by_id bigint NOT NULL,
    movement_id bigint NOT NULL,
    CONSTRAINT return_has_a_reason CHECK ((reason <> ''::text)),
    CONSTRAINT return_takes_packs CHECK (((packs > 0) AND (units > 0)))
);

CREATE SEQUENCE distribution.supplier_return_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE fhir.placer_identifier (
    consortium_id bigint NOT NULL,
    scope text NOT NULL,
    system text NOT NULL,
    value text NOT NULL,
    prescription_id uuid NOT NULL,
    product_id bigint,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT line_identifier_names_its_product CHECK (((scope = 'line'::text) = (product_id IS NOT NULL))),
    CONSTRAINT placer_identifier_is_short CHECK ((((length(system) >= 1) AND (length(system) <= 200)) AND ((length(value) >= 1) AND (length(value) <= 200)))),
    CONSTRAINT placer_scope_is_known CHECK ((scope = ANY (ARRAY['prescription'::text, 'line'::text])))
);

CREATE TABLE formulary.article (
    article_id bigint NOT NULL,
    product_id bigint NOT NULL,
    manufacturer_id bigint,
    insurance_code text,
    trade_name text DEFAULT ''::text NOT NULL,
    approval_number text,
    base_code text,
    gtin text,
    pack_size bigint NOT NULL,
    pack_unit text NOT NULL,
    pack_text text NOT NULL,
    reference_price bigint,
    withdrawn_on date,
    CONSTRAINT pack_holds_something CHECK (((pack_size >= 1) AND (pack_size <= 1000000))),
    CONSTRAINT reference_price_is_not_negative CHECK ((reference_price >= 0))
);

ALTER TABLE formulary.article ALTER COLUMN article_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME formulary.article_article_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE formulary.dosage_form (
    code text NOT NULL,
    chinese text NOT NULL,
    english text NOT NULL,
    route text NOT NULL
);

CREATE TABLE formulary.edition (
    edition_id uuid NOT NULL,
    edition_no bigint NOT NULL,
    catalogue text NOT NULL,
    label text NOT NULL,
    status text NOT NULL,
    valid_from date NOT NULL,
    file_sha256 text NOT NULL,
    file_bytes bigint NOT NULL,
    encoding text NOT NULL,
    row_count integer NOT NULL,
    skipped integer NOT NULL,
    unchanged integer NOT NULL,
    added integer NOT NULL,
    listed integer NOT NULL,
    changed integer NOT NULL,
    price_changed integer NOT NULL,
    returned integer NOT NULL,
    withdrawn integer NOT NULL,
    delisted integer NOT NULL,
    based_on bigint NOT NULL,
    number bigint,
    proposed_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    CONSTRAINT accepted_edition_has_a_number CHECK (((status = 'accepted'::text) = (number IS NOT NULL))),
    CONSTRAINT edition_encoding_is_known CHECK ((encoding = ANY (ARRAY['UTF-8'::text, 'GB 18030'::text]))),
    CONSTRAINT edition_is_decided_once_it_is_not_proposed CHECK (((status = 'proposed'::text) = (decided_at IS NULL))),
    CONSTRAINT edition_of_no_catalogue_withdraws_nothing CHECK (((catalogue <> ''::text) OR (((listed + withdrawn) + delisted) = 0))),
    CONSTRAINT edition_status_is_known CHECK ((status = ANY (ARRAY['proposed'::text, 'accepted'::text, 'discarded'::text])))
);

CREATE TABLE formulary.edition_change (
    edition_id uuid NOT NULL,
    article_id bigint NOT NULL,
    change text NOT NULL,
    line integer,
    is_listed boolean NOT NULL,
    fields text[] NOT NULL,
    before jsonb,
    product_id bigint,
    manufacturer text,
    insurance_code text,
    trade_name text,
    approval_number text,
    base_code text,
    gtin text,
    pack_size bigint,
    pack_unit text,
    pack_text text,
    reference_price bigint,
    CONSTRAINT changed_article_differs CHECK (((change <> 'changed'::text) OR (fields <> '{}'::text[]))),
    CONSTRAINT edition_change_is_known CHECK ((change = ANY (ARRAY['added'::text, 'listed'::text, 'changed'::text, 'returned'::text, 'withdrawn'::text, 'delisted'::text]))),
    CONSTRAINT what_differs_says_what_it_was CHECK (((fields = '{}'::text[]) = (before IS NULL))),
    CONSTRAINT what_is_not_named_has_no_line CHECK (((change = ANY (ARRAY['withdrawn'::text, 'delisted'::text])) = (line IS NULL)))
);

ALTER TABLE formulary.edition ALTER COLUMN edition_no ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME formulary.edition_edition_no_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE formulary.entry (
    consortium_id bigint NOT NULL,
    version_id uuid NOT NULL,
    product_id bigint NOT NULL,
    levels text[] NOT NULL,
    restriction text NOT NULL,
    days_max smallint,
    reason text NOT NULL,
    CONSTRAINT entry_days_are_within_a_year CHECK (((days_max >= 1) AND (days_max <= 365))),
    CONSTRAINT entry_levels_are_known CHECK ((levels <@ ARRAY['city'::text, 'county'::text, 'township'::text, 'village'::text])),
    CONSTRAINT entry_permits_some_level CHECK ((cardinality(levels) > 0))
);

CREATE TABLE formulary.facility_type (
    code text NOT NULL,
    chinese text NOT NULL,
    english text NOT NULL,
    level text NOT NULL,
    CONSTRAINT facility_type_level_is_known CHECK ((level = ANY (ARRAY['city'::text, 'county'::text, 'township'::text, 'village'::text])))
);

CREATE TABLE formulary.maker_search (
    company_id bigint NOT NULL,
    source text NOT NULL,
    terms text NOT NULL COLLATE pg_catalog."C",
    grams text[] NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE formulary.order_frequency (
    code text NOT NULL,
    chinese text NOT NULL,
    english text NOT NULL,
    cycle_hours smallint NOT NULL,
    times_per_cycle smallint NOT NULL,
    CONSTRAINT cycle_is_at_most_a_year CHECK (((cycle_hours >= 0) AND (cycle_hours <= 8784))),
    CONSTRAINT something_is_given_in_a_cycle CHECK (((times_per_cycle >= 1) AND (times_per_cycle <= 48)))
);

CREATE TABLE formulary.product (
    product_id bigint NOT NULL,
    code text NOT NULL,
    kind text NOT NULL,
    generic_name text NOT NULL,
    english_name text DEFAULT ''::text NOT NULL,
    dosage_form text NOT NULL,
    strength text NOT NULL,
    base_unit text NOT NULL,
    drug_class text DEFAULT ''::text NOT NULL,
    reimbursement text NOT NULL,
    essential boolean NOT NULL,
    volume_based boolean NOT NULL,
    long_prescription boolean NOT NULL,
    special_control text NOT NULL,
    storage text NOT NULL,
    light_protected boolean NOT NULL,
    disease_groups text[] DEFAULT '{}'::text[] NOT NULL,
    pinyin text NOT NULL,
    pinyin_initials text NOT NULL,
    withdrawn_on date,
    CONSTRAINT long_prescription_is_for_general_medicines CHECK (((NOT long_prescription) OR (special_control = 'none'::text))),
    CONSTRAINT product_kind_is_known CHECK ((kind = ANY (ARRAY['western'::text, 'patent'::text, 'herbal'::text, 'ethnic'::text, 'consumable'::text]))),
    CONSTRAINT reimbursement_is_known CHECK ((reimbursement = ANY (ARRAY['A'::text, 'B'::text, 'none'::text]))),
    CONSTRAINT special_control_is_known CHECK ((special_control = ANY (ARRAY['none'::text, 'narcotic'::text, 'psychotropic_1'::text, 'psychotropic_2'::text, 'toxic'::text, 'precursor'::text]))),
    CONSTRAINT storage_is_known CHECK ((storage = ANY (ARRAY['room'::text, 'cool'::text, 'cold'::text, 'frozen'::text])))
);

ALTER TABLE formulary.product ALTER COLUMN product_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME formulary.product_product_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE formulary.product_search (
    product_id bigint NOT NULL,
    source text NOT NULL,
    name_length integer NOT NULL,
    terms text NOT NULL COLLATE pg_catalog."C",
    grams text[] NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE formulary.route (
    code text NOT NULL,
    chinese text NOT NULL,
    english text NOT NULL,
    route_group text NOT NULL,
    national_code text NOT NULL
);

CREATE TABLE formulary.unit (
    code text NOT NULL,
    chinese text NOT NULL,
    english text NOT NULL,
    kind text NOT NULL,
    CONSTRAINT unit_kind_is_known CHECK ((kind = ANY (ARRAY['count'::text, 'volume'::text, 'mass'::text])))
);

CREATE TABLE formulary.version (
    consortium_id bigint NOT NULL,
    version_id uuid NOT NULL,
    number integer NOT NULL,
    status text NOT NULL,
    valid_from date,
    note text NOT NULL,
    drafted_by bigint NOT NULL,
    drafted_at timestamp with time zone NOT NULL,
    published_by bigint,
    published_at timestamp with time zone,
    entries integer,
    content_sha256 text,
    CONSTRAINT draft_has_not_begun CHECK (((status <> 'draft'::text) OR (num_nonnulls(valid_from, published_by, published_at, entries, content_sha256) = 0))),
    CONSTRAINT published_version_is_not_empty CHECK ((entries > 0)),
    CONSTRAINT published_version_says_from_when_and_what CHECK (((status <> 'published'::text) OR (num_nonnulls(valid_from, published_by, published_at, entries, content_sha256) = 5))),
    CONSTRAINT version_status_is_known CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text, 'withdrawn'::text])))
);

CREATE TABLE identity.person (
    consortium_id bigint NOT NULL,
    person_id bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    facility_id bigint,
    company_id bigint,
    roles text[] NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    CONSTRAINT person_works_for_one_side CHECK ((num_nonnulls(facility_id, company_id) = 1)),
    CONSTRAINT roles_are_known CHECK ((roles <@ ARRAY['procurement-officer'::text, 'supervisor'::text, 'storekeeper'::text, 'pharmacist'::text, 'dispenser'::text, 'prescriber'::text, 'formulary-keeper'::text, 'supplier'::text, 'auditor'::text]))
);

ALTER TABLE identity.person ALTER COLUMN person_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME identity.person_person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE insurance_uploads.article_sale (
    consortium_id bigint NOT NULL,
    article_id bigint NOT NULL,
    sale text NOT NULL,
    noted_by_id bigint NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    CONSTRAINT sale_is_known CHECK ((sale = ANY (ARRAY['over-the-counter'::text, 'prescription'::text, 'both'::text])))
);

CREATE TABLE insurance_uploads.batch_fact (
    consortium_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    made_on date NOT NULL,
    pack_price bigint,
    person_id bigint NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    CONSTRAINT batch_price_is_positive CHECK ((pack_price > 0))
);

CREATE TABLE insurance_uploads.feed (
    consortium_id bigint NOT NULL,
    settled_through bigint NOT NULL,
    mark bigint,
    mark_transaction text,
    fed_at timestamp with time zone NOT NULL,
    CONSTRAINT mark_has_its_transaction CHECK (((mark IS NULL) = (mark_transaction IS NULL))),
    CONSTRAINT mark_lies_ahead CHECK ((mark >= settled_through)),
    CONSTRAINT mark_transaction_is_a_number CHECK ((mark_transaction ~ '^[0-9]+$'::text))
);

CREATE TABLE insurance_uploads.institution (
    consortium_id bigint NOT NULL,
    facility_id bigint NOT NULL,
    platform text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    begins_after bigint NOT NULL,
    is_active boolean NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    person_id bigint NOT NULL,
    CONSTRAINT institution_has_its_texts CHECK (((code <> ''::text) AND (name <> ''::text)))
);

CREATE TABLE insurance_uploads.pharmacist_licence (
    consortium_id bigint NOT NULL,
    person_id bigint NOT NULL,
    number text NOT NULL,
    noted_by_id bigint NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    CONSTRAINT licence_has_a_number CHECK ((number <> ''::text))
);

CREATE TABLE insurance_uploads.record (
    consortium_id bigint NOT NULL,
    record_id bigint NOT NULL,
    facility_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    kind text NOT NULL,
    change text,
    movement_id bigint,
    counted_on date,
    units bigint NOT NULL,
    quantity bigint NOT NULL,
    receipt_id uuid,
    dispensing_id uuid,
    dispensing_line integer,
    return_id uuid,
    original_id bigint,
    happened_at timestamp with time zone NOT NULL,
    announced_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    platform_record text,
    CONSTRAINT change_is_known CHECK ((change = ANY (ARRAY['transfer-in'::text, 'transfer-out'::text, 'gain'::text, 'loss'::text, 'destruction'::text, 'other-in'::text, 'other-out'::text, 'purchase-in'::text, 'return-out'::text]))),
    CONSTRAINT count_has_a_day_and_the_others_a_movement CHECK ((((kind = 'count'::text) = (counted_on IS NOT NULL)) AND ((kind = 'count'::text) = (movement_id IS NULL)))),
    CONSTRAINT only_a_change_says_which CHECK (((kind = 'change'::text) = (change IS NOT NULL))),
    CONSTRAINT only_what_is_accepted_has_a_number CHECK (((platform_record IS NULL) OR (accepted_at IS NOT NULL))),
    CONSTRAINT purchase_has_a_receipt CHECK (((kind = 'purchase'::text) = (receipt_id IS NOT NULL))),
    CONSTRAINT record_kind_is_known CHECK ((kind = ANY (ARRAY['count'::text, 'change'::text, 'purchase'::text, 'purchase-return'::text, 'sale'::text, 'sale-return'::text]))),
    CONSTRAINT returns_go_back_on_something CHECK (((kind = ANY (ARRAY['sale-return'::text, 'purchase-return'::text])) = (original_id IS NOT NULL))),
    CONSTRAINT sale_and_its_return_have_a_dispensing CHECK (((kind = ANY (ARRAY['sale'::text, 'sale-return'::text])) = ((dispensing_id IS NOT NULL) AND (dispensing_line IS NOT NULL)))),
    CONSTRAINT sale_return_has_a_return_and_a_sale CHECK (((kind = 'sale-return'::text) = (return_id IS NOT NULL))),
    CONSTRAINT something_is_told CHECK (((quantity >= 0) AND ((kind = 'count'::text) OR (quantity > 0)) AND ((kind = 'count'::text) OR (units <> 0))))
);

ALTER TABLE insurance_uploads.record ALTER COLUMN record_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME insurance_uploads.record_record_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE insurance_uploads.serial (
    consortium_id bigint NOT NULL,
    facility_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    units bigint NOT NULL,
    told bigint NOT NULL
)
WITH (fillfactor='80');

CREATE TABLE insurance_uploads.taken (
    consortium_id bigint NOT NULL,
    movement_id bigint NOT NULL
);

CREATE TABLE long_prescriptions.collection (
    consortium_id bigint NOT NULL,
    plan_id uuid NOT NULL,
    instalment_number integer NOT NULL,
    dispensing_id uuid NOT NULL,
    proxy_number integer,
    counselling text NOT NULL,
    collected_at timestamp with time zone NOT NULL,
    CONSTRAINT collection_is_counselled CHECK ((counselling <> ''::text))
);

CREATE TABLE long_prescriptions.facility_ability (
    consortium_id bigint NOT NULL,
    facility_id bigint NOT NULL,
    may_begin boolean NOT NULL,
    declared_by_id bigint NOT NULL,
    declared_at timestamp with time zone NOT NULL
);

CREATE TABLE long_prescriptions.instalment (
    consortium_id bigint NOT NULL,
    plan_id uuid NOT NULL,
    instalment_number integer NOT NULL,
    due_on date NOT NULL,
    days integer NOT NULL,
    state text NOT NULL,
    missed_on date,
    collected_on date,
    store_id bigint,
    CONSTRAINT collected_instalment_has_its_day_and_store CHECK ((((state = 'collected'::text) = (collected_on IS NOT NULL)) AND ((collected_on IS NULL) = (store_id IS NULL)))),
    CONSTRAINT instalment_lasts CHECK ((days > 0)),
    CONSTRAINT instalment_state_is_known CHECK ((state = ANY (ARRAY['open'::text, 'missed'::text, 'collected'::text, 'lapsed'::text]))),
    CONSTRAINT missed_instalment_has_its_day CHECK (((state <> 'missed'::text) OR (missed_on IS NOT NULL)))
)
WITH (fillfactor='80');

CREATE TABLE long_prescriptions.instalment_line (
    consortium_id bigint NOT NULL,
    plan_id uuid NOT NULL,
    instalment_number integer NOT NULL,
    line_number integer NOT NULL,
    product_id bigint NOT NULL,
    quantity bigint NOT NULL,
    CONSTRAINT instalment_quantity_is_positive CHECK ((quantity > 0))
);

CREATE TABLE long_prescriptions.plan (
    consortium_id bigint NOT NULL,
    plan_id uuid NOT NULL,
    prescription_id uuid NOT NULL,
    version integer NOT NULL,
    patient_id uuid NOT NULL,
    store_id bigint NOT NULL,
    state text NOT NULL,
    is_first boolean NOT NULL,
    diagnosis_code text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    early_days integer NOT NULL,
    grace_days integer NOT NULL,
    follow_up_days integer NOT NULL,
    assessed_on date NOT NULL,
    assessment text NOT NULL,
    follow_up_plan text NOT NULL,
    consent_by text NOT NULL,
    consent_manner text NOT NULL,
    consented_on date NOT NULL,
    supply_through date,
    started_by_id bigint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    CONSTRAINT consent_is_by_patient_or_proxy CHECK ((consent_by = ANY (ARRAY['patient'::text, 'proxy'::text]))),
    CONSTRAINT consent_manner_is_known CHECK ((consent_manner = ANY (ARRAY['signature'::text, 'electronic'::text, 'witnessed'::text]))),
    CONSTRAINT plan_ends_after_it_starts CHECK ((ends_on >= starts_on)),
    CONSTRAINT plan_has_an_assessment CHECK (((assessment <> ''::text) AND (follow_up_plan <> ''::text))),
    CONSTRAINT plan_lasts_no_longer_than_its_prescription CHECK (((ends_on - starts_on) < 366)),
    CONSTRAINT plan_state_is_known CHECK ((state = ANY (ARRAY['active'::text, 'alerted'::text, 'suspended'::text, 'stopped'::text, 'completed'::text, 'expired'::text, 'superseded'::text])))
)
WITH (fillfactor='80');

CREATE TABLE long_prescriptions.plan_event (
    consortium_id bigint NOT NULL,
    plan_id uuid NOT NULL,
    event_number integer NOT NULL,
    kind text NOT NULL,
    reason text,
    words text NOT NULL,
    person_id bigint,
    occurred_on date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT alert_suspension_and_stop_have_a_reason CHECK (((kind <> ALL (ARRAY['raise-alert'::text, 'suspend'::text, 'stop'::text])) OR (reason IS NOT NULL))),
    CONSTRAINT event_kind_is_known CHECK ((kind = ANY (ARRAY['start'::text, 'choose-pharmacy'::text, 'name-proxy'::text, 'collect'::text, 'miss'::text, 'follow-up'::text, 'raise-alert'::text, 'suspend'::text, 'resume'::text, 'stop'::text, 'complete'::text, 'expire'::text, 'supersede'::text]))),
    CONSTRAINT event_reason_is_known CHECK ((reason = ANY (ARRAY['poor-control'::text, 'adverse-reaction'::text, 'complication'::text, 'non-adherence'::text, 'admission'::text, 'other'::text])))
);

CREATE TABLE long_prescriptions.proxy (
    consortium_id bigint NOT NULL,
    plan_id uuid NOT NULL,
    proxy_number integer NOT NULL,
    name text NOT NULL,
    relation text NOT NULL,
    resident_digest bytea NOT NULL,
    resident_masked text NOT NULL,
    named_by_id bigint NOT NULL,
    named_at timestamp with time zone NOT NULL,
    CONSTRAINT proxy_digest_has_32_bytes CHECK ((octet_length(resident_digest) = 32)),
    CONSTRAINT proxy_has_a_name_and_a_relation CHECK (((name <> ''::text) AND (relation <> ''::text))),
    CONSTRAINT proxy_number_is_masked CHECK ((resident_masked ~ '^[0-9]{3}\*{14}[0-9X]$'::text))
);

CREATE TABLE long_prescriptions.qualification (
    consortium_id bigint NOT NULL,
    person_id bigint NOT NULL,
    title text NOT NULL,
    specialties text[] NOT NULL,
    declared_by_id bigint NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    CONSTRAINT specialties_are_known CHECK ((specialties <@ ARRAY['internal-medicine'::text, 'general-practice'::text, 'cardiology'::text, 'respiratory'::text, 'endocrinology'::text, 'neurology'::text, 'psychiatry'::text, 'gastroenterology'::text, 'nephrology'::text, 'rheumatology'::text, 'haematology'::text, 'urology'::text, 'ophthalmology'::text, 'dermatology'::text, 'oncology'::text, 'infectious-diseases'::text, 'geriatrics'::text])),
    CONSTRAINT title_is_known CHECK ((title = ANY (ARRAY['resident'::text, 'attending'::text, 'associate-chief'::text, 'chief'::text])))
);

CREATE TABLE long_prescriptions.reservation (
    consortium_id bigint NOT NULL,
    reservation_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    instalment_number integer NOT NULL,
    store_id bigint NOT NULL,
    is_open boolean NOT NULL,
    reserved_at timestamp with time zone NOT NULL
)
WITH (fillfactor='80');

CREATE TABLE long_prescriptions.reservation_line (
    consortium_id bigint NOT NULL,
    reservation_id uuid NOT NULL,
    line_number integer NOT NULL,
    batch_id bigint NOT NULL,
    article_id bigint NOT NULL,
    product_id bigint NOT NULL,
    batch_number text NOT NULL,
    expires_on date NOT NULL,
    quantity bigint NOT NULL,
    CONSTRAINT reserved_quantity_is_positive CHECK ((quantity > 0))
);

CREATE TABLE long_prescriptions.shortfall (
    consortium_id bigint NOT NULL,
    plan_id uuid NOT NULL,
    instalment_number integer NOT NULL,
    product_id bigint NOT NULL,
    store_id bigint NOT NULL,
    missing bigint NOT NULL,
    found_on date NOT NULL,
    CONSTRAINT something_is_missing CHECK ((missing > 0))
);

CREATE TABLE medication_rules.allergen (
    edition_id bigint NOT NULL,
    code text NOT NULL,
    chinese text NOT NULL,
    english text NOT NULL,
    names text[] NOT NULL,
    members text[] NOT NULL,
    cross_reacting text[] NOT NULL,
    source text NOT NULL
);

CREATE TABLE medication_rules.consortium_limit (
    consortium_id bigint NOT NULL,
    limit_id bigint NOT NULL,
    key text NOT NULL,
    value integer NOT NULL,
    valid_from date NOT NULL,
    valid_through date,
    reason text NOT NULL,
    set_by_id bigint NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT own_limit_ends_after_it_begins CHECK ((valid_through >= valid_from)),
    CONSTRAINT own_limit_has_a_reason CHECK ((reason <> ''::text)),
    CONSTRAINT own_limit_is_not_negative CHECK ((value >= 0))
);

ALTER TABLE medication_rules.consortium_limit ALTER COLUMN limit_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME medication_rules.consortium_limit_limit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE medication_rules.dose_limit (
    edition_id bigint NOT NULL,
    code text NOT NULL,
    substance text NOT NULL,
    route text NOT NULL,
    age_from text,
    age_under text,
    single_least text,
    single_most text,
    day_most text,
    kilogram_single_most text,
    kilogram_day_most text,
    hours_apart integer,
    source text NOT NULL,
    CONSTRAINT hours_apart_are_positive CHECK ((hours_apart > 0))
);

CREATE TABLE medication_rules.duplicate_exception (
    edition_id bigint NOT NULL,
    kind text NOT NULL,
    member text NOT NULL,
    chinese text NOT NULL,
    english text NOT NULL,
    source text NOT NULL,
    CONSTRAINT exception_kind_is_known CHECK ((kind = ANY (ARRAY['class'::text, 'substance'::text])))
);

CREATE TABLE medication_rules.edition (
    edition_id bigint NOT NULL,
    version text NOT NULL,
    sha256 text NOT NULL,
    imported_at timestamp with time zone NOT NULL,
    CONSTRAINT sha256_is_lower_case_hex CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

ALTER TABLE medication_rules.edition ALTER COLUMN edition_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME medication_rules.edition_edition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE medication_rules.institution_limit (
    edition_id bigint NOT NULL,
    code text NOT NULL,
    names text[] NOT NULL,
    members text[] NOT NULL,
    lowest_level text NOT NULL,
    severity text NOT NULL,
    reason_chinese text NOT NULL,
    reason_english text NOT NULL,
    source text NOT NULL,
    CONSTRAINT institution_limit_severity_is_known CHECK ((severity = ANY (ARRAY['note'::text, 'warning'::text, 'override'::text, 'block'::text]))),
    CONSTRAINT lowest_level_is_known CHECK ((lowest_level = ANY (ARRAY['city'::text, 'county'::text, 'township'::text, 'village'::text])))
);

CREATE TABLE medication_rules.interaction (
    edition_id bigint NOT NULL,
    code text NOT NULL,
    first_code text NOT NULL,
    first_route text,
    second_code text NOT NULL,
    second_route text,
    severity text NOT NULL,
    effect_chinese text NOT NULL,
    effect_english text NOT NULL,
    advice_chinese text NOT NULL,
    advice_english text NOT NULL,
    source text NOT NULL,
    CONSTRAINT interaction_severity_is_known CHECK ((severity = ANY (ARRAY['contraindicated'::text, 'severe'::text, 'moderate'::text])))
);

CREATE TABLE medication_rules.limit_value (
    key text NOT NULL,
    scope text NOT NULL,
    region text NOT NULL,
    value integer NOT NULL,
    valid_from date NOT NULL,
    valid_through date,
    source text NOT NULL,
    CONSTRAINT limit_ends_after_it_begins CHECK ((valid_through >= valid_from)),
    CONSTRAINT limit_is_not_negative CHECK ((value >= 0)),
    CONSTRAINT limit_scope_fits_its_region CHECK (
CASE scope
    WHEN 'national'::text THEN (region = '000000'::text)
    WHEN 'province'::text THEN (region ~ '^[1-9][0-9]0000$'::text)
    WHEN 'city'::text THEN ((region ~ '^[1-9][0-9]{3}00$'::text) AND (region !~ '0000$'::text))
    ELSE false
END)
);

CREATE TABLE medication_rules.long_diagnosis (
    edition_id bigint NOT NULL,
    icd_prefix text NOT NULL,
    chinese text NOT NULL,
    english text NOT NULL,
    source text NOT NULL
);

CREATE TABLE medication_rules.long_exclusion (
    edition_id bigint NOT NULL,
    drug_class text NOT NULL,
    chinese text NOT NULL,
    english text NOT NULL,
    lifted_by text[] NOT NULL,
    source text NOT NULL
);

CREATE TABLE medication_rules.person_limit (
    edition_id bigint NOT NULL,
    code text NOT NULL,
    names text[] NOT NULL,
    members text[] NOT NULL,
    under_age text,
    from_age text,
    not_for text,
    severity text NOT NULL,
    reason_chinese text NOT NULL,
    reason_english text NOT NULL,
    source text NOT NULL,
    CONSTRAINT person_limit_has_one_condition CHECK ((num_nonnulls(under_age, from_age, not_for) = 1)),
    CONSTRAINT person_limit_severity_is_known CHECK ((severity = ANY (ARRAY['note'::text, 'warning'::text, 'override'::text, 'block'::text])))
);

CREATE TABLE medication_rules.practice_region (
    consortium_id bigint NOT NULL,
    region text NOT NULL,
    declared_by_id bigint NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    CONSTRAINT region_has_six_digits CHECK ((region ~ '^[1-9][0-9]{5}$'::text))
);

CREATE TABLE medication_rules.substance (
    edition_id bigint NOT NULL,
    code text NOT NULL,
    chinese text NOT NULL,
    english text NOT NULL,
    is_piece boolean NOT NULL,
    names text[] NOT NULL,
    excluding text[] NOT NULL,
    groups text[] NOT NULL,
    CONSTRAINT substance_has_a_name CHECK ((names <> '{}'::text[]))
);

CREATE TABLE medication_rules.substance_group (
    edition_id bigint NOT NULL,
    code text NOT NULL,
    chinese text NOT NULL,
    english text NOT NULL
);

CREATE TABLE migration.applied (
    version integer NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE outbox.document (
    consortium_id bigint NOT NULL,
    destination text NOT NULL,
    document_key text NOT NULL,
    open integer NOT NULL,
    due_at timestamp with time zone,
    claim_number bigint DEFAULT 0 NOT NULL,
    halted_at timestamp with time zone,
    CONSTRAINT destination_has_a_name CHECK ((destination <> ''::text)),
    CONSTRAINT document_has_a_key CHECK ((document_key <> ''::text)),
    CONSTRAINT document_is_due_while_messages_are_open CHECK (((due_at IS NOT NULL) = ((open > 0) AND (halted_at IS NULL)))),
    CONSTRAINT only_open_messages_halt_a_document CHECK (((halted_at IS NULL) OR (open > 0))),
    CONSTRAINT open_messages_are_counted CHECK ((open >= 0))
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.01');

CREATE TABLE outbox.message (
    consortium_id bigint NOT NULL,
    message_id bigint NOT NULL,
    destination text NOT NULL,
    document_key text NOT NULL,
    kind text NOT NULL,
    business_key text NOT NULL,
    content jsonb NOT NULL,
    written_at timestamp with time zone NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    tries_before integer DEFAULT 0 NOT NULL,
    asks integer DEFAULT 0 NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT message_has_a_business_key CHECK ((business_key <> ''::text)),
    CONSTRAINT message_has_a_kind CHECK ((kind <> ''::text)),
    CONSTRAINT message_state_is_known CHECK ((state = ANY (ARRAY['pending'::text, 'sending'::text, 'unknown'::text, 'accepted'::text, 'refused'::text, 'dead'::text, 'discarded'::text]))),
    CONSTRAINT message_that_failed_says_why CHECK (((state <> ALL (ARRAY['refused'::text, 'dead'::text, 'discarded'::text])) OR (reason <> ''::text))),
    CONSTRAINT only_what_was_never_sent_is_untried CHECK (((state = 'pending'::text) OR (tries > 0))),
    CONSTRAINT tries_are_counted CHECK ((((tries_before >= 0) AND (tries_before <= tries)) AND (asks >= 0)))
);

ALTER TABLE outbox.message ALTER COLUMN message_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME outbox.message_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE parties.company (
    company_id bigint NOT NULL,
    name text NOT NULL,
    credit_code text,
    is_manufacturer boolean DEFAULT false NOT NULL,
    is_supplier boolean DEFAULT false NOT NULL,
    CONSTRAINT credit_code_has_18_characters CHECK ((credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'::text))
);

ALTER TABLE parties.company ALTER COLUMN company_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME parties.company_company_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE parties.consortium (
    consortium_id bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    shape text NOT NULL,
    CONSTRAINT consortium_shape_is_known CHECK ((shape = ANY (ARRAY['county-community'::text, 'urban-group'::text, 'whole-branch-group'::text, 'specialty-alliance'::text, 'remote-network'::text])))
);

ALTER TABLE parties.consortium ALTER COLUMN consortium_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME parties.consortium_consortium_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE parties.facility (
    consortium_id bigint NOT NULL,
    facility_id bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    level text NOT NULL,
    role text NOT NULL,
    serves_as text NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    latitude integer,
    longitude integer,
    CONSTRAINT facility_level_is_known CHECK ((level = ANY (ARRAY['city'::text, 'county'::text, 'township'::text, 'village'::text]))),
    CONSTRAINT facility_role_is_known CHECK ((role = ANY (ARRAY['lead'::text, 'member'::text]))),
    CONSTRAINT latitude_is_on_earth CHECK (((latitude >= '-90000000'::integer) AND (latitude <= 90000000))),
    CONSTRAINT longitude_is_on_earth CHECK (((longitude >= '-180000000'::integer) AND (longitude <= 180000000))),
    CONSTRAINT place_has_both_coordinates CHECK (((latitude IS NULL) = (longitude IS NULL)))
);

CREATE TABLE parties.facility_distance (
    consortium_id bigint NOT NULL,
    facility_id bigint NOT NULL,
    other_facility_id bigint NOT NULL,
    metres bigint NOT NULL,
    CONSTRAINT distance_is_on_earth CHECK (((metres >= 0) AND (metres <= 20037508))),
    CONSTRAINT distance_is_told_once_for_both_ways CHECK ((facility_id < other_facility_id))
);

ALTER TABLE parties.facility ALTER COLUMN facility_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME parties.facility_facility_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE parties.licence (
    company_id bigint NOT NULL,
    kind text NOT NULL,
    number text NOT NULL,
    valid_from date NOT NULL,
    valid_through date NOT NULL,
    CONSTRAINT licence_ends_after_it_begins CHECK ((valid_through >= valid_from)),
    CONSTRAINT licence_kind_is_known CHECK ((kind = ANY (ARRAY['drug-production'::text, 'drug-distribution'::text, 'device-production'::text, 'device-distribution'::text])))
);

CREATE TABLE parties.store (
    consortium_id bigint NOT NULL,
    store_id bigint NOT NULL,
    facility_id bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    CONSTRAINT store_kind_is_known CHECK ((kind = ANY (ARRAY['central'::text, 'pharmacy'::text, 'clinic'::text])))
);

ALTER TABLE parties.store ALTER COLUMN store_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME parties.store_store_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE platform_exchange.account (
    consortium_id bigint NOT NULL,
    platform text NOT NULL,
    institution text NOT NULL,
    address text NOT NULL,
    authority text DEFAULT ''::text NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    secrets text NOT NULL,
    kinds text[] NOT NULL,
    is_active boolean NOT NULL,
    person_id bigint NOT NULL,
    CONSTRAINT account_has_its_texts CHECK (((platform <> ''::text) AND (institution <> ''::text) AND (address <> ''::text) AND (secrets <> ''::text)))
);

CREATE TABLE platform_exchange.answer (
    consortium_id bigint NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    request_id uuid NOT NULL,
    received_at timestamp with time zone NOT NULL,
    status integer,
    outcome text NOT NULL,
    detail text DEFAULT ''::text NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    microseconds bigint NOT NULL
)
PARTITION BY RANGE (sent_at);

CREATE TABLE platform_exchange.answer_other (
    consortium_id bigint NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    request_id uuid NOT NULL,
    received_at timestamp with time zone NOT NULL,
    status integer,
    outcome text NOT NULL,
    detail text DEFAULT ''::text NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    microseconds bigint NOT NULL
);

CREATE TABLE platform_exchange.article_code (
    consortium_id bigint NOT NULL,
    platform text NOT NULL,
    article_id bigint NOT NULL,
    code text NOT NULL,
    purchase_kind text DEFAULT ''::text NOT NULL,
    CONSTRAINT article_code_says_something CHECK ((code <> ''::text))
);

CREATE TABLE platform_exchange.company_code (
    consortium_id bigint NOT NULL,
    platform text NOT NULL,
    company_id bigint NOT NULL,
    code text NOT NULL,
    CONSTRAINT company_code_says_something CHECK ((code <> ''::text))
);

CREATE TABLE platform_exchange.delivery_line (
    consortium_id bigint NOT NULL,
    platform text NOT NULL,
    delivery_line text NOT NULL,
    order_id uuid NOT NULL,
    line_number integer NOT NULL,
    article_id bigint NOT NULL,
    note text NOT NULL,
    note_barcode text NOT NULL,
    supplier text NOT NULL,
    product text NOT NULL,
    platform_line text NOT NULL,
    platform_note text NOT NULL,
    batch text NOT NULL,
    expires_on date NOT NULL,
    packs bigint NOT NULL,
    pulled_at timestamp with time zone NOT NULL,
    shipment_id uuid,
    shipment_line integer,
    CONSTRAINT announced_delivery_names_its_line CHECK (((shipment_id IS NULL) = (shipment_line IS NULL))),
    CONSTRAINT delivery_brings_packs CHECK ((packs > 0))
);

CREATE TABLE platform_exchange.difference (
    consortium_id bigint NOT NULL,
    difference_id bigint NOT NULL,
    platform text NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    ours text NOT NULL,
    theirs text NOT NULL,
    found_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    settled_by_id bigint,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT difference_kind_is_known CHECK ((kind = ANY (ARRAY['missing-there'::text, 'missing-here'::text, 'quantity'::text, 'price'::text, 'state'::text]))),
    CONSTRAINT settled_difference_says_why CHECK (((settled_at IS NULL) = (reason = ''::text)))
);

ALTER TABLE platform_exchange.difference ALTER COLUMN difference_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME platform_exchange.difference_difference_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE platform_exchange.feed (
    consortium_id bigint NOT NULL,
    platform text NOT NULL,
    question text NOT NULL,
    next_at timestamp with time zone NOT NULL,
    through timestamp with time zone,
    trouble text DEFAULT ''::text NOT NULL
);

CREATE TABLE platform_exchange.gate (
    consortium_id bigint NOT NULL,
    platform text NOT NULL,
    next_call_at timestamp with time zone NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    closed_until timestamp with time zone,
    held_until timestamp with time zone,
    CONSTRAINT failures_are_counted CHECK ((failures >= 0))
)
WITH (fillfactor='50');

CREATE TABLE platform_exchange.invoice (
    consortium_id bigint NOT NULL,
    invoice_id bigint NOT NULL,
    platform text NOT NULL,
    supplier text NOT NULL,
    code text DEFAULT ''::text NOT NULL,
    number text NOT NULL,
    platform_invoice text DEFAULT ''::text NOT NULL,
    origin text NOT NULL,
    dated_on date,
    total bigint,
    is_volume_purchase boolean DEFAULT false NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    pulled_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    decided_at timestamp with time zone,
    decided_by_id bigint,
    reason text DEFAULT ''::text NOT NULL,
    paid_at timestamp with time zone,
    paid_by_id bigint,
    accepted_there_at timestamp with time zone,
    paid_there_at timestamp with time zone,
    CONSTRAINT a_person_decides_with_a_reason CHECK (((decided_by_id IS NULL) = (reason = ''::text))),
    CONSTRAINT decided_invoice_has_its_time CHECK (((state = 'waiting'::text) = (decided_at IS NULL))),
    CONSTRAINT invoice_has_a_number CHECK (((number <> ''::text) AND (supplier <> ''::text))),
    CONSTRAINT invoice_origin_is_known CHECK ((origin = ANY (ARRAY['invoices'::text, 'deliveries'::text]))),
    CONSTRAINT invoice_state_is_known CHECK ((state = ANY (ARRAY['waiting'::text, 'accepted'::text, 'rejected'::text]))),
    CONSTRAINT only_a_person_rejects CHECK (((state <> 'rejected'::text) OR (decided_by_id IS NOT NULL))),
    CONSTRAINT only_accepted_invoices_are_paid CHECK (((paid_at IS NULL) OR (state = 'accepted'::text))),
    CONSTRAINT payment_has_a_payer CHECK (((paid_at IS NULL) = (paid_by_id IS NULL))),
    CONSTRAINT the_platform_knows_what_was_decided CHECK ((((accepted_there_at IS NULL) OR (state = 'accepted'::text)) AND ((paid_there_at IS NULL) OR (paid_at IS NOT NULL))))
);

ALTER TABLE platform_exchange.invoice ALTER COLUMN invoice_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME platform_exchange.invoice_invoice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE platform_exchange.invoice_line (
    consortium_id bigint NOT NULL,
    invoice_id bigint NOT NULL,
    invoice_line text NOT NULL,
    reference text NOT NULL,
    product text NOT NULL,
    batch text NOT NULL,
    packs bigint NOT NULL,
    pack_price bigint NOT NULL,
    amount bigint NOT NULL,
    tax bigint,
    tax_rate bigint,
    is_credit boolean NOT NULL,
    pulled_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    order_id uuid,
    line_number integer,
    return_id uuid,
    CONSTRAINT a_credit_takes_back CHECK (((is_credit AND (packs <= 0) AND (amount <= 0)) OR ((NOT is_credit) AND (packs >= 0) AND (amount >= 0)))),
    CONSTRAINT invoice_line_has_a_number CHECK ((invoice_line <> ''::text)),
    CONSTRAINT invoice_line_names_a_whole_line CHECK (((order_id IS NULL) = (line_number IS NULL))),
    CONSTRAINT price_is_not_below_none CHECK ((pack_price >= 0))
);

CREATE SEQUENCE platform_exchange.message_serial
    AS integer
    START WITH 0
    INCREMENT BY 1
    MINVALUE 0
    MAXVALUE 9999
    CACHE 1
    CYCLE;

CREATE TABLE platform_exchange.placed_line (
    consortium_id bigint NOT NULL,
    platform text NOT NULL,
    order_id uuid NOT NULL,
    line_number integer NOT NULL,
    article_id bigint NOT NULL,
    packs bigint NOT NULL,
    pack_price bigint NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    platform_line text,
    complaint_code text DEFAULT ''::text NOT NULL,
    complaint text DEFAULT ''::text NOT NULL,
    draft_line text,
    CONSTRAINT placed_line_orders_something CHECK (((packs > 0) AND (pack_price > 0))),
    CONSTRAINT placed_line_state_is_known CHECK ((state = ANY (ARRAY['pending'::text, 'accepted'::text, 'refused'::text, 'void'::text]))),
    CONSTRAINT refused_line_says_why CHECK (((state <> 'refused'::text) OR (complaint <> ''::text)))
);

CREATE TABLE platform_exchange.placed_order (
    consortium_id bigint NOT NULL,
    platform text NOT NULL,
    order_id uuid NOT NULL,
    number text NOT NULL,
    state text DEFAULT 'announced'::text NOT NULL,
    platform_order text,
    announced_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT placed_order_state_is_known CHECK ((state = ANY (ARRAY['announced'::text, 'created'::text, 'sent'::text, 'void'::text]))),
    CONSTRAINT what_the_platform_has_it_numbers CHECK (((state = ANY (ARRAY['announced'::text, 'void'::text])) OR (platform_order IS NOT NULL)))
);

CREATE TABLE platform_exchange.placed_return (
    consortium_id bigint NOT NULL,
    platform text NOT NULL,
    number text NOT NULL,
    return_id uuid NOT NULL,
    delivery_line text NOT NULL,
    packs bigint NOT NULL,
    state text DEFAULT 'announced'::text NOT NULL,
    platform_return text,
    there text DEFAULT ''::text NOT NULL,
    announced_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT answer_to_a_return_is_known CHECK ((there = ANY (ARRAY[''::text, 'draft'::text, 'waiting'::text, 'agreed'::text, 'refused'::text, 'void'::text]))),
    CONSTRAINT placed_return_state_is_known CHECK ((state = ANY (ARRAY['announced'::text, 'applied'::text, 'confirmed'::text]))),
    CONSTRAINT placed_return_takes_packs CHECK ((packs > 0))
);

CREATE TABLE platform_exchange.request (
    consortium_id bigint NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    request_id uuid NOT NULL,
    platform text NOT NULL,
    operation text NOT NULL,
    message_id bigint,
    document_key text DEFAULT ''::text NOT NULL,
    body text NOT NULL
)
PARTITION BY RANGE (sent_at);

CREATE TABLE platform_exchange.request_other (
    consortium_id bigint NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    request_id uuid NOT NULL,
    platform text NOT NULL,
    operation text NOT NULL,
    message_id bigint,
    document_key text DEFAULT ''::text NOT NULL,
    body text NOT NULL
);

CREATE TABLE platform_exchange.settlement (
    consortium_id bigint NOT NULL,
    settlement_id uuid NOT NULL,
    number text NOT NULL,
    platform text NOT NULL,
    supplier text NOT NULL,
    supplier_name text NOT NULL,
    amount bigint NOT NULL,
    state text DEFAULT 'announced'::text NOT NULL,
    platform_settlement text,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT settlement_state_is_known CHECK ((state = ANY (ARRAY['announced'::text, 'created'::text, 'filled'::text, 'submitted'::text, 'passed'::text]))),
    CONSTRAINT what_the_platform_settles_it_numbers CHECK (((state = 'announced'::text) OR (platform_settlement IS NOT NULL)))
);

CREATE TABLE platform_exchange.settlement_line (
    consortium_id bigint NOT NULL,
    settlement_id uuid NOT NULL,
    line_number integer NOT NULL,
    platform text NOT NULL,
    invoice_id bigint NOT NULL,
    delivery_line text NOT NULL
);

CREATE SEQUENCE platform_exchange.settlement_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE platform_exchange.store_code (
    consortium_id bigint NOT NULL,
    platform text NOT NULL,
    store_id bigint NOT NULL,
    code text NOT NULL,
    CONSTRAINT store_code_says_something CHECK ((code <> ''::text))
);

CREATE TABLE pooled_procurement.order_change (
    consortium_id bigint NOT NULL,
    order_id uuid NOT NULL,
    version bigint NOT NULL,
    line_number integer NOT NULL,
    packs_before bigint NOT NULL,
    packs_after bigint NOT NULL,
    price_before bigint NOT NULL,
    price_after bigint NOT NULL,
    reason text NOT NULL,
    agreed_with text DEFAULT ''::text NOT NULL,
    changed_by_id bigint NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT change_changes_something CHECK (((packs_before <> packs_after) OR (price_before <> price_after))),
    CONSTRAINT change_has_a_reason CHECK ((reason <> ''::text))
);

CREATE TABLE pooled_procurement.order_line_share (
    consortium_id bigint NOT NULL,
    order_id uuid NOT NULL,
    line_number integer NOT NULL,
    requisition_id uuid NOT NULL,
    requisition_line_number integer NOT NULL,
    quantity bigint NOT NULL,
    CONSTRAINT order_line_serves_something CHECK ((quantity > 0))
);

CREATE SEQUENCE pooled_procurement.order_serial
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE pooled_procurement.pool (
    consortium_id bigint NOT NULL,
    pool_id uuid NOT NULL,
    serial bigint NOT NULL,
    number text NOT NULL,
    cycle_id uuid,
    state text NOT NULL,
    pooled_at timestamp with time zone NOT NULL,
    pooled_by_id bigint NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT closing_a_pool_has_a_reason CHECK (((state = 'closed'::text) = (reason <> ''::text))),
    CONSTRAINT pool_state_is_known CHECK ((state = ANY (ARRAY['open'::text, 'tendered'::text, 'ordered'::text, 'closed'::text])))
);

CREATE TABLE pooled_procurement.pool_line (
    consortium_id bigint NOT NULL,
    pool_id uuid NOT NULL,
    product_id bigint NOT NULL,
    quantity bigint NOT NULL,
    CONSTRAINT pool_line_asks_for_something CHECK ((quantity > 0))
);

CREATE TABLE pooled_procurement.pool_package (
    consortium_id bigint NOT NULL,
    tender_id uuid NOT NULL,
    package_number integer NOT NULL,
    pool_id uuid NOT NULL,
    product_id bigint NOT NULL,
    ordered_at timestamp with time zone
);

CREATE SEQUENCE pooled_procurement.pool_serial
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE pooled_procurement.pool_share (
    consortium_id bigint NOT NULL,
    requisition_id uuid NOT NULL,
    requisition_line_number integer NOT NULL,
    pool_id uuid NOT NULL,
    product_id bigint NOT NULL,
    facility_id bigint NOT NULL,
    store_id bigint NOT NULL,
    quantity bigint NOT NULL,
    CONSTRAINT share_asks_for_something CHECK ((quantity > 0))
);

CREATE TABLE pooled_procurement.purchase_order (
    consortium_id bigint NOT NULL,
    order_id uuid NOT NULL,
    serial bigint NOT NULL,
    number text NOT NULL,
    company_id bigint NOT NULL,
    facility_id bigint NOT NULL,
    store_id bigint NOT NULL,
    pool_id uuid,
    tender_id uuid,
    state text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    expected_on date,
    created_at timestamp with time zone NOT NULL,
    created_by_id bigint NOT NULL,
    approved_at timestamp with time zone,
    sent_at timestamp with time zone,
    confirmed_at timestamp with time zone,
    ended_at timestamp with time zone,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT cancelled_order_has_a_reason CHECK (((state <> 'cancelled'::text) OR (reason <> ''::text))),
    CONSTRAINT ended_order_has_its_time CHECK (((state = ANY (ARRAY['closed'::text, 'cancelled'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT nothing_is_sent_without_approval CHECK (((sent_at IS NULL) OR (approved_at IS NOT NULL))),
    CONSTRAINT order_state_is_known CHECK ((state = ANY (ARRAY['draft'::text, 'approved'::text, 'sent'::text, 'confirmed'::text, 'partly-received'::text, 'received'::text, 'closed'::text, 'cancelled'::text]))),
    CONSTRAINT order_without_award_has_a_reason CHECK (((tender_id IS NOT NULL) OR (reason <> ''::text))),
    CONSTRAINT sent_order_has_its_time CHECK (((sent_at IS NOT NULL) OR (state <> ALL (ARRAY['sent'::text, 'confirmed'::text, 'partly-received'::text, 'received'::text, 'closed'::text])))),
    CONSTRAINT version_is_positive CHECK ((version > 0))
)
WITH (fillfactor='80');

CREATE TABLE pooled_procurement.purchase_order_line (
    consortium_id bigint NOT NULL,
    order_id uuid NOT NULL,
    line_number integer NOT NULL,
    product_id bigint NOT NULL,
    article_id bigint NOT NULL,
    pack_size bigint NOT NULL,
    pack_price bigint NOT NULL,
    packs_ordered bigint NOT NULL,
    packs_confirmed bigint,
    packs_received bigint DEFAULT 0 NOT NULL,
    packs_cancelled bigint DEFAULT 0 NOT NULL,
    route text NOT NULL,
    external_code text,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT cancelled_packs_are_not_negative CHECK ((packs_cancelled >= 0)),
    CONSTRAINT cancelled_packs_have_a_reason CHECK (((packs_cancelled = 0) OR (reason <> ''::text))),
    CONSTRAINT line_amount_is_bounded CHECK ((((pack_price)::numeric * (packs_ordered)::numeric) <= ('1000000000000000'::bigint)::numeric)),
    CONSTRAINT line_number_counts_from_one CHECK ((line_number > 0)),
    CONSTRAINT line_orders_something CHECK ((packs_ordered > 0)),
    CONSTRAINT line_quantity_is_bounded CHECK ((((pack_size)::numeric * (packs_ordered)::numeric) <= ('2000000000000'::bigint)::numeric)),
    CONSTRAINT no_more_is_confirmed_than_ordered CHECK (((packs_confirmed >= 0) AND (packs_confirmed <= packs_ordered))),
    CONSTRAINT no_more_is_received_than_ordered CHECK (((packs_received + packs_cancelled) <= packs_ordered)),
    CONSTRAINT pack_has_a_price CHECK ((pack_price > 0)),
    CONSTRAINT pack_holds_something CHECK ((pack_size > 0)),
    CONSTRAINT received_packs_are_not_negative CHECK ((packs_received >= 0)),
    CONSTRAINT route_is_known CHECK ((route = ANY (ARRAY['awarded'::text, 'selected'::text, 'listed'::text, 'direct-listing'::text, 'record'::text, 'emergency'::text, 'offline'::text])))
)
WITH (fillfactor='80');

CREATE TABLE prescription_flow.delivery (
    consortium_id bigint NOT NULL,
    delivery_id uuid NOT NULL,
    number text NOT NULL,
    dispensing_id uuid NOT NULL,
    store_id bigint NOT NULL,
    place text NOT NULL,
    address text NOT NULL,
    keeps_cold boolean NOT NULL,
    state text NOT NULL,
    planned_by_id bigint NOT NULL,
    planned_at timestamp with time zone NOT NULL,
    carrier_id bigint,
    out_at timestamp with time zone,
    ended_at timestamp with time zone,
    reason text DEFAULT ''::text NOT NULL,
    recipient text,
    recipient_name text,
    recipient_digest bytea,
    recipient_masked text,
    CONSTRAINT delivered_goods_have_a_recipient CHECK ((((state = 'delivered'::text) = (recipient IS NOT NULL)) AND ((recipient IS NULL) = (recipient_name IS NULL)) AND (recipient_name <> ''::text))),
    CONSTRAINT delivery_has_an_address CHECK ((address <> ''::text)),
    CONSTRAINT delivery_place_is_known CHECK ((place = ANY (ARRAY['home'::text, 'village-clinic'::text]))),
    CONSTRAINT delivery_state_is_known CHECK ((state = ANY (ARRAY['planned'::text, 'out'::text, 'failed'::text, 'delivered'::text, 'returned'::text, 'cancelled'::text]))),
    CONSTRAINT delivery_that_came_to_nothing_says_why CHECK (((state <> ALL (ARRAY['failed'::text, 'returned'::text, 'cancelled'::text])) OR (reason <> ''::text))),
    CONSTRAINT delivery_under_way_has_its_carrier CHECK ((((carrier_id IS NULL) = (out_at IS NULL)) AND ((carrier_id IS NOT NULL) = (state <> ALL (ARRAY['planned'::text, 'cancelled'::text]))))),
    CONSTRAINT ended_delivery_has_its_time CHECK (((state = ANY (ARRAY['delivered'::text, 'returned'::text, 'cancelled'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT proxy_is_identified CHECK ((((NOT (recipient IS DISTINCT FROM 'proxy'::text)) = (recipient_digest IS NOT NULL)) AND ((recipient_digest IS NULL) = (recipient_masked IS NULL)))),
    CONSTRAINT recipient_digest_has_32_bytes CHECK ((octet_length(recipient_digest) = 32)),
    CONSTRAINT recipient_is_known CHECK ((recipient = ANY (ARRAY['patient'::text, 'proxy'::text]))),
    CONSTRAINT recipient_number_is_masked CHECK ((recipient_masked ~ '^[0-9]{3}\*{14}[0-9X]$'::text))
);

CREATE SEQUENCE prescription_flow.delivery_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE prescription_flow.patient_pharmacy (
    consortium_id bigint NOT NULL,
    patient_id uuid NOT NULL,
    store_id bigint NOT NULL,
    chosen_by_id bigint NOT NULL,
    chosen_at timestamp with time zone NOT NULL
);

CREATE TABLE prescription_flow.prescription_pharmacy (
    consortium_id bigint NOT NULL,
    prescription_id uuid NOT NULL,
    store_id bigint NOT NULL,
    chosen_by_id bigint NOT NULL,
    chosen_at timestamp with time zone NOT NULL
);

CREATE TABLE prescription_flow.prescription_shortage (
    consortium_id bigint NOT NULL,
    shortage_id uuid NOT NULL,
    prescription_id uuid NOT NULL,
    line_number integer NOT NULL,
    CONSTRAINT shortage_is_of_a_line CHECK ((line_number >= 1))
);

CREATE SEQUENCE prescription_flow.sharing_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE prescription_flow.sharing_request (
    consortium_id bigint NOT NULL,
    sharing_id uuid NOT NULL,
    number text NOT NULL,
    asking_store_id bigint NOT NULL,
    holding_store_id bigint NOT NULL,
    product_id bigint NOT NULL,
    quantity bigint NOT NULL,
    agreed_quantity bigint,
    prescription_id uuid,
    reason text NOT NULL,
    state text NOT NULL,
    asked_by_id bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answered_by_id bigint,
    answered_at timestamp with time zone,
    transfer_id uuid,
    shipped_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_why text DEFAULT ''::text NOT NULL,
    CONSTRAINT agreed_sharing_says_how_much CHECK (((agreed_quantity IS NOT NULL) OR (state <> ALL (ARRAY['agreed'::text, 'shipped'::text, 'received'::text])))),
    CONSTRAINT answered_sharing_has_its_time CHECK ((((answered_at IS NULL) = (answered_by_id IS NULL)) AND ((answered_at IS NOT NULL) OR (state <> ALL (ARRAY['agreed'::text, 'declined'::text, 'shipped'::text, 'received'::text]))))),
    CONSTRAINT ended_sharing_has_its_time CHECK (((state = ANY (ARRAY['received'::text, 'declined'::text, 'withdrawn'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT no_more_is_agreed_than_asked CHECK (((agreed_quantity >= 1) AND (agreed_quantity <= quantity))),
    CONSTRAINT shared_quantity_is_positive CHECK ((quantity > 0)),
    CONSTRAINT sharing_has_a_reason CHECK ((reason <> ''::text)),
    CONSTRAINT sharing_is_between_two_stores CHECK ((asking_store_id <> holding_store_id)),
    CONSTRAINT sharing_state_is_known CHECK ((state = ANY (ARRAY['requested'::text, 'agreed'::text, 'declined'::text, 'withdrawn'::text, 'shipped'::text, 'received'::text]))),
    CONSTRAINT sharing_that_came_to_nothing_says_why CHECK (((state <> ALL (ARRAY['declined'::text, 'withdrawn'::text])) OR (ended_why <> ''::text))),
    CONSTRAINT shipped_sharing_names_its_transfer CHECK ((((state = ANY (ARRAY['shipped'::text, 'received'::text])) = (transfer_id IS NOT NULL)) AND ((transfer_id IS NULL) = (shipped_at IS NULL))))
);

CREATE TABLE prescription_uploads.clinician (
    consortium_id bigint NOT NULL,
    person_id bigint NOT NULL,
    code text NOT NULL,
    title_code text DEFAULT ''::text NOT NULL,
    title text DEFAULT ''::text NOT NULL,
    certificate_kind text DEFAULT ''::text NOT NULL,
    certificate text DEFAULT ''::text NOT NULL,
    practice text DEFAULT ''::text NOT NULL,
    CONSTRAINT certificate_has_a_kind CHECK (((certificate_kind = ''::text) = (certificate = ''::text))),
    CONSTRAINT clinician_has_a_code CHECK ((code <> ''::text))
);

CREATE TABLE prescription_uploads.institution (
    consortium_id bigint NOT NULL,
    facility_id bigint NOT NULL,
    platform text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    division text NOT NULL,
    pharmacy_code text NOT NULL,
    pharmacy_name text NOT NULL,
    CONSTRAINT institution_has_its_texts CHECK (((code <> ''::text) AND (name <> ''::text) AND (division <> ''::text) AND (pharmacy_code <> ''::text) AND (pharmacy_name <> ''::text)))
);

CREATE TABLE prescription_uploads.upload (
    consortium_id bigint NOT NULL,
    prescription_id uuid NOT NULL,
    round integer NOT NULL,
    number text NOT NULL,
    platform text NOT NULL,
    state text NOT NULL,
    version integer,
    credential jsonb,
    offered_by_id bigint NOT NULL,
    offered_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    insurer_number text,
    trace_code text,
    original text,
    file text,
    sign_digest text,
    certificate text,
    revoked_by_id bigint,
    revocation text DEFAULT ''::text NOT NULL,
    revoked_at timestamp with time zone,
    revocations integer DEFAULT 0 NOT NULL,
    use text DEFAULT 'unused'::text NOT NULL,
    used_at text DEFAULT ''::text NOT NULL,
    items jsonb DEFAULT '[]'::jsonb NOT NULL,
    decision text DEFAULT 'none'::text NOT NULL,
    reviewer text DEFAULT ''::text NOT NULL,
    opinion text DEFAULT ''::text NOT NULL,
    reviewed_at text DEFAULT ''::text NOT NULL,
    ask_at timestamp with time zone,
    CONSTRAINT credential_is_kept_while_it_is_needed CHECK (((state = ANY (ARRAY['used'::text, 'expired'::text, 'revoked'::text, 'withdrawn'::text])) = (credential IS NULL))),
    CONSTRAINT decision_is_known CHECK ((decision = ANY (ARRAY['approved'::text, 'returned'::text, 'none'::text]))),
    CONSTRAINT only_what_is_there_is_asked_about CHECK (((ask_at IS NULL) OR (state = 'uploaded'::text))),
    CONSTRAINT revocation_says_who_and_why CHECK ((((revoked_by_id IS NULL) = (revocation = ''::text)) AND ((revoked_by_id IS NULL) = (revoked_at IS NULL)))),
    CONSTRAINT revocations_are_counted CHECK (((revocations >= 0) AND ((revoked_by_id IS NULL) = (revocations = 0)))),
    CONSTRAINT upload_state_is_known CHECK ((state = ANY (ARRAY['offered'::text, 'announced'::text, 'checked'::text, 'signed'::text, 'uploaded'::text, 'used'::text, 'expired'::text, 'revoked'::text, 'withdrawn'::text]))),
    CONSTRAINT use_is_known CHECK ((use = ANY (ARRAY['unused'::text, 'used'::text, 'partly'::text, 'unknown'::text]))),
    CONSTRAINT what_is_told_has_a_version CHECK (((state = ANY (ARRAY['offered'::text, 'withdrawn'::text])) OR (version IS NOT NULL))),
    CONSTRAINT what_was_checked_has_numbers CHECK (((state = ANY (ARRAY['offered'::text, 'announced'::text, 'withdrawn'::text])) OR ((insurer_number IS NOT NULL) AND (trace_code IS NOT NULL)))),
    CONSTRAINT what_was_signed_has_its_digest CHECK (((state <> ALL (ARRAY['signed'::text, 'uploaded'::text])) OR ((original IS NOT NULL) AND (file IS NOT NULL) AND (sign_digest IS NOT NULL))))
)
WITH (fillfactor='70');

CREATE TABLE prices.agreed_price (
    consortium_id bigint NOT NULL,
    price_id bigint NOT NULL,
    kind text NOT NULL,
    company_id bigint NOT NULL,
    article_id bigint NOT NULL,
    tender_id uuid,
    package_number integer,
    pack_price bigint NOT NULL,
    pack_size bigint NOT NULL,
    valid_from date NOT NULL,
    valid_through date,
    source text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by_id bigint NOT NULL,
    superseded_at timestamp with time zone,
    superseded_reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT agreed_kind_is_known CHECK ((kind = ANY (ARRAY['awarded'::text, 'contract'::text]))),
    CONSTRAINT awarded_price_names_its_award CHECK ((((kind = 'awarded'::text) = (tender_id IS NOT NULL)) AND ((tender_id IS NULL) = (package_number IS NULL)))),
    CONSTRAINT pack_holds_something CHECK ((pack_size > 0)),
    CONSTRAINT price_holds_on_some_day CHECK ((valid_through >= valid_from)),
    CONSTRAINT price_is_above_zero CHECK ((pack_price > 0)),
    CONSTRAINT price_names_its_source CHECK ((source <> ''::text)),
    CONSTRAINT superseded_price_says_why CHECK (((superseded_at IS NULL) = (superseded_reason = ''::text)))
);

ALTER TABLE prices.agreed_price ALTER COLUMN price_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME prices.agreed_price_price_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE prices.consortium_platform (
    consortium_id bigint NOT NULL,
    platform text NOT NULL,
    chosen_at timestamp with time zone NOT NULL,
    chosen_by_id bigint NOT NULL
);

CREATE TABLE prices.platform (
    platform text NOT NULL,
    name text NOT NULL,
    CONSTRAINT platform_is_a_province CHECK ((platform ~ '^[1-6][0-9]0000$'::text))
);

CREATE TABLE prices.published_price (
    price_id bigint NOT NULL,
    platform text NOT NULL,
    kind text NOT NULL,
    article_id bigint NOT NULL,
    pack_price bigint NOT NULL,
    pack_size bigint NOT NULL,
    valid_from date NOT NULL,
    valid_through date,
    source text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by_id bigint,
    superseded_at timestamp with time zone,
    superseded_reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT pack_holds_something CHECK ((pack_size > 0)),
    CONSTRAINT price_holds_on_some_day CHECK ((valid_through >= valid_from)),
    CONSTRAINT price_is_above_zero CHECK ((pack_price > 0)),
    CONSTRAINT price_names_its_source CHECK ((source <> ''::text)),
    CONSTRAINT published_kind_is_known CHECK ((kind = ANY (ARRAY['listed'::text, 'ceiling'::text]))),
    CONSTRAINT superseded_price_says_why CHECK (((superseded_at IS NULL) = (superseded_reason = ''::text)))
);

ALTER TABLE prices.published_price ALTER COLUMN price_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME prices.published_price_price_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE refill_warnings.reckoning (
    consortium_id bigint NOT NULL,
    store_id bigint NOT NULL,
    reckoned_at timestamp with time zone NOT NULL
)
WITH (fillfactor='80');

CREATE TABLE refill_warnings.warning (
    consortium_id bigint NOT NULL,
    warning_id bigint NOT NULL,
    plan_id uuid NOT NULL,
    instalment_number integer NOT NULL,
    product_id bigint NOT NULL,
    store_id bigint NOT NULL,
    quantity bigint NOT NULL,
    missing bigint NOT NULL,
    due_on date NOT NULL,
    runs_out_on date NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    resolved_at timestamp with time zone,
    resolution text,
    CONSTRAINT part_or_all_of_the_instalment_is_missing CHECK (((missing >= 1) AND (missing <= quantity))),
    CONSTRAINT resolution_is_known CHECK ((resolution = ANY (ARRAY['met'::text, 'collected'::text, 'missed'::text, 'postponed'::text, 'moved'::text, 'interrupted'::text, 'ended'::text]))),
    CONSTRAINT resolved_warning_says_how CHECK (((resolved_at IS NULL) = (resolution IS NULL))),
    CONSTRAINT warning_is_resolved_after_it_was_raised CHECK ((resolved_at >= raised_at))
)
WITH (fillfactor='80');

ALTER TABLE refill_warnings.warning ALTER COLUMN warning_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME refill_warnings.warning_warning_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE requisitions.cycle (
    consortium_id bigint NOT NULL,
    cycle_id uuid NOT NULL,
    number text NOT NULL,
    name text NOT NULL,
    opens_on date NOT NULL,
    closes_on date NOT NULL,
    state text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    CONSTRAINT closed_cycle_has_its_time CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL))),
    CONSTRAINT cycle_ends_after_it_begins CHECK ((closes_on >= opens_on)),
    CONSTRAINT cycle_has_a_name CHECK ((name <> ''::text)),
    CONSTRAINT cycle_state_is_known CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
);

CREATE SEQUENCE requisitions.cycle_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE requisitions.requisition (
    consortium_id bigint NOT NULL,
    requisition_id uuid NOT NULL,
    number text NOT NULL,
    facility_id bigint NOT NULL,
    store_id bigint NOT NULL,
    cycle_id uuid,
    kind text NOT NULL,
    strategy jsonb NOT NULL,
    state text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    opened_by_id bigint NOT NULL,
    submitted_at timestamp with time zone,
    decided_at timestamp with time zone,
    decided_by_id bigint,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT decided_requisition_has_its_time CHECK (((num_nonnulls(decided_at, decided_by_id) = 2) OR (state = ANY (ARRAY['draft'::text, 'submitted'::text, 'cancelled'::text])))),
    CONSTRAINT only_a_regular_requisition_has_a_cycle CHECK (((kind = 'regular'::text) = (cycle_id IS NOT NULL))),
    CONSTRAINT requisition_kind_is_known CHECK ((kind = ANY (ARRAY['regular'::text, 'emergency'::text]))),
    CONSTRAINT requisition_state_is_known CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'returned'::text, 'approved'::text, 'pooled'::text, 'cancelled'::text]))),
    CONSTRAINT strategy_is_known CHECK (((strategy ->> 'kind'::text) = ANY (ARRAY['average-monthly-consumption'::text, 'reorder-point'::text]))),
    CONSTRAINT submitted_requisition_has_its_time CHECK (((submitted_at IS NOT NULL) OR (state = ANY (ARRAY['draft'::text, 'cancelled'::text])))),
    CONSTRAINT version_is_positive CHECK ((version > 0))
);

CREATE TABLE requisitions.requisition_line (
    consortium_id bigint NOT NULL,
    requisition_id uuid NOT NULL,
    line_number integer NOT NULL,
    product_id bigint NOT NULL,
    pack_size bigint NOT NULL,
    on_hand bigint NOT NULL,
    in_transit bigint NOT NULL,
    on_order bigint NOT NULL,
    expected_refills bigint NOT NULL,
    consumed bigint NOT NULL,
    period_days integer NOT NULL,
    stock_out_days integer NOT NULL,
    suggested bigint NOT NULL,
    requested bigint NOT NULL,
    approved bigint,
    explanation_zh text NOT NULL,
    explanation_en text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    approval_reason text DEFAULT ''::text NOT NULL,
    expected_renewals bigint DEFAULT 0 NOT NULL,
    refills_consumed bigint DEFAULT 0 NOT NULL,
    CONSTRAINT approved_quantity_is_not_negative CHECK ((approved >= 0)),
    CONSTRAINT approved_quantity_is_whole_packs CHECK (((approved % pack_size) = 0)),
    CONSTRAINT changed_approval_has_a_reason CHECK (((approved = requested) OR (approval_reason <> ''::text))),
    CONSTRAINT expected_renewals_are_not_negative CHECK ((expected_renewals >= 0)),
    CONSTRAINT figures_are_not_negative CHECK (((on_hand >= 0) AND (in_transit >= 0) AND (on_order >= 0) AND (expected_refills >= 0) AND (stock_out_days >= 0))),
    CONSTRAINT line_number_is_positive CHECK ((line_number > 0)),
    CONSTRAINT pack_holds_something CHECK ((pack_size > 0)),
    CONSTRAINT requested_quantity_is_not_negative CHECK ((requested >= 0)),
    CONSTRAINT requested_quantity_is_whole_packs CHECK (((requested % pack_size) = 0)),
    CONSTRAINT stock_out_days_are_days_of_the_period CHECK ((stock_out_days <= period_days)),
    CONSTRAINT suggested_quantity_is_not_negative CHECK ((suggested >= 0)),
    CONSTRAINT suggested_quantity_is_whole_packs CHECK (((suggested % pack_size) = 0))
)
WITH (fillfactor='80');

CREATE SEQUENCE requisitions.requisition_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE SEQUENCE requisitions.shortage_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE requisitions.shortage_report (
    consortium_id bigint NOT NULL,
    shortage_id uuid NOT NULL,
    number text NOT NULL,
    facility_id bigint NOT NULL,
    product_id bigint,
    described_name text,
    quantity bigint NOT NULL,
    state text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    purchasing_at timestamp with time zone,
    delivered_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT delivered_shortage_has_its_times CHECK (((num_nonnulls(purchasing_at, delivered_at) = 2) OR (state <> ALL (ARRAY['delivered'::text, 'collected'::text, 'no-show'::text])))),
    CONSTRAINT described_name_says_something CHECK ((described_name <> ''::text)),
    CONSTRAINT ended_shortage_has_its_time CHECK (((state = ANY (ARRAY['collected'::text, 'no-show'::text, 'cancelled'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT purchasing_shortage_has_its_time CHECK (((purchasing_at IS NOT NULL) OR (state = ANY (ARRAY['registered'::text, 'cancelled'::text])))),
    CONSTRAINT shortage_is_of_one_thing CHECK ((num_nonnulls(product_id, described_name) = 1)),
    CONSTRAINT shortage_quantity_is_positive CHECK ((quantity > 0)),
    CONSTRAINT shortage_state_is_known CHECK ((state = ANY (ARRAY['registered'::text, 'purchasing'::text, 'delivered'::text, 'collected'::text, 'no-show'::text, 'cancelled'::text]))),
    CONSTRAINT side_exit_has_a_reason CHECK (((reason <> ''::text) OR (state <> ALL (ARRAY['no-show'::text, 'cancelled'::text]))))
);

CREATE TABLE stock_ledger.balance (
    consortium_id bigint NOT NULL,
    store_id bigint NOT NULL,
    product_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    state text NOT NULL,
    expires_on date NOT NULL,
    quantity bigint NOT NULL,
    CONSTRAINT on_hand_is_not_negative CHECK ((quantity >= 0))
)
WITH (fillfactor='80');

CREATE TABLE stock_ledger.batch (
    consortium_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    article_id bigint NOT NULL,
    product_id bigint NOT NULL,
    batch_number text NOT NULL,
    expires_on date NOT NULL
);

ALTER TABLE stock_ledger.batch ALTER COLUMN batch_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME stock_ledger.batch_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE stock_ledger.batch_hold (
    consortium_id bigint NOT NULL,
    hold_id uuid NOT NULL,
    batch_id bigint NOT NULL,
    reason text NOT NULL,
    held_by_id bigint NOT NULL,
    held_at timestamp with time zone NOT NULL,
    held_after_id bigint NOT NULL,
    lifting_reason text,
    lifted_by_id bigint,
    lifted_at timestamp with time zone,
    lifted_after_id bigint,
    CONSTRAINT hold_has_a_reason CHECK ((reason <> ''::text)),
    CONSTRAINT lifting_has_a_reason CHECK ((lifting_reason <> ''::text)),
    CONSTRAINT lifting_says_who_when_and_why CHECK ((num_nonnulls(lifting_reason, lifted_by_id, lifted_at, lifted_after_id) = ANY (ARRAY[0, 4])))
);

CREATE TABLE stock_ledger.closing (
    consortium_id bigint NOT NULL,
    store_id bigint NOT NULL,
    closed_through date NOT NULL,
    closed_at timestamp with time zone NOT NULL,
    person_id bigint NOT NULL,
    CONSTRAINT only_days_that_are_over_are_closed CHECK ((closed_through < ((closed_at AT TIME ZONE 'Asia/Shanghai'::text))::date))
);

CREATE TABLE stock_ledger.entry (
    consortium_id bigint NOT NULL,
    movement_id bigint NOT NULL,
    line integer NOT NULL,
    occurred_on date NOT NULL,
    store_id bigint,
    state text NOT NULL,
    batch_id bigint NOT NULL,
    product_id bigint NOT NULL,
    quantity bigint NOT NULL,
    CONSTRAINT entry_moves_something CHECK ((quantity <> 0)),
    CONSTRAINT place_is_inside_or_outside CHECK ((((store_id IS NOT NULL) AND (state = ANY (ARRAY['available'::text, 'reserved'::text, 'quarantined'::text, 'in-transit'::text]))) OR ((store_id IS NULL) AND (state = ANY (ARRAY['supplier'::text, 'patient'::text, 'ward'::text, 'loss'::text, 'adjustment'::text, 'opening'::text])))))
)
PARTITION BY RANGE (occurred_on);

CREATE TABLE stock_ledger.entry_other (
    consortium_id bigint NOT NULL,
    movement_id bigint NOT NULL,
    line integer NOT NULL,
    occurred_on date NOT NULL,
    store_id bigint,
    state text NOT NULL,
    batch_id bigint NOT NULL,
    product_id bigint NOT NULL,
    quantity bigint NOT NULL,
    CONSTRAINT entry_moves_something CHECK ((quantity <> 0)),
    CONSTRAINT place_is_inside_or_outside CHECK ((((store_id IS NOT NULL) AND (state = ANY (ARRAY['available'::text, 'reserved'::text, 'quarantined'::text, 'in-transit'::text]))) OR ((store_id IS NULL) AND (state = ANY (ARRAY['supplier'::text, 'patient'::text, 'ward'::text, 'loss'::text, 'adjustment'::text, 'opening'::text])))))
);

CREATE TABLE stock_ledger."freeze" (
    consortium_id bigint NOT NULL,
    store_id bigint NOT NULL,
    product_id bigint,
    document text NOT NULL,
    frozen_at timestamp with time zone NOT NULL,
    CONSTRAINT freeze_names_its_document CHECK ((document <> ''::text))
);

CREATE TABLE stock_ledger.movement (
    consortium_id bigint NOT NULL,
    movement_id bigint NOT NULL,
    kind text NOT NULL,
    occurred_on date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint NOT NULL,
    request_id uuid NOT NULL,
    part integer DEFAULT 1 NOT NULL,
    document text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    reverses_id bigint,
    CONSTRAINT adjustment_has_a_reason CHECK (((kind <> ALL (ARRAY['adjustment'::text, 'destruction'::text, 'quarantine'::text, 'reversal'::text])) OR (reason <> ''::text))),
    CONSTRAINT back_dated_movement_has_a_reason CHECK (((occurred_on >= ((recorded_at AT TIME ZONE 'Asia/Shanghai'::text))::date) OR (reason <> ''::text))),
    CONSTRAINT movement_is_not_in_the_future CHECK ((occurred_on <= ((recorded_at AT TIME ZONE 'Asia/Shanghai'::text))::date)),
    CONSTRAINT movement_kind_is_known CHECK ((kind = ANY (ARRAY['opening'::text, 'receipt'::text, 'issue'::text, 'patient-return'::text, 'supplier-return'::text, 'transfer-out'::text, 'transfer-in'::text, 'quarantine'::text, 'release'::text, 'adjustment'::text, 'destruction'::text, 'reversal'::text, 'reservation'::text, 'reservation-release'::text]))),
    CONSTRAINT only_a_reversal_reverses CHECK (((kind = 'reversal'::text) = (reverses_id IS NOT NULL)))
);

ALTER TABLE stock_ledger.movement ALTER COLUMN movement_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME stock_ledger.movement_movement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE stock_ledger.product_day (
    consortium_id bigint NOT NULL,
    store_id bigint NOT NULL,
    product_id bigint NOT NULL,
    occurred_on date NOT NULL,
    consumed bigint NOT NULL,
    available bigint NOT NULL,
    expired bigint DEFAULT 0 NOT NULL,
    gained bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='80');

CREATE TABLE stock_ledger.shelf (
    consortium_id bigint NOT NULL,
    store_id bigint NOT NULL,
    product_id bigint NOT NULL,
    last_on date NOT NULL
)
WITH (fillfactor='80');

CREATE TABLE stock_ledger.transfer (
    consortium_id bigint NOT NULL,
    transfer_id uuid NOT NULL,
    number text NOT NULL,
    from_store_id bigint NOT NULL,
    to_store_id bigint NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    shipped_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone,
    shipped_by_id bigint NOT NULL,
    CONSTRAINT received_transfer_has_its_time CHECK (((state = 'received'::text) = (received_at IS NOT NULL))),
    CONSTRAINT transfer_goes_elsewhere CHECK ((from_store_id <> to_store_id)),
    CONSTRAINT transfer_state_is_known CHECK ((state = ANY (ARRAY['in-transit'::text, 'received'::text])))
);

CREATE SEQUENCE stock_ledger.transfer_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE stocktakes.line (
    consortium_id bigint NOT NULL,
    stocktake_id uuid NOT NULL,
    line_number integer NOT NULL,
    product_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    state text NOT NULL,
    is_found boolean NOT NULL,
    listed bigint NOT NULL,
    pack_size bigint NOT NULL,
    reference_price bigint,
    round integer NOT NULL,
    reason text,
    note text DEFAULT ''::text NOT NULL,
    CONSTRAINT counted_state_is_on_the_shelf CHECK ((state = ANY (ARRAY['available'::text, 'quarantined'::text]))),
    CONSTRAINT difference_reason_is_known CHECK ((reason = ANY (ARRAY['earlier-count-error'::text, 'record-error'::text, 'unit-error'::text, 'wrong-batch'::text, 'breakage'::text, 'expiry-removed'::text, 'natural-loss'::text, 'lost'::text, 'stolen'::text, 'found'::text, 'unexplained'::text, 'other'::text]))),
    CONSTRAINT line_number_is_positive CHECK ((line_number > 0)),
    CONSTRAINT line_round_is_positive CHECK ((round > 0)),
    CONSTRAINT listed_quantity_is_not_negative CHECK ((listed >= 0)),
    CONSTRAINT pack_holds_something CHECK ((pack_size > 0)),
    CONSTRAINT unexplained_difference_has_a_note CHECK (((reason <> ALL (ARRAY['unexplained'::text, 'other'::text])) OR (note <> ''::text)))
)
WITH (fillfactor='80');

CREATE TABLE stocktakes.scope_product (
    consortium_id bigint NOT NULL,
    stocktake_id uuid NOT NULL,
    product_id bigint NOT NULL
);

CREATE TABLE stocktakes.stocktake (
    consortium_id bigint NOT NULL,
    stocktake_id uuid NOT NULL,
    number text NOT NULL,
    store_id bigint NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    scope text NOT NULL,
    scope_parameter bigint,
    manner text NOT NULL,
    is_blind boolean NOT NULL,
    recount_value bigint NOT NULL,
    recount_per_mille bigint NOT NULL,
    state text NOT NULL,
    round integer DEFAULT 1 NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    opened_by_id bigint NOT NULL,
    submitted_at timestamp with time zone,
    submitted_by_id bigint,
    decided_at timestamp with time zone,
    decided_by_id bigint,
    movement_id bigint,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT approver_is_another_than_who_submitted CHECK (((state <> 'posted'::text) OR (decided_by_id <> submitted_by_id))),
    CONSTRAINT decided_stocktake_has_its_time CHECK (((num_nonnulls(decided_at, decided_by_id) = 2) OR ((num_nonnulls(decided_at, decided_by_id) = 0) AND (state <> 'posted'::text)))),
    CONSTRAINT manner_is_known CHECK ((manner = ANY (ARRAY['frozen'::text, 'moving'::text]))),
    CONSTRAINT only_a_posted_stocktake_has_a_movement CHECK (((movement_id IS NULL) OR (state = 'posted'::text))),
    CONSTRAINT recount_rule_is_possible CHECK (((recount_value > 0) AND (recount_per_mille > 0))),
    CONSTRAINT recounted_or_cancelled_stocktake_has_a_reason CHECK (((reason <> ''::text) OR (state <> ALL (ARRAY['recounting'::text, 'cancelled'::text])))),
    CONSTRAINT rounds_are_counted_from_one CHECK (((round > 0) AND ((round > 1) OR (state <> 'recounting'::text)))),
    CONSTRAINT scope_has_its_parameter CHECK (((scope = ANY (ARRAY['expiring'::text, 'high-value'::text])) = (scope_parameter IS NOT NULL))),
    CONSTRAINT scope_is_known CHECK ((scope = ANY (ARRAY['whole-store'::text, 'products'::text, 'expiring'::text, 'high-value'::text, 'moved-since-count'::text]))),
    CONSTRAINT stocktake_state_is_known CHECK ((state = ANY (ARRAY['counting'::text, 'counted'::text, 'recounting'::text, 'awaiting-approval'::text, 'posted'::text, 'cancelled'::text]))),
    CONSTRAINT submitted_stocktake_has_its_time CHECK (((num_nonnulls(submitted_at, submitted_by_id) = 2) OR ((num_nonnulls(submitted_at, submitted_by_id) = 0) AND (state <> ALL (ARRAY['awaiting-approval'::text, 'posted'::text]))))),
    CONSTRAINT version_is_positive CHECK ((version > 0))
);

CREATE SEQUENCE stocktakes.stocktake_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE stocktakes.tally (
    consortium_id bigint NOT NULL,
    stocktake_id uuid NOT NULL,
    line_number integer NOT NULL,
    round integer NOT NULL,
    attempt integer NOT NULL,
    counted bigint NOT NULL,
    book bigint NOT NULL,
    is_not_found boolean NOT NULL,
    person_id bigint NOT NULL,
    counted_at timestamp with time zone NOT NULL,
    CONSTRAINT book_quantity_is_not_negative CHECK ((book >= 0)),
    CONSTRAINT counted_quantity_is_not_negative CHECK ((counted >= 0)),
    CONSTRAINT nothing_counted_is_marked_as_not_found CHECK (((counted = 0) = is_not_found)),
    CONSTRAINT round_and_attempt_are_positive CHECK (((round > 0) AND (attempt > 0)))
);

CREATE TABLE tendering.award (
    consortium_id bigint NOT NULL,
    tender_id uuid NOT NULL,
    package_number integer NOT NULL,
    award_number integer NOT NULL,
    bid_id uuid NOT NULL,
    company_id bigint NOT NULL,
    article_id bigint NOT NULL,
    quantity bigint NOT NULL,
    pack_price bigint NOT NULL,
    pack_size bigint NOT NULL,
    is_deviation boolean NOT NULL,
    reason_chinese text NOT NULL,
    reason_english text NOT NULL,
    CONSTRAINT award_grants_something CHECK ((quantity > 0)),
    CONSTRAINT award_has_a_reason CHECK (((reason_chinese <> ''::text) AND (reason_english <> ''::text)))
);

CREATE TABLE tendering.bid (
    consortium_id bigint NOT NULL,
    bid_id uuid NOT NULL,
    tender_id uuid NOT NULL,
    package_number integer NOT NULL,
    company_id bigint NOT NULL,
    article_id bigint NOT NULL,
    product_id bigint NOT NULL,
    pack_price bigint NOT NULL,
    pack_size bigint NOT NULL,
    offered_quantity bigint NOT NULL,
    submitted_at timestamp with time zone NOT NULL,
    state text NOT NULL,
    reason_chinese text DEFAULT ''::text NOT NULL,
    reason_english text DEFAULT ''::text NOT NULL,
    CONSTRAINT bid_has_a_price CHECK ((pack_price > 0)),
    CONSTRAINT bid_offers_something CHECK (((offered_quantity > 0) AND (pack_size > 0))),
    CONSTRAINT bid_state_is_known CHECK ((state = ANY (ARRAY['sealed'::text, 'valid'::text, 'rejected'::text, 'withdrawn'::text]))),
    CONSTRAINT bid_that_is_out_says_why CHECK (((state = ANY (ARRAY['sealed'::text, 'valid'::text])) OR ((reason_chinese <> ''::text) AND (reason_english <> ''::text))))
);

CREATE TABLE tendering.invitation (
    consortium_id bigint NOT NULL,
    tender_id uuid NOT NULL,
    company_id bigint NOT NULL,
    invited_at timestamp with time zone NOT NULL
);

CREATE TABLE tendering.package_alternative (
    consortium_id bigint NOT NULL,
    tender_id uuid NOT NULL,
    package_number integer NOT NULL,
    product_id bigint NOT NULL,
    ceiling_price bigint NOT NULL,
    ceiling_units bigint NOT NULL,
    CONSTRAINT ceiling_is_a_price CHECK (((ceiling_price > 0) AND ((ceiling_units >= 1) AND (ceiling_units <= 1000000))))
);

CREATE TABLE tendering.tender (
    consortium_id bigint NOT NULL,
    tender_id uuid NOT NULL,
    serial bigint NOT NULL,
    number text NOT NULL,
    title text NOT NULL,
    bids_close_at timestamp with time zone NOT NULL,
    opens_at timestamp with time zone NOT NULL,
    state text NOT NULL,
    drafted_by_id bigint NOT NULL,
    drafted_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    opened_at timestamp with time zone,
    awarded_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT awarded_tender_has_its_time CHECK (((state = 'awarded'::text) = (awarded_at IS NOT NULL))),
    CONSTRAINT bids_close_before_they_are_opened CHECK ((bids_close_at <= opens_at)),
    CONSTRAINT cancellation_has_a_reason CHECK (((state = 'cancelled'::text) = (reason <> ''::text))),
    CONSTRAINT nothing_is_opened_before_its_time CHECK ((opened_at >= opens_at)),
    CONSTRAINT opened_tender_has_its_time CHECK (((state <> ALL (ARRAY['opened'::text, 'awarded'::text])) OR (opened_at IS NOT NULL))),
    CONSTRAINT tender_has_a_title CHECK ((title <> ''::text)),
    CONSTRAINT tender_state_is_known CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'opened'::text, 'awarded'::text, 'cancelled'::text])))
);

CREATE TABLE tendering.tender_package (
    consortium_id bigint NOT NULL,
    tender_id uuid NOT NULL,
    package_number integer NOT NULL,
    product_id bigint NOT NULL,
    quantity bigint NOT NULL,
    ceiling_price bigint NOT NULL,
    ceiling_units bigint NOT NULL,
    winners_max integer,
    shares integer[] NOT NULL,
    CONSTRAINT ceiling_is_a_price CHECK (((ceiling_price > 0) AND ((ceiling_units >= 1) AND (ceiling_units <= 1000000)))),
    CONSTRAINT each_winner_has_a_share CHECK (((cardinality(shares) = 0) OR (winners_max = cardinality(shares)))),
    CONSTRAINT package_asks_for_something CHECK ((quantity > 0)),
    CONSTRAINT package_number_counts_from_one CHECK ((package_number > 0)),
    CONSTRAINT somebody_may_win CHECK ((winners_max > 0))
);

CREATE SEQUENCE tendering.tender_serial
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE ONLY audit.event ATTACH PARTITION audit.event_other DEFAULT;

ALTER TABLE ONLY platform_exchange.answer ATTACH PARTITION platform_exchange.answer_other DEFAULT;

ALTER TABLE ONLY platform_exchange.request ATTACH PARTITION platform_exchange.request_other DEFAULT;

ALTER TABLE ONLY stock_ledger.entry ATTACH PARTITION stock_ledger.entry_other DEFAULT;

ALTER TABLE ONLY audit.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (consortium_id, recorded_at, event_id);

ALTER TABLE ONLY audit.event_other
    ADD CONSTRAINT event_other_pkey PRIMARY KEY (consortium_id, recorded_at, event_id);

ALTER TABLE ONLY command.request
    ADD CONSTRAINT request_pkey PRIMARY KEY (consortium_id, request_id);

ALTER TABLE ONLY dispensing.allergy
    ADD CONSTRAINT allergy_id_is_unique PRIMARY KEY (consortium_id, allergy_id);

ALTER TABLE ONLY dispensing.dispensing_line
    ADD CONSTRAINT batch_serves_a_line_once UNIQUE (consortium_id, dispensing_id, prescription_line, batch_id);

ALTER TABLE ONLY dispensing.claim
    ADD CONSTRAINT claim_id_is_unique PRIMARY KEY (consortium_id, claim_id);

ALTER TABLE ONLY dispensing.claim
    ADD CONSTRAINT claim_is_passed_on_once UNIQUE (consortium_id, passed_on_by_id);

ALTER TABLE ONLY dispensing.claim_practice
    ADD CONSTRAINT consortium_has_one_claim_practice PRIMARY KEY (consortium_id);

ALTER TABLE ONLY dispensing.consortium_practice
    ADD CONSTRAINT consortium_practice_pkey PRIMARY KEY (consortium_id);

ALTER TABLE ONLY dispensing.family_doctor_contract
    ADD CONSTRAINT contract_id_is_unique PRIMARY KEY (consortium_id, contract_id);

ALTER TABLE ONLY dispensing.dispensed_code
    ADD CONSTRAINT dispensed_code_pkey PRIMARY KEY (consortium_id, dispensing_id, line_number, code);

ALTER TABLE ONLY dispensing.dispensing
    ADD CONSTRAINT dispensing_id_is_unique PRIMARY KEY (consortium_id, dispensing_id);

ALTER TABLE ONLY dispensing.dispensing_line
    ADD CONSTRAINT dispensing_line_pkey PRIMARY KEY (consortium_id, dispensing_id, line_number);

ALTER TABLE ONLY dispensing.dispensing
    ADD CONSTRAINT dispensing_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY dispensing.facility_practice
    ADD CONSTRAINT facility_practice_pkey PRIMARY KEY (consortium_id, facility_id);

ALTER TABLE ONLY dispensing.opened_pack
    ADD CONSTRAINT opened_pack_pkey PRIMARY KEY (consortium_id, pack_id);

ALTER TABLE ONLY dispensing.pack_use
    ADD CONSTRAINT pack_use_pkey PRIMARY KEY (consortium_id, dispensing_id, line_number, pack_id);

ALTER TABLE ONLY dispensing.dispensing
    ADD CONSTRAINT part_of_a_prescription_is_dispensed_once UNIQUE (consortium_id, prescription_id, part);

ALTER TABLE ONLY dispensing.patient
    ADD CONSTRAINT patient_id_is_unique PRIMARY KEY (consortium_id, patient_id);

ALTER TABLE ONLY dispensing.patient
    ADD CONSTRAINT patient_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY dispensing.patient_return_line
    ADD CONSTRAINT patient_return_line_pkey PRIMARY KEY (consortium_id, return_id, line_number);

ALTER TABLE ONLY dispensing.patient_weight
    ADD CONSTRAINT patient_weight_pkey PRIMARY KEY (consortium_id, patient_id, measured_on, recorded_at);

ALTER TABLE ONLY dispensing.review_queue
    ADD CONSTRAINT person_holds_one_prescription_in_a_slot UNIQUE (consortium_id, holder_id, hold_slot);

ALTER TABLE ONLY dispensing.trace_policy
    ADD CONSTRAINT policy_is_declared_once_for_a_day UNIQUE NULLS NOT DISTINCT (consortium_id, facility_id, valid_from);

ALTER TABLE ONLY dispensing.trace_prefix
    ADD CONSTRAINT prefix_and_article_are_a_key UNIQUE (consortium_id, prefix, article_id);

ALTER TABLE ONLY dispensing.trace_prefix
    ADD CONSTRAINT prefix_names_one_pack PRIMARY KEY (consortium_id, prefix);

ALTER TABLE ONLY dispensing.preparation
    ADD CONSTRAINT preparation_and_preparer_are_a_key UNIQUE (consortium_id, preparation_id, preparer_id);

ALTER TABLE ONLY dispensing.preparation
    ADD CONSTRAINT preparation_id_is_unique PRIMARY KEY (consortium_id, preparation_id);

ALTER TABLE ONLY dispensing.dispensing
    ADD CONSTRAINT preparation_is_handed_out_once UNIQUE (consortium_id, preparation_id);

ALTER TABLE ONLY dispensing.preparation_line
    ADD CONSTRAINT preparation_line_pkey PRIMARY KEY (consortium_id, preparation_id, line_number);

ALTER TABLE ONLY dispensing.preparation_scan
    ADD CONSTRAINT preparation_scan_pkey PRIMARY KEY (consortium_id, preparation_id, "position");

ALTER TABLE ONLY dispensing.prescription
    ADD CONSTRAINT prescription_id_is_unique PRIMARY KEY (consortium_id, prescription_id);

ALTER TABLE ONLY dispensing.prescription_line
    ADD CONSTRAINT prescription_line_pkey PRIMARY KEY (consortium_id, prescription_id, version, line_number);

ALTER TABLE ONLY dispensing.prescription
    ADD CONSTRAINT prescription_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY dispensing.prescription_version
    ADD CONSTRAINT prescription_version_pkey PRIMARY KEY (consortium_id, prescription_id, version);

ALTER TABLE ONLY dispensing.review_queue
    ADD CONSTRAINT prescription_waits_once PRIMARY KEY (consortium_id, prescription_id);

ALTER TABLE ONLY dispensing.prescription_line
    ADD CONSTRAINT product_stands_once_on_a_prescription UNIQUE (consortium_id, prescription_id, version, product_id);

ALTER TABLE ONLY dispensing.signing_key
    ADD CONSTRAINT public_key_is_registered_once UNIQUE (consortium_id, public_key);

ALTER TABLE ONLY dispensing.patient
    ADD CONSTRAINT resident_is_registered_once UNIQUE (consortium_id, resident_digest);

ALTER TABLE ONLY dispensing.patient_return
    ADD CONSTRAINT return_id_is_unique PRIMARY KEY (consortium_id, return_id);

ALTER TABLE ONLY dispensing.patient_return
    ADD CONSTRAINT return_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY dispensing.reviewer_qualification
    ADD CONSTRAINT reviewer_is_declared_once PRIMARY KEY (consortium_id, person_id);

ALTER TABLE ONLY dispensing.signing_key
    ADD CONSTRAINT signing_key_id_is_unique PRIMARY KEY (consortium_id, key_id);

ALTER TABLE ONLY dispensing.trace_code
    ADD CONSTRAINT trace_code_is_known_once PRIMARY KEY (consortium_id, code);

ALTER TABLE ONLY dispensing.trace_exemption
    ADD CONSTRAINT trace_exemption_pkey PRIMARY KEY (consortium_id, dispensing_id, line_number);

ALTER TABLE ONLY dispensing.opened_pack
    ADD CONSTRAINT traced_pack_is_opened_once UNIQUE (consortium_id, trace_code);

ALTER TABLE ONLY dispensing.prescription_check
    ADD CONSTRAINT version_is_checked_once_at_each_stage PRIMARY KEY (consortium_id, prescription_id, version, stage);

ALTER TABLE ONLY dispensing.review
    ADD CONSTRAINT version_is_reviewed_once PRIMARY KEY (consortium_id, prescription_id, version);

ALTER TABLE ONLY dispensing.prescription_signature
    ADD CONSTRAINT version_is_signed_once PRIMARY KEY (consortium_id, prescription_id, version);

ALTER TABLE ONLY distribution.shipment_line
    ADD CONSTRAINT batch_is_shipped_once_for_a_line UNIQUE (consortium_id, shipment_id, order_line, article_id, batch_number, expires_on);

ALTER TABLE ONLY distribution.goods_receipt_line
    ADD CONSTRAINT goods_receipt_line_pkey PRIMARY KEY (consortium_id, receipt_id, shipment_line);

ALTER TABLE ONLY distribution.order_delivery
    ADD CONSTRAINT order_delivery_pkey PRIMARY KEY (consortium_id, order_id);

ALTER TABLE ONLY distribution.goods_receipt
    ADD CONSTRAINT receipt_id_is_unique PRIMARY KEY (consortium_id, receipt_id);

ALTER TABLE ONLY distribution.goods_receipt
    ADD CONSTRAINT receipt_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY distribution.supplier_return
    ADD CONSTRAINT return_id_is_unique PRIMARY KEY (consortium_id, return_id);

ALTER TABLE ONLY distribution.supplier_return
    ADD CONSTRAINT return_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY distribution.shipment
    ADD CONSTRAINT shipment_id_is_unique PRIMARY KEY (consortium_id, shipment_id);

ALTER TABLE ONLY distribution.goods_receipt
    ADD CONSTRAINT shipment_is_received_once UNIQUE (consortium_id, shipment_id);

ALTER TABLE ONLY distribution.shipment_line
    ADD CONSTRAINT shipment_line_pkey PRIMARY KEY (consortium_id, shipment_id, line_number);

ALTER TABLE ONLY distribution.shipment
    ADD CONSTRAINT shipment_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY fhir.placer_identifier
    ADD CONSTRAINT placer_identifier_is_recorded_once PRIMARY KEY (consortium_id, scope, system, value);

ALTER TABLE ONLY formulary.article
    ADD CONSTRAINT article_insurance_code_is_unique UNIQUE (insurance_code);

ALTER TABLE ONLY formulary.article
    ADD CONSTRAINT article_is_one_pack_of_one_maker UNIQUE NULLS NOT DISTINCT (product_id, manufacturer_id, insurance_code, trade_name, pack_text);

ALTER TABLE ONLY formulary.article
    ADD CONSTRAINT article_pkey PRIMARY KEY (article_id);

ALTER TABLE ONLY formulary.dosage_form
    ADD CONSTRAINT dosage_form_pkey PRIMARY KEY (code);

ALTER TABLE ONLY formulary.edition_change
    ADD CONSTRAINT edition_change_pkey PRIMARY KEY (edition_id, article_id);

ALTER TABLE ONLY formulary.edition
    ADD CONSTRAINT edition_no_is_unique UNIQUE (edition_no);

ALTER TABLE ONLY formulary.edition
    ADD CONSTRAINT edition_number_is_unique UNIQUE (number);

ALTER TABLE ONLY formulary.edition
    ADD CONSTRAINT edition_pkey PRIMARY KEY (edition_id);

ALTER TABLE ONLY formulary.entry
    ADD CONSTRAINT entry_pkey PRIMARY KEY (consortium_id, version_id, product_id);

ALTER TABLE ONLY formulary.facility_type
    ADD CONSTRAINT facility_type_pkey PRIMARY KEY (code);

ALTER TABLE ONLY formulary.maker_search
    ADD CONSTRAINT maker_search_pkey PRIMARY KEY (company_id);

ALTER TABLE ONLY formulary.order_frequency
    ADD CONSTRAINT order_frequency_pkey PRIMARY KEY (code);

ALTER TABLE ONLY formulary.product
    ADD CONSTRAINT product_code_is_unique UNIQUE (code);

ALTER TABLE ONLY formulary.product
    ADD CONSTRAINT product_is_one_name_form_and_strength UNIQUE (generic_name, dosage_form, strength);

ALTER TABLE ONLY formulary.product
    ADD CONSTRAINT product_pkey PRIMARY KEY (product_id);

ALTER TABLE ONLY formulary.product_search
    ADD CONSTRAINT product_search_pkey PRIMARY KEY (product_id);

ALTER TABLE ONLY formulary.route
    ADD CONSTRAINT route_pkey PRIMARY KEY (code);

ALTER TABLE ONLY formulary.unit
    ADD CONSTRAINT unit_pkey PRIMARY KEY (code);

ALTER TABLE ONLY formulary.version
    ADD CONSTRAINT version_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY formulary.version
    ADD CONSTRAINT version_pkey PRIMARY KEY (consortium_id, version_id);

ALTER TABLE ONLY identity.person
    ADD CONSTRAINT person_code_is_unique UNIQUE (consortium_id, code);

ALTER TABLE ONLY identity.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (consortium_id, person_id);

ALTER TABLE ONLY insurance_uploads.article_sale
    ADD CONSTRAINT article_is_sold_one_way PRIMARY KEY (consortium_id, article_id);

ALTER TABLE ONLY insurance_uploads.batch_fact
    ADD CONSTRAINT batch_fact_is_one PRIMARY KEY (consortium_id, batch_id);

ALTER TABLE ONLY insurance_uploads.serial
    ADD CONSTRAINT batch_has_one_serial PRIMARY KEY (consortium_id, facility_id, batch_id);

ALTER TABLE ONLY insurance_uploads.institution
    ADD CONSTRAINT facility_is_one_institution PRIMARY KEY (consortium_id, facility_id);

ALTER TABLE ONLY insurance_uploads.institution
    ADD CONSTRAINT institution_code_is_one_facility UNIQUE (consortium_id, platform, code);

ALTER TABLE ONLY insurance_uploads.feed
    ADD CONSTRAINT ledger_is_gone_over_once PRIMARY KEY (consortium_id);

ALTER TABLE ONLY insurance_uploads.taken
    ADD CONSTRAINT movement_is_taken_once PRIMARY KEY (consortium_id, movement_id);

ALTER TABLE ONLY insurance_uploads.record
    ADD CONSTRAINT movement_is_told_once UNIQUE (consortium_id, movement_id, facility_id, batch_id);

ALTER TABLE ONLY insurance_uploads.pharmacist_licence
    ADD CONSTRAINT pharmacist_has_one_licence PRIMARY KEY (consortium_id, person_id);

ALTER TABLE ONLY insurance_uploads.record
    ADD CONSTRAINT record_id_is_unique PRIMARY KEY (consortium_id, record_id);

ALTER TABLE ONLY long_prescriptions.collection
    ADD CONSTRAINT dispensing_serves_one_instalment UNIQUE (consortium_id, dispensing_id);

ALTER TABLE ONLY long_prescriptions.facility_ability
    ADD CONSTRAINT facility_ability_pkey PRIMARY KEY (consortium_id, facility_id);

ALTER TABLE ONLY long_prescriptions.collection
    ADD CONSTRAINT instalment_is_collected_once PRIMARY KEY (consortium_id, plan_id, instalment_number);

ALTER TABLE ONLY long_prescriptions.instalment_line
    ADD CONSTRAINT instalment_line_pkey PRIMARY KEY (consortium_id, plan_id, instalment_number, line_number);

ALTER TABLE ONLY long_prescriptions.instalment
    ADD CONSTRAINT instalment_pkey PRIMARY KEY (consortium_id, plan_id, instalment_number);

ALTER TABLE ONLY long_prescriptions.plan_event
    ADD CONSTRAINT plan_event_pkey PRIMARY KEY (consortium_id, plan_id, event_number);

ALTER TABLE ONLY long_prescriptions.plan
    ADD CONSTRAINT plan_id_is_unique PRIMARY KEY (consortium_id, plan_id);

ALTER TABLE ONLY long_prescriptions.proxy
    ADD CONSTRAINT proxy_is_named_once UNIQUE (consortium_id, plan_id, resident_digest);

ALTER TABLE ONLY long_prescriptions.proxy
    ADD CONSTRAINT proxy_pkey PRIMARY KEY (consortium_id, plan_id, proxy_number);

ALTER TABLE ONLY long_prescriptions.qualification
    ADD CONSTRAINT qualification_pkey PRIMARY KEY (consortium_id, person_id);

ALTER TABLE ONLY long_prescriptions.reservation
    ADD CONSTRAINT reservation_id_is_unique PRIMARY KEY (consortium_id, reservation_id);

ALTER TABLE ONLY long_prescriptions.reservation_line
    ADD CONSTRAINT reservation_line_pkey PRIMARY KEY (consortium_id, reservation_id, line_number, batch_id);

ALTER TABLE ONLY long_prescriptions.shortfall
    ADD CONSTRAINT shortfall_pkey PRIMARY KEY (consortium_id, plan_id, instalment_number, product_id);

ALTER TABLE ONLY long_prescriptions.plan
    ADD CONSTRAINT version_of_a_prescription_has_one_plan UNIQUE (consortium_id, prescription_id, version);

ALTER TABLE ONLY medication_rules.allergen
    ADD CONSTRAINT allergen_pkey PRIMARY KEY (edition_id, code);

ALTER TABLE ONLY medication_rules.consortium_limit
    ADD CONSTRAINT consortium_limit_pkey PRIMARY KEY (consortium_id, limit_id);

ALTER TABLE ONLY medication_rules.dose_limit
    ADD CONSTRAINT dose_limit_pkey PRIMARY KEY (edition_id, code);

ALTER TABLE ONLY medication_rules.duplicate_exception
    ADD CONSTRAINT duplicate_exception_pkey PRIMARY KEY (edition_id, kind, member);

ALTER TABLE ONLY medication_rules.edition
    ADD CONSTRAINT edition_pkey PRIMARY KEY (edition_id);

ALTER TABLE ONLY medication_rules.edition
    ADD CONSTRAINT edition_version_is_imported_once UNIQUE (version);

ALTER TABLE ONLY medication_rules.institution_limit
    ADD CONSTRAINT institution_limit_pkey PRIMARY KEY (edition_id, code);

ALTER TABLE ONLY medication_rules.interaction
    ADD CONSTRAINT interaction_pkey PRIMARY KEY (edition_id, code);

ALTER TABLE ONLY medication_rules.long_diagnosis
    ADD CONSTRAINT long_diagnosis_pkey PRIMARY KEY (edition_id, icd_prefix);

ALTER TABLE ONLY medication_rules.long_exclusion
    ADD CONSTRAINT long_exclusion_pkey PRIMARY KEY (edition_id, drug_class);

ALTER TABLE ONLY medication_rules.person_limit
    ADD CONSTRAINT person_limit_pkey PRIMARY KEY (edition_id, code);

ALTER TABLE ONLY medication_rules.practice_region
    ADD CONSTRAINT practice_region_pkey PRIMARY KEY (consortium_id);

ALTER TABLE ONLY medication_rules.limit_value
    ADD CONSTRAINT region_says_a_limit_once_a_day PRIMARY KEY (key, region, valid_from);

ALTER TABLE ONLY medication_rules.substance_group
    ADD CONSTRAINT substance_group_pkey PRIMARY KEY (edition_id, code);

ALTER TABLE ONLY medication_rules.substance
    ADD CONSTRAINT substance_pkey PRIMARY KEY (edition_id, code);

ALTER TABLE ONLY migration.applied
    ADD CONSTRAINT applied_pkey PRIMARY KEY (version);

ALTER TABLE ONLY outbox.document
    ADD CONSTRAINT document_has_one_row PRIMARY KEY (consortium_id, destination, document_key);

ALTER TABLE ONLY outbox.message
    ADD CONSTRAINT fact_is_told_once UNIQUE (consortium_id, destination, business_key);

ALTER TABLE ONLY outbox.message
    ADD CONSTRAINT message_id_is_unique PRIMARY KEY (consortium_id, message_id);

ALTER TABLE ONLY parties.company
    ADD CONSTRAINT company_credit_code_is_unique UNIQUE (credit_code);

ALTER TABLE ONLY parties.company
    ADD CONSTRAINT company_name_is_unique UNIQUE (name);

ALTER TABLE ONLY parties.company
    ADD CONSTRAINT company_pkey PRIMARY KEY (company_id);

ALTER TABLE ONLY parties.consortium
    ADD CONSTRAINT consortium_code_is_unique UNIQUE (code);

ALTER TABLE ONLY parties.consortium
    ADD CONSTRAINT consortium_pkey PRIMARY KEY (consortium_id);

ALTER TABLE ONLY parties.facility
    ADD CONSTRAINT facility_code_is_unique UNIQUE (consortium_id, code);

ALTER TABLE ONLY parties.facility_distance
    ADD CONSTRAINT facility_distance_pkey PRIMARY KEY (consortium_id, facility_id, other_facility_id);

ALTER TABLE ONLY parties.facility
    ADD CONSTRAINT facility_pkey PRIMARY KEY (consortium_id, facility_id);

ALTER TABLE ONLY parties.licence
    ADD CONSTRAINT licence_pkey PRIMARY KEY (company_id, kind, number);

ALTER TABLE ONLY parties.store
    ADD CONSTRAINT store_code_is_unique UNIQUE (consortium_id, code);

ALTER TABLE ONLY parties.store
    ADD CONSTRAINT store_pkey PRIMARY KEY (consortium_id, store_id);

ALTER TABLE ONLY platform_exchange.account
    ADD CONSTRAINT account_is_one_per_platform PRIMARY KEY (consortium_id, platform);

ALTER TABLE ONLY platform_exchange.answer
    ADD CONSTRAINT answer_pkey PRIMARY KEY (consortium_id, sent_at, request_id);

ALTER TABLE ONLY platform_exchange.answer_other
    ADD CONSTRAINT answer_other_pkey PRIMARY KEY (consortium_id, sent_at, request_id);

ALTER TABLE ONLY platform_exchange.article_code
    ADD CONSTRAINT article_has_one_code PRIMARY KEY (consortium_id, platform, article_id);

ALTER TABLE ONLY platform_exchange.company_code
    ADD CONSTRAINT company_has_one_code PRIMARY KEY (consortium_id, platform, company_id);

ALTER TABLE ONLY platform_exchange.settlement_line
    ADD CONSTRAINT delivery_is_settled_once UNIQUE (consortium_id, platform, delivery_line);

ALTER TABLE ONLY platform_exchange.delivery_line
    ADD CONSTRAINT delivery_line_is_pulled_once PRIMARY KEY (consortium_id, platform, delivery_line);

ALTER TABLE ONLY platform_exchange.difference
    ADD CONSTRAINT difference_id_is_unique PRIMARY KEY (consortium_id, difference_id);

ALTER TABLE ONLY platform_exchange.placed_line
    ADD CONSTRAINT draft_line_is_one_line UNIQUE (consortium_id, platform, draft_line);

ALTER TABLE ONLY platform_exchange.feed
    ADD CONSTRAINT feed_is_one_per_question PRIMARY KEY (consortium_id, platform, question);

ALTER TABLE ONLY platform_exchange.gate
    ADD CONSTRAINT gate_is_one_per_account PRIMARY KEY (consortium_id, platform);

ALTER TABLE ONLY platform_exchange.invoice
    ADD CONSTRAINT invoice_id_is_unique PRIMARY KEY (consortium_id, invoice_id);

ALTER TABLE ONLY platform_exchange.invoice
    ADD CONSTRAINT invoice_is_pulled_once UNIQUE (consortium_id, platform, supplier, code, number);

ALTER TABLE ONLY platform_exchange.invoice_line
    ADD CONSTRAINT invoice_line_is_pulled_once PRIMARY KEY (consortium_id, invoice_id, invoice_line);

ALTER TABLE ONLY platform_exchange.placed_line
    ADD CONSTRAINT line_is_placed_once PRIMARY KEY (consortium_id, platform, order_id, line_number);

ALTER TABLE ONLY platform_exchange.placed_order
    ADD CONSTRAINT number_is_placed_once UNIQUE (consortium_id, platform, number);

ALTER TABLE ONLY platform_exchange.placed_order
    ADD CONSTRAINT order_is_placed_once PRIMARY KEY (consortium_id, platform, order_id);

ALTER TABLE ONLY platform_exchange.placed_line
    ADD CONSTRAINT platform_line_is_one_line UNIQUE (consortium_id, platform, platform_line);

ALTER TABLE ONLY platform_exchange.placed_order
    ADD CONSTRAINT platform_order_is_one_order UNIQUE (consortium_id, platform, platform_order);

ALTER TABLE ONLY platform_exchange.placed_return
    ADD CONSTRAINT platform_return_is_one_return UNIQUE (consortium_id, platform, platform_return);

ALTER TABLE ONLY platform_exchange.settlement
    ADD CONSTRAINT platform_settlement_is_one_settlement UNIQUE (consortium_id, platform, platform_settlement);

ALTER TABLE ONLY platform_exchange.request
    ADD CONSTRAINT request_pkey PRIMARY KEY (consortium_id, sent_at, request_id);

ALTER TABLE ONLY platform_exchange.request_other
    ADD CONSTRAINT request_other_pkey PRIMARY KEY (consortium_id, sent_at, request_id);

ALTER TABLE ONLY platform_exchange.placed_return
    ADD CONSTRAINT return_is_placed_once PRIMARY KEY (consortium_id, platform, number);

ALTER TABLE ONLY platform_exchange.settlement
    ADD CONSTRAINT settlement_id_is_unique PRIMARY KEY (consortium_id, settlement_id);

ALTER TABLE ONLY platform_exchange.settlement_line
    ADD CONSTRAINT settlement_line_is_unique PRIMARY KEY (consortium_id, settlement_id, line_number);

ALTER TABLE ONLY platform_exchange.settlement
    ADD CONSTRAINT settlement_number_is_unique UNIQUE (consortium_id, platform, number);

ALTER TABLE ONLY platform_exchange.store_code
    ADD CONSTRAINT store_has_one_code PRIMARY KEY (consortium_id, platform, store_id);

ALTER TABLE ONLY pooled_procurement.purchase_order_line
    ADD CONSTRAINT external_code_is_ordered_once UNIQUE (consortium_id, external_code);

ALTER TABLE ONLY pooled_procurement.order_change
    ADD CONSTRAINT order_change_pkey PRIMARY KEY (consortium_id, order_id, version, line_number);

ALTER TABLE ONLY pooled_procurement.order_line_share
    ADD CONSTRAINT order_line_share_pkey PRIMARY KEY (consortium_id, order_id, line_number, requisition_id, requisition_line_number);

ALTER TABLE ONLY pooled_procurement.purchase_order
    ADD CONSTRAINT order_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY pooled_procurement.purchase_order
    ADD CONSTRAINT order_serial_is_unique UNIQUE (consortium_id, serial);

ALTER TABLE ONLY pooled_procurement.pool_line
    ADD CONSTRAINT pool_line_pkey PRIMARY KEY (consortium_id, pool_id, product_id);

ALTER TABLE ONLY pooled_procurement.pool
    ADD CONSTRAINT pool_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY pooled_procurement.pool_package
    ADD CONSTRAINT pool_package_pkey PRIMARY KEY (consortium_id, tender_id, package_number);

ALTER TABLE ONLY pooled_procurement.pool
    ADD CONSTRAINT pool_pkey PRIMARY KEY (consortium_id, pool_id);

ALTER TABLE ONLY pooled_procurement.pool
    ADD CONSTRAINT pool_serial_is_unique UNIQUE (consortium_id, serial);

ALTER TABLE ONLY pooled_procurement.purchase_order_line
    ADD CONSTRAINT purchase_order_line_pkey PRIMARY KEY (consortium_id, order_id, line_number);

ALTER TABLE ONLY pooled_procurement.purchase_order
    ADD CONSTRAINT purchase_order_pkey PRIMARY KEY (consortium_id, order_id);

ALTER TABLE ONLY pooled_procurement.pool_share
    ADD CONSTRAINT requisition_line_is_pooled_once PRIMARY KEY (consortium_id, requisition_id, requisition_line_number);

ALTER TABLE ONLY prescription_flow.delivery
    ADD CONSTRAINT delivery_id_is_unique PRIMARY KEY (consortium_id, delivery_id);

ALTER TABLE ONLY prescription_flow.delivery
    ADD CONSTRAINT delivery_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY prescription_flow.patient_pharmacy
    ADD CONSTRAINT patient_has_one_pharmacy PRIMARY KEY (consortium_id, patient_id);

ALTER TABLE ONLY prescription_flow.prescription_pharmacy
    ADD CONSTRAINT prescription_has_one_pharmacy PRIMARY KEY (consortium_id, prescription_id);

ALTER TABLE ONLY prescription_flow.sharing_request
    ADD CONSTRAINT sharing_id_is_unique PRIMARY KEY (consortium_id, sharing_id);

ALTER TABLE ONLY prescription_flow.sharing_request
    ADD CONSTRAINT sharing_is_shipped_by_its_own_transfer UNIQUE (consortium_id, transfer_id);

ALTER TABLE ONLY prescription_flow.sharing_request
    ADD CONSTRAINT sharing_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY prescription_flow.prescription_shortage
    ADD CONSTRAINT shortage_is_of_one_prescription PRIMARY KEY (consortium_id, shortage_id);

ALTER TABLE ONLY prescription_uploads.clinician
    ADD CONSTRAINT clinician_has_one_code PRIMARY KEY (consortium_id, person_id);

ALTER TABLE ONLY prescription_uploads.institution
    ADD CONSTRAINT facility_has_one_hall PRIMARY KEY (consortium_id, facility_id);

ALTER TABLE ONLY prescription_uploads.upload
    ADD CONSTRAINT insurer_number_is_one_prescription UNIQUE (consortium_id, platform, insurer_number);

ALTER TABLE ONLY prescription_uploads.upload
    ADD CONSTRAINT number_is_told_once UNIQUE (consortium_id, platform, number);

ALTER TABLE ONLY prescription_uploads.upload
    ADD CONSTRAINT round_is_one PRIMARY KEY (consortium_id, prescription_id, round);

ALTER TABLE ONLY prescription_uploads.upload
    ADD CONSTRAINT trace_code_is_one_prescription UNIQUE (consortium_id, platform, trace_code);

ALTER TABLE ONLY prices.agreed_price
    ADD CONSTRAINT agreed_price_pkey PRIMARY KEY (consortium_id, price_id);

ALTER TABLE ONLY prices.agreed_price
    ADD CONSTRAINT awarded_prices_do_not_overlap EXCLUDE USING gist (article_id WITH =, tender_id WITH =, package_number WITH =, company_id WITH =, consortium_id WITH =, daterange(valid_from, valid_through, '[]'::text) WITH &&) WHERE (((kind = 'awarded'::text) AND (superseded_at IS NULL)));

ALTER TABLE ONLY prices.consortium_platform
    ADD CONSTRAINT consortium_platform_pkey PRIMARY KEY (consortium_id);

ALTER TABLE ONLY prices.agreed_price
    ADD CONSTRAINT contract_prices_do_not_overlap EXCLUDE USING gist (article_id WITH =, company_id WITH =, consortium_id WITH =, daterange(valid_from, valid_through, '[]'::text) WITH &&) WHERE (((kind = 'contract'::text) AND (superseded_at IS NULL)));

ALTER TABLE ONLY prices.platform
    ADD CONSTRAINT platform_pkey PRIMARY KEY (platform);

ALTER TABLE ONLY prices.published_price
    ADD CONSTRAINT published_price_pkey PRIMARY KEY (price_id);

ALTER TABLE ONLY prices.published_price
    ADD CONSTRAINT published_prices_do_not_overlap EXCLUDE USING gist (article_id WITH =, platform WITH =, kind WITH =, daterange(valid_from, valid_through, '[]'::text) WITH &&) WHERE ((superseded_at IS NULL));

ALTER TABLE ONLY refill_warnings.reckoning
    ADD CONSTRAINT store_is_reckoned_as_one PRIMARY KEY (consortium_id, store_id);

ALTER TABLE ONLY refill_warnings.warning
    ADD CONSTRAINT warning_id_is_unique PRIMARY KEY (consortium_id, warning_id);

ALTER TABLE ONLY requisitions.requisition_line
    ADD CONSTRAINT a_product_stands_on_one_line UNIQUE (consortium_id, requisition_id, product_id);

ALTER TABLE ONLY requisitions.cycle
    ADD CONSTRAINT cycle_is_opened_once PRIMARY KEY (consortium_id, cycle_id);

ALTER TABLE ONLY requisitions.cycle
    ADD CONSTRAINT cycle_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY requisitions.requisition
    ADD CONSTRAINT requisition_is_opened_once PRIMARY KEY (consortium_id, requisition_id);

ALTER TABLE ONLY requisitions.requisition_line
    ADD CONSTRAINT requisition_line_pkey PRIMARY KEY (consortium_id, requisition_id, line_number);

ALTER TABLE ONLY requisitions.requisition
    ADD CONSTRAINT requisition_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY requisitions.shortage_report
    ADD CONSTRAINT shortage_is_reported_once PRIMARY KEY (consortium_id, shortage_id);

ALTER TABLE ONLY requisitions.shortage_report
    ADD CONSTRAINT shortage_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY stock_ledger."freeze"
    ADD CONSTRAINT a_product_is_frozen_once UNIQUE NULLS NOT DISTINCT (consortium_id, store_id, product_id);

ALTER TABLE ONLY stock_ledger.balance
    ADD CONSTRAINT balance_pkey PRIMARY KEY (consortium_id, store_id, product_id, batch_id, state);

ALTER TABLE ONLY stock_ledger.batch
    ADD CONSTRAINT batch_is_one_number_and_expiry UNIQUE (consortium_id, article_id, batch_number, expires_on);

ALTER TABLE ONLY stock_ledger.batch
    ADD CONSTRAINT batch_pkey PRIMARY KEY (consortium_id, batch_id);

ALTER TABLE ONLY stock_ledger.closing
    ADD CONSTRAINT closing_pkey PRIMARY KEY (consortium_id, store_id, closed_through);

ALTER TABLE ONLY stock_ledger.entry
    ADD CONSTRAINT entry_pkey PRIMARY KEY (consortium_id, occurred_on, movement_id, line);

ALTER TABLE ONLY stock_ledger.entry_other
    ADD CONSTRAINT entry_other_pkey PRIMARY KEY (consortium_id, occurred_on, movement_id, line);

ALTER TABLE ONLY stock_ledger.batch_hold
    ADD CONSTRAINT hold_id_is_unique PRIMARY KEY (consortium_id, hold_id);

ALTER TABLE ONLY stock_ledger.movement
    ADD CONSTRAINT movement_is_reversed_once UNIQUE (consortium_id, reverses_id);

ALTER TABLE ONLY stock_ledger.movement
    ADD CONSTRAINT movement_pkey PRIMARY KEY (consortium_id, movement_id);

ALTER TABLE ONLY stock_ledger.product_day
    ADD CONSTRAINT product_day_pkey PRIMARY KEY (consortium_id, store_id, product_id, occurred_on);

ALTER TABLE ONLY stock_ledger.movement
    ADD CONSTRAINT request_is_recorded_once UNIQUE (consortium_id, request_id, part);

ALTER TABLE ONLY stock_ledger.shelf
    ADD CONSTRAINT shelf_pkey PRIMARY KEY (consortium_id, store_id, product_id);

ALTER TABLE ONLY stock_ledger.transfer
    ADD CONSTRAINT transfer_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY stock_ledger.transfer
    ADD CONSTRAINT transfer_pkey PRIMARY KEY (consortium_id, transfer_id);

ALTER TABLE ONLY stocktakes.line
    ADD CONSTRAINT a_batch_stands_on_one_line UNIQUE (consortium_id, stocktake_id, batch_id, state);

ALTER TABLE ONLY stocktakes.stocktake
    ADD CONSTRAINT a_movement_posts_one_stocktake UNIQUE (consortium_id, movement_id);

ALTER TABLE ONLY stocktakes.tally
    ADD CONSTRAINT a_tally_is_entered_once PRIMARY KEY (consortium_id, stocktake_id, line_number, round, attempt);

ALTER TABLE ONLY stocktakes.line
    ADD CONSTRAINT line_pkey PRIMARY KEY (consortium_id, stocktake_id, line_number);

ALTER TABLE ONLY stocktakes.scope_product
    ADD CONSTRAINT scope_product_pkey PRIMARY KEY (consortium_id, stocktake_id, product_id);

ALTER TABLE ONLY stocktakes.stocktake
    ADD CONSTRAINT stocktake_is_opened_once PRIMARY KEY (consortium_id, stocktake_id);

ALTER TABLE ONLY stocktakes.stocktake
    ADD CONSTRAINT stocktake_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY tendering.award
    ADD CONSTRAINT award_pkey PRIMARY KEY (consortium_id, tender_id, package_number, award_number);

ALTER TABLE ONLY tendering.award
    ADD CONSTRAINT bid_is_awarded_once UNIQUE (consortium_id, bid_id);

ALTER TABLE ONLY tendering.bid
    ADD CONSTRAINT bid_pkey PRIMARY KEY (consortium_id, bid_id);

ALTER TABLE ONLY tendering.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (consortium_id, tender_id, company_id);

ALTER TABLE ONLY tendering.package_alternative
    ADD CONSTRAINT package_alternative_pkey PRIMARY KEY (consortium_id, tender_id, package_number, product_id);

ALTER TABLE ONLY tendering.tender
    ADD CONSTRAINT tender_number_is_unique UNIQUE (consortium_id, number);

ALTER TABLE ONLY tendering.tender_package
    ADD CONSTRAINT tender_package_pkey PRIMARY KEY (consortium_id, tender_id, package_number);

ALTER TABLE ONLY tendering.tender
    ADD CONSTRAINT tender_pkey PRIMARY KEY (consortium_id, tender_id);

ALTER TABLE ONLY tendering.tender
    ADD CONSTRAINT tender_serial_is_unique UNIQUE (consortium_id, serial);

CREATE INDEX event_by_subject ON ONLY audit.event USING btree (consortium_id, subject);

CREATE INDEX event_other_consortium_id_subject_idx ON audit.event_other USING btree (consortium_id, subject);

CREATE INDEX allergy_of_patient ON dispensing.allergy USING btree (consortium_id, patient_id) WHERE (withdrawn_at IS NULL);

CREATE INDEX claim_of_dispensing ON dispensing.claim USING btree (consortium_id, dispensing_id) WHERE (dispensing_id IS NOT NULL);

CREATE INDEX claim_of_prescription ON dispensing.claim USING btree (consortium_id, prescription_id, claimed_at);

CREATE INDEX claim_open_by_expiry ON dispensing.claim USING btree (consortium_id, expires_at) WHERE (ended_at IS NULL);

CREATE INDEX claim_open_of_store ON dispensing.claim USING btree (consortium_id, store_id, expires_at, claim_id) WHERE (ended_at IS NULL);

CREATE INDEX contract_of_patient ON dispensing.family_doctor_contract USING btree (consortium_id, patient_id, valid_from);

CREATE INDEX dispensed_code_of_code ON dispensing.dispensed_code USING btree (consortium_id, code);

CREATE INDEX dispensing_by_time ON dispensing.dispensing USING btree (consortium_id, dispensed_at, dispensing_id);

CREATE INDEX dispensing_line_of_batch ON dispensing.dispensing_line USING btree (consortium_id, batch_id);

CREATE INDEX dispensing_of_store ON dispensing.dispensing USING btree (consortium_id, store_id, dispensed_on);

CREATE INDEX opened_pack_open ON dispensing.opened_pack USING btree (consortium_id, store_id, batch_id) WHERE (closed_at IS NULL);

CREATE INDEX pack_use_of_pack ON dispensing.pack_use USING btree (consortium_id, pack_id);

CREATE INDEX patient_by_birth_day ON dispensing.patient USING btree (consortium_id, birth_on, patient_id);

CREATE INDEX patient_by_name ON dispensing.patient USING btree (consortium_id, lower(name) COLLATE "C");

CREATE INDEX preparation_of_prescription ON dispensing.preparation USING btree (consortium_id, prescription_id);

CREATE INDEX prescription_by_time ON dispensing.prescription USING btree (consortium_id, issued_at, prescription_id);

CREATE UNIQUE INDEX prescription_has_one_open_claim ON dispensing.claim USING btree (consortium_id, prescription_id) WHERE (ended_at IS NULL);

CREATE INDEX prescription_of_patient ON dispensing.prescription USING btree (consortium_id, patient_id, issued_at);

CREATE INDEX prescription_open ON dispensing.prescription USING btree (consortium_id, prescription_id) WHERE (state = ANY (ARRAY['issued'::text, 'approved'::text, 'returned'::text, 'partly-dispensed'::text]));

CREATE INDEX prescription_to_hand_out ON dispensing.prescription USING btree (consortium_id, ((kind <> 'emergency'::text)), issued_at DESC, prescription_id DESC) WHERE (state = ANY (ARRAY['approved'::text, 'partly-dispensed'::text]));

CREATE INDEX review_by_time ON dispensing.review USING btree (consortium_id, reviewed_at);

CREATE INDEX review_queue_order ON dispensing.review_queue USING btree (consortium_id, urgency, queued_at, prescription_id);

CREATE INDEX signing_key_of_person ON dispensing.signing_key USING btree (consortium_id, person_id);

CREATE UNIQUE INDEX trace_code_is_dispensed_once ON dispensing.dispensed_code USING btree (consortium_id, code) WHERE ((NOT is_split) AND (return_id IS NULL));

CREATE INDEX trace_code_of_batch ON dispensing.trace_code USING btree (consortium_id, batch_id) WHERE (learnt_from = 'receipt'::text);

CREATE INDEX trace_prefix_of_article ON dispensing.trace_prefix USING btree (consortium_id, article_id);

CREATE UNIQUE INDEX delivery_note_is_announced_once ON distribution.shipment USING btree (consortium_id, company_id, delivery_note) WHERE (state <> 'cancelled'::text);

CREATE INDEX receipt_by_day ON distribution.goods_receipt USING btree (consortium_id, received_on);

CREATE INDEX return_of_shipment_line ON distribution.supplier_return USING btree (consortium_id, shipment_id, shipment_line);

CREATE INDEX shipment_of_order ON distribution.shipment USING btree (consortium_id, order_id);

CREATE INDEX shipment_to_receive ON distribution.shipment USING btree (consortium_id, store_id, expected_on, shipment_id) WHERE (state = 'announced'::text);

CREATE INDEX placer_identifier_by_value ON fhir.placer_identifier USING btree (consortium_id, value);

CREATE INDEX placer_identifier_of_prescription ON fhir.placer_identifier USING btree (consortium_id, prescription_id);

CREATE INDEX article_by_approval_number ON formulary.article USING btree (approval_number text_pattern_ops);

CREATE INDEX article_by_base_code ON formulary.article USING btree (base_code text_pattern_ops);

CREATE INDEX article_by_gtin ON formulary.article USING btree (gtin text_pattern_ops);

CREATE INDEX article_by_insurance_code ON formulary.article USING btree (insurance_code text_pattern_ops);

CREATE INDEX article_of_manufacturer ON formulary.article USING btree (manufacturer_id, product_id, withdrawn_on);

CREATE INDEX article_of_product ON formulary.article USING btree (product_id, manufacturer_id);

CREATE INDEX edition_change_of_article ON formulary.edition_change USING btree (article_id);

CREATE UNIQUE INDEX edition_is_accepted_once ON formulary.edition USING btree (catalogue, label) WHERE ((status = 'accepted'::text) AND (catalogue <> ''::text));

CREATE INDEX entry_of_product ON formulary.entry USING btree (consortium_id, product_id);

CREATE INDEX maker_search_by_gram ON formulary.maker_search USING gin (grams);

CREATE UNIQUE INDEX one_draft_at_a_time ON formulary.version USING btree (consortium_id) WHERE (status = 'draft'::text);

CREATE UNIQUE INDEX one_version_begins_on_a_day ON formulary.version USING btree (consortium_id, valid_from) WHERE (status = 'published'::text);

CREATE INDEX product_by_name_length ON formulary.product USING btree (length(generic_name), product_id);

CREATE INDEX product_search_by_gram ON formulary.product_search USING gin (grams) WITH (gin_pending_list_limit='65536');

CREATE INDEX product_search_by_name_length ON formulary.product_search USING btree (name_length, product_id);

CREATE UNIQUE INDEX batch_is_counted_once_a_day ON insurance_uploads.record USING btree (consortium_id, facility_id, batch_id, counted_on) WHERE (kind = 'count'::text);

CREATE INDEX purchase_of_serial ON insurance_uploads.record USING btree (consortium_id, facility_id, batch_id, record_id) WHERE (kind = 'purchase'::text);

CREATE INDEX record_of_day ON insurance_uploads.record USING btree (consortium_id, facility_id, happened_at, record_id);

CREATE INDEX record_open ON insurance_uploads.record USING btree (consortium_id, facility_id, record_id) WHERE (accepted_at IS NULL);

CREATE INDEX sale_of_dispensed_line ON insurance_uploads.record USING btree (consortium_id, dispensing_id, dispensing_line) WHERE (kind = ANY (ARRAY['sale'::text, 'sale-return'::text]));

CREATE INDEX instalment_by_due_day ON long_prescriptions.instalment USING btree (consortium_id, due_on);

CREATE UNIQUE INDEX instalment_has_one_open_reservation ON long_prescriptions.reservation USING btree (consortium_id, plan_id, instalment_number) WHERE is_open;

CREATE INDEX instalment_missed ON long_prescriptions.instalment USING btree (consortium_id, missed_on, plan_id) WHERE (state = 'missed'::text);

CREATE INDEX instalment_of_store ON long_prescriptions.instalment USING btree (consortium_id, store_id, collected_on) WHERE (state = 'collected'::text);

CREATE INDEX instalment_open ON long_prescriptions.instalment USING btree (consortium_id, due_on, plan_id, instalment_number) WHERE (state = 'open'::text);

CREATE INDEX plan_active_of_store ON long_prescriptions.plan USING btree (consortium_id, store_id, plan_id) WHERE (state = 'active'::text);

CREATE INDEX plan_by_end ON long_prescriptions.plan USING btree (consortium_id, ends_on);

CREATE INDEX plan_by_state ON long_prescriptions.plan USING btree (consortium_id, state, started_at, plan_id);

CREATE INDEX plan_of_patient ON long_prescriptions.plan USING btree (consortium_id, patient_id, started_at);

CREATE INDEX plan_open ON long_prescriptions.plan USING btree (consortium_id, ends_on, plan_id) WHERE (state = ANY (ARRAY['active'::text, 'alerted'::text, 'suspended'::text]));

CREATE INDEX plan_running_out ON long_prescriptions.plan USING btree (consortium_id, supply_through, plan_id);

CREATE INDEX shortfall_of_store ON long_prescriptions.shortfall USING btree (consortium_id, store_id);

CREATE INDEX own_limits_by_key ON medication_rules.consortium_limit USING btree (consortium_id, key, limit_id DESC);

CREATE INDEX document_due ON outbox.document USING btree (consortium_id, destination, due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX document_halted ON outbox.document USING btree (consortium_id, halted_at) WHERE (halted_at IS NOT NULL);

CREATE INDEX message_failed ON outbox.message USING btree (consortium_id, message_id) WHERE (state = ANY (ARRAY['refused'::text, 'dead'::text]));

CREATE INDEX message_open ON outbox.message USING btree (consortium_id, destination, document_key, message_id) WHERE (state <> ALL (ARRAY['accepted'::text, 'discarded'::text]));

CREATE INDEX message_open_by_age ON outbox.message USING btree (consortium_id, destination, written_at) WHERE (state <> ALL (ARRAY['accepted'::text, 'discarded'::text]));

CREATE UNIQUE INDEX one_message_of_a_document_is_under_way ON outbox.message USING btree (consortium_id, destination, document_key) WHERE (state = ANY (ARRAY['sending'::text, 'unknown'::text, 'refused'::text, 'dead'::text]));

CREATE UNIQUE INDEX a_consortium_has_one_lead ON parties.facility USING btree (consortium_id) WHERE (role = 'lead'::text);

CREATE INDEX article_by_code ON platform_exchange.article_code USING btree (consortium_id, platform, code);

CREATE INDEX delivery_of_order ON platform_exchange.delivery_line USING btree (consortium_id, platform, order_id);

CREATE INDEX delivery_of_shipment ON platform_exchange.delivery_line USING btree (consortium_id, shipment_id, shipment_line);

CREATE INDEX delivery_to_announce ON platform_exchange.delivery_line USING btree (consortium_id, platform, order_id) WHERE (shipment_id IS NULL);

CREATE UNIQUE INDEX difference_is_open_once ON platform_exchange.difference USING btree (consortium_id, platform, subject, kind) WHERE (settled_at IS NULL);

CREATE INDEX difference_of_subject ON platform_exchange.difference USING btree (consortium_id, platform, subject, kind, difference_id);

CREATE INDEX invoice_by_day ON platform_exchange.invoice USING btree (consortium_id, platform, dated_on);

CREATE INDEX invoice_line_of_order ON platform_exchange.invoice_line USING btree (consortium_id, order_id, line_number);

CREATE INDEX invoice_line_of_return ON platform_exchange.invoice_line USING btree (consortium_id, return_id) WHERE (return_id IS NOT NULL);

CREATE INDEX invoice_waiting ON platform_exchange.invoice USING btree (consortium_id, platform, invoice_id) WHERE (state = 'waiting'::text);

CREATE INDEX line_refused ON platform_exchange.placed_line USING btree (consortium_id, platform) WHERE (state = 'refused'::text);

CREATE INDEX placed_return_of_ours ON platform_exchange.placed_return USING btree (consortium_id, return_id);

CREATE INDEX placed_return_open ON platform_exchange.placed_return USING btree (consortium_id, platform, announced_at) WHERE (there <> ALL (ARRAY['agreed'::text, 'refused'::text, 'void'::text]));

CREATE INDEX request_of_document ON ONLY platform_exchange.request USING btree (consortium_id, platform, document_key);

CREATE INDEX request_other_consortium_id_platform_document_key_idx ON platform_exchange.request_other USING btree (consortium_id, platform, document_key);

CREATE INDEX live_order_of_store ON pooled_procurement.purchase_order USING btree (consortium_id, store_id) WHERE (state <> ALL (ARRAY['received'::text, 'closed'::text, 'cancelled'::text]));

CREATE INDEX order_by_state ON pooled_procurement.purchase_order USING btree (consortium_id, state, serial);

CREATE INDEX order_line_of_product ON pooled_procurement.purchase_order_line USING btree (consortium_id, product_id);

CREATE INDEX order_of_company ON pooled_procurement.purchase_order USING btree (consortium_id, company_id, serial);

CREATE INDEX order_of_facility ON pooled_procurement.purchase_order USING btree (consortium_id, facility_id, serial);

CREATE INDEX order_of_requisition_line ON pooled_procurement.order_line_share USING btree (consortium_id, requisition_id, requisition_line_number);

CREATE INDEX order_of_tender ON pooled_procurement.purchase_order USING btree (consortium_id, tender_id) WHERE (tender_id IS NOT NULL);

CREATE INDEX package_of_pool ON pooled_procurement.pool_package USING btree (consortium_id, pool_id, product_id);

CREATE INDEX share_of_pool_line ON pooled_procurement.pool_share USING btree (consortium_id, pool_id, product_id);

CREATE INDEX share_of_store ON pooled_procurement.pool_share USING btree (consortium_id, store_id);

CREATE INDEX delivery_of_store ON prescription_flow.delivery USING btree (consortium_id, store_id, planned_at DESC, delivery_id);

CREATE UNIQUE INDEX dispensing_is_delivered_once ON prescription_flow.delivery USING btree (consortium_id, dispensing_id) WHERE (state <> ALL (ARRAY['returned'::text, 'cancelled'::text]));

CREATE INDEX sharing_asked_by ON prescription_flow.sharing_request USING btree (consortium_id, asking_store_id, asked_at DESC, sharing_id);

CREATE INDEX sharing_asked_of ON prescription_flow.sharing_request USING btree (consortium_id, holding_store_id, asked_at DESC, sharing_id);

CREATE INDEX sharing_of_prescription ON prescription_flow.sharing_request USING btree (consortium_id, prescription_id) WHERE (prescription_id IS NOT NULL);

CREATE INDEX shortage_of_prescription ON prescription_flow.prescription_shortage USING btree (consortium_id, prescription_id);

CREATE UNIQUE INDEX one_round_at_a_time ON prescription_uploads.upload USING btree (consortium_id, prescription_id) WHERE (state <> ALL (ARRAY['revoked'::text, 'withdrawn'::text]));

CREATE INDEX upload_to_ask_about ON prescription_uploads.upload USING btree (consortium_id, platform, ask_at) WHERE (ask_at IS NOT NULL);

CREATE INDEX agreed_price_of_article ON prices.agreed_price USING btree (consortium_id, article_id);

CREATE INDEX published_price_of_article ON prices.published_price USING btree (article_id, platform);

CREATE UNIQUE INDEX product_of_an_instalment_has_one_open_warning ON refill_warnings.warning USING btree (consortium_id, plan_id, instalment_number, product_id) WHERE (resolved_at IS NULL);

CREATE INDEX warning_of_plan ON refill_warnings.warning USING btree (consortium_id, plan_id, warning_id);

CREATE INDEX warning_open ON refill_warnings.warning USING btree (consortium_id, due_on, warning_id) WHERE (resolved_at IS NULL);

CREATE INDEX warning_open_of_store ON refill_warnings.warning USING btree (consortium_id, store_id, due_on, warning_id) WHERE (resolved_at IS NULL);

CREATE UNIQUE INDEX a_store_has_one_open_requisition_in_a_cycle ON requisitions.requisition USING btree (consortium_id, store_id, cycle_id) WHERE ((kind = 'regular'::text) AND (state = ANY (ARRAY['draft'::text, 'submitted'::text, 'returned'::text, 'approved'::text])));

CREATE INDEX approved_requisition_of_cycle ON requisitions.requisition USING btree (consortium_id, cycle_id) WHERE (state = 'approved'::text);

CREATE INDEX requisition_by_time ON requisitions.requisition USING btree (consortium_id, opened_at, requisition_id);

CREATE INDEX requisition_of_facility ON requisitions.requisition USING btree (consortium_id, facility_id, opened_at);

CREATE INDEX shortage_by_time ON requisitions.shortage_report USING btree (consortium_id, registered_at, shortage_id);

CREATE INDEX balance_by_expiry ON stock_ledger.balance USING btree (consortium_id, expires_on) WHERE (quantity > 0);

CREATE UNIQUE INDEX batch_is_held_once ON stock_ledger.batch_hold USING btree (consortium_id, batch_id) WHERE (lifted_at IS NULL);

CREATE INDEX entry_of_batch ON ONLY stock_ledger.entry USING btree (consortium_id, batch_id, occurred_on);

CREATE INDEX entry_of_movement ON ONLY stock_ledger.entry USING btree (consortium_id, movement_id);

CREATE INDEX entry_of_store ON ONLY stock_ledger.entry USING btree (consortium_id, store_id, product_id, occurred_on);

CREATE INDEX entry_other_consortium_id_batch_id_occurred_on_idx ON stock_ledger.entry_other USING btree (consortium_id, batch_id, occurred_on);

CREATE INDEX entry_other_consortium_id_movement_id_idx ON stock_ledger.entry_other USING btree (consortium_id, movement_id);

CREATE INDEX entry_other_consortium_id_store_id_product_id_occurred_on_idx ON stock_ledger.entry_other USING btree (consortium_id, store_id, product_id, occurred_on);

CREATE INDEX product_day_of_expired ON stock_ledger.product_day USING btree (consortium_id, store_id, occurred_on) WHERE (expired <> 0);

CREATE UNIQUE INDEX a_store_has_one_open_stocktake ON stocktakes.stocktake USING btree (consortium_id, store_id) WHERE (state <> ALL (ARRAY['posted'::text, 'cancelled'::text]));

CREATE INDEX line_of_batch ON stocktakes.line USING btree (consortium_id, batch_id);

CREATE INDEX stocktake_by_time ON stocktakes.stocktake USING btree (consortium_id, opened_at, stocktake_id);

CREATE INDEX invitation_of_company ON tendering.invitation USING btree (consortium_id, company_id);

CREATE UNIQUE INDEX one_live_bid_per_article ON tendering.bid USING btree (consortium_id, tender_id, package_number, company_id, article_id) WHERE (state = ANY (ARRAY['sealed'::text, 'valid'::text]));

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202601_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202601_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202602_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202602_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202603_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202603_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202604_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202604_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202605_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202605_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202606_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202606_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202607_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202607_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202608_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202608_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202609_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202609_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202610_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202610_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202611_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202611_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202612_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202612_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202701_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202701_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202702_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202702_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202703_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202703_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202704_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202704_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202705_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202705_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202706_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202706_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202707_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202707_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202708_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202708_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202709_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202709_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202710_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202710_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202711_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202711_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202712_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202712_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202801_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202801_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202802_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202802_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202803_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202803_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202804_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202804_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202805_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202805_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202806_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202806_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202807_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202807_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202808_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202808_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202809_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202809_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202810_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202810_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202811_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202811_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_202812_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_202812_pkey;

ALTER INDEX audit.event_by_subject ATTACH PARTITION audit.event_other_consortium_id_subject_idx;

ALTER INDEX audit.event_pkey ATTACH PARTITION audit.event_other_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202601_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202602_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202603_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202604_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202605_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202606_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202607_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202608_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202609_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202610_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202611_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202612_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202701_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202702_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202703_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202704_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202705_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202706_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202707_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202708_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202709_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202710_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202711_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202712_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202801_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202802_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202803_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202804_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202805_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202806_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202807_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202808_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202809_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202810_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202811_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_202812_pkey;

ALTER INDEX platform_exchange.answer_pkey ATTACH PARTITION platform_exchange.answer_other_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202601_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202601_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202602_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202602_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202603_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202603_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202604_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202604_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202605_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202605_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202606_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202606_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202607_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202607_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202608_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202608_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202609_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202609_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202610_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202610_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202611_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202611_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202612_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202612_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202701_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202701_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202702_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202702_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202703_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202703_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202704_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202704_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202705_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202705_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202706_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202706_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202707_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202707_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202708_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202708_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202709_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202709_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202710_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202710_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202711_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202711_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202712_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202712_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202801_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202801_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202802_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202802_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202803_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202803_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202804_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202804_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202805_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202805_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202806_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202806_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202807_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202807_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202808_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202808_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202809_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202809_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202810_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202810_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202811_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202811_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_202812_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_202812_pkey;

ALTER INDEX platform_exchange.request_of_document ATTACH PARTITION platform_exchange.request_other_consortium_id_platform_document_key_idx;

ALTER INDEX platform_exchange.request_pkey ATTACH PARTITION platform_exchange.request_other_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202501_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202501_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202501_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202501_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202502_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202502_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202502_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202502_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202503_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202503_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202503_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202503_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202504_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202504_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202504_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202504_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202505_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202505_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202505_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202505_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202506_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202506_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202506_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202506_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202507_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202507_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202507_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202507_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202508_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202508_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202508_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202508_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202509_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202509_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202509_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202509_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202510_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202510_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202510_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202510_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202511_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202511_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202511_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202511_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202512_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202512_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202512_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202512_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202601_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202601_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202601_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202601_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202602_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202602_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202602_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202602_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202603_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202603_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202603_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202603_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202604_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202604_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202604_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202604_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202605_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202605_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202605_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202605_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202606_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202606_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202606_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202606_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202607_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202607_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202607_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202607_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202608_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202608_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202608_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202608_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202609_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202609_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202609_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202609_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202610_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202610_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202610_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202610_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202611_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202611_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202611_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202611_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202612_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202612_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202612_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202612_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202701_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202701_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202701_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202701_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202702_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202702_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202702_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202702_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202703_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202703_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202703_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202703_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202704_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202704_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202704_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202704_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202705_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202705_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202705_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202705_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202706_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202706_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202706_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202706_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202707_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202707_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202707_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202707_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202708_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202708_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202708_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202708_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202709_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202709_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202709_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202709_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202710_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202710_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202710_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202710_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202711_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202711_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202711_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202711_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202712_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202712_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202712_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202712_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202801_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202801_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202801_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202801_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202802_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202802_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202802_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202802_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202803_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202803_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202803_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202803_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202804_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202804_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202804_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202804_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202805_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202805_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202805_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202805_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202806_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202806_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202806_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202806_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202807_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202807_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202807_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202807_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202808_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202808_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202808_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202808_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202809_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202809_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202809_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202809_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202810_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202810_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202810_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202810_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202811_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202811_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202811_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202811_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_202812_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_202812_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_202812_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_202812_pkey;

ALTER INDEX stock_ledger.entry_of_batch ATTACH PARTITION stock_ledger.entry_other_consortium_id_batch_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_of_movement ATTACH PARTITION stock_ledger.entry_other_consortium_id_movement_id_idx;

ALTER INDEX stock_ledger.entry_of_store ATTACH PARTITION stock_ledger.entry_other_consortium_id_store_id_product_id_occurred_on_idx;

ALTER INDEX stock_ledger.entry_pkey ATTACH PARTITION stock_ledger.entry_other_pkey;

ALTER TABLE ONLY command.request
    ADD CONSTRAINT request_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY dispensing.allergy
    ADD CONSTRAINT allergy_is_of_a_patient FOREIGN KEY (consortium_id, patient_id) REFERENCES dispensing.patient(consortium_id, patient_id);

ALTER TABLE ONLY dispensing.allergy
    ADD CONSTRAINT allergy_was_recorded_by_a_person FOREIGN KEY (consortium_id, recorded_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.allergy
    ADD CONSTRAINT allergy_was_withdrawn_by_a_person FOREIGN KEY (consortium_id, withdrawn_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.prescription_check
    ADD CONSTRAINT check_is_of_a_version FOREIGN KEY (consortium_id, prescription_id, version) REFERENCES dispensing.prescription_version(consortium_id, prescription_id, version);

ALTER TABLE ONLY dispensing.claim
    ADD CONSTRAINT claim_is_by_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.claim
    ADD CONSTRAINT claim_is_for_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY dispensing.claim
    ADD CONSTRAINT claim_is_of_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility(consortium_id, facility_id);

ALTER TABLE ONLY dispensing.claim
    ADD CONSTRAINT claim_is_of_a_prescription FOREIGN KEY (consortium_id, prescription_id) REFERENCES dispensing.prescription(consortium_id, prescription_id);

ALTER TABLE ONLY dispensing.claim_practice
    ADD CONSTRAINT claim_practice_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY dispensing.claim_practice
    ADD CONSTRAINT claim_practice_is_declared_by_a_person FOREIGN KEY (consortium_id, declared_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.claim
    ADD CONSTRAINT claim_was_passed_on_by_a_claim FOREIGN KEY (consortium_id, passed_on_by_id) REFERENCES dispensing.claim(consortium_id, claim_id);

ALTER TABLE ONLY dispensing.claim
    ADD CONSTRAINT claim_was_used_for_a_dispensing FOREIGN KEY (consortium_id, dispensing_id) REFERENCES dispensing.dispensing(consortium_id, dispensing_id);

ALTER TABLE ONLY dispensing.opened_pack
    ADD CONSTRAINT code_of_an_opened_pack_is_known FOREIGN KEY (consortium_id, trace_code) REFERENCES dispensing.trace_code(consortium_id, code);

ALTER TABLE ONLY dispensing.consortium_practice
    ADD CONSTRAINT consortium_practice_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY dispensing.family_doctor_contract
    ADD CONSTRAINT contract_is_of_a_patient FOREIGN KEY (consortium_id, patient_id) REFERENCES dispensing.patient(consortium_id, patient_id);

ALTER TABLE ONLY dispensing.family_doctor_contract
    ADD CONSTRAINT contract_is_with_a_doctor FOREIGN KEY (consortium_id, doctor_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.family_doctor_contract
    ADD CONSTRAINT contract_is_with_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility(consortium_id, facility_id);

ALTER TABLE ONLY dispensing.family_doctor_contract
    ADD CONSTRAINT contract_was_recorded_by_a_person FOREIGN KEY (consortium_id, recorded_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.dispensed_code
    ADD CONSTRAINT dispensed_code_comes_back_with_a_return FOREIGN KEY (consortium_id, return_id) REFERENCES dispensing.patient_return(consortium_id, return_id);

ALTER TABLE ONLY dispensing.dispensed_code
    ADD CONSTRAINT dispensed_code_is_known FOREIGN KEY (consortium_id, code) REFERENCES dispensing.trace_code(consortium_id, code);

ALTER TABLE ONLY dispensing.dispensed_code
    ADD CONSTRAINT dispensed_code_is_of_a_dispensed_line FOREIGN KEY (consortium_id, dispensing_id, line_number) REFERENCES dispensing.dispensing_line(consortium_id, dispensing_id, line_number);

ALTER TABLE ONLY dispensing.dispensing
    ADD CONSTRAINT dispensing_is_a_movement FOREIGN KEY (consortium_id, movement_id) REFERENCES stock_ledger.movement(consortium_id, movement_id);

ALTER TABLE ONLY dispensing.dispensing
    ADD CONSTRAINT dispensing_is_by_a_person FOREIGN KEY (consortium_id, dispenser_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.dispensing
    ADD CONSTRAINT dispensing_is_from_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY dispensing.dispensing
    ADD CONSTRAINT dispensing_is_of_a_version FOREIGN KEY (consortium_id, prescription_id, version) REFERENCES dispensing.prescription_version(consortium_id, prescription_id, version);

ALTER TABLE ONLY dispensing.dispensing_line
    ADD CONSTRAINT dispensing_line_article_id_fkey FOREIGN KEY (article_id) REFERENCES formulary.article(article_id);

ALTER TABLE ONLY dispensing.dispensing_line
    ADD CONSTRAINT dispensing_line_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch(consortium_id, batch_id);

ALTER TABLE ONLY dispensing.dispensing_line
    ADD CONSTRAINT dispensing_line_is_of_a_dispensing FOREIGN KEY (consortium_id, dispensing_id) REFERENCES dispensing.dispensing(consortium_id, dispensing_id);

ALTER TABLE ONLY dispensing.dispensing_line
    ADD CONSTRAINT dispensing_line_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY dispensing.trace_exemption
    ADD CONSTRAINT exemption_is_of_a_dispensed_line FOREIGN KEY (consortium_id, dispensing_id, line_number) REFERENCES dispensing.dispensing_line(consortium_id, dispensing_id, line_number);

ALTER TABLE ONLY dispensing.review_queue
    ADD CONSTRAINT hold_is_by_a_person FOREIGN KEY (consortium_id, holder_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.opened_pack
    ADD CONSTRAINT opened_pack_article_id_fkey FOREIGN KEY (article_id) REFERENCES formulary.article(article_id);

ALTER TABLE ONLY dispensing.opened_pack
    ADD CONSTRAINT opened_pack_is_in_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY dispensing.opened_pack
    ADD CONSTRAINT opened_pack_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch(consortium_id, batch_id);

ALTER TABLE ONLY dispensing.opened_pack
    ADD CONSTRAINT opened_pack_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY dispensing.opened_pack
    ADD CONSTRAINT pack_is_opened_by_a_person FOREIGN KEY (consortium_id, opened_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.pack_use
    ADD CONSTRAINT pack_use_is_of_a_dispensed_line FOREIGN KEY (consortium_id, dispensing_id, line_number) REFERENCES dispensing.dispensing_line(consortium_id, dispensing_id, line_number);

ALTER TABLE ONLY dispensing.pack_use
    ADD CONSTRAINT pack_use_is_of_an_opened_pack FOREIGN KEY (consortium_id, pack_id) REFERENCES dispensing.opened_pack(consortium_id, pack_id);

ALTER TABLE ONLY dispensing.patient
    ADD CONSTRAINT patient_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY dispensing.patient
    ADD CONSTRAINT patient_was_registered_by_a_person FOREIGN KEY (consortium_id, registered_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.trace_policy
    ADD CONSTRAINT policy_is_declared_by_a_person FOREIGN KEY (consortium_id, declared_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.trace_policy
    ADD CONSTRAINT policy_is_of_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility(consortium_id, facility_id);

ALTER TABLE ONLY dispensing.facility_practice
    ADD CONSTRAINT practice_is_declared_by_a_person FOREIGN KEY (consortium_id, declared_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.facility_practice
    ADD CONSTRAINT practice_is_of_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility(consortium_id, facility_id);

ALTER TABLE ONLY dispensing.consortium_practice
    ADD CONSTRAINT practice_was_declared_by_a_person FOREIGN KEY (consortium_id, declared_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.trace_prefix
    ADD CONSTRAINT prefix_is_registered_by_a_person FOREIGN KEY (consortium_id, registered_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.preparation
    ADD CONSTRAINT preparation_is_by_a_person FOREIGN KEY (consortium_id, preparer_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.preparation
    ADD CONSTRAINT preparation_is_in_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY dispensing.preparation
    ADD CONSTRAINT preparation_is_of_a_version FOREIGN KEY (consortium_id, prescription_id, version) REFERENCES dispensing.prescription_version(consortium_id, prescription_id, version);

ALTER TABLE ONLY dispensing.preparation_line
    ADD CONSTRAINT prepared_line_is_of_a_preparation FOREIGN KEY (consortium_id, preparation_id) REFERENCES dispensing.preparation(consortium_id, preparation_id);

ALTER TABLE ONLY dispensing.preparation_scan
    ADD CONSTRAINT prepared_scan_is_of_a_preparation FOREIGN KEY (consortium_id, preparation_id) REFERENCES dispensing.preparation(consortium_id, preparation_id);

ALTER TABLE ONLY dispensing.dispensing
    ADD CONSTRAINT preparer_is_who_prepared FOREIGN KEY (consortium_id, preparation_id, preparer_id) REFERENCES dispensing.preparation(consortium_id, preparation_id, preparer_id);

ALTER TABLE ONLY dispensing.prescription
    ADD CONSTRAINT prescription_is_of_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility(consortium_id, facility_id);

ALTER TABLE ONLY dispensing.prescription
    ADD CONSTRAINT prescription_is_of_a_patient FOREIGN KEY (consortium_id, patient_id) REFERENCES dispensing.patient(consortium_id, patient_id);

ALTER TABLE ONLY dispensing.prescription
    ADD CONSTRAINT prescription_is_of_a_prescriber FOREIGN KEY (consortium_id, prescriber_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.prescription_line
    ADD CONSTRAINT prescription_line_is_of_a_version FOREIGN KEY (consortium_id, prescription_id, version) REFERENCES dispensing.prescription_version(consortium_id, prescription_id, version);

ALTER TABLE ONLY dispensing.prescription_line
    ADD CONSTRAINT prescription_line_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY dispensing.review_queue
    ADD CONSTRAINT queue_is_of_versions FOREIGN KEY (consortium_id, prescription_id, version) REFERENCES dispensing.prescription_version(consortium_id, prescription_id, version);

ALTER TABLE ONLY dispensing.patient_return
    ADD CONSTRAINT return_is_of_a_dispensing FOREIGN KEY (consortium_id, dispensing_id) REFERENCES dispensing.dispensing(consortium_id, dispensing_id);

ALTER TABLE ONLY dispensing.patient_return
    ADD CONSTRAINT return_is_received_by_a_person FOREIGN KEY (consortium_id, receiver_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.patient_return_line
    ADD CONSTRAINT return_line_is_of_a_dispensed_line FOREIGN KEY (consortium_id, dispensing_id, line_number) REFERENCES dispensing.dispensing_line(consortium_id, dispensing_id, line_number);

ALTER TABLE ONLY dispensing.patient_return_line
    ADD CONSTRAINT return_line_is_of_a_return FOREIGN KEY (consortium_id, return_id) REFERENCES dispensing.patient_return(consortium_id, return_id);

ALTER TABLE ONLY dispensing.review
    ADD CONSTRAINT review_is_by_a_person FOREIGN KEY (consortium_id, reviewer_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.review
    ADD CONSTRAINT review_is_of_a_version FOREIGN KEY (consortium_id, prescription_id, version) REFERENCES dispensing.prescription_version(consortium_id, prescription_id, version);

ALTER TABLE ONLY dispensing.reviewer_qualification
    ADD CONSTRAINT reviewer_is_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.reviewer_qualification
    ADD CONSTRAINT reviewer_was_declared_by_a_person FOREIGN KEY (consortium_id, declared_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.prescription_signature
    ADD CONSTRAINT signature_is_by_a_key FOREIGN KEY (consortium_id, key_id) REFERENCES dispensing.signing_key(consortium_id, key_id);

ALTER TABLE ONLY dispensing.prescription_signature
    ADD CONSTRAINT signature_is_of_a_version FOREIGN KEY (consortium_id, prescription_id, version) REFERENCES dispensing.prescription_version(consortium_id, prescription_id, version);

ALTER TABLE ONLY dispensing.signing_key
    ADD CONSTRAINT signing_key_is_of_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.signing_key
    ADD CONSTRAINT signing_key_was_revoked_by_a_person FOREIGN KEY (consortium_id, revoked_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.trace_code
    ADD CONSTRAINT trace_code_is_in_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY dispensing.trace_code
    ADD CONSTRAINT trace_code_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch(consortium_id, batch_id);

ALTER TABLE ONLY dispensing.trace_code
    ADD CONSTRAINT trace_code_is_of_the_article_its_prefix_names FOREIGN KEY (consortium_id, prefix, article_id) REFERENCES dispensing.trace_prefix(consortium_id, prefix, article_id);

ALTER TABLE ONLY dispensing.trace_code
    ADD CONSTRAINT trace_code_is_seen_by_a_person FOREIGN KEY (consortium_id, first_seen_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY dispensing.trace_policy
    ADD CONSTRAINT trace_policy_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY dispensing.trace_prefix
    ADD CONSTRAINT trace_prefix_article_id_fkey FOREIGN KEY (article_id) REFERENCES formulary.article(article_id);

ALTER TABLE ONLY dispensing.trace_prefix
    ADD CONSTRAINT trace_prefix_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY dispensing.prescription_version
    ADD CONSTRAINT version_is_of_a_prescription FOREIGN KEY (consortium_id, prescription_id) REFERENCES dispensing.prescription(consortium_id, prescription_id);

ALTER TABLE ONLY dispensing.patient_weight
    ADD CONSTRAINT weight_is_of_a_patient FOREIGN KEY (consortium_id, patient_id) REFERENCES dispensing.patient(consortium_id, patient_id);

ALTER TABLE ONLY dispensing.patient_weight
    ADD CONSTRAINT weight_was_recorded_by_a_person FOREIGN KEY (consortium_id, recorded_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY distribution.order_delivery
    ADD CONSTRAINT delivery_is_of_an_order FOREIGN KEY (consortium_id, order_id) REFERENCES pooled_procurement.purchase_order(consortium_id, order_id);

ALTER TABLE ONLY distribution.goods_receipt_line
    ADD CONSTRAINT goods_receipt_line_article_id_fkey FOREIGN KEY (article_id) REFERENCES formulary.article(article_id);

ALTER TABLE ONLY distribution.goods_receipt_line
    ADD CONSTRAINT goods_receipt_line_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY distribution.goods_receipt
    ADD CONSTRAINT receipt_is_a_movement FOREIGN KEY (consortium_id, movement_id) REFERENCES stock_ledger.movement(consortium_id, movement_id);

ALTER TABLE ONLY distribution.goods_receipt
    ADD CONSTRAINT receipt_is_by_a_person FOREIGN KEY (consortium_id, receiver_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY distribution.goods_receipt
    ADD CONSTRAINT receipt_is_in_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY distribution.goods_receipt
    ADD CONSTRAINT receipt_is_of_a_shipment FOREIGN KEY (consortium_id, shipment_id) REFERENCES distribution.shipment(consortium_id, shipment_id);

ALTER TABLE ONLY distribution.goods_receipt_line
    ADD CONSTRAINT receipt_line_is_of_a_receipt FOREIGN KEY (consortium_id, receipt_id) REFERENCES distribution.goods_receipt(consortium_id, receipt_id);

ALTER TABLE ONLY distribution.goods_receipt_line
    ADD CONSTRAINT receipt_line_is_of_a_shipment_line FOREIGN KEY (consortium_id, shipment_id, shipment_line) REFERENCES distribution.shipment_line(consortium_id, shipment_id, line_number);

ALTER TABLE ONLY distribution.supplier_return
    ADD CONSTRAINT return_is_a_movement FOREIGN KEY (consortium_id, movement_id) REFERENCES stock_ledger.movement(consortium_id, movement_id);

ALTER TABLE ONLY distribution.supplier_return
    ADD CONSTRAINT return_is_by_a_person FOREIGN KEY (consortium_id, returned_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY distribution.supplier_return
    ADD CONSTRAINT return_is_of_a_shipment_line FOREIGN KEY (consortium_id, shipment_id, shipment_line) REFERENCES distribution.shipment_line(consortium_id, shipment_id, line_number);

ALTER TABLE ONLY distribution.supplier_return
    ADD CONSTRAINT return_is_of_an_order_line FOREIGN KEY (consortium_id, order_id, order_line) REFERENCES pooled_procurement.purchase_order_line(consortium_id, order_id, line_number);

ALTER TABLE ONLY distribution.supplier_return
    ADD CONSTRAINT return_leaves_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY distribution.goods_receipt
    ADD CONSTRAINT second_person_is_a_person FOREIGN KEY (consortium_id, second_person_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY distribution.shipment
    ADD CONSTRAINT shipment_company_id_fkey FOREIGN KEY (company_id) REFERENCES parties.company(company_id);

ALTER TABLE ONLY distribution.shipment
    ADD CONSTRAINT shipment_is_announced_by_a_person FOREIGN KEY (consortium_id, announced_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY distribution.shipment
    ADD CONSTRAINT shipment_is_of_an_order FOREIGN KEY (consortium_id, order_id) REFERENCES pooled_procurement.purchase_order(consortium_id, order_id);

ALTER TABLE ONLY distribution.shipment_line
    ADD CONSTRAINT shipment_line_article_id_fkey FOREIGN KEY (article_id) REFERENCES formulary.article(article_id);

ALTER TABLE ONLY distribution.shipment_line
    ADD CONSTRAINT shipment_line_is_of_a_shipment FOREIGN KEY (consortium_id, shipment_id) REFERENCES distribution.shipment(consortium_id, shipment_id);

ALTER TABLE ONLY distribution.shipment_line
    ADD CONSTRAINT shipment_line_is_of_an_order_line FOREIGN KEY (consortium_id, order_id, order_line) REFERENCES pooled_procurement.purchase_order_line(consortium_id, order_id, line_number);

ALTER TABLE ONLY distribution.shipment
    ADD CONSTRAINT shipment_reaches_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility(consortium_id, facility_id);

ALTER TABLE ONLY distribution.shipment
    ADD CONSTRAINT shipment_reaches_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY distribution.supplier_return
    ADD CONSTRAINT supplier_return_article_id_fkey FOREIGN KEY (article_id) REFERENCES formulary.article(article_id);

ALTER TABLE ONLY distribution.supplier_return
    ADD CONSTRAINT supplier_return_company_id_fkey FOREIGN KEY (company_id) REFERENCES parties.company(company_id);

ALTER TABLE ONLY fhir.placer_identifier
    ADD CONSTRAINT placer_identifier_is_of_a_prescription FOREIGN KEY (consortium_id, prescription_id) REFERENCES dispensing.prescription(consortium_id, prescription_id);

ALTER TABLE ONLY fhir.placer_identifier
    ADD CONSTRAINT placer_identifier_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY formulary.article
    ADD CONSTRAINT article_manufacturer_id_fkey FOREIGN KEY (manufacturer_id) REFERENCES parties.company(company_id);

ALTER TABLE ONLY formulary.article
    ADD CONSTRAINT article_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY formulary.edition_change
    ADD CONSTRAINT edition_change_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES formulary.edition(edition_id);

ALTER TABLE ONLY formulary.entry
    ADD CONSTRAINT entry_belongs_to_a_version FOREIGN KEY (consortium_id, version_id) REFERENCES formulary.version(consortium_id, version_id);

ALTER TABLE ONLY formulary.entry
    ADD CONSTRAINT entry_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY formulary.maker_search
    ADD CONSTRAINT maker_search_company_id_fkey FOREIGN KEY (company_id) REFERENCES parties.company(company_id);

ALTER TABLE ONLY formulary.product_search
    ADD CONSTRAINT product_search_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY formulary.version
    ADD CONSTRAINT version_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY formulary.version
    ADD CONSTRAINT version_is_drafted_by_a_person FOREIGN KEY (consortium_id, drafted_by) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY formulary.version
    ADD CONSTRAINT version_is_published_by_a_person FOREIGN KEY (consortium_id, published_by) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY identity.person
    ADD CONSTRAINT person_company_id_fkey FOREIGN KEY (company_id) REFERENCES parties.company(company_id);

ALTER TABLE ONLY identity.person
    ADD CONSTRAINT person_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY identity.person
    ADD CONSTRAINT person_works_at_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility(consortium_id, facility_id);

ALTER TABLE ONLY insurance_uploads.article_sale
    ADD CONSTRAINT article_sale_article_id_fkey FOREIGN KEY (article_id) REFERENCES formulary.article(article_id);

ALTER TABLE ONLY insurance_uploads.article_sale
    ADD CONSTRAINT article_sale_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY insurance_uploads.batch_fact
    ADD CONSTRAINT batch_fact_is_noted_by_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY insurance_uploads.batch_fact
    ADD CONSTRAINT batch_fact_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch(consortium_id, batch_id);

ALTER TABLE ONLY insurance_uploads.feed
    ADD CONSTRAINT feed_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY insurance_uploads.institution
    ADD CONSTRAINT institution_is_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility(consortium_id, facility_id);

ALTER TABLE ONLY insurance_uploads.institution
    ADD CONSTRAINT institution_is_registered_by_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY insurance_uploads.institution
    ADD CONSTRAINT institution_is_told_through_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account(consortium_id, platform);

ALTER TABLE ONLY insurance_uploads.pharmacist_licence
    ADD CONSTRAINT licence_is_noted_by_a_person FOREIGN KEY (consortium_id, noted_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY insurance_uploads.pharmacist_licence
    ADD CONSTRAINT licence_is_of_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY insurance_uploads.record
    ADD CONSTRAINT record_goes_back_on_a_record FOREIGN KEY (consortium_id, original_id) REFERENCES insurance_uploads.record(consortium_id, record_id);

ALTER TABLE ONLY insurance_uploads.record
    ADD CONSTRAINT record_is_of_a_dispensed_line FOREIGN KEY (consortium_id, dispensing_id, dispensing_line) REFERENCES dispensing.dispensing_line(consortium_id, dispensing_id, line_number);

ALTER TABLE ONLY insurance_uploads.record
    ADD CONSTRAINT record_is_of_a_receipt FOREIGN KEY (consortium_id, receipt_id) REFERENCES distribution.goods_receipt(consortium_id, receipt_id);

ALTER TABLE ONLY insurance_uploads.record
    ADD CONSTRAINT record_is_of_a_return FOREIGN KEY (consortium_id, return_id) REFERENCES dispensing.patient_return(consortium_id, return_id);

ALTER TABLE ONLY insurance_uploads.record
    ADD CONSTRAINT record_is_of_a_serial FOREIGN KEY (consortium_id, facility_id, batch_id) REFERENCES insurance_uploads.serial(consortium_id, facility_id, batch_id);

ALTER TABLE ONLY insurance_uploads.record
    ADD CONSTRAINT record_is_of_a_taken_movement FOREIGN KEY (consortium_id, movement_id) REFERENCES insurance_uploads.taken(consortium_id, movement_id);

ALTER TABLE ONLY insurance_uploads.article_sale
    ADD CONSTRAINT sale_is_noted_by_a_person FOREIGN KEY (consortium_id, noted_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY insurance_uploads.serial
    ADD CONSTRAINT serial_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch(consortium_id, batch_id);

ALTER TABLE ONLY insurance_uploads.serial
    ADD CONSTRAINT serial_is_of_an_institution FOREIGN KEY (consortium_id, facility_id) REFERENCES insurance_uploads.institution(consortium_id, facility_id);

ALTER TABLE ONLY insurance_uploads.taken
    ADD CONSTRAINT taken_is_a_movement FOREIGN KEY (consortium_id, movement_id) REFERENCES stock_ledger.movement(consortium_id, movement_id);

ALTER TABLE ONLY long_prescriptions.facility_ability
    ADD CONSTRAINT ability_is_declared_by_a_person FOREIGN KEY (consortium_id, declared_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY long_prescriptions.facility_ability
    ADD CONSTRAINT ability_is_of_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility(consortium_id, facility_id);

ALTER TABLE ONLY long_prescriptions.collection
    ADD CONSTRAINT collection_is_a_dispensing FOREIGN KEY (consortium_id, dispensing_id) REFERENCES dispensing.dispensing(consortium_id, dispensing_id);

ALTER TABLE ONLY long_prescriptions.collection
    ADD CONSTRAINT collection_is_by_a_named_proxy FOREIGN KEY (consortium_id, plan_id, proxy_number) REFERENCES long_prescriptions.proxy(consortium_id, plan_id, proxy_number);

ALTER TABLE ONLY long_prescriptions.collection
    ADD CONSTRAINT collection_is_of_an_instalment FOREIGN KEY (consortium_id, plan_id, instalment_number) REFERENCES long_prescriptions.instalment(consortium_id, plan_id, instalment_number);

ALTER TABLE ONLY long_prescriptions.plan_event
    ADD CONSTRAINT event_is_by_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY long_prescriptions.plan_event
    ADD CONSTRAINT event_is_of_a_plan FOREIGN KEY (consortium_id, plan_id) REFERENCES long_prescriptions.plan(consortium_id, plan_id);

ALTER TABLE ONLY long_prescriptions.instalment
    ADD CONSTRAINT instalment_is_collected_at_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY long_prescriptions.instalment
    ADD CONSTRAINT instalment_is_of_a_plan FOREIGN KEY (consortium_id, plan_id) REFERENCES long_prescriptions.plan(consortium_id, plan_id);

ALTER TABLE ONLY long_prescriptions.instalment_line
    ADD CONSTRAINT instalment_line_is_of_an_instalment FOREIGN KEY (consortium_id, plan_id, instalment_number) REFERENCES long_prescriptions.instalment(consortium_id, plan_id, instalment_number);

ALTER TABLE ONLY long_prescriptions.instalment_line
    ADD CONSTRAINT instalment_line_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY long_prescriptions.plan
    ADD CONSTRAINT plan_has_a_pharmacy FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY long_prescriptions.plan
    ADD CONSTRAINT plan_is_of_a_patient FOREIGN KEY (consortium_id, patient_id) REFERENCES dispensing.patient(consortium_id, patient_id);

ALTER TABLE ONLY long_prescriptions.plan
    ADD CONSTRAINT plan_is_of_a_version FOREIGN KEY (consortium_id, prescription_id, version) REFERENCES dispensing.prescription_version(consortium_id, prescription_id, version);

ALTER TABLE ONLY long_prescriptions.plan
    ADD CONSTRAINT plan_was_started_by_a_person FOREIGN KEY (consortium_id, started_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY long_prescriptions.proxy
    ADD CONSTRAINT proxy_is_of_a_plan FOREIGN KEY (consortium_id, plan_id) REFERENCES long_prescriptions.plan(consortium_id, plan_id);

ALTER TABLE ONLY long_prescriptions.qualification
    ADD CONSTRAINT qualification_is_declared_by_a_person FOREIGN KEY (consortium_id, declared_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY long_prescriptions.qualification
    ADD CONSTRAINT qualification_is_of_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY long_prescriptions.reservation
    ADD CONSTRAINT reservation_is_for_an_instalment FOREIGN KEY (consortium_id, plan_id, instalment_number) REFERENCES long_prescriptions.instalment(consortium_id, plan_id, instalment_number);

ALTER TABLE ONLY long_prescriptions.reservation
    ADD CONSTRAINT reservation_is_in_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY long_prescriptions.reservation_line
    ADD CONSTRAINT reservation_line_article_id_fkey FOREIGN KEY (article_id) REFERENCES formulary.article(article_id);

ALTER TABLE ONLY long_prescriptions.reservation_line
    ADD CONSTRAINT reservation_line_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch(consortium_id, batch_id);

ALTER TABLE ONLY long_prescriptions.reservation_line
    ADD CONSTRAINT reservation_line_is_of_a_reservation FOREIGN KEY (consortium_id, reservation_id) REFERENCES long_prescriptions.reservation(consortium_id, reservation_id);

ALTER TABLE ONLY long_prescriptions.reservation_line
    ADD CONSTRAINT reservation_line_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY long_prescriptions.shortfall
    ADD CONSTRAINT shortfall_is_in_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY long_prescriptions.shortfall
    ADD CONSTRAINT shortfall_is_of_an_instalment FOREIGN KEY (consortium_id, plan_id, instalment_number) REFERENCES long_prescriptions.instalment(consortium_id, plan_id, instalment_number);

ALTER TABLE ONLY long_prescriptions.shortfall
    ADD CONSTRAINT shortfall_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY medication_rules.allergen
    ADD CONSTRAINT allergen_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES medication_rules.edition(edition_id);

ALTER TABLE ONLY medication_rules.consortium_limit
    ADD CONSTRAINT consortium_limit_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY medication_rules.dose_limit
    ADD CONSTRAINT dose_limit_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES medication_rules.edition(edition_id);

ALTER TABLE ONLY medication_rules.dose_limit
    ADD CONSTRAINT dose_limit_is_of_a_substance FOREIGN KEY (edition_id, substance) REFERENCES medication_rules.substance(edition_id, code);

ALTER TABLE ONLY medication_rules.duplicate_exception
    ADD CONSTRAINT duplicate_exception_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES medication_rules.edition(edition_id);

ALTER TABLE ONLY medication_rules.institution_limit
    ADD CONSTRAINT institution_limit_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES medication_rules.edition(edition_id);

ALTER TABLE ONLY medication_rules.interaction
    ADD CONSTRAINT interaction_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES medication_rules.edition(edition_id);

ALTER TABLE ONLY medication_rules.long_diagnosis
    ADD CONSTRAINT long_diagnosis_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES medication_rules.edition(edition_id);

ALTER TABLE ONLY medication_rules.long_exclusion
    ADD CONSTRAINT long_exclusion_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES medication_rules.edition(edition_id);

ALTER TABLE ONLY medication_rules.consortium_limit
    ADD CONSTRAINT own_limit_is_set_by_a_person FOREIGN KEY (consortium_id, set_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY medication_rules.person_limit
    ADD CONSTRAINT person_limit_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES medication_rules.edition(edition_id);

ALTER TABLE ONLY medication_rules.practice_region
    ADD CONSTRAINT practice_region_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY medication_rules.practice_region
    ADD CONSTRAINT region_is_declared_by_a_person FOREIGN KEY (consortium_id, declared_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY medication_rules.substance
    ADD CONSTRAINT substance_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES medication_rules.edition(edition_id);

ALTER TABLE ONLY medication_rules.substance_group
    ADD CONSTRAINT substance_group_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES medication_rules.edition(edition_id);

ALTER TABLE ONLY outbox.document
    ADD CONSTRAINT document_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY outbox.message
    ADD CONSTRAINT message_is_of_a_document FOREIGN KEY (consortium_id, destination, document_key) REFERENCES outbox.document(consortium_id, destination, document_key);

ALTER TABLE ONLY parties.facility_distance
    ADD CONSTRAINT distance_is_from_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility(consortium_id, facility_id);

ALTER TABLE ONLY parties.facility_distance
    ADD CONSTRAINT distance_is_to_a_facility FOREIGN KEY (consortium_id, other_facility_id) REFERENCES parties.facility(consortium_id, facility_id);

ALTER TABLE ONLY parties.facility
    ADD CONSTRAINT facility_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY parties.licence
    ADD CONSTRAINT licence_company_id_fkey FOREIGN KEY (company_id) REFERENCES parties.company(company_id);

ALTER TABLE ONLY parties.store
    ADD CONSTRAINT store_belongs_to_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility(consortium_id, facility_id);

ALTER TABLE ONLY platform_exchange.account
    ADD CONSTRAINT account_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY platform_exchange.article_code
    ADD CONSTRAINT article_code_article_id_fkey FOREIGN KEY (article_id) REFERENCES formulary.article(article_id);

ALTER TABLE ONLY platform_exchange.article_code
    ADD CONSTRAINT article_code_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account(consortium_id, platform);

ALTER TABLE ONLY platform_exchange.company_code
    ADD CONSTRAINT company_code_company_id_fkey FOREIGN KEY (company_id) REFERENCES parties.company(company_id);

ALTER TABLE ONLY platform_exchange.company_code
    ADD CONSTRAINT company_code_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account(consortium_id, platform);

ALTER TABLE ONLY platform_exchange.delivery_line
    ADD CONSTRAINT delivery_is_announced_as_a_line FOREIGN KEY (consortium_id, shipment_id, shipment_line) REFERENCES distribution.shipment_line(consortium_id, shipment_id, line_number);

ALTER TABLE ONLY platform_exchange.delivery_line
    ADD CONSTRAINT delivery_is_of_a_placed_line FOREIGN KEY (consortium_id, platform, order_id, line_number) REFERENCES platform_exchange.placed_line(consortium_id, platform, order_id, line_number);

ALTER TABLE ONLY platform_exchange.delivery_line
    ADD CONSTRAINT delivery_line_article_id_fkey FOREIGN KEY (article_id) REFERENCES formulary.article(article_id);

ALTER TABLE ONLY platform_exchange.difference
    ADD CONSTRAINT difference_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account(consortium_id, platform);

ALTER TABLE ONLY platform_exchange.feed
    ADD CONSTRAINT feed_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account(consortium_id, platform);

ALTER TABLE ONLY platform_exchange.gate
    ADD CONSTRAINT gate_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account(consortium_id, platform);

ALTER TABLE ONLY platform_exchange.invoice
    ADD CONSTRAINT invoice_is_decided_by_a_person FOREIGN KEY (consortium_id, decided_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY platform_exchange.invoice
    ADD CONSTRAINT invoice_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account(consortium_id, platform);

ALTER TABLE ONLY platform_exchange.invoice
    ADD CONSTRAINT invoice_is_paid_by_a_person FOREIGN KEY (consortium_id, paid_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY platform_exchange.invoice_line
    ADD CONSTRAINT invoice_line_is_for_a_return FOREIGN KEY (consortium_id, return_id) REFERENCES distribution.supplier_return(consortium_id, return_id);

ALTER TABLE ONLY platform_exchange.invoice_line
    ADD CONSTRAINT invoice_line_is_for_an_order_line FOREIGN KEY (consortium_id, order_id, line_number) REFERENCES pooled_procurement.purchase_order_line(consortium_id, order_id, line_number);

ALTER TABLE ONLY platform_exchange.invoice_line
    ADD CONSTRAINT invoice_line_is_of_an_invoice FOREIGN KEY (consortium_id, invoice_id) REFERENCES platform_exchange.invoice(consortium_id, invoice_id);

ALTER TABLE ONLY platform_exchange.placed_line
    ADD CONSTRAINT placed_line_article_id_fkey FOREIGN KEY (article_id) REFERENCES formulary.article(article_id);

ALTER TABLE ONLY platform_exchange.placed_line
    ADD CONSTRAINT placed_line_is_of_an_order FOREIGN KEY (consortium_id, platform, order_id) REFERENCES platform_exchange.placed_order(consortium_id, platform, order_id);

ALTER TABLE ONLY platform_exchange.placed_order
    ADD CONSTRAINT placed_order_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account(consortium_id, platform);

ALTER TABLE ONLY platform_exchange.placed_order
    ADD CONSTRAINT placed_order_is_ours FOREIGN KEY (consortium_id, order_id) REFERENCES pooled_procurement.purchase_order(consortium_id, order_id);

ALTER TABLE ONLY platform_exchange.placed_return
    ADD CONSTRAINT placed_return_is_of_a_delivery FOREIGN KEY (consortium_id, platform, delivery_line) REFERENCES platform_exchange.delivery_line(consortium_id, platform, delivery_line);

ALTER TABLE ONLY platform_exchange.placed_return
    ADD CONSTRAINT placed_return_is_ours FOREIGN KEY (consortium_id, return_id) REFERENCES distribution.supplier_return(consortium_id, return_id);

ALTER TABLE ONLY platform_exchange.settlement
    ADD CONSTRAINT settlement_is_made_by_a_person FOREIGN KEY (consortium_id, made_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY platform_exchange.settlement
    ADD CONSTRAINT settlement_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account(consortium_id, platform);

ALTER TABLE ONLY platform_exchange.settlement_line
    ADD CONSTRAINT settlement_line_is_of_a_settlement FOREIGN KEY (consortium_id, settlement_id) REFERENCES platform_exchange.settlement(consortium_id, settlement_id);

ALTER TABLE ONLY platform_exchange.settlement_line
    ADD CONSTRAINT settlement_line_pays_an_invoice FOREIGN KEY (consortium_id, invoice_id) REFERENCES platform_exchange.invoice(consortium_id, invoice_id);

ALTER TABLE ONLY platform_exchange.store_code
    ADD CONSTRAINT store_code_is_of_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY platform_exchange.store_code
    ADD CONSTRAINT store_code_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account(consortium_id, platform);

ALTER TABLE ONLY pooled_procurement.order_change
    ADD CONSTRAINT change_is_of_a_line FOREIGN KEY (consortium_id, order_id, line_number) REFERENCES pooled_procurement.purchase_order_line(consortium_id, order_id, line_number);

ALTER TABLE ONLY pooled_procurement.pool_line
    ADD CONSTRAINT line_is_of_a_pool FOREIGN KEY (consortium_id, pool_id) REFERENCES pooled_procurement.pool(consortium_id, pool_id);

ALTER TABLE ONLY pooled_procurement.purchase_order_line
    ADD CONSTRAINT line_is_of_an_order FOREIGN KEY (consortium_id, order_id) REFERENCES pooled_procurement.purchase_order(consortium_id, order_id);

ALTER TABLE ONLY pooled_procurement.purchase_order
    ADD CONSTRAINT order_is_delivered_to_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility(consortium_id, facility_id);

ALTER TABLE ONLY pooled_procurement.purchase_order
    ADD CONSTRAINT order_is_delivered_to_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY pooled_procurement.purchase_order
    ADD CONSTRAINT order_is_from_a_pool FOREIGN KEY (consortium_id, pool_id) REFERENCES pooled_procurement.pool(consortium_id, pool_id);

ALTER TABLE ONLY pooled_procurement.purchase_order
    ADD CONSTRAINT order_is_from_a_tender FOREIGN KEY (consortium_id, tender_id) REFERENCES tendering.tender(consortium_id, tender_id);

ALTER TABLE ONLY pooled_procurement.pool_package
    ADD CONSTRAINT package_is_of_a_pool_line FOREIGN KEY (consortium_id, pool_id, product_id) REFERENCES pooled_procurement.pool_line(consortium_id, pool_id, product_id);

ALTER TABLE ONLY pooled_procurement.pool_package
    ADD CONSTRAINT package_is_of_a_tender FOREIGN KEY (consortium_id, tender_id, package_number) REFERENCES tendering.tender_package(consortium_id, tender_id, package_number);

ALTER TABLE ONLY pooled_procurement.pool
    ADD CONSTRAINT pool_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY pooled_procurement.pool
    ADD CONSTRAINT pool_is_of_a_cycle FOREIGN KEY (consortium_id, cycle_id) REFERENCES requisitions.cycle(consortium_id, cycle_id);

ALTER TABLE ONLY pooled_procurement.pool_line
    ADD CONSTRAINT pool_line_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY pooled_procurement.purchase_order
    ADD CONSTRAINT purchase_order_company_id_fkey FOREIGN KEY (company_id) REFERENCES parties.company(company_id);

ALTER TABLE ONLY pooled_procurement.purchase_order
    ADD CONSTRAINT purchase_order_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY pooled_procurement.purchase_order_line
    ADD CONSTRAINT purchase_order_line_article_id_fkey FOREIGN KEY (article_id) REFERENCES formulary.article(article_id);

ALTER TABLE ONLY pooled_procurement.purchase_order_line
    ADD CONSTRAINT purchase_order_line_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY prescription_flow.patient_pharmacy
    ADD CONSTRAINT choice_is_recorded_by_a_person FOREIGN KEY (consortium_id, chosen_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY prescription_flow.prescription_pharmacy
    ADD CONSTRAINT choice_is_recorded_by_a_person FOREIGN KEY (consortium_id, chosen_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY prescription_flow.patient_pharmacy
    ADD CONSTRAINT chosen_pharmacy_is_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY prescription_flow.prescription_pharmacy
    ADD CONSTRAINT chosen_pharmacy_is_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY prescription_flow.delivery
    ADD CONSTRAINT delivery_is_carried_by_a_person FOREIGN KEY (consortium_id, carrier_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY prescription_flow.delivery
    ADD CONSTRAINT delivery_is_of_a_dispensing FOREIGN KEY (consortium_id, dispensing_id) REFERENCES dispensing.dispensing(consortium_id, dispensing_id);

ALTER TABLE ONLY prescription_flow.delivery
    ADD CONSTRAINT delivery_is_planned_by_a_person FOREIGN KEY (consortium_id, planned_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY prescription_flow.delivery
    ADD CONSTRAINT delivery_leaves_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY prescription_flow.patient_pharmacy
    ADD CONSTRAINT pharmacy_is_chosen_by_a_patient FOREIGN KEY (consortium_id, patient_id) REFERENCES dispensing.patient(consortium_id, patient_id);

ALTER TABLE ONLY prescription_flow.prescription_pharmacy
    ADD CONSTRAINT pharmacy_is_chosen_for_a_prescription FOREIGN KEY (consortium_id, prescription_id) REFERENCES dispensing.prescription(consortium_id, prescription_id);

ALTER TABLE ONLY prescription_flow.prescription_shortage
    ADD CONSTRAINT prescription_shortage_is_reported FOREIGN KEY (consortium_id, shortage_id) REFERENCES requisitions.shortage_report(consortium_id, shortage_id);

ALTER TABLE ONLY prescription_flow.sharing_request
    ADD CONSTRAINT sharing_goes_by_a_transfer FOREIGN KEY (consortium_id, transfer_id) REFERENCES stock_ledger.transfer(consortium_id, transfer_id);

ALTER TABLE ONLY prescription_flow.sharing_request
    ADD CONSTRAINT sharing_is_answered_by_a_person FOREIGN KEY (consortium_id, answered_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY prescription_flow.sharing_request
    ADD CONSTRAINT sharing_is_asked_by_a_person FOREIGN KEY (consortium_id, asked_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY prescription_flow.sharing_request
    ADD CONSTRAINT sharing_is_asked_by_a_store FOREIGN KEY (consortium_id, asking_store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY prescription_flow.sharing_request
    ADD CONSTRAINT sharing_is_asked_of_a_store FOREIGN KEY (consortium_id, holding_store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY prescription_flow.sharing_request
    ADD CONSTRAINT sharing_is_for_a_prescription FOREIGN KEY (consortium_id, prescription_id) REFERENCES dispensing.prescription(consortium_id, prescription_id);

ALTER TABLE ONLY prescription_flow.sharing_request
    ADD CONSTRAINT sharing_request_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY prescription_flow.prescription_shortage
    ADD CONSTRAINT shortage_is_of_a_prescription FOREIGN KEY (consortium_id, prescription_id) REFERENCES dispensing.prescription(consortium_id, prescription_id);

ALTER TABLE ONLY prescription_uploads.clinician
    ADD CONSTRAINT clinician_is_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY prescription_uploads.institution
    ADD CONSTRAINT institution_is_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility(consortium_id, facility_id);

ALTER TABLE ONLY prescription_uploads.institution
    ADD CONSTRAINT institution_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account(consortium_id, platform);

ALTER TABLE ONLY prescription_uploads.upload
    ADD CONSTRAINT upload_is_of_a_prescription FOREIGN KEY (consortium_id, prescription_id) REFERENCES dispensing.prescription(consortium_id, prescription_id);

ALTER TABLE ONLY prescription_uploads.upload
    ADD CONSTRAINT upload_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account(consortium_id, platform);

ALTER TABLE ONLY prescription_uploads.upload
    ADD CONSTRAINT upload_is_offered_by_a_person FOREIGN KEY (consortium_id, offered_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY prescription_uploads.upload
    ADD CONSTRAINT upload_is_revoked_by_a_person FOREIGN KEY (consortium_id, revoked_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY prices.agreed_price
    ADD CONSTRAINT agreed_price_article_id_fkey FOREIGN KEY (article_id) REFERENCES formulary.article(article_id);

ALTER TABLE ONLY prices.agreed_price
    ADD CONSTRAINT agreed_price_company_id_fkey FOREIGN KEY (company_id) REFERENCES parties.company(company_id);

ALTER TABLE ONLY prices.agreed_price
    ADD CONSTRAINT agreed_price_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY prices.consortium_platform
    ADD CONSTRAINT consortium_platform_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY prices.consortium_platform
    ADD CONSTRAINT consortium_platform_platform_fkey FOREIGN KEY (platform) REFERENCES prices.platform(platform);

ALTER TABLE ONLY prices.published_price
    ADD CONSTRAINT published_price_article_id_fkey FOREIGN KEY (article_id) REFERENCES formulary.article(article_id);

ALTER TABLE ONLY prices.published_price
    ADD CONSTRAINT published_price_platform_fkey FOREIGN KEY (platform) REFERENCES prices.platform(platform);

ALTER TABLE ONLY refill_warnings.reckoning
    ADD CONSTRAINT reckoning_is_of_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY refill_warnings.warning
    ADD CONSTRAINT warning_is_for_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY refill_warnings.warning
    ADD CONSTRAINT warning_is_of_an_instalment FOREIGN KEY (consortium_id, plan_id, instalment_number) REFERENCES long_prescriptions.instalment(consortium_id, plan_id, instalment_number);

ALTER TABLE ONLY refill_warnings.warning
    ADD CONSTRAINT warning_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY requisitions.cycle
    ADD CONSTRAINT cycle_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY requisitions.requisition_line
    ADD CONSTRAINT line_is_of_a_requisition FOREIGN KEY (consortium_id, requisition_id) REFERENCES requisitions.requisition(consortium_id, requisition_id);

ALTER TABLE ONLY requisitions.requisition
    ADD CONSTRAINT requisition_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY requisitions.requisition
    ADD CONSTRAINT requisition_is_for_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY requisitions.requisition
    ADD CONSTRAINT requisition_is_of_a_cycle FOREIGN KEY (consortium_id, cycle_id) REFERENCES requisitions.cycle(consortium_id, cycle_id);

ALTER TABLE ONLY requisitions.requisition
    ADD CONSTRAINT requisition_is_of_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility(consortium_id, facility_id);

ALTER TABLE ONLY requisitions.requisition_line
    ADD CONSTRAINT requisition_line_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY requisitions.shortage_report
    ADD CONSTRAINT shortage_is_at_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility(consortium_id, facility_id);

ALTER TABLE ONLY requisitions.shortage_report
    ADD CONSTRAINT shortage_report_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY requisitions.shortage_report
    ADD CONSTRAINT shortage_report_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY stock_ledger.balance
    ADD CONSTRAINT balance_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch(consortium_id, batch_id);

ALTER TABLE ONLY stock_ledger.balance
    ADD CONSTRAINT balance_is_of_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY stock_ledger.balance
    ADD CONSTRAINT balance_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY stock_ledger.batch
    ADD CONSTRAINT batch_article_id_fkey FOREIGN KEY (article_id) REFERENCES formulary.article(article_id);

ALTER TABLE ONLY stock_ledger.batch
    ADD CONSTRAINT batch_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY stock_ledger.batch
    ADD CONSTRAINT batch_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY stock_ledger.closing
    ADD CONSTRAINT closing_is_of_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY stock_ledger."freeze"
    ADD CONSTRAINT freeze_is_of_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY stock_ledger."freeze"
    ADD CONSTRAINT freeze_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY stock_ledger.batch_hold
    ADD CONSTRAINT hold_is_by_a_person FOREIGN KEY (consortium_id, held_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY stock_ledger.batch_hold
    ADD CONSTRAINT hold_is_lifted_by_a_person FOREIGN KEY (consortium_id, lifted_by_id) REFERENCES identity.person(consortium_id, person_id);

ALTER TABLE ONLY stock_ledger.batch_hold
    ADD CONSTRAINT hold_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch(consortium_id, batch_id);

ALTER TABLE ONLY stock_ledger.movement
    ADD CONSTRAINT movement_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY stock_ledger.product_day
    ADD CONSTRAINT product_day_is_of_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY stock_ledger.product_day
    ADD CONSTRAINT product_day_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY stock_ledger.movement
    ADD CONSTRAINT reversal_names_a_movement FOREIGN KEY (consortium_id, reverses_id) REFERENCES stock_ledger.movement(consortium_id, movement_id);

ALTER TABLE ONLY stock_ledger.shelf
    ADD CONSTRAINT shelf_is_of_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY stock_ledger.transfer
    ADD CONSTRAINT transfer_is_of_a_movement FOREIGN KEY (consortium_id, shipped_by_id) REFERENCES stock_ledger.movement(consortium_id, movement_id);

ALTER TABLE ONLY stock_ledger.transfer
    ADD CONSTRAINT transfer_leaves_a_store FOREIGN KEY (consortium_id, from_store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY stock_ledger.transfer
    ADD CONSTRAINT transfer_reaches_a_store FOREIGN KEY (consortium_id, to_store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY stocktakes.line
    ADD CONSTRAINT line_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch(consortium_id, batch_id);

ALTER TABLE ONLY stocktakes.line
    ADD CONSTRAINT line_is_of_a_stocktake FOREIGN KEY (consortium_id, stocktake_id) REFERENCES stocktakes.stocktake(consortium_id, stocktake_id);

ALTER TABLE ONLY stocktakes.line
    ADD CONSTRAINT line_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY stocktakes.scope_product
    ADD CONSTRAINT scope_is_of_a_stocktake FOREIGN KEY (consortium_id, stocktake_id) REFERENCES stocktakes.stocktake(consortium_id, stocktake_id);

ALTER TABLE ONLY stocktakes.scope_product
    ADD CONSTRAINT scope_product_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY stocktakes.stocktake
    ADD CONSTRAINT stocktake_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY stocktakes.stocktake
    ADD CONSTRAINT stocktake_is_of_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store(consortium_id, store_id);

ALTER TABLE ONLY stocktakes.stocktake
    ADD CONSTRAINT stocktake_is_posted_by_a_movement FOREIGN KEY (consortium_id, movement_id) REFERENCES stock_ledger.movement(consortium_id, movement_id);

ALTER TABLE ONLY stocktakes.tally
    ADD CONSTRAINT tally_is_of_a_line FOREIGN KEY (consortium_id, stocktake_id, line_number) REFERENCES stocktakes.line(consortium_id, stocktake_id, line_number);

ALTER TABLE ONLY tendering.package_alternative
    ADD CONSTRAINT alternative_is_of_a_package FOREIGN KEY (consortium_id, tender_id, package_number) REFERENCES tendering.tender_package(consortium_id, tender_id, package_number);

ALTER TABLE ONLY tendering.award
    ADD CONSTRAINT award_article_id_fkey FOREIGN KEY (article_id) REFERENCES formulary.article(article_id);

ALTER TABLE ONLY tendering.award
    ADD CONSTRAINT award_company_id_fkey FOREIGN KEY (company_id) REFERENCES parties.company(company_id);

ALTER TABLE ONLY tendering.award
    ADD CONSTRAINT award_is_of_a_bid FOREIGN KEY (consortium_id, bid_id) REFERENCES tendering.bid(consortium_id, bid_id);

ALTER TABLE ONLY tendering.award
    ADD CONSTRAINT award_is_of_a_package FOREIGN KEY (consortium_id, tender_id, package_number) REFERENCES tendering.tender_package(consortium_id, tender_id, package_number);

ALTER TABLE ONLY tendering.bid
    ADD CONSTRAINT bid_article_id_fkey FOREIGN KEY (article_id) REFERENCES formulary.article(article_id);

ALTER TABLE ONLY tendering.bid
    ADD CONSTRAINT bid_company_id_fkey FOREIGN KEY (company_id) REFERENCES parties.company(company_id);

ALTER TABLE ONLY tendering.bid
    ADD CONSTRAINT bid_is_by_an_invited_company FOREIGN KEY (consortium_id, tender_id, company_id) REFERENCES tendering.invitation(consortium_id, tender_id, company_id);

ALTER TABLE ONLY tendering.bid
    ADD CONSTRAINT bid_is_for_a_package FOREIGN KEY (consortium_id, tender_id, package_number) REFERENCES tendering.tender_package(consortium_id, tender_id, package_number);

ALTER TABLE ONLY tendering.bid
    ADD CONSTRAINT bid_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY tendering.invitation
    ADD CONSTRAINT invitation_company_id_fkey FOREIGN KEY (company_id) REFERENCES parties.company(company_id);

ALTER TABLE ONLY tendering.invitation
    ADD CONSTRAINT invitation_is_to_a_tender FOREIGN KEY (consortium_id, tender_id) REFERENCES tendering.tender(consortium_id, tender_id);

ALTER TABLE ONLY tendering.package_alternative
    ADD CONSTRAINT package_alternative_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE ONLY tendering.tender_package
    ADD CONSTRAINT package_is_of_a_tender FOREIGN KEY (consortium_id, tender_id) REFERENCES tendering.tender(consortium_id, tender_id);

ALTER TABLE ONLY tendering.tender
    ADD CONSTRAINT tender_consortium_id_fkey FOREIGN KEY (consortium_id) REFERENCES parties.consortium(consortium_id);

ALTER TABLE ONLY tendering.tender_package
    ADD CONSTRAINT tender_package_product_id_fkey FOREIGN KEY (product_id) REFERENCES formulary.product(product_id);

ALTER TABLE audit.event ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON audit.event USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE command.request ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON command.request USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE dispensing.allergy ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.claim ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.claim_practice ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.consortium_practice ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.dispensed_code ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.dispensing ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.dispensing_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.facility_practice ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.family_doctor_contract ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.opened_pack ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.pack_use ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.patient ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.patient_return ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.patient_return_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.patient_weight ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.preparation ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.preparation_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.preparation_scan ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.prescription ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.prescription_check ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.prescription_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.prescription_signature ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.prescription_version ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.review ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.review_queue ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.reviewer_qualification ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.signing_key ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON dispensing.allergy USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.claim USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.claim_practice USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.consortium_practice USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.dispensed_code USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.dispensing USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.dispensing_line USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.facility_practice USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.family_doctor_contract USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.opened_pack USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.pack_use USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.patient USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.patient_return USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.patient_return_line USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.patient_weight USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.preparation USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.preparation_line USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.preparation_scan USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.prescription USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.prescription_check USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.prescription_line USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.prescription_signature USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.prescription_version USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.review USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.review_queue USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.reviewer_qualification USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.signing_key USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.trace_code USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.trace_exemption USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.trace_policy USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON dispensing.trace_prefix USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE dispensing.trace_code ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.trace_exemption ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.trace_policy ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispensing.trace_prefix ENABLE ROW LEVEL SECURITY;

ALTER TABLE distribution.goods_receipt ENABLE ROW LEVEL SECURITY;

ALTER TABLE distribution.goods_receipt_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE distribution.order_delivery ENABLE ROW LEVEL SECURITY;

ALTER TABLE distribution.shipment ENABLE ROW LEVEL SECURITY;

ALTER TABLE distribution.shipment_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE distribution.supplier_return ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON distribution.goods_receipt USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON distribution.goods_receipt_line USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON distribution.order_delivery USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON distribution.shipment USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON distribution.shipment_line USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON distribution.supplier_return USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE fhir.placer_identifier ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON fhir.placer_identifier USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE formulary.entry ENABLE ROW LEVEL SECURITY;

CREATE POLICY entry_is_of_a_draft_to_be_added ON formulary.entry AS RESTRICTIVE FOR INSERT WITH CHECK ((EXISTS ( SELECT
   FROM formulary.version
  WHERE ((version.consortium_id = entry.consortium_id) AND (version.version_id = entry.version_id) AND (version.status = 'draft'::text)))));

CREATE POLICY entry_is_of_a_draft_to_be_changed ON formulary.entry AS RESTRICTIVE FOR UPDATE USING ((EXISTS ( SELECT
   FROM formulary.version
  WHERE ((version.consortium_id = entry.consortium_id) AND (version.version_id = entry.version_id) AND (version.status = 'draft'::text)))));

CREATE POLICY entry_is_of_a_draft_to_be_removed ON formulary.entry AS RESTRICTIVE FOR DELETE USING ((EXISTS ( SELECT
   FROM formulary.version
  WHERE ((version.consortium_id = entry.consortium_id) AND (version.version_id = entry.version_id) AND (version.status = 'draft'::text)))));

CREATE POLICY tenant ON formulary.entry USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON formulary.version USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE formulary.version ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.person ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON identity.person USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE insurance_uploads.article_sale ENABLE ROW LEVEL SECURITY;

ALTER TABLE insurance_uploads.batch_fact ENABLE ROW LEVEL SECURITY;

ALTER TABLE insurance_uploads.feed ENABLE ROW LEVEL SECURITY;

ALTER TABLE insurance_uploads.institution ENABLE ROW LEVEL SECURITY;

ALTER TABLE insurance_uploads.pharmacist_licence ENABLE ROW LEVEL SECURITY;

ALTER TABLE insurance_uploads.record ENABLE ROW LEVEL SECURITY;

ALTER TABLE insurance_uploads.serial ENABLE ROW LEVEL SECURITY;

ALTER TABLE insurance_uploads.taken ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON insurance_uploads.article_sale USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON insurance_uploads.batch_fact USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON insurance_uploads.feed USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON insurance_uploads.institution USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON insurance_uploads.pharmacist_licence USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON insurance_uploads.record USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON insurance_uploads.serial USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON insurance_uploads.taken USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE long_prescriptions.collection ENABLE ROW LEVEL SECURITY;

ALTER TABLE long_prescriptions.facility_ability ENABLE ROW LEVEL SECURITY;

ALTER TABLE long_prescriptions.instalment ENABLE ROW LEVEL SECURITY;

ALTER TABLE long_prescriptions.instalment_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE long_prescriptions.plan ENABLE ROW LEVEL SECURITY;

ALTER TABLE long_prescriptions.plan_event ENABLE ROW LEVEL SECURITY;

ALTER TABLE long_prescriptions.proxy ENABLE ROW LEVEL SECURITY;

ALTER TABLE long_prescriptions.qualification ENABLE ROW LEVEL SECURITY;

ALTER TABLE long_prescriptions.reservation ENABLE ROW LEVEL SECURITY;

ALTER TABLE long_prescriptions.reservation_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE long_prescriptions.shortfall ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON long_prescriptions.collection USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON long_prescriptions.facility_ability USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON long_prescriptions.instalment USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON long_prescriptions.instalment_line USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON long_prescriptions.plan USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON long_prescriptions.plan_event USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON long_prescriptions.proxy USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON long_prescriptions.qualification USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON long_prescriptions.reservation USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON long_prescriptions.reservation_line USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON long_prescriptions.shortfall USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE medication_rules.consortium_limit ENABLE ROW LEVEL SECURITY;

ALTER TABLE medication_rules.practice_region ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON medication_rules.consortium_limit USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON medication_rules.practice_region USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE outbox.document ENABLE ROW LEVEL SECURITY;

ALTER TABLE outbox.message ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON outbox.document USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON outbox.message USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE parties.facility ENABLE ROW LEVEL SECURITY;

ALTER TABLE parties.facility_distance ENABLE ROW LEVEL SECURITY;

ALTER TABLE parties.store ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON parties.facility USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON parties.facility_distance USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON parties.store USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE platform_exchange.account ENABLE ROW LEVEL SECURITY;

ALTER TABLE platform_exchange.answer ENABLE ROW LEVEL SECURITY;

ALTER TABLE platform_exchange.article_code ENABLE ROW LEVEL SECURITY;

ALTER TABLE platform_exchange.company_code ENABLE ROW LEVEL SECURITY;

ALTER TABLE platform_exchange.delivery_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE platform_exchange.difference ENABLE ROW LEVEL SECURITY;

ALTER TABLE platform_exchange.feed ENABLE ROW LEVEL SECURITY;

ALTER TABLE platform_exchange.gate ENABLE ROW LEVEL SECURITY;

ALTER TABLE platform_exchange.invoice ENABLE ROW LEVEL SECURITY;

ALTER TABLE platform_exchange.invoice_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE platform_exchange.placed_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE platform_exchange.placed_order ENABLE ROW LEVEL SECURITY;

ALTER TABLE platform_exchange.placed_return ENABLE ROW LEVEL SECURITY;

ALTER TABLE platform_exchange.request ENABLE ROW LEVEL SECURITY;

ALTER TABLE platform_exchange.settlement ENABLE ROW LEVEL SECURITY;

ALTER TABLE platform_exchange.settlement_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE platform_exchange.store_code ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON platform_exchange.account USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON platform_exchange.answer USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON platform_exchange.article_code USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON platform_exchange.company_code USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON platform_exchange.delivery_line USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON platform_exchange.difference USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON platform_exchange.feed USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON platform_exchange.gate USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON platform_exchange.invoice USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON platform_exchange.invoice_line USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON platform_exchange.placed_line USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON platform_exchange.placed_order USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON platform_exchange.placed_return USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON platform_exchange.request USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON platform_exchange.settlement USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON platform_exchange.settlement_line USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON platform_exchange.store_code USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE pooled_procurement.order_change ENABLE ROW LEVEL SECURITY;

ALTER TABLE pooled_procurement.order_line_share ENABLE ROW LEVEL SECURITY;

ALTER TABLE pooled_procurement.pool ENABLE ROW LEVEL SECURITY;

ALTER TABLE pooled_procurement.pool_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE pooled_procurement.pool_package ENABLE ROW LEVEL SECURITY;

ALTER TABLE pooled_procurement.pool_share ENABLE ROW LEVEL SECURITY;

ALTER TABLE pooled_procurement.purchase_order ENABLE ROW LEVEL SECURITY;

ALTER TABLE pooled_procurement.purchase_order_line ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON pooled_procurement.order_change USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON pooled_procurement.order_line_share USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON pooled_procurement.pool USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON pooled_procurement.pool_line USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON pooled_procurement.pool_package USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON pooled_procurement.pool_share USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON pooled_procurement.purchase_order USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON pooled_procurement.purchase_order_line USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE prescription_flow.delivery ENABLE ROW LEVEL SECURITY;

ALTER TABLE prescription_flow.patient_pharmacy ENABLE ROW LEVEL SECURITY;

ALTER TABLE prescription_flow.prescription_pharmacy ENABLE ROW LEVEL SECURITY;

ALTER TABLE prescription_flow.prescription_shortage ENABLE ROW LEVEL SECURITY;

ALTER TABLE prescription_flow.sharing_request ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON prescription_flow.delivery USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON prescription_flow.patient_pharmacy USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON prescription_flow.prescription_pharmacy USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON prescription_flow.prescription_shortage USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON prescription_flow.sharing_request USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE prescription_uploads.clinician ENABLE ROW LEVEL SECURITY;

ALTER TABLE prescription_uploads.institution ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON prescription_uploads.clinician USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON prescription_uploads.institution USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON prescription_uploads.upload USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE prescription_uploads.upload ENABLE ROW LEVEL SECURITY;

ALTER TABLE prices.agreed_price ENABLE ROW LEVEL SECURITY;

ALTER TABLE prices.consortium_platform ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON prices.agreed_price USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON prices.consortium_platform USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE refill_warnings.reckoning ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON refill_warnings.reckoning USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON refill_warnings.warning USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE refill_warnings.warning ENABLE ROW LEVEL SECURITY;

ALTER TABLE requisitions.cycle ENABLE ROW LEVEL SECURITY;

ALTER TABLE requisitions.requisition ENABLE ROW LEVEL SECURITY;

ALTER TABLE requisitions.requisition_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE requisitions.shortage_report ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON requisitions.cycle USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON requisitions.requisition USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON requisitions.requisition_line USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON requisitions.shortage_report USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE stock_ledger.balance ENABLE ROW LEVEL SECURITY;

ALTER TABLE stock_ledger.batch ENABLE ROW LEVEL SECURITY;

ALTER TABLE stock_ledger.batch_hold ENABLE ROW LEVEL SECURITY;

ALTER TABLE stock_ledger.closing ENABLE ROW LEVEL SECURITY;

ALTER TABLE stock_ledger.entry ENABLE ROW LEVEL SECURITY;

ALTER TABLE stock_ledger."freeze" ENABLE ROW LEVEL SECURITY;

ALTER TABLE stock_ledger.movement ENABLE ROW LEVEL SECURITY;

ALTER TABLE stock_ledger.product_day ENABLE ROW LEVEL SECURITY;

ALTER TABLE stock_ledger.shelf ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON stock_ledger.balance USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON stock_ledger.batch USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON stock_ledger.batch_hold USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON stock_ledger.closing USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON stock_ledger.entry USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON stock_ledger."freeze" USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON stock_ledger.movement USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON stock_ledger.product_day USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON stock_ledger.shelf USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON stock_ledger.transfer USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE stock_ledger.transfer ENABLE ROW LEVEL SECURITY;

ALTER TABLE stocktakes.line ENABLE ROW LEVEL SECURITY;

ALTER TABLE stocktakes.scope_product ENABLE ROW LEVEL SECURITY;

ALTER TABLE stocktakes.stocktake ENABLE ROW LEVEL SECURITY;

ALTER TABLE stocktakes.tally ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON stocktakes.line USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON stocktakes.scope_product USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON stocktakes.stocktake USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON stocktakes.tally USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE tendering.award ENABLE ROW LEVEL SECURITY;

ALTER TABLE tendering.bid ENABLE ROW LEVEL SECURITY;

ALTER TABLE tendering.invitation ENABLE ROW LEVEL SECURITY;

ALTER TABLE tendering.package_alternative ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON tendering.award USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON tendering.bid USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON tendering.invitation USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON tendering.package_alternative USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON tendering.tender USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

CREATE POLICY tenant ON tendering.tender_package USING ((consortium_id = (NULLIF(current_setting('lianyao.consortium_id'::text, true), ''::text))::bigint));

ALTER TABLE tendering.tender ENABLE ROW LEVEL SECURITY;

ALTER TABLE tendering.tender_package ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA audit TO lianyao_application;

GRANT USAGE ON SCHEMA command TO lianyao_application;

GRANT USAGE ON SCHEMA dispensing TO lianyao_application;

GRANT USAGE ON SCHEMA distribution TO lianyao_application;

GRANT USAGE ON SCHEMA fhir TO lianyao_application;

GRANT USAGE ON SCHEMA formulary TO lianyao_application;

GRANT USAGE ON SCHEMA identity TO lianyao_application;

GRANT USAGE ON SCHEMA insurance_uploads TO lianyao_application;

GRANT USAGE ON SCHEMA long_prescriptions TO lianyao_application;

GRANT USAGE ON SCHEMA medication_rules TO lianyao_application;

GRANT USAGE ON SCHEMA migration TO lianyao_owner;

GRANT USAGE ON SCHEMA migration TO lianyao_application;

GRANT USAGE ON SCHEMA outbox TO lianyao_application;

GRANT USAGE ON SCHEMA parties TO lianyao_application;

GRANT USAGE ON SCHEMA platform_exchange TO lianyao_application;

GRANT USAGE ON SCHEMA pooled_procurement TO lianyao_application;

GRANT USAGE ON SCHEMA prescription_flow TO lianyao_application;

GRANT USAGE ON SCHEMA prescription_uploads TO lianyao_application;

GRANT USAGE ON SCHEMA prices TO lianyao_application;

GRANT USAGE ON SCHEMA refill_warnings TO lianyao_application;

GRANT USAGE ON SCHEMA requisitions TO lianyao_application;

GRANT USAGE ON SCHEMA stock_ledger TO lianyao_application;

GRANT USAGE ON SCHEMA stocktakes TO lianyao_application;

GRANT USAGE ON SCHEMA tendering TO lianyao_application;

REVOKE ALL ON FUNCTION formulary.settle_search() FROM PUBLIC;

GRANT ALL ON FUNCTION formulary.settle_search() TO lianyao_application;

GRANT SELECT,INSERT ON TABLE audit.event TO lianyao_application;

GRANT USAGE ON SEQUENCE audit.event_event_id_seq TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE command.request TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.allergy TO lianyao_application;

GRANT UPDATE(withdrawn_at) ON TABLE dispensing.allergy TO lianyao_application;

GRANT UPDATE(withdrawn_by_id) ON TABLE dispensing.allergy TO lianyao_application;

GRANT UPDATE(withdrawn_for) ON TABLE dispensing.allergy TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.claim TO lianyao_application;

GRANT UPDATE(expires_at) ON TABLE dispensing.claim TO lianyao_application;

GRANT UPDATE(ended_at) ON TABLE dispensing.claim TO lianyao_application;

GRANT UPDATE(ended_how) ON TABLE dispensing.claim TO lianyao_application;

GRANT UPDATE(dispensing_id) ON TABLE dispensing.claim TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE dispensing.claim_practice TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE dispensing.consortium_practice TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.dispensed_code TO lianyao_application;

GRANT UPDATE(return_id) ON TABLE dispensing.dispensed_code TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.dispensing TO lianyao_application;

GRANT UPDATE(retain_through) ON TABLE dispensing.dispensing TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.dispensing_line TO lianyao_application;

GRANT UPDATE(returned) ON TABLE dispensing.dispensing_line TO lianyao_application;

GRANT UPDATE(returned_sealed) ON TABLE dispensing.dispensing_line TO lianyao_application;

GRANT USAGE ON SEQUENCE dispensing.dispensing_number TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE dispensing.facility_practice TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.family_doctor_contract TO lianyao_application;

GRANT UPDATE(valid_through) ON TABLE dispensing.family_doctor_contract TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.opened_pack TO lianyao_application;

GRANT UPDATE(taken) ON TABLE dispensing.opened_pack TO lianyao_application;

GRANT UPDATE(moved) ON TABLE dispensing.opened_pack TO lianyao_application;

GRANT UPDATE(closed_at) ON TABLE dispensing.opened_pack TO lianyao_application;

GRANT UPDATE(closing) ON TABLE dispensing.opened_pack TO lianyao_application;

GRANT UPDATE(closing_reason) ON TABLE dispensing.opened_pack TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.pack_use TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.patient TO lianyao_application;

GRANT UPDATE(registered_at) ON TABLE dispensing.patient TO lianyao_application;

GRANT USAGE ON SEQUENCE dispensing.patient_number TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.patient_return TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.patient_return_line TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.patient_weight TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.preparation TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.preparation_line TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.preparation_scan TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE dispensing.prescription TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.prescription_check TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.prescription_line TO lianyao_application;

GRANT UPDATE(handed_out) ON TABLE dispensing.prescription_line TO lianyao_application;

GRANT USAGE ON SEQUENCE dispensing.prescription_number TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.prescription_signature TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.prescription_version TO lianyao_application;

GRANT USAGE ON SEQUENCE dispensing.return_number TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.review TO lianyao_application;

GRANT SELECT,INSERT,DELETE ON TABLE dispensing.review_queue TO lianyao_application;

GRANT UPDATE(holder_id) ON TABLE dispensing.review_queue TO lianyao_application;

GRANT UPDATE(hold_slot) ON TABLE dispensing.review_queue TO lianyao_application;

GRANT UPDATE(held_at) ON TABLE dispensing.review_queue TO lianyao_application;

GRANT UPDATE(hold_expires_at) ON TABLE dispensing.review_queue TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE dispensing.reviewer_qualification TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.signing_key TO lianyao_application;

GRANT UPDATE(revoked_at) ON TABLE dispensing.signing_key TO lianyao_application;

GRANT UPDATE(revocation) ON TABLE dispensing.signing_key TO lianyao_application;

GRANT UPDATE(revoked_by_id) ON TABLE dispensing.signing_key TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.trace_code TO lianyao_application;

GRANT UPDATE(store_id) ON TABLE dispensing.trace_code TO lianyao_application;

GRANT UPDATE(state) ON TABLE dispensing.trace_code TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.trace_exemption TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.trace_policy TO lianyao_application;

GRANT UPDATE(scanning) ON TABLE dispensing.trace_policy TO lianyao_application;

GRANT UPDATE(declared_by_id) ON TABLE dispensing.trace_policy TO lianyao_application;

GRANT UPDATE(declared_at) ON TABLE dispensing.trace_policy TO lianyao_application;

GRANT SELECT,INSERT ON TABLE dispensing.trace_prefix TO lianyao_application;

GRANT SELECT,INSERT ON TABLE distribution.goods_receipt TO lianyao_application;

GRANT SELECT,INSERT ON TABLE distribution.goods_receipt_line TO lianyao_application;

GRANT USAGE ON SEQUENCE distribution.goods_receipt_number TO lianyao_application;

GRANT SELECT,INSERT ON TABLE distribution.order_delivery TO lianyao_application;

GRANT UPDATE(order_id) ON TABLE distribution.order_delivery TO lianyao_application;

GRANT SELECT,INSERT ON TABLE distribution.shipment TO lianyao_application;

GRANT UPDATE(state) ON TABLE distribution.shipment TO lianyao_application;

GRANT UPDATE(reason) ON TABLE distribution.shipment TO lianyao_application;

GRANT SELECT,INSERT ON TABLE distribution.shipment_line TO lianyao_application;

GRANT USAGE ON SEQUENCE distribution.shipment_number TO lianyao_application;

GRANT SELECT,INSERT ON TABLE distribution.supplier_return TO lianyao_application;

GRANT USAGE ON SEQUENCE distribution.supplier_return_number TO lianyao_application;

GRANT SELECT,INSERT ON TABLE fhir.placer_identifier TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE formulary.article TO lianyao_application;

GRANT USAGE ON SEQUENCE formulary.article_article_id_seq TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE formulary.dosage_form TO lianyao_application;

GRANT SELECT,INSERT ON TABLE formulary.edition TO lianyao_application;

GRANT UPDATE(status) ON TABLE formulary.edition TO lianyao_application;

GRANT UPDATE(number) ON TABLE formulary.edition TO lianyao_application;

GRANT UPDATE(decided_at) ON TABLE formulary.edition TO lianyao_application;

GRANT SELECT,INSERT ON TABLE formulary.edition_change TO lianyao_application;

GRANT USAGE ON SEQUENCE formulary.edition_edition_no_seq TO lianyao_application;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE formulary.entry TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE formulary.facility_type TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE formulary.maker_search TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE formulary.order_frequency TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE formulary.product TO lianyao_application;

GRANT USAGE ON SEQUENCE formulary.product_product_id_seq TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE formulary.product_search TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE formulary.route TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE formulary.unit TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE formulary.version TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE identity.person TO lianyao_application;

GRANT USAGE ON SEQUENCE identity.person_person_id_seq TO lianyao_application;

GRANT SELECT,INSERT ON TABLE insurance_uploads.article_sale TO lianyao_application;

GRANT UPDATE(sale) ON TABLE insurance_uploads.article_sale TO lianyao_application;

GRANT UPDATE(noted_by_id) ON TABLE insurance_uploads.article_sale TO lianyao_application;

GRANT UPDATE(noted_at) ON TABLE insurance_uploads.article_sale TO lianyao_application;

GRANT SELECT,INSERT ON TABLE insurance_uploads.batch_fact TO lianyao_application;

GRANT UPDATE(made_on) ON TABLE insurance_uploads.batch_fact TO lianyao_application;

GRANT UPDATE(pack_price) ON TABLE insurance_uploads.batch_fact TO lianyao_application;

GRANT UPDATE(person_id) ON TABLE insurance_uploads.batch_fact TO lianyao_application;

GRANT UPDATE(noted_at) ON TABLE insurance_uploads.batch_fact TO lianyao_application;

GRANT SELECT,INSERT ON TABLE insurance_uploads.feed TO lianyao_application;

GRANT UPDATE(settled_through) ON TABLE insurance_uploads.feed TO lianyao_application;

GRANT UPDATE(mark) ON TABLE insurance_uploads.feed TO lianyao_application;

GRANT UPDATE(mark_transaction) ON TABLE insurance_uploads.feed TO lianyao_application;

GRANT UPDATE(fed_at) ON TABLE insurance_uploads.feed TO lianyao_application;

GRANT SELECT,INSERT ON TABLE insurance_uploads.institution TO lianyao_application;

GRANT UPDATE(platform) ON TABLE insurance_uploads.institution TO lianyao_application;

GRANT UPDATE(code) ON TABLE insurance_uploads.institution TO lianyao_application;

GRANT UPDATE(name) ON TABLE insurance_uploads.institution TO lianyao_application;

GRANT UPDATE(begins_after) ON TABLE insurance_uploads.institution TO lianyao_application;

GRANT UPDATE(is_active) ON TABLE insurance_uploads.institution TO lianyao_application;

GRANT UPDATE(registered_at) ON TABLE insurance_uploads.institution TO lianyao_application;

GRANT UPDATE(person_id) ON TABLE insurance_uploads.institution TO lianyao_application;

GRANT SELECT,INSERT ON TABLE insurance_uploads.pharmacist_licence TO lianyao_application;

GRANT UPDATE(number) ON TABLE insurance_uploads.pharmacist_licence TO lianyao_application;

GRANT UPDATE(noted_by_id) ON TABLE insurance_uploads.pharmacist_licence TO lianyao_application;

GRANT UPDATE(noted_at) ON TABLE insurance_uploads.pharmacist_licence TO lianyao_application;

GRANT SELECT,INSERT ON TABLE insurance_uploads.record TO lianyao_application;

GRANT UPDATE(accepted_at) ON TABLE insurance_uploads.record TO lianyao_application;

GRANT UPDATE(platform_record) ON TABLE insurance_uploads.record TO lianyao_application;

GRANT USAGE ON SEQUENCE insurance_uploads.record_record_id_seq TO lianyao_application;

GRANT SELECT,INSERT ON TABLE insurance_uploads.serial TO lianyao_application;

GRANT UPDATE(units) ON TABLE insurance_uploads.serial TO lianyao_application;

GRANT UPDATE(told) ON TABLE insurance_uploads.serial TO lianyao_application;

GRANT SELECT,INSERT ON TABLE insurance_uploads.taken TO lianyao_application;

GRANT SELECT,INSERT ON TABLE long_prescriptions.collection TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE long_prescriptions.facility_ability TO lianyao_application;

GRANT SELECT,INSERT ON TABLE long_prescriptions.instalment TO lianyao_application;

GRANT UPDATE(due_on) ON TABLE long_prescriptions.instalment TO lianyao_application;

GRANT UPDATE(state) ON TABLE long_prescriptions.instalment TO lianyao_application;

GRANT UPDATE(missed_on) ON TABLE long_prescriptions.instalment TO lianyao_application;

GRANT UPDATE(collected_on) ON TABLE long_prescriptions.instalment TO lianyao_application;

GRANT UPDATE(store_id) ON TABLE long_prescriptions.instalment TO lianyao_application;

GRANT SELECT,INSERT ON TABLE long_prescriptions.instalment_line TO lianyao_application;

GRANT SELECT,INSERT ON TABLE long_prescriptions.plan TO lianyao_application;

GRANT UPDATE(store_id) ON TABLE long_prescriptions.plan TO lianyao_application;

GRANT UPDATE(state) ON TABLE long_prescriptions.plan TO lianyao_application;

GRANT UPDATE(assessed_on) ON TABLE long_prescriptions.plan TO lianyao_application;

GRANT UPDATE(supply_through) ON TABLE long_prescriptions.plan TO lianyao_application;

GRANT SELECT,INSERT ON TABLE long_prescriptions.plan_event TO lianyao_application;

GRANT SELECT,INSERT ON TABLE long_prescriptions.proxy TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE long_prescriptions.qualification TO lianyao_application;

GRANT SELECT,INSERT ON TABLE long_prescriptions.reservation TO lianyao_application;

GRANT UPDATE(is_open) ON TABLE long_prescriptions.reservation TO lianyao_application;

GRANT SELECT,INSERT ON TABLE long_prescriptions.reservation_line TO lianyao_application;

GRANT SELECT,INSERT,DELETE ON TABLE long_prescriptions.shortfall TO lianyao_application;

GRANT SELECT ON TABLE medication_rules.allergen TO lianyao_application;

GRANT SELECT,INSERT ON TABLE medication_rules.consortium_limit TO lianyao_application;

GRANT USAGE ON SEQUENCE medication_rules.consortium_limit_limit_id_seq TO lianyao_application;

GRANT SELECT ON TABLE medication_rules.dose_limit TO lianyao_application;

GRANT SELECT ON TABLE medication_rules.duplicate_exception TO lianyao_application;

GRANT SELECT ON TABLE medication_rules.edition TO lianyao_application;

GRANT USAGE ON SEQUENCE medication_rules.edition_edition_id_seq TO lianyao_application;

GRANT SELECT ON TABLE medication_rules.institution_limit TO lianyao_application;

GRANT SELECT ON TABLE medication_rules.interaction TO lianyao_application;

GRANT SELECT ON TABLE medication_rules.limit_value TO lianyao_application;

GRANT SELECT ON TABLE medication_rules.long_diagnosis TO lianyao_application;

GRANT SELECT ON TABLE medication_rules.long_exclusion TO lianyao_application;

GRANT SELECT ON TABLE medication_rules.person_limit TO lianyao_application;

GRANT SELECT,INSERT ON TABLE medication_rules.practice_region TO lianyao_application;

GRANT UPDATE(region) ON TABLE medication_rules.practice_region TO lianyao_application;

GRANT UPDATE(declared_by_id) ON TABLE medication_rules.practice_region TO lianyao_application;

GRANT UPDATE(declared_at) ON TABLE medication_rules.practice_region TO lianyao_application;

GRANT SELECT ON TABLE medication_rules.substance TO lianyao_application;

GRANT SELECT ON TABLE medication_rules.substance_group TO lianyao_application;

GRANT SELECT ON TABLE migration.applied TO lianyao_owner;

GRANT SELECT ON TABLE migration.applied TO lianyao_application;

GRANT SELECT,INSERT ON TABLE outbox.document TO lianyao_application;

GRANT UPDATE(open) ON TABLE outbox.document TO lianyao_application;

GRANT UPDATE(due_at) ON TABLE outbox.document TO lianyao_application;

GRANT UPDATE(claim_number) ON TABLE outbox.document TO lianyao_application;

GRANT UPDATE(halted_at) ON TABLE outbox.document TO lianyao_application;

GRANT SELECT,INSERT ON TABLE outbox.message TO lianyao_application;

GRANT UPDATE(content) ON TABLE outbox.message TO lianyao_application;

GRANT UPDATE(state) ON TABLE outbox.message TO lianyao_application;

GRANT UPDATE(tries) ON TABLE outbox.message TO lianyao_application;

GRANT UPDATE(tries_before) ON TABLE outbox.message TO lianyao_application;

GRANT UPDATE(asks) ON TABLE outbox.message TO lianyao_application;

GRANT UPDATE(reason) ON TABLE outbox.message TO lianyao_application;

GRANT UPDATE(changed_at) ON TABLE outbox.message TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE parties.company TO lianyao_application;

GRANT USAGE ON SEQUENCE parties.company_company_id_seq TO lianyao_application;

GRANT SELECT ON TABLE parties.consortium TO lianyao_application;

GRANT USAGE ON SEQUENCE parties.consortium_consortium_id_seq TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE parties.facility TO lianyao_application;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE parties.facility_distance TO lianyao_application;

GRANT USAGE ON SEQUENCE parties.facility_facility_id_seq TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE parties.licence TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE parties.store TO lianyao_application;

GRANT USAGE ON SEQUENCE parties.store_store_id_seq TO lianyao_application;

GRANT SELECT,INSERT ON TABLE platform_exchange.account TO lianyao_application;

GRANT UPDATE(institution) ON TABLE platform_exchange.account TO lianyao_application;

GRANT UPDATE(address) ON TABLE platform_exchange.account TO lianyao_application;

GRANT UPDATE(authority) ON TABLE platform_exchange.account TO lianyao_application;

GRANT UPDATE(settings) ON TABLE platform_exchange.account TO lianyao_application;

GRANT UPDATE(secrets) ON TABLE platform_exchange.account TO lianyao_application;

GRANT UPDATE(kinds) ON TABLE platform_exchange.account TO lianyao_application;

GRANT UPDATE(is_active) ON TABLE platform_exchange.account TO lianyao_application;

GRANT UPDATE(person_id) ON TABLE platform_exchange.account TO lianyao_application;

GRANT SELECT,INSERT ON TABLE platform_exchange.answer TO lianyao_application;

GRANT SELECT,INSERT ON TABLE platform_exchange.article_code TO lianyao_application;

GRANT UPDATE(code) ON TABLE platform_exchange.article_code TO lianyao_application;

GRANT UPDATE(purchase_kind) ON TABLE platform_exchange.article_code TO lianyao_application;

GRANT SELECT,INSERT ON TABLE platform_exchange.company_code TO lianyao_application;

GRANT UPDATE(code) ON TABLE platform_exchange.company_code TO lianyao_application;

GRANT SELECT,INSERT ON TABLE platform_exchange.delivery_line TO lianyao_application;

GRANT UPDATE(shipment_id) ON TABLE platform_exchange.delivery_line TO lianyao_application;

GRANT UPDATE(shipment_line) ON TABLE platform_exchange.delivery_line TO lianyao_application;

GRANT SELECT,INSERT ON TABLE platform_exchange.difference TO lianyao_application;

GRANT UPDATE(ours) ON TABLE platform_exchange.difference TO lianyao_application;

GRANT UPDATE(theirs) ON TABLE platform_exchange.difference TO lianyao_application;

GRANT UPDATE(settled_at) ON TABLE platform_exchange.difference TO lianyao_application;

GRANT UPDATE(settled_by_id) ON TABLE platform_exchange.difference TO lianyao_application;

GRANT UPDATE(reason) ON TABLE platform_exchange.difference TO lianyao_application;

GRANT USAGE ON SEQUENCE platform_exchange.difference_difference_id_seq TO lianyao_application;

GRANT SELECT,INSERT ON TABLE platform_exchange.feed TO lianyao_application;

GRANT UPDATE(next_at) ON TABLE platform_exchange.feed TO lianyao_application;

GRANT UPDATE(through) ON TABLE platform_exchange.feed TO lianyao_application;

GRANT UPDATE(trouble) ON TABLE platform_exchange.feed TO lianyao_application;

GRANT SELECT,INSERT ON TABLE platform_exchange.gate TO lianyao_application;

GRANT UPDATE(next_call_at) ON TABLE platform_exchange.gate TO lianyao_application;

GRANT UPDATE(failures) ON TABLE platform_exchange.gate TO lianyao_application;

GRANT UPDATE(closed_until) ON TABLE platform_exchange.gate TO lianyao_application;

GRANT UPDATE(held_until) ON TABLE platform_exchange.gate TO lianyao_application;

GRANT SELECT,INSERT ON TABLE platform_exchange.invoice TO lianyao_application;

GRANT UPDATE(platform_invoice) ON TABLE platform_exchange.invoice TO lianyao_application;

GRANT UPDATE(dated_on) ON TABLE platform_exchange.invoice TO lianyao_application;

GRANT UPDATE(total) ON TABLE platform_exchange.invoice TO lianyao_application;

GRANT UPDATE(is_volume_purchase) ON TABLE platform_exchange.invoice TO lianyao_application;

GRANT UPDATE(state) ON TABLE platform_exchange.invoice TO lianyao_application;

GRANT UPDATE(seen_at) ON TABLE platform_exchange.invoice TO lianyao_application;

GRANT UPDATE(withdrawn_at) ON TABLE platform_exchange.invoice TO lianyao_application;

GRANT UPDATE(decided_at) ON TABLE platform_exchange.invoice TO lianyao_application;

GRANT UPDATE(decided_by_id) ON TABLE platform_exchange.invoice TO lianyao_application;

GRANT UPDATE(reason) ON TABLE platform_exchange.invoice TO lianyao_application;

GRANT UPDATE(paid_at) ON TABLE platform_exchange.invoice TO lianyao_application;

GRANT UPDATE(paid_by_id) ON TABLE platform_exchange.invoice TO lianyao_application;

GRANT UPDATE(accepted_there_at) ON TABLE platform_exchange.invoice TO lianyao_application;

GRANT UPDATE(paid_there_at) ON TABLE platform_exchange.invoice TO lianyao_application;

GRANT USAGE ON SEQUENCE platform_exchange.invoice_invoice_id_seq TO lianyao_application;

GRANT SELECT,INSERT ON TABLE platform_exchange.invoice_line TO lianyao_application;

GRANT UPDATE(reference) ON TABLE platform_exchange.invoice_line TO lianyao_application;

GRANT UPDATE(product) ON TABLE platform_exchange.invoice_line TO lianyao_application;

GRANT UPDATE(batch) ON TABLE platform_exchange.invoice_line TO lianyao_application;

GRANT UPDATE(packs) ON TABLE platform_exchange.invoice_line TO lianyao_application;

GRANT UPDATE(pack_price) ON TABLE platform_exchange.invoice_line TO lianyao_application;

GRANT UPDATE(amount) ON TABLE platform_exchange.invoice_line TO lianyao_application;

GRANT UPDATE(tax) ON TABLE platform_exchange.invoice_line TO lianyao_application;

GRANT UPDATE(tax_rate) ON TABLE platform_exchange.invoice_line TO lianyao_application;

GRANT UPDATE(is_credit) ON TABLE platform_exchange.invoice_line TO lianyao_application;

GRANT UPDATE(seen_at) ON TABLE platform_exchange.invoice_line TO lianyao_application;

GRANT UPDATE(withdrawn_at) ON TABLE platform_exchange.invoice_line TO lianyao_application;

GRANT UPDATE(order_id) ON TABLE platform_exchange.invoice_line TO lianyao_application;

GRANT UPDATE(line_number) ON TABLE platform_exchange.invoice_line TO lianyao_application;

GRANT UPDATE(return_id) ON TABLE platform_exchange.invoice_line TO lianyao_application;

GRANT USAGE ON SEQUENCE platform_exchange.message_serial TO lianyao_application;

GRANT SELECT,INSERT ON TABLE platform_exchange.placed_line TO lianyao_application;

GRANT UPDATE(state) ON TABLE platform_exchange.placed_line TO lianyao_application;

GRANT UPDATE(platform_line) ON TABLE platform_exchange.placed_line TO lianyao_application;

GRANT UPDATE(complaint_code) ON TABLE platform_exchange.placed_line TO lianyao_application;

GRANT UPDATE(complaint) ON TABLE platform_exchange.placed_line TO lianyao_application;

GRANT UPDATE(draft_line) ON TABLE platform_exchange.placed_line TO lianyao_application;

GRANT SELECT,INSERT ON TABLE platform_exchange.placed_order TO lianyao_application;

GRANT UPDATE(state) ON TABLE platform_exchange.placed_order TO lianyao_application;

GRANT UPDATE(platform_order) ON TABLE platform_exchange.placed_order TO lianyao_application;

GRANT UPDATE(changed_at) ON TABLE platform_exchange.placed_order TO lianyao_application;

GRANT SELECT,INSERT ON TABLE platform_exchange.placed_return TO lianyao_application;

GRANT UPDATE(state) ON TABLE platform_exchange.placed_return TO lianyao_application;

GRANT UPDATE(platform_return) ON TABLE platform_exchange.placed_return TO lianyao_application;

GRANT UPDATE(there) ON TABLE platform_exchange.placed_return TO lianyao_application;

GRANT UPDATE(changed_at) ON TABLE platform_exchange.placed_return TO lianyao_application;

GRANT SELECT,INSERT ON TABLE platform_exchange.request TO lianyao_application;

GRANT SELECT,INSERT ON TABLE platform_exchange.settlement TO lianyao_application;

GRANT UPDATE(state) ON TABLE platform_exchange.settlement TO lianyao_application;

GRANT UPDATE(platform_settlement) ON TABLE platform_exchange.settlement TO lianyao_application;

GRANT UPDATE(changed_at) ON TABLE platform_exchange.settlement TO lianyao_application;

GRANT SELECT,INSERT ON TABLE platform_exchange.settlement_line TO lianyao_application;

GRANT USAGE ON SEQUENCE platform_exchange.settlement_number TO lianyao_application;

GRANT SELECT,INSERT ON TABLE platform_exchange.store_code TO lianyao_application;

GRANT UPDATE(code) ON TABLE platform_exchange.store_code TO lianyao_application;

GRANT SELECT,INSERT ON TABLE pooled_procurement.order_change TO lianyao_application;

GRANT SELECT,INSERT ON TABLE pooled_procurement.order_line_share TO lianyao_application;

GRANT USAGE ON SEQUENCE pooled_procurement.order_serial TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE pooled_procurement.pool TO lianyao_application;

GRANT SELECT,INSERT ON TABLE pooled_procurement.pool_line TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE pooled_procurement.pool_package TO lianyao_application;

GRANT USAGE ON SEQUENCE pooled_procurement.pool_serial TO lianyao_application;

GRANT SELECT,INSERT ON TABLE pooled_procurement.pool_share TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE pooled_procurement.purchase_order TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE pooled_procurement.purchase_order_line TO lianyao_application;

GRANT SELECT,INSERT ON TABLE prescription_flow.delivery TO lianyao_application;

GRANT UPDATE(state) ON TABLE prescription_flow.delivery TO lianyao_application;

GRANT UPDATE(carrier_id) ON TABLE prescription_flow.delivery TO lianyao_application;

GRANT UPDATE(out_at) ON TABLE prescription_flow.delivery TO lianyao_application;

GRANT UPDATE(ended_at) ON TABLE prescription_flow.delivery TO lianyao_application;

GRANT UPDATE(reason) ON TABLE prescription_flow.delivery TO lianyao_application;

GRANT UPDATE(recipient) ON TABLE prescription_flow.delivery TO lianyao_application;

GRANT UPDATE(recipient_name) ON TABLE prescription_flow.delivery TO lianyao_application;

GRANT UPDATE(recipient_digest) ON TABLE prescription_flow.delivery TO lianyao_application;

GRANT UPDATE(recipient_masked) ON TABLE prescription_flow.delivery TO lianyao_application;

GRANT USAGE ON SEQUENCE prescription_flow.delivery_number TO lianyao_application;

GRANT SELECT,INSERT,DELETE ON TABLE prescription_flow.patient_pharmacy TO lianyao_application;

GRANT UPDATE(store_id) ON TABLE prescription_flow.patient_pharmacy TO lianyao_application;

GRANT UPDATE(chosen_by_id) ON TABLE prescription_flow.patient_pharmacy TO lianyao_application;

GRANT UPDATE(chosen_at) ON TABLE prescription_flow.patient_pharmacy TO lianyao_application;

GRANT SELECT,INSERT,DELETE ON TABLE prescription_flow.prescription_pharmacy TO lianyao_application;

GRANT UPDATE(store_id) ON TABLE prescription_flow.prescription_pharmacy TO lianyao_application;

GRANT UPDATE(chosen_by_id) ON TABLE prescription_flow.prescription_pharmacy TO lianyao_application;

GRANT UPDATE(chosen_at) ON TABLE prescription_flow.prescription_pharmacy TO lianyao_application;

GRANT SELECT,INSERT ON TABLE prescription_flow.prescription_shortage TO lianyao_application;

GRANT USAGE ON SEQUENCE prescription_flow.sharing_number TO lianyao_application;

GRANT SELECT,INSERT ON TABLE prescription_flow.sharing_request TO lianyao_application;

GRANT UPDATE(agreed_quantity) ON TABLE prescription_flow.sharing_request TO lianyao_application;

GRANT UPDATE(state) ON TABLE prescription_flow.sharing_request TO lianyao_application;

GRANT UPDATE(answered_by_id) ON TABLE prescription_flow.sharing_request TO lianyao_application;

GRANT UPDATE(answered_at) ON TABLE prescription_flow.sharing_request TO lianyao_application;

GRANT UPDATE(transfer_id) ON TABLE prescription_flow.sharing_request TO lianyao_application;

GRANT UPDATE(shipped_at) ON TABLE prescription_flow.sharing_request TO lianyao_application;

GRANT UPDATE(ended_at) ON TABLE prescription_flow.sharing_request TO lianyao_application;

GRANT UPDATE(ended_why) ON TABLE prescription_flow.sharing_request TO lianyao_application;

GRANT SELECT,INSERT ON TABLE prescription_uploads.clinician TO lianyao_application;

GRANT UPDATE(code) ON TABLE prescription_uploads.clinician TO lianyao_application;

GRANT UPDATE(title_code) ON TABLE prescription_uploads.clinician TO lianyao_application;

GRANT UPDATE(title) ON TABLE prescription_uploads.clinician TO lianyao_application;

GRANT UPDATE(certificate_kind) ON TABLE prescription_uploads.clinician TO lianyao_application;

GRANT UPDATE(certificate) ON TABLE prescription_uploads.clinician TO lianyao_application;

GRANT UPDATE(practice) ON TABLE prescription_uploads.clinician TO lianyao_application;

GRANT SELECT,INSERT ON TABLE prescription_uploads.institution TO lianyao_application;

GRANT UPDATE(platform) ON TABLE prescription_uploads.institution TO lianyao_application;

GRANT UPDATE(code) ON TABLE prescription_uploads.institution TO lianyao_application;

GRANT UPDATE(name) ON TABLE prescription_uploads.institution TO lianyao_application;

GRANT UPDATE(division) ON TABLE prescription_uploads.institution TO lianyao_application;

GRANT UPDATE(pharmacy_code) ON TABLE prescription_uploads.institution TO lianyao_application;

GRANT UPDATE(pharmacy_name) ON TABLE prescription_uploads.institution TO lianyao_application;

GRANT SELECT,INSERT ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(state) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(version) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(credential) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(changed_at) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(insurer_number) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(trace_code) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(original) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(file) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(sign_digest) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(certificate) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(revoked_by_id) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(revocation) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(revoked_at) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(revocations) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(use) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(used_at) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(items) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(decision) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(reviewer) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(opinion) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(reviewed_at) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT UPDATE(ask_at) ON TABLE prescription_uploads.upload TO lianyao_application;

GRANT SELECT,INSERT ON TABLE prices.agreed_price TO lianyao_application;

GRANT UPDATE(superseded_at) ON TABLE prices.agreed_price TO lianyao_application;

GRANT UPDATE(superseded_reason) ON TABLE prices.agreed_price TO lianyao_application;

GRANT USAGE ON SEQUENCE prices.agreed_price_price_id_seq TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE prices.consortium_platform TO lianyao_application;

GRANT SELECT ON TABLE prices.platform TO lianyao_application;

GRANT SELECT,INSERT ON TABLE prices.published_price TO lianyao_application;

GRANT UPDATE(superseded_at) ON TABLE prices.published_price TO lianyao_application;

GRANT UPDATE(superseded_reason) ON TABLE prices.published_price TO lianyao_application;

GRANT USAGE ON SEQUENCE prices.published_price_price_id_seq TO lianyao_application;

GRANT SELECT,INSERT ON TABLE refill_warnings.reckoning TO lianyao_application;

GRANT UPDATE(reckoned_at) ON TABLE refill_warnings.reckoning TO lianyao_application;

GRANT SELECT,INSERT ON TABLE refill_warnings.warning TO lianyao_application;

GRANT UPDATE(missing) ON TABLE refill_warnings.warning TO lianyao_application;

GRANT UPDATE(due_on) ON TABLE refill_warnings.warning TO lianyao_application;

GRANT UPDATE(runs_out_on) ON TABLE refill_warnings.warning TO lianyao_application;

GRANT UPDATE(resolved_at) ON TABLE refill_warnings.warning TO lianyao_application;

GRANT UPDATE(resolution) ON TABLE refill_warnings.warning TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE requisitions.cycle TO lianyao_application;

GRANT USAGE ON SEQUENCE requisitions.cycle_number TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE requisitions.requisition TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE requisitions.requisition_line TO lianyao_application;

GRANT USAGE ON SEQUENCE requisitions.requisition_number TO lianyao_application;

GRANT USAGE ON SEQUENCE requisitions.shortage_number TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE requisitions.shortage_report TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE stock_ledger.balance TO lianyao_application;

GRANT SELECT,INSERT ON TABLE stock_ledger.batch TO lianyao_application;

GRANT USAGE ON SEQUENCE stock_ledger.batch_batch_id_seq TO lianyao_application;

GRANT SELECT,INSERT ON TABLE stock_ledger.batch_hold TO lianyao_application;

GRANT UPDATE(lifting_reason) ON TABLE stock_ledger.batch_hold TO lianyao_application;

GRANT UPDATE(lifted_by_id) ON TABLE stock_ledger.batch_hold TO lianyao_application;

GRANT UPDATE(lifted_at) ON TABLE stock_ledger.batch_hold TO lianyao_application;

GRANT UPDATE(lifted_after_id) ON TABLE stock_ledger.batch_hold TO lianyao_application;

GRANT SELECT,INSERT ON TABLE stock_ledger.closing TO lianyao_application;

GRANT SELECT,INSERT ON TABLE stock_ledger.entry TO lianyao_application;

GRANT SELECT,INSERT,DELETE ON TABLE stock_ledger."freeze" TO lianyao_application;

GRANT SELECT,INSERT ON TABLE stock_ledger.movement TO lianyao_application;

GRANT USAGE ON SEQUENCE stock_ledger.movement_movement_id_seq TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE stock_ledger.product_day TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE stock_ledger.shelf TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE stock_ledger.transfer TO lianyao_application;

GRANT USAGE ON SEQUENCE stock_ledger.transfer_number TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE stocktakes.line TO lianyao_application;

GRANT SELECT,INSERT ON TABLE stocktakes.scope_product TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE stocktakes.stocktake TO lianyao_application;

GRANT USAGE ON SEQUENCE stocktakes.stocktake_number TO lianyao_application;

GRANT SELECT,INSERT ON TABLE stocktakes.tally TO lianyao_application;

GRANT SELECT,INSERT ON TABLE tendering.award TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE tendering.bid TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE tendering.invitation TO lianyao_application;

GRANT SELECT,INSERT ON TABLE tendering.package_alternative TO lianyao_application;

GRANT SELECT,INSERT,UPDATE ON TABLE tendering.tender TO lianyao_application;

GRANT SELECT,INSERT ON TABLE tendering.tender_package TO lianyao_application;

GRANT USAGE ON SEQUENCE tendering.tender_serial TO lianyao_application;

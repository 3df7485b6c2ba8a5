-- Where facilities are, so that the nearest pharmacy can be told. Facilities that have no place yet keep none.
ALTER TABLE parties.facility
    ADD COLUMN latitude  integer,  -- microdegrees, north positive
    ADD COLUMN longitude integer,  -- microdegrees, east positive
    ADD CONSTRAINT latitude_is_on_earth CHECK (latitude BETWEEN -90000000 AND 90000000),
    ADD CONSTRAINT longitude_is_on_earth CHECK (longitude BETWEEN -180000000 AND 180000000),
    ADD CONSTRAINT place_has_both_coordinates CHECK ((latitude IS NULL) = (longitude IS NULL));

-- How far two facilities are apart by road, where somebody has said so; it counts before what the coordinates give.
CREATE TABLE parties.facility_distance (
    consortium_id     bigint NOT NULL,
    facility_id       bigint NOT NULL,  -- the one with the smaller number
    other_facility_id bigint NOT NULL,
    metres            bigint NOT NULL,
    PRIMARY KEY (consortium_id, facility_id, other_facility_id),
    CONSTRAINT distance_is_from_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility,
    CONSTRAINT distance_is_to_a_facility FOREIGN KEY (consortium_id, other_facility_id) REFERENCES parties.facility,
    CONSTRAINT distance_is_told_once_for_both_ways CHECK (facility_id < other_facility_id),
    CONSTRAINT distance_is_on_earth CHECK (metres BETWEEN 0 AND 20037508)
);
ALTER TABLE parties.facility_distance ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON parties.facility_distance
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);
GRANT SELECT, INSERT, UPDATE, DELETE ON parties.facility_distance TO lianyao_application;

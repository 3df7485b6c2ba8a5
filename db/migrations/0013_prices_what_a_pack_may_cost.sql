-- What a pack may cost on a day: published by a platform, or agreed with a supplier. Amounts and days never change;
-- a record that no longer counts says since when and why.
CREATE SCHEMA prices;
-- Equality in exclusion constraints. A trusted extension: who may create in the database may have it.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA prices;

-- The provinces' procurement platforms, by division code (GB/T 2260).
CREATE TABLE prices.platform (
    platform text NOT NULL PRIMARY KEY,
    name     text NOT NULL,
    CONSTRAINT platform_is_a_province CHECK (platform ~ '^[1-6][0-9]0000$')
);
INSERT INTO prices.platform (platform, name) VALUES
    ('110000', '北京市'), ('120000', '天津市'), ('130000', '河北省'), ('140000', '山西省'), ('150000', '内蒙古自治区'),
    ('210000', '辽宁省'), ('220000', '吉林省'), ('230000', '黑龙江省'),
    ('310000', '上海市'), ('320000', '江苏省'), ('330000', '浙江省'), ('340000', '安徽省'), ('350000', '福建省'),
    ('360000', '江西省'), ('370000', '山东省'),
    ('410000', '河南省'), ('420000', '湖北省'), ('430000', '湖南省'), ('440000', '广东省'), ('450000', '广西壮族自治区'),
    ('460000', '海南省'),
    ('500000', '重庆市'), ('510000', '四川省'), ('520000', '贵州省'), ('530000', '云南省'), ('540000', '西藏自治区'),
    ('610000', '陕西省'), ('620000', '甘肃省'), ('630000', '青海省'), ('640000', '宁夏回族自治区'),
    ('650000', '新疆维吾尔自治区'), ('660000', '新疆生产建设兵团');

-- On which platform a consortium buys.
CREATE TABLE prices.consortium_platform (
    consortium_id bigint      NOT NULL REFERENCES parties.consortium,
    platform      text        NOT NULL REFERENCES prices.platform,
    chosen_at     timestamptz NOT NULL,
    chosen_by_id  bigint      NOT NULL,
    PRIMARY KEY (consortium_id)
);
ALTER TABLE prices.consortium_platform ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON prices.consortium_platform
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Listed and ceiling prices are facts about a province, shared by its consortia.
CREATE TABLE prices.published_price (
    price_id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    platform          text        NOT NULL REFERENCES prices.platform,
    kind              text        NOT NULL,
    article_id        bigint      NOT NULL REFERENCES formulary.article,
    pack_price        bigint      NOT NULL,  -- 1/10000 yuan
    pack_size         bigint      NOT NULL,  -- base units, as the article had it when the price was recorded
    valid_from        date        NOT NULL,
    valid_through     date,                  -- the last valid day; none until another price follows
    source            text        NOT NULL,  -- the document it is taken from
    recorded_at       timestamptz NOT NULL,
    recorded_by_id    bigint,                -- none for the operator at the command line
    superseded_at     timestamptz,           -- since when it no longer counts
    superseded_reason text        NOT NULL DEFAULT '',
    CONSTRAINT published_prices_do_not_overlap EXCLUDE USING gist (
        article_id WITH =, platform WITH =, kind WITH =, daterange(valid_from, valid_through, '[]') WITH &&)
        WHERE (superseded_at IS NULL),
    CONSTRAINT published_kind_is_known CHECK (kind IN ('listed', 'ceiling')),
    CONSTRAINT price_is_above_zero CHECK (pack_price > 0),
    CONSTRAINT pack_holds_something CHECK (pack_size > 0),
    CONSTRAINT price_holds_on_some_day CHECK (valid_through >= valid_from),
    CONSTRAINT price_names_its_source CHECK (source <> ''),
    CONSTRAINT superseded_price_says_why CHECK ((superseded_at IS NULL) = (superseded_reason = ''))
);
CREATE INDEX published_price_of_article ON prices.published_price (article_id, platform);

-- What suppliers are bound to towards one consortium.
CREATE TABLE prices.agreed_price (
    consortium_id     bigint      NOT NULL REFERENCES parties.consortium,
    price_id          bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    kind              text        NOT NULL,
    company_id        bigint      NOT NULL REFERENCES parties.company,
    article_id        bigint      NOT NULL REFERENCES formulary.article,
    tender_id         uuid,                  -- that awarded it
    package_number    integer,               -- of the tender
    pack_price        bigint      NOT NULL,  -- 1/10000 yuan
    pack_size         bigint      NOT NULL,  -- base units, as the article had it when it was bid or agreed
    valid_from        date        NOT NULL,
    valid_through     date,                  -- the last valid day; none until another price follows
    source            text        NOT NULL,  -- the tender's number, or the contract's
    recorded_at       timestamptz NOT NULL,
    recorded_by_id    bigint      NOT NULL,
    superseded_at     timestamptz,           -- since when it no longer counts
    superseded_reason text        NOT NULL DEFAULT '',
    PRIMARY KEY (consortium_id, price_id),
    CONSTRAINT contract_prices_do_not_overlap EXCLUDE USING gist (
        article_id WITH =, company_id WITH =, consortium_id WITH =, daterange(valid_from, valid_through, '[]') WITH &&)
        WHERE (kind = 'contract' AND superseded_at IS NULL),
    CONSTRAINT awarded_prices_do_not_overlap EXCLUDE USING gist (
        article_id WITH =, tender_id WITH =, package_number WITH =, company_id WITH =, consortium_id WITH =,
        daterange(valid_from, valid_through, '[]') WITH &&)
        WHERE (kind = 'awarded' AND superseded_at IS NULL),
    CONSTRAINT agreed_kind_is_known CHECK (kind IN ('awarded', 'contract')),
    CONSTRAINT awarded_price_names_its_award CHECK (
        (kind = 'awarded') = (tender_id IS NOT NULL) AND (tender_id IS NULL) = (package_number IS NULL)),
    CONSTRAINT price_is_above_zero CHECK (pack_price > 0),
    CONSTRAINT pack_holds_something CHECK (pack_size > 0),
    CONSTRAINT price_holds_on_some_day CHECK (valid_through >= valid_from),
    CONSTRAINT price_names_its_source CHECK (source <> ''),
    CONSTRAINT superseded_price_says_why CHECK ((superseded_at IS NULL) = (superseded_reason = ''))
);
CREATE INDEX agreed_price_of_article ON prices.agreed_price (consortium_id, article_id);
ALTER TABLE prices.agreed_price ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON prices.agreed_price
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- What was awarded before there were prices holds from the day of the award.
INSERT INTO prices.agreed_price (
    consortium_id, kind, company_id, article_id, tender_id, package_number, pack_price, pack_size, valid_from, source,
    recorded_at, recorded_by_id)
SELECT award.consortium_id, 'awarded', award.company_id, award.article_id, award.tender_id, award.package_number,
       award.pack_price, award.pack_size, (tender.awarded_at AT TIME ZONE 'Asia/Shanghai')::date, tender.number,
       tender.awarded_at, tender.drafted_by_id
  FROM tendering.award
  JOIN tendering.tender USING (consortium_id, tender_id);

GRANT USAGE ON SCHEMA prices TO lianyao_application;
GRANT SELECT ON prices.platform TO lianyao_application;
GRANT SELECT, INSERT, UPDATE ON prices.consortium_platform TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (superseded_at, superseded_reason) ON prices.published_price, prices.agreed_price
    TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA prices TO lianyao_application;

-- Search over national catalogues: names, readings and initials taken apart by the program (RefreshSearch).

-- What each product is found by: its names and trade names, their readings and initials, one a line; and the pieces
-- they are looked up by. `source` tells whether they still say what the product and its articles say.
CREATE TABLE formulary.product_search (
    product_id  bigint  PRIMARY KEY REFERENCES formulary.product,
    source      text    NOT NULL,
    name_length integer NOT NULL,  -- of the generic name, in characters
    terms       text    COLLATE "C" NOT NULL,
    grams       text[]  COLLATE "C" NOT NULL
);
CREATE INDEX product_search_by_gram ON formulary.product_search USING gin (grams) WITH (gin_pending_list_limit = 65536);  -- kB

-- The same of each manufacturer.
CREATE TABLE formulary.maker_search (
    company_id bigint PRIMARY KEY REFERENCES parties.company,
    source     text   NOT NULL,
    terms      text   COLLATE "C" NOT NULL,
    grams      text[] COLLATE "C" NOT NULL
);
CREATE INDEX maker_search_by_gram ON formulary.maker_search USING gin (grams);

-- What is added waits in a list beside the index, which every search reads through. It is long enough for a whole
-- catalogue, which the index takes in at once, and is emptied when the additions are done.
CREATE FUNCTION formulary.settle_search() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
    SELECT pg_catalog.gin_clean_pending_list('formulary.product_search_by_gram'),
           pg_catalog.gin_clean_pending_list('formulary.maker_search_by_gram');
    SELECT NULL::void
$$;
REVOKE EXECUTE ON FUNCTION formulary.settle_search() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION formulary.settle_search() TO lianyao_application;

GRANT SELECT, INSERT, UPDATE ON formulary.product_search, formulary.maker_search TO lianyao_application;

-- Lists are in the order of the length of the name: a common word is answered from the first of them.
CREATE INDEX product_search_by_name_length ON formulary.product_search (name_length, product_id);
CREATE INDEX product_by_name_length        ON formulary.product (length(generic_name), product_id);

-- From a manufacturer to its products and back without a look at the articles.
DROP INDEX formulary.article_of_manufacturer, formulary.article_of_product;
CREATE INDEX article_of_manufacturer ON formulary.article (manufacturer_id, product_id, withdrawn_on);
CREATE INDEX article_of_product      ON formulary.article (product_id, manufacturer_id);

-- Trigrams of the server's own are of no use for Chinese names of two characters.
DROP INDEX formulary.product_by_name, formulary.product_by_english, formulary.product_by_reading,
           formulary.product_by_initials, formulary.article_by_trade_name;

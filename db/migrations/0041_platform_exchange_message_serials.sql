-- The last four digits of a message's number in the national envelope (msgid), behind the institution and the second. Whoever draws one,
-- in whichever process, nobody else has it in the same second, for it comes again only after ten thousand others.
CREATE SEQUENCE platform_exchange.message_serial AS integer MINVALUE 0 MAXVALUE 9999 CYCLE;
GRANT USAGE ON SEQUENCE platform_exchange.message_serial TO lianyao_application;

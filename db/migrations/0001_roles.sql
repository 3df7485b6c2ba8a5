-- The two roles of the program. They belong to the whole cluster, which may hold several databases, so each
-- statement accepts that its work is done already. This file runs as the user who signed in; every later one runs
-- as lianyao_owner.
--
-- lianyao_owner        owns every schema and table; migrations and catalog imports run as it
-- lianyao_application  what the program runs as; owns nothing and has only what the migrations grant

DO $$
BEGIN
    CREATE ROLE lianyao_owner NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END
$$;

DO $$
BEGIN
    CREATE ROLE lianyao_application NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END
$$;

-- The user who signs in may become either role. From version 16 on being a member is not enough for SET ROLE.
DO $$
DECLARE
    may     text := CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END;
    program text;
BEGIN
    FOREACH program IN ARRAY ARRAY['lianyao_owner', 'lianyao_application'] LOOP
        IF NOT pg_has_role(current_user, program, may) THEN
            EXECUTE format('GRANT %I TO %I', program, current_user);
        END IF;
    END LOOP;
END
$$;

DO $$
BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO lianyao_owner', current_database());
END
$$;

-- Nobody makes objects in public, and both roles may ask which migrations were applied.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA migration TO lianyao_owner, lianyao_application;
GRANT SELECT ON migration.applied TO lianyao_owner, lianyao_application;

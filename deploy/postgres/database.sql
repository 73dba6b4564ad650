-- One database of the product, by the administrator or its owner: extensions, and the rights that web and worker get by default.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION IF NOT EXISTS pgcrypto;
DO $$
DECLARE role text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hiroba_owner') THEN
    RETURN;  -- a database whose single user owns everything
  END IF;
  FOR role IN SELECT rolname FROM pg_roles WHERE rolname IN ('hiroba_web', 'hiroba_worker') LOOP
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', role);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE hiroba_owner IN SCHEMA public'
                   ' GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I', role);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE hiroba_owner IN SCHEMA public'
                   ' GRANT USAGE, SELECT ON SEQUENCES TO %I', role);
  END LOOP;
END $$;

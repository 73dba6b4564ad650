-- The roles of the product, once per server, by its administrator. Run again it changes nothing.
-- owner: migrations only. web, worker: the application, which can neither change tables nor be a superuser.
-- Time limits are set on the roles because a connection pooler refuses start-up options.
DO $$
DECLARE role text;
BEGIN
  FOREACH role IN ARRAY ARRAY['hiroba_owner', 'hiroba_web', 'hiroba_worker'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE', role);
    END IF;
  END LOOP;
END $$;
ALTER ROLE hiroba_web SET statement_timeout = '15s';
ALTER ROLE hiroba_web SET lock_timeout = '5s';
ALTER ROLE hiroba_worker SET lock_timeout = '10s';
-- A page reads a few rows by an index: starting parallel workers for it costs more than they save.
ALTER ROLE hiroba_web SET max_parallel_workers_per_gather = 0;

#!/bin/bash
# Runs once in a new PostgreSQL container, as its administrator: roles with passwords from the environment, the database.
set -euo pipefail
psql=(psql -X -q -v ON_ERROR_STOP=1 -U "$POSTGRES_USER")
"${psql[@]}" -d postgres -f /opt/hiroba/roles.sql
"${psql[@]}" -d postgres -v owner="$OWNER_PASSWORD" -v web="$WEB_PASSWORD" -v worker="$WORKER_PASSWORD" <<'SQL'
ALTER ROLE hiroba_owner PASSWORD :'owner';
ALTER ROLE hiroba_web PASSWORD :'web';
ALTER ROLE hiroba_worker PASSWORD :'worker';
CREATE DATABASE hiroba OWNER hiroba_owner;
REVOKE CONNECT ON DATABASE hiroba FROM PUBLIC;
GRANT CONNECT ON DATABASE hiroba TO hiroba_web, hiroba_worker;
SQL
"${psql[@]}" -d hiroba -f /opt/hiroba/database.sql

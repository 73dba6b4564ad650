# Production image: web, worker, beat and migrations are the same image with different commands (docker-compose.yml).
FROM python:3.11-slim-bookworm AS parts
WORKDIR /srv/hiroba
COPY requirements-production.txt .
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements-production.txt

FROM python:3.11-slim-bookworm
# What WeasyPrint loads, what joins and draws PDFs (poppler), and the fonts that documents embed (complete for JIS X 0213; rare name kanji from IPAmj).
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    fonts-morisawa-bizud-gothic fonts-morisawa-bizud-mincho fonts-ipamj-mincho poppler-utils \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home --home-dir /home/hiroba hiroba \
 && install -d -o hiroba -g hiroba -m 0700 /var/lib/hiroba /var/lib/hiroba/files /var/lib/hiroba/beat
WORKDIR /srv/hiroba
COPY --from=parts /opt/venv /opt/venv
COPY manage.py ./
COPY deploy/healthcheck.py deploy/
COPY portal portal
COPY communities communities
COPY grants grants
COPY templates templates
COPY static static
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.base XDG_CACHE_HOME=/tmp \
    STATIC_ROOT=/srv/hiroba/staticfiles MEDIA_ROOT=/var/lib/hiroba/files
# collectstatic reads the settings but no secret and no server; these values stay in this one step.
RUN SECRET_KEY=only-for-collectstatic ALLOWED_HOSTS=localhost BASE_URL=https://localhost EMAIL_URL=console:// \
    DATABASE_URL=postgres://localhost/none REDIS_URL=redis://localhost:6379/0 python manage.py collectstatic --noinput
USER hiroba
EXPOSE 8000
CMD ["gunicorn", "portal.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "/dev/null"]

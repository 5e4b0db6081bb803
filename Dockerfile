# An image that serves the archive. docs/deploy.md says how to run it.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/testimonia

COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt

# Folders are copied by name, so that neither .env nor var gets into the image.
COPY manage.py ./
COPY config config
COPY archive archive
COPY annotations annotations
COPY templates templates
COPY static static

# The static files are part of the image. The key serves this one command only: it is in no layer.
ENV STATIC_ROOT=/srv/testimonia/collected
RUN SECRET_KEY=only-to-build DATA_DIR=/tmp/build python manage.py collectstatic --noinput && rm -r /tmp/build

RUN useradd --system --uid 10001 testimonia && install -d -o testimonia -g testimonia /data
USER testimonia
ENV DATA_DIR=/data
VOLUME /data
EXPOSE 8000
CMD ["sh", "-c", "python manage.py migrate --noinput && exec gunicorn config.wsgi --bind 0.0.0.0:8000 --workers 2 --threads 4 --no-control-socket"]

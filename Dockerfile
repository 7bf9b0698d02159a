# Built from the folder of a clone: docker build -t qingting .   (docs/deploy/docker.md)
# For production name the base image by its digest: python:3.12-slim-bookworm@sha256:…
FROM python:3.12-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/qingting
COPY requirements.lock ./
RUN /opt/qingting/bin/pip install --require-hashes --only-binary :all: -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY qingting ./qingting
RUN /opt/qingting/bin/pybabel compile -D django -d qingting/site/locale \
 && /opt/qingting/bin/pip install --no-deps --no-build-isolation . \
 && /opt/qingting/bin/pip uninstall -y pip

FROM python:3.12-slim-bookworm
RUN groupadd --system --gid 10001 qingting \
 && useradd --system --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin qingting \
 && install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=build /opt/qingting /opt/qingting
ENV PATH=/opt/qingting/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    QINGTING_DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 8000
# The start migrates; nothing is asked of it before a minute has gone by.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4).close()"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["qingting"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]

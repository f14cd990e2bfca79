# An image with yonder alone:
#   docker build -t yonder .
#   docker run --rm -v "$PWD:/data" yonder run scenario.yaml -o out
# The stages do what ./dev package and tests/install/debian-package.sh do, which are tried in clean Debian roots.

FROM debian:bookworm-slim AS build
WORKDIR /yonder
# First the packages, so that they are kept while sources change.
COPY dev ./
COPY cmake/packages.txt cmake/
RUN apt-get update \
 && apt-get install -y --no-install-recommends $(./dev packages run package) \
 && rm -rf /var/lib/apt/lists/*
COPY . .
RUN git config --global --add safe.directory /yonder && YONDER_SKIP_PACKAGES=1 ./dev package /packages

FROM debian:bookworm-slim
COPY --from=build /packages/yonder_*.deb /tmp/
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates /tmp/yonder_*.deb \
 && rm -rf /var/lib/apt/lists/* /tmp/yonder_*.deb
WORKDIR /data
# Caches of other users than root lie here too: docker run --user "$(id -u):$(id -g)" …
ENV XDG_CACHE_HOME=/tmp/cache
ENTRYPOINT ["yonder"]
CMD ["--help"]

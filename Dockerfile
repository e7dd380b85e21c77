# A static binary and nothing else, run by nobody in particular:
#   docker run --rm --volume "$PWD:/work:ro" mlsystem check
# What it has to write, or may not read as another user, wants the user of the files:
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/work" mlsystem check --fix
# There is no git in it, which `check --since` would need.
#
# `docker build .` compiles it; a release takes the programs of its archives, which .ci/image lays out, for each platform.
ARG FROM=source

FROM rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY . .
RUN cargo build --release --locked --package mlsystem --bin mlsystem && mkdir /out \
    && cp target/release/mlsystem LICENSE-APACHE LICENSE-MIT /out

FROM scratch AS source
COPY --from=build /out/ /

FROM scratch AS archive
ARG TARGETARCH
COPY image/${TARGETARCH}/ /

FROM ${FROM} AS chosen

FROM scratch
COPY --from=chosen --chmod=755 /mlsystem /usr/local/bin/mlsystem
# The notices of what is compiled in are there wherever the program comes from an archive.
COPY --from=chosen /LICENSE-APACHE /LICENSE-MIT /THIRD-PARTY*.md /licences/
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/mlsystem"]
CMD ["check"]

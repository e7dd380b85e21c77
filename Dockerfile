# A static binary and nothing else, run by nobody in particular:
#   docker run --rm --volume "$PWD:/work:ro" mlsystem check
# There is no git in it, which `check --since` would need.
FROM rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY . .
RUN cargo build --release --locked --bin mlsystem

FROM scratch
COPY --from=build /src/target/release/mlsystem /usr/local/bin/mlsystem
COPY --from=build /src/LICENSE-APACHE /src/LICENSE-MIT /licences/
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/mlsystem"]
CMD ["check"]

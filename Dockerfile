# syntax=docker/dockerfile:1
# docker build -t sealward .
# conf/docker-compose.yaml runs it with all that it needs: a configuration, a keystore and a store.
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -pl gateway -am -Dmaven.test.skip=true package \
 && mkdir /image \
 && cp gateway/target/lib/*.jar gateway/target/sealward-gateway-*.jar /image/

FROM eclipse-temurin:25-jre
# A volume that is mounted on one of the two folders for the first time takes over its owner.
RUN useradd --system --user-group --no-create-home --uid 10001 sealward \
 && install -d -o sealward -g sealward -m 0700 /etc/sealward/keys /var/lib/sealward
COPY --from=build /image /opt/sealward/lib
USER sealward
WORKDIR /var/lib/sealward
EXPOSE 8080
ENV JAVA_TOOL_OPTIONS="-Xms64m -Xmx512m -XX:MaxDirectMemorySize=256m -XX:+ExitOnOutOfMemoryError"
# An open port, and an answer in S3's own form to a request that nobody signed, with or without TLS.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
  CMD for scheme in http https; do curl -sk --max-time 2 $scheme://127.0.0.1:8080/; done | grep -aq '<Code>'
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", \
  "--add-opens=jdk.crypto.cryptoki/sun.security.pkcs11.wrapper=ALL-UNNAMED", \
  "-cp", "/opt/sealward/lib/*", "io.sealward.gateway.cli.Sealward"]
CMD ["serve", "--config", "/etc/sealward/sealward.yaml"]

# syntax=docker/dockerfile:1
# docker build -t sealward . && docker run -p 8080:8080 -v "$PWD/conf:/etc/sealward:ro" sealward
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -pl gateway -am -Dmaven.test.skip=true package \
 && mkdir /image \
 && cp gateway/target/lib/*.jar gateway/target/sealward-gateway-*.jar /image/

FROM eclipse-temurin:25-jre
RUN useradd --system --no-create-home --uid 10001 sealward
COPY --from=build /image /opt/sealward/lib
USER sealward
EXPOSE 8080
ENV JAVA_TOOL_OPTIONS="-Xms64m -Xmx512m -XX:MaxDirectMemorySize=256m -XX:+ExitOnOutOfMemoryError"
# An open port, and an answer in S3's own form to a request that nobody signed.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD curl -s --max-time 2 http://127.0.0.1:8080/ | grep -q '<Code>'
ENTRYPOINT ["java", "-cp", "/opt/sealward/lib/*", "io.sealward.gateway.cli.Sealward"]
CMD ["serve", "--config", "/etc/sealward/sealward.yaml"]

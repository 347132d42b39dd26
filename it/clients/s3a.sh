#!/usr/bin/env bash
# Hadoop's S3A with its default options but for smaller parts.
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"
export AWS_ACCESS_KEY_ID=$ACCESS_KEY AWS_SECRET_ACCESS_KEY=$SECRET_KEY AWS_DEFAULT_REGION=us-east-1 BUCKET=$bucket SEALED=$clients/sealed.py
if [ ! -s "$TOOLS/s3a" ]; then
  mvn -q -B -f "$clients/s3a/pom.xml" dependency:build-classpath -Dmdep.outputFile="$TOOLS/s3a" || exit 1
fi
options=()
if [ -n "$CA" ]; then
  export AWS_CA_BUNDLE=$CA
  keytool -importcert -noprompt -file "$CA" -keystore trust -storepass clients >/dev/null 2>&1
  options=(-Djavax.net.ssl.trustStore=trust -Djavax.net.ssl.trustStorePassword=clients)
fi
aws --endpoint-url "$ENDPOINT" s3 mb "s3://$bucket" >/dev/null && # S3A makes none
  java -Xmx512m "${options[@]}" -cp "$(<"$TOOLS/s3a")" "$clients/s3a/S3aClient.java"
status=$?
aws --endpoint-url "$ENDPOINT" s3 rb --force "s3://$bucket" >/dev/null
exit $status

package io.sealward.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** S3 credentials, roles and policies over the API. */
interface CredentialCases extends TwoServers {
    @Test
    default void aCredentialShowsItsSecretOnceAndStopsWhenRevoked() {
        String base = project("credentials") + "/s3_credentials";
        JsonNode created = api().post(base, "{\"name\":\"ci\"}").ok();
        String id = created.get("access_key_id").textValue();
        String secret = created.get("secret_access_key").textValue();
        assertThat(here().registry.credentials().find(id).orElseThrow().secretAccessKey())
                .isEqualTo(secret);
        there().catchUp();
        assertThat(there().registry.credentials().find(id)).isPresent();
        assertThat(api().get(base).body()).contains(id).doesNotContain(secret);
        assertThat(api().get(base + "/" + id).body()).contains(id).doesNotContain(secret);
        api().delete(base + "/" + id).ok();
        assertThat(here().registry.credentials().find(id)).isEmpty();
        there().catchUp();
        assertThat(there().registry.credentials().find(id)).isEmpty();
        api().delete(base + "/" + id).error(404);
    }

    @Test
    default void aCredentialShowsItsPolicyAsItWasGivenUntilAnotherIsInItsPlace() {
        String base = project("policies") + "/s3_credentials";
        String reading =
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"s3:Get*\",\"s3:List*\"],"
                        + "\"Resource\":\"arn:aws:s3:::b\u00fccher*\",\"Condition\":{\"NumericLessThan\":{\"s3:max-keys\":10}}}]}";
        JsonNode created = api().post(base, "{\"name\":\"reader\", \"policy\" : " + reading + " }")
                .ok();
        String one = base + "/" + created.get("id").textValue();
        assertThat(created.get("policy").toString()).isEqualTo(reading);
        assertThat(api().get(one).ok().get("policy").toString()).isEqualTo(reading);
        assertThat(api().get(base).ok().at("/data/0/policy").toString()).isEqualTo(reading);

        String writing = reading.replace("\"s3:List*\"", "\"s3:PutObject\"");
        assertThat(api().post(one, "{\"policy\":" + writing + "}")
                        .ok()
                        .get("policy")
                        .toString())
                .isEqualTo(writing);
        assertThat(api().get(one).ok().get("policy").toString()).isEqualTo(writing);
        assertThat(api().post(one, "{}").error(400).get("code").textValue()).isEqualTo("missing_required_parameter");
        assertThat(api().post(one, "{\"policy\":null}").ok().get("policy").isNull())
                .isTrue();
        assertThat(api().post(base, "{\"name\":\"all\"}").ok().get("policy").isNull())
                .isTrue();
        api().post(base + "/unknown", "{\"policy\":null}").error(404);
    }

    @Test
    default void aRoleIsMadeShownAndDeleted() {
        String project = project("roles");
        String base = project + "/s3_roles";
        String trust =
                "{\"issuer\":\"https://i\",\"audience\":\"a\",\"subject\":[\"s\",\"t*\"],\"claims\":{\"c\":\"d\"}}";
        JsonNode role =
                api().post(base, "{\"name\":\"ci\",\"trust\":" + trust + "}").ok();
        String one = base + "/" + role.get("id").textValue();
        assertThat(role.get("trust").toString()).isEqualTo(trust);
        assertThat(role.get("policy").isNull()).isTrue();
        assertThat(role.get("max_session_seconds").asInt()).isEqualTo(3600);
        assertThat(role.get("arn").textValue())
                .isEqualTo("arn:aws:iam::" + organizationId() + ":role" + project.substring(project.lastIndexOf('/'))
                        + "/ci");
        assertThat(api().get(one).ok()).isEqualTo(role);
        assertThat(api().get(base).ok().at("/data/0")).isEqualTo(role);
        assertThat(api().post(base, "{\"name\":\"ci\",\"trust\":" + trust + "}")
                        .error(409)
                        .get("code")
                        .textValue())
                .isEqualTo("name_taken");
        stranger().get(one).error(404);
        stranger().post(base, "{\"name\":\"mine\",\"trust\":" + trust + "}").error(404);
        stranger().delete(one).error(404);
        assertThat(api().delete(one).ok().get("deleted").asBoolean()).isTrue();
        api().get(one).error(404);
        api().delete(one).error(404);
    }

    @Test
    default void ofARoleIsReplacedWhatIsSaid() {
        String base = project("changing") + "/s3_roles";
        String trust = "{\"issuer\":\"https://i\",\"audience\":\"a\",\"subject\":\"s\"}";
        String policy =
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}}";
        JsonNode made = api().post(base, "{\"name\":\"ci\",\"policy\":" + policy + ",\"trust\":" + trust + "}")
                .ok();
        String one = base + "/" + made.get("id").textValue();
        String other = trust.replace("\"s\"", "\"t\"");
        JsonNode trusting = api().post(one, "{\"trust\":" + other + "}").ok();
        assertThat(trusting.get("trust").toString()).isEqualTo(other);
        assertThat(trusting.get("policy")).isEqualTo(made.get("policy"));
        assertThat(trusting.get("arn")).isEqualTo(made.get("arn"));
        JsonNode shorter =
                api().post(one, "{\"policy\":null,\"max_session_seconds\":900}").ok();
        assertThat(shorter.get("policy").isNull()).isTrue();
        assertThat(shorter.get("max_session_seconds").asInt()).isEqualTo(900);
        assertThat(shorter.get("trust")).isEqualTo(trusting.get("trust"));
        for (String fields : List.of(
                "",
                "\"trust\":null",
                "\"trust\":" + trust.replace("\"s\"", "\"*\""),
                "\"policy\":{}",
                "\"max_session_seconds\":899",
                "\"name\":\"cd\"")) {
            api().post(one, "{" + fields + "}").error(400);
        }
        assertThat(api().get(one).ok()).isEqualTo(shorter);
        stranger().post(one, "{\"policy\":null}").error(404);
        api().post(base + "/unknown", "{\"policy\":null}").error(404);
    }

    @Test
    default void aRoleThatWouldTrustAnybodyIsRefused() {
        String base = project("trusting") + "/s3_roles";
        String trust = "{\"issuer\":\"https://i\",\"audience\":\"a\",\"subject\":\"*\"}";
        JsonNode error =
                api().post(base, "{\"name\":\"ci\",\"trust\":" + trust + "}").error(400);
        assertThat(error.get("code").textValue()).isEqualTo("malformed_trust");
        assertThat(error.get("param").textValue()).isEqualTo("trust");
        String good = trust.replace("*", "s");
        for (String fields : List.of(
                "\"name\":\"a/b\",\"trust\":" + good,
                "\"name\":\"ci\"",
                "\"name\":\"ci\",\"trust\":\"x\"",
                "\"name\":\"ci\",\"max_session_seconds\":899,\"trust\":" + good,
                "\"name\":\"ci\",\"max_session_seconds\":43201,\"trust\":" + good,
                "\"name\":\"ci\",\"max_session_seconds\":1e3,\"trust\":" + good,
                "\"name\":\"ci\",\"policy\":{},\"trust\":" + good)) {
            api().post(base, "{" + fields + "}").error(400);
        }
        assertThat(api().get(base).ok().get("data")).isEmpty();
    }

    @Test
    default void aPolicyThatIsNotUnderstoodIsRefusedAndTheOneBeforeStays() {
        String base = project("malformed") + "/s3_credentials";
        String good =
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}";
        String one = base + "/"
                + api().post(base, "{\"name\":\"c\",\"policy\":" + good + "}")
                        .ok()
                        .get("id")
                        .textValue();
        for (String policy : List.of(
                "{}",
                good.replace("2012-10-17", "2008-10-17"),
                good.replace("\"*\"", "\"s3:GetObjct\""),
                good.replace("\"Resource\":", "\"Resource\":[],\"NotResource\":"),
                good.replace("}}", ",\"Condition\":{\"StringEquals\":{\"s3:ExistingObjectLock/a\":\"b\"}}}}"),
                good.replace("}}", "}," + " ".repeat(21_000) + "\"Id\":\"x\"}"))) {
            for (String path : List.of(base, one)) {
                String name = path.equals(base) ? "\"name\":\"c\"," : "";
                JsonNode error = api().post(path, "{" + name + "\"policy\":" + policy + "}")
                        .error(400);
                assertThat(error.get("code").textValue()).isEqualTo("malformed_policy");
                assertThat(error.get("param").textValue()).isEqualTo("policy");
            }
        }
        for (String policy : List.of("\"x\"", "[]", "7", "true")) {
            assertThat(api().post(one, "{\"policy\":" + policy + "}")
                            .error(400)
                            .get("code")
                            .textValue())
                    .isEqualTo("invalid_type");
        }
        api().post(one, "{\"policy\":" + good.replace("{\"Effect\"", "{\"Effect\":\"Allow\",\"Effect\"") + "}")
                .error(400);
        assertThat(api().get(one).ok().get("policy").toString()).isEqualTo(good);
    }
}

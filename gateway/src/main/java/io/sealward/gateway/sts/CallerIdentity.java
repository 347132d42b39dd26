package io.sealward.gateway.sts;

import io.sealward.gateway.tenant.AssumedRole;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.Role;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.xml.XmlElement;
import java.util.List;

/** Says who somebody is. Source: AWS STS API Reference, "GetCallerIdentity". */
final class CallerIdentity {
    static final String ACTION = "GetCallerIdentity";

    private CallerIdentity() {}

    static List<XmlElement> of(S3Credential caller) {
        Project project = caller.project();
        String user = caller.assumed().map(CallerIdentity::id).orElseGet(caller::accessKeyId);
        String arn = caller.assumed()
                .map(taken -> arn(project, taken.role(), taken.session()))
                .orElseGet(() -> "arn:aws:iam::" + project.organizationId() + ":user/" + project.id() + '/'
                        + caller.accessKeyId());
        return List.of(
                XmlElement.text("Arn", arn),
                XmlElement.text("UserId", user),
                XmlElement.text("Account", project.organizationId()));
    }

    /** Who has taken on a role. */
    static XmlElement user(Role role, String session) {
        return XmlElement.of(
                "AssumedRoleUser",
                List.of(
                        XmlElement.text("Arn", arn(role.project(), role.name(), session)),
                        XmlElement.text("AssumedRoleId", id(role.generation(), session))));
    }

    private static String id(AssumedRole taken) {
        return id(taken.generation(), taken.session());
    }

    private static String id(String generation, String session) {
        return generation + ':' + session;
    }

    private static String arn(Project project, String role, String session) {
        return "arn:aws:sts::" + project.organizationId() + ":assumed-role/" + project.id() + '/' + role + '/'
                + session;
    }
}

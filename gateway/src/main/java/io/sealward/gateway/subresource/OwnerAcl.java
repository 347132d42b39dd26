package io.sealward.gateway.subresource;

import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlText;
import java.util.List;

/**
 * The one access control list here: all to the owner, which is the project. ACLs are disabled as S3 does it under {@code
 * BucketOwnerEnforced}. Source: Amazon S3 User Guide, "Controlling ownership of objects and disabling ACLs".
 */
final class OwnerAcl {
    static final String ROOT = "AccessControlPolicy";
    private static final String FULL_CONTROL = "FULL_CONTROL";

    private OwnerAcl() {}

    static String document(S3Request request) {
        String id = XmlText.escape(request.project().id());
        String who = "<ID>" + id + "</ID><DisplayName>" + id + "</DisplayName>";
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<AccessControlPolicy xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Owner>" + who
                + "</Owner><AccessControlList><Grant>"
                + "<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"CanonicalUser\">" + who
                + "</Grantee><Permission>" + FULL_CONTROL + "</Permission></Grant></AccessControlList>"
                + "</AccessControlPolicy>";
    }

    /**
     * Takes this list only.
     *
     * @throws S3Exception AccessControlListNotSupported for any other
     */
    static void requireTrue(S3Request request, XmlElement document) {
        List<XmlElement> grants = document.all("AccessControlList").stream()
                .flatMap(list -> list.children().stream())
                .toList();
        boolean same = document.all("Owner").stream().allMatch(owner -> isOwner(request, owner))
                && !grants.isEmpty()
                && grants.stream().allMatch(grant -> isOwners(request, grant));
        if (!same) {
            throw new S3Exception(S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED);
        }
    }

    private static boolean isOwners(S3Request request, XmlElement grant) {
        List<XmlElement> grantees = grant.all("Grantee");
        return grantees.size() == 1
                && isOwner(request, grantees.get(0))
                && grant.value("Permission").filter(FULL_CONTROL::equals).isPresent();
    }

    private static boolean isOwner(S3Request request, XmlElement who) {
        return who.value("ID").filter(request.project().id()::equals).isPresent();
    }
}

package io.sealward.it.client;

import io.sealward.it.stack.Stack;
import io.sealward.it.store.S3Target;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The bucket as a label of the host. Only the synchronous SDK can be told to resolve such names without DNS. */
@ParameterizedClass
@EnumSource(names = "SYNC")
class GatewayVirtualHostClientsTest extends ClientContract {
    private static final String DOMAIN = "s3.localhost";

    @RegisterExtension
    static final Stack STACK = Stack.http(config -> config.withS3(config.s3().withDomains(List.of(DOMAIN))));

    @Override
    S3Target target() {
        S3Target path = STACK.gateway();
        return new S3Target(
                path.endpoint(), path.accessKey(), path.secretKey(), Optional.of(DOMAIN), path.trustedCertificate());
    }

    @Override
    boolean resolvesWithoutHelp() {
        try {
            return InetAddress.getAllByName("bucket." + DOMAIN).length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

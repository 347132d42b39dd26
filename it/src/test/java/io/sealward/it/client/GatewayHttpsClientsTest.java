package io.sealward.it.client;

import io.sealward.it.stack.Stack;
import io.sealward.it.store.S3Target;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Over https the SDKs send checksums in trailers, which they do not over http. */
@ParameterizedClass
@EnumSource
class GatewayHttpsClientsTest extends ClientContract {
    @RegisterExtension
    static final Stack STACK = Stack.https();

    @Override
    S3Target target() {
        return STACK.gateway();
    }
}

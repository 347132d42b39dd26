package io.sealward.it.client;

import io.sealward.it.stack.Stack;
import io.sealward.it.store.S3Target;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class GatewayHttpClientsTest extends ClientContract {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    @Override
    S3Target target() {
        return STACK.gateway();
    }
}

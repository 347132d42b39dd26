package io.sealward.it.client;

import io.sealward.it.stack.Stack;
import io.sealward.it.store.S3Target;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class GatewayMinioClientsTest extends ClientContract {
    @RegisterExtension
    @Order(1)
    static final MinioServer MINIO = new MinioServer();

    @RegisterExtension
    @Order(2)
    static final Stack STACK = Stack.http(config -> config.withStore(MINIO.store()));

    @Override
    S3Target target() {
        return STACK.gateway();
    }
}

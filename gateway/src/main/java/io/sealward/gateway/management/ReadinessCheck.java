package io.sealward.gateway.management;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something the gateway needs before it can serve.
 *
 * @param name as shown by {@code /readyz}
 * @param obstacle why it is not there, in words fit for anybody; asked on a thread that may block for a moment
 */
public record ReadinessCheck(String name, Supplier<Optional<String>> obstacle) {}

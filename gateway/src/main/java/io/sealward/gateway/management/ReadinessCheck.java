package io.sealward.gateway.management;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that the gateway needs, and whether it is there.
 *
 * @param name as shown by {@code /readyz}
 * @param required whether it cannot serve without; if not, the obstacle is only shown
 * @param obstacle why it is not there, in words fit for anybody; never blocks
 */
public record ReadinessCheck(String name, boolean required, Supplier<Optional<String>> obstacle) {}

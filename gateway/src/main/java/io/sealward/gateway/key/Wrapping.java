package io.sealward.gateway.key;

import io.sealward.crypto.key.KekReference;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import java.nio.ByteBuffer;

/** A wrapped secret, and all that it takes to ask for it. */
record Wrapping(Project project, Keks.Registered kek, WrappedSecret wrapped, WrapContext context) {
    /** What tells the secrets of a group apart. */
    record Id(KeyGroup.Id group, ByteBuffer wrapped, WrapContext context) {}

    KeyGroup.Id group() {
        return new KeyGroup.Id(kek.externalKeyId(), wrapped.keyVersion(), project.id());
    }

    Id id() {
        return new Id(group(), ByteBuffer.wrap(wrapped.ciphertext()), context);
    }

    KekReference reference() {
        return new KekReference(
                kek.externalKeyId(), kek.kek().provider(), kek.kek().keyId(), wrapped.keyVersion());
    }
}

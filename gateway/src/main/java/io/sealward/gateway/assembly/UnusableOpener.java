package io.sealward.gateway.assembly;

import io.sealward.providers.Kek;
import io.sealward.providers.KekOpener;
import io.sealward.providers.KeySpec;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import java.util.concurrent.CompletionStage;

/** Stands in for all keys where none is used. */
final class UnusableOpener implements KekOpener {
    @Override
    public Kek open(String organizationId, KeySpec spec) {
        return new Unopened(spec.type(), spec.kek());
    }

    @Override
    public RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context) {
        throw new UnsupportedOperationException();
    }

    private record Unopened(String provider, String keyId) implements Kek {
        @Override
        public CompletionStage<WrappedSecret> wrap(byte[] secret, WrapContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<byte[]> unwrap(WrappedSecret wrapped, WrapContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> probe(WrappedSecret sample, WrapContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}

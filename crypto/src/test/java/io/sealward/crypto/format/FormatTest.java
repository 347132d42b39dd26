package io.sealward.crypto.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.crypto.frame.AttemptSalt;
import io.sealward.crypto.frame.FrameHeader;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.crypto.frame.Sealed;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.key.WrappingSecret;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.crypto.seal.WrapScope;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another version is another value: everything follows the one that the DEK is of. */
class FormatTest {
    private static final int MIB = 1 << 20;
    private static final Format V2 = new Format(2, 1, new Geometry(1 << 14, 48, 1L << 40, 100, MIB));
    private static final ObjectBinding PLACE = new ObjectBinding("org-1", "proj_1", "bucket", "key");
    private static final KekReference KEK = new KekReference("extkey_1", "local", "default", "1");

    private final SecureRandom random = new SecureRandom();
    private final Dek dek = Dek.generate(V2, random);

    @Test
    void anObjectOfAnotherVersionHasItsFramesAndOpens() throws Exception {
        byte[] plain = Sealed.plaintext(40_000);
        byte[] sealed = Sealed.single(dek, plain, random);

        assertThat(sealed).hasSize(40_000 + 4 * 48).startsWith(2, 1);
        assertThat(Sealed.open(dek, Layout.SINGLE, sealed)).isEqualTo(plain);
        assertThat(Sealed.range(dek, Layout.SINGLE, sealed, 16_000, 17_000))
                .isEqualTo(Arrays.copyOfRange(plain, 16_000, 17_001));
        assertThatThrownBy(() -> FrameHeader.parse(Format.V1, sealed, 0))
                .isInstanceOf(SealException.UnknownVersion.class);
    }

    @Test
    void soHasAMultipartUpload() throws Exception {
        List<byte[]> parts = new ArrayList<>();
        List<Long> lengths = List.of((long) MIB, (long) MIB, 2L * MIB);
        List<AttemptSalt> attempts = new ArrayList<>();
        for (long length : lengths) {
            byte[] part = Sealed.part(dek, parts.size() + 1, Sealed.plaintext((int) length), random);
            parts.add(part);
            attempts.add(FrameHeader.parse(V2, part, 0).salt());
        }
        parts.add(PartSealer.sealPart(dek, PartLayout.explicit(V2.geometry(), lengths), attempts));
        byte[] sealed = Sealed.join(parts.toArray(byte[][]::new));

        assertThat(Sealed.open(dek, Layout.PARTS, sealed)).hasSize(4 * MIB);
        assertThat(Sealed.range(dek, Layout.PARTS, sealed, 2L * MIB, 2L * MIB + 9))
                .isEqualTo(Sealed.plaintext(10));
    }

    @Test
    void noKeyOfOneVersionIsAKeyOfAnother() {
        for (Format.Purpose purpose : Format.Purpose.values()) {
            assertThat(V2.info(purpose, new byte[0])).isNotEqualTo(Format.V1.info(purpose, new byte[0]));
        }
    }

    @Test
    void metadataAndUploadIdsNameTheVersionAndAReaderThatDoesNotKnowItSaysSo() {
        WrappingSecret secret = WrappingSecret.generate(random);
        ObjectSeal seal =
                ObjectSeal.of(dek, secret, PLACE, Layout.SINGLE, WrapScope.OBJECT, KEK, new byte[] {1}, random);
        UploadSeal upload =
                UploadSeal.of("id", dek, secret, PLACE, Layout.PARTS, WrapScope.OBJECT, KEK, new byte[] {1}, random);

        assertThat(seal.toMetadata()).containsEntry("sealward-format", "v2 single object");
        assertThatThrownBy(() -> ObjectSeal.fromMetadata(seal.toMetadata().entrySet()))
                .isInstanceOf(SealException.UnknownVersion.class);
        assertThat(upload.toUploadId()).startsWith("sealward2.");
        assertThat(UploadSeal.parse(upload.toUploadId())).isEmpty();
    }

    @Test
    void theSealOfOneVersionDoesNotOpenAsThatOfAnother() throws Exception {
        WrappingSecret secret = WrappingSecret.generate(random);
        ObjectSeal seal =
                ObjectSeal.of(dek, secret, PLACE, Layout.SINGLE, WrapScope.OBJECT, KEK, new byte[] {1}, random);
        ObjectSeal claimed = new ObjectSeal(
                Format.V1,
                seal.layout(),
                seal.scope(),
                seal.kek(),
                seal.wrappedSecret(),
                seal.sealedDek(),
                seal.commitment());

        assertThat(seal.open(secret, PLACE).format()).isSameAs(V2);
        assertThatThrownBy(() -> claimed.open(secret, PLACE)).isInstanceOf(SealException.WrongKey.class);
    }
}

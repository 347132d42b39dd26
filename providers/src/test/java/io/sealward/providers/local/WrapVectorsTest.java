package io.sealward.providers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The first of the format's vectors in {@code wraps.json}, which the Python reader opens too. */
class WrapVectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final Map<String, String> ENTRIES = Map.of(
            "sealward:org_id", "org-vec",
            "sealward:project_id", "proj_vec",
            "sealward:bucket", "bücket",
            "sealward:object", "a1ccfa668a852409ee7b77ef0ab9876b05089658daad517d8ede49cff589a309");
    private static final byte[] WRAPPED =
            HEX.parseHex("01000000071e0daa915297755a606a19407001f0e463ff1772b34285e1b86982"
                    + "13a1ba6c41c63455da7cc121c8f0232d047f0476a3a991bb75218b0c906da924c5");
    private static final SecretKeySpec KEK =
            new SecretKeySpec(HEX.parseHex("3a302025ab611ba836ab0533ab55fc531b2d344a5f4d18aec8daa8e845384b9a"), "AES");

    @Test
    void opensForItsContextAlone() throws Exception {
        assertThat(LocalWrap.version(WRAPPED)).isEqualTo(7);
        assertThat(LocalWrap.open(KEK, WRAPPED, WrapContext.of(ENTRIES)))
                .isEqualTo(HEX.parseHex("7395682e4aa3b4ec294aa145ca2be58d80182545deb6dd34c694571e26613fd9"));
        assertThatThrownBy(() -> LocalWrap.open(KEK, WRAPPED, WrapContext.of(Map.of("sealward:bucket", "bücket"))))
                .isInstanceOf(KmsException.class);
    }
}

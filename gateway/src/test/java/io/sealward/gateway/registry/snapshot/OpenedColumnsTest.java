package io.sealward.gateway.registry.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.encryption.RowCipher;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenedColumnsTest {
    @Test
    void aLoadOpensWhatHasChangedAndNothingElse() {
        RowCipher cipher = new RowCipher(List.of("0123456789abcdef-secret".getBytes(UTF_8)));
        byte[] sealed = cipher.seal("secret".getBytes(UTF_8), "table", "row");
        OpenedColumns columns = new OpenedColumns(cipher);
        columns.begin();
        String first = columns.open(sealed, "table", "row");
        columns.begin();
        assertThat(columns.open(sealed, "table", "row")).isSameAs(first);
        assertThatThrownBy(() -> columns.open(sealed, "table", "other")).isInstanceOf(RegistryException.class);
        columns.begin();
        columns.begin();
        assertThat(columns.open(sealed, "table", "row"))
                .as("forgotten, and opened anew")
                .isEqualTo(first)
                .isNotSameAs(first);
    }
}

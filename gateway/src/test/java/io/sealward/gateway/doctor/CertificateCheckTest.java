package io.sealward.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.certificate.PemFiles;
import io.sealward.gateway.config.TlsConfig;
import io.sealward.gateway.doctor.Finding.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateCheckTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"0, WELL, ''", "-2, WRONG, begins at", "80, WARNING, ends at", "91, WRONG, ended at"})
    void saysWhatIsWrongWithTheDaysOfACertificate(int daysFromNow, Verdict verdict, String remark) throws Exception {
        TlsConfig files = PemFiles.in(folder, "-startdate", "-1d", "-validity", "90");
        Finding finding = CertificateCheck.of("s3.tls", files, Instant.now().plus(Duration.ofDays(daysFromNow)));
        assertThat(finding.verdict()).as(finding.toString()).isEqualTo(verdict);
        assertThat(finding.remark()).startsWith(remark);
    }

    @Test
    void saysThatAFileHoldsNoCertificate() throws Exception {
        Path file = Files.writeString(folder.resolve("x.pem"), "nothing");
        assertThat(CertificateCheck.of("s3.tls", new TlsConfig(file, file), Instant.now())
                        .verdict())
                .isEqualTo(Verdict.WRONG);
    }
}

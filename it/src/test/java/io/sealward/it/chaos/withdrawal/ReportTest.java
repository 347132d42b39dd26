package io.sealward.it.chaos.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {
    private static final Latency NOTHING = new Latency(0, 0, 0, 0);

    @Test
    void aReportIsReadAsItWasWritten() {
        Report report = report(good());

        assertThat(report.broken()).isEmpty();
        assertThat(ReportJson.read(ReportJson.write(report))).isEqualTo(report);
    }

    @Test
    void eachBrokenPromiseIsNamed() {
        Round broken = new Round(
                "deny",
                1,
                9000,
                6001,
                OptionalDouble.of(6002),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                3,
                4,
                NOTHING,
                NOTHING);

        assertThat(new Report("d", Instant.EPOCH, 1000, 6000, LoadPlan.QUICK, List.of(good(), broken), 5, 6, timeline())
                        .broken())
                .containsExactly(
                        "withdrawal 2: content came 6001 ms after it",
                        "withdrawal 2: content reached the store 6002 ms after it",
                        "withdrawal 2: 3 requests that began after the bound succeeded",
                        "withdrawal 2: nothing was refused",
                        "withdrawal 2: service did not return",
                        "withdrawal 2: 4 requests of the other tenant failed",
                        "5 pieces of content were not what had been written",
                        "6 acknowledged writes did not read back");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "last_plaintext_ms" : 12.0  | "last_plaintext_ms" : 6100.0     | verdict.held
            "last_plaintext_ms" : 12.0  | "last_plaintext_ms" : "soon"     | rounds[0].last_plaintext_ms
            "last_plaintext_ms" : 12.0  | "last_plaintexts_ms" : 12.0      | rounds[0].last_plaintexts_ms
            "late_successes" : 0        | "late_successes" : -1            | rounds[0].late_successes
            "held" : true               | "held" : false                   | verdict.held
            "broken" : [ ]              | "broken" : [ "all is well" ]     | verdict.broken
            "step_ms" : 100             | "step_ms" : 0                    | timeline.step_ms
            sealward-chaos/1            | sealward-chaos/2                 | format
            "lost_writes" : 0,          | "lost_writes" : 0, "lost_writes" : 0, | line
            "reads" : [ 1, 2 ]          | "reads" : [ 1, 2.5 ]             | timeline.lines.reads[1]
            "began" : "1970             | "began" : "in 1970               | began
            """)
    void whatWasChangedIsRefusedWithItsPlace(String written, String changed, String place) {
        String document = ReportJson.write(report(good()));
        assertThat(document).contains(written);

        assertThatThrownBy(() -> ReportJson.read(document.replace(written, changed)))
                .isInstanceOf(BadReportException.class)
                .hasMessageStartingWith(place + " ");
    }

    @Test
    void whatIsCutOffIsRefused() {
        String document = ReportJson.write(report(good()));

        for (int length = 0; length < document.length() - 1; length++) {
            String cut = document.substring(0, length);
            assertThatThrownBy(() -> ReportJson.read(cut)).isInstanceOf(BadReportException.class);
        }
    }

    @Test
    void thePageNeedsNothingElseAndTakesNoNameForMarkup() {
        Report report = new Report(
                "<script src=x>", Instant.EPOCH, 1000, 6000, LoadPlan.QUICK, List.of(good()), 0, 0, timeline());

        assertThat(ReportPage.of(report))
                .contains("&lt;script src=x&gt;", "<svg", "The bound held in each of 1")
                .doesNotContain("<script", "<link", "src=\"", "url(");
    }

    private static Round good() {
        return new Round(
                "disable",
                1000,
                9000,
                12,
                OptionalDouble.of(-3),
                OptionalDouble.of(14),
                OptionalDouble.of(50),
                0,
                0,
                NOTHING,
                NOTHING);
    }

    private static Report report(Round round) {
        return new Report("d", Instant.EPOCH, 1000, 6000, LoadPlan.QUICK, List.of(round), 0, 0, timeline());
    }

    private static Timeline timeline() {
        return new Timeline(100, Map.of("reads", List.of(1, 2)));
    }
}

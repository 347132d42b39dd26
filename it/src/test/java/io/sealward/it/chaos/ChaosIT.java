package io.sealward.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.chaos.withdrawal.LoadPlan;
import io.sealward.it.chaos.withdrawal.Report;
import io.sealward.it.chaos.withdrawal.ReportJson;
import io.sealward.it.chaos.withdrawal.Withdrawals;
import io.sealward.it.packaged.Resources;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of {@code sealward chaos}, against a gateway from its package. How long things take is not judged here. */
class ChaosIT {
    @Test
    void nothingIsLostAndServiceReturns() throws Exception {
        try (Resources resources = new Resources()) {
            Report report = Withdrawals.run(
                    StagedDeployment.set("aws", List.of(KeyWithdrawal.DENY), Duration.ofSeconds(1), resources),
                    LoadPlan.QUICK,
                    1,
                    System.out);

            assertThat(report.wrongReads()).isZero();
            assertThat(report.lostWrites()).isZero();
            assertThat(report.rounds()).singleElement().satisfies(round -> assertThat(round.firstSuccess())
                    .isPresent());
            assertThat(ReportJson.read(ReportJson.write(report))).isEqualTo(report);
        }
    }
}

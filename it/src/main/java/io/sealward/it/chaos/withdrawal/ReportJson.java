package io.sealward.it.chaos.withdrawal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report as a JSON document, which says its verdict too, and is held against it when it is read. */
public final class ReportJson {
    private static final String FORMAT = "sealward-chaos/1";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ReportJson() {}

    public static String write(Report report) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", FORMAT);
        document.put("deployment", report.deployment());
        document.put("began", report.began().toString());
        document.put("canary_ms", report.canaryMillis());
        document.put("bound_ms", report.boundMillis());
        document.put(
                "load",
                Map.of(
                        "readers", report.load().readers(),
                        "downloads", report.load().downloads(),
                        "writers", report.load().writers(),
                        "large_bytes", report.load().largeBytes(),
                        "others", report.load().others()));
        document.put("rounds", report.rounds().stream().map(ReportJson::round).toList());
        document.put("wrong_reads", report.wrongReads());
        document.put("lost_writes", report.lostWrites());
        document.put(
                "timeline",
                Map.of(
                        "step_ms",
                        report.timeline().stepMillis(),
                        "lines",
                        report.timeline().lines()));
        document.put("verdict", Map.of("held", report.broken().isEmpty(), "broken", report.broken()));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, Object> round(Round round) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("how", round.how());
        fields.put("withdrawn_ms", round.withdrawn());
        fields.put("given_back_ms", round.givenBack());
        fields.put("last_plaintext_ms", round.lastPlaintext());
        round.lastSealed().ifPresent(value -> fields.put("last_sealed_ms", value));
        round.firstError().ifPresent(value -> fields.put("first_error_ms", value));
        round.firstSuccess().ifPresent(value -> fields.put("first_success_ms", value));
        fields.put("late_successes", round.lateSuccesses());
        fields.put("other_errors", round.otherErrors());
        fields.put("other_before", latency(round.otherBefore()));
        fields.put("other_during", latency(round.otherDuring()));
        return fields;
    }

    private static Map<String, Object> latency(Latency latency) {
        return Map.of("count", latency.count(), "p50", latency.p50(), "p99", latency.p99(), "max", latency.max());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws BadReportException with the place, if it is no report, or one whose verdict does not follow from its rounds
     */
    public static Report read(String document) {
        Fields all;
        try {
            all = Fields.of(JSON.readTree(document), "");
        } catch (JsonProcessingException e) {
            throw new BadReportException(
                    "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr(),
                    "is no JSON: " + e.getOriginalMessage());
        }
        all.only(
                "format",
                "deployment",
                "began",
                "canary_ms",
                "bound_ms",
                "load",
                "rounds",
                "wrong_reads",
                "lost_writes",
                "timeline",
                "verdict");
        if (!all.text("format").equals(FORMAT)) {
            throw new BadReportException("format", "is not " + FORMAT);
        }
        Report report = new Report(
                all.text("deployment"),
                began(all),
                all.number("canary_ms"),
                all.number("bound_ms"),
                load(all.object("load")),
                all.list("rounds", ReportJson::round),
                all.count("wrong_reads"),
                all.count("lost_writes"),
                timeline(all.object("timeline")));
        holdAgainst(all.object("verdict").only("held", "broken"), report.broken());
        return report;
    }

    private static void holdAgainst(Fields verdict, List<String> broken) {
        if (verdict.flag("held") != broken.isEmpty()) {
            throw new BadReportException(verdict.at("held"), "does not follow from the rounds");
        }
        if (!verdict.texts("broken").equals(broken)) {
            throw new BadReportException(verdict.at("broken"), "does not follow from the rounds");
        }
    }

    private static Instant began(Fields all) {
        try {
            return Instant.parse(all.text("began"));
        } catch (DateTimeException e) {
            throw new BadReportException("began", "is no time");
        }
    }

    private static LoadPlan load(Fields load) {
        load.only("readers", "downloads", "writers", "large_bytes", "others");
        return new LoadPlan(
                load.count("readers"),
                load.count("downloads"),
                load.count("writers"),
                (long) load.number("large_bytes"),
                load.count("others"));
    }

    private static Round round(Fields round) {
        round.only(
                "how",
                "withdrawn_ms",
                "given_back_ms",
                "last_plaintext_ms",
                "last_sealed_ms",
                "first_error_ms",
                "first_success_ms",
                "late_successes",
                "other_errors",
                "other_before",
                "other_during");
        return new Round(
                round.text("how"),
                round.number("withdrawn_ms"),
                round.number("given_back_ms"),
                round.number("last_plaintext_ms"),
                round.numberIfAny("last_sealed_ms"),
                round.numberIfAny("first_error_ms"),
                round.numberIfAny("first_success_ms"),
                round.count("late_successes"),
                round.count("other_errors"),
                latency(round.object("other_before")),
                latency(round.object("other_during")));
    }

    private static Latency latency(Fields latency) {
        latency.only("count", "p50", "p99", "max");
        return new Latency(latency.count("count"), latency.number("p50"), latency.number("p99"), latency.number("max"));
    }

    private static Timeline timeline(Fields timeline) {
        timeline.only("step_ms", "lines");
        int step = timeline.count("step_ms");
        if (step == 0) {
            throw new BadReportException(timeline.at("step_ms"), "is no length of time");
        }
        return new Timeline(step, timeline.counts("lines"));
    }
}

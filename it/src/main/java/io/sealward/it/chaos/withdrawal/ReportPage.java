package io.sealward.it.chaos.withdrawal;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A report as one HTML page that needs nothing else. */
public final class ReportPage {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Sealward: withdrawals</title><style>
            body{font:14px/1.5 system-ui,sans-serif;margin:2em;max-width:1200px;color:#222}
            table{border-collapse:collapse}td,th{padding:.2em .8em;text-align:right;border-bottom:1px solid #ddd}
            td:first-child,th:first-child{text-align:left}.held{color:#060}.broken{color:#a00}
            .chart{overflow-x:auto}svg{display:block}
            </style></head><body>
            <h1>Withdrawals of a key under load</h1>
            <p>%s, %s. Canary %.0f s; the bound is %.0f ms.<br>
            Load: %d readers, %d downloads of %d MiB, %d writers, an upload in parts and a lister; beside them %d readers and a
            writer of another tenant. Times are measured at the clients, and those of sealed bytes at the store.</p>
            <h2 class="%s">%s</h2>
            %s
            <h2>Over all withdrawals</h2>
            <table><tr><th>milliseconds</th><th>of</th><th>p50</th><th>p99</th><th>max</th></tr>%s</table>
            <h2>Requests per second</h2>
            <p>Red: the key is withdrawn. Dashed: the bound. Green: it is given back.</p>
            <div class="chart">%s</div>
            <h2>Each withdrawal</h2>
            <table><tr><th></th><th>how</th><th>last plaintext</th><th>last sealed</th><th>first error</th><th>back after</th>
            <th>late successes</th><th>other tenant: errors</th><th>p50, p99, max before</th><th>and after</th></tr>%s</table>
            </body></html>
            """;

    private ReportPage() {}

    public static String of(Report report) {
        List<String> broken = report.broken();
        return PAGE.formatted(
                escape(report.deployment()),
                report.began(),
                report.canaryMillis() / 1000,
                report.boundMillis(),
                report.load().readers(),
                report.load().downloads(),
                report.load().largeBytes() >> 20,
                report.load().writers(),
                report.load().others(),
                broken.isEmpty() ? "held" : "broken",
                broken.isEmpty()
                        ? "The bound held in each of " + report.rounds().size()
                        : "The bound did not hold",
                broken.isEmpty() ? "" : list(broken),
                summary(report),
                Charts.of(report),
                rounds(report.rounds()));
    }

    private static String list(List<String> lines) {
        StringBuilder items = new StringBuilder("<ul>");
        lines.forEach(line -> items.append("<li>").append(escape(line)).append("</li>"));
        return items.append("</ul>").toString();
    }

    private static String summary(Report report) {
        return row("last plaintext byte at any client", report.over(Round::lastPlaintext))
                + row("last sealed byte at the store", report.over(round -> Report.orNone(round.lastSealed())))
                + row("first error", report.over(round -> Report.orNone(round.firstError())))
                + row("back after the key was given back", report.over(round -> Report.orNone(round.firstSuccess())));
    }

    private static String row(String name, Latency latency) {
        return "<tr><td>%s</td><td>%d</td><td>%.0f</td><td>%.0f</td><td>%.0f</td></tr>"
                .formatted(name, latency.count(), latency.p50(), latency.p99(), latency.max());
    }

    private static String rounds(List<Round> rounds) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < rounds.size(); i++) {
            Round round = rounds.get(i);
            rows.append(
                    ("<tr><td>%d</td><td>%s</td><td>%.0f</td><td>%s</td><td>%s</td><td>%s</td><td>%d</td><td>%d</td>"
                                    + "<td>%s</td><td>%s</td></tr>")
                            .formatted(
                                    i + 1,
                                    escape(round.how()),
                                    round.lastPlaintext(),
                                    number(round.lastSealed()),
                                    number(round.firstError()),
                                    number(round.firstSuccess()),
                                    round.lateSuccesses(),
                                    round.otherErrors(),
                                    latency(round.otherBefore()),
                                    latency(round.otherDuring())));
        }
        return rows.toString();
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? "%.0f".formatted(value.getAsDouble()) : "&ndash;";
    }

    private static String latency(Latency latency) {
        return String.format(Locale.ROOT, "%.1f, %.1f, %.1f", latency.p50(), latency.p99(), latency.max());
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

package io.sealward.it.chaos.withdrawal;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A timeline's lines as one SVG drawing, one above the other, with the withdrawals marked. */
final class Charts {
    private static final int MIN_WIDTH = 1000;
    private static final int HEIGHT = 70;
    private static final int GAP = 26;
    private static final int MILLIS = 1000;

    private final Report report;
    private final int steps;
    private final double width;
    private final StringBuilder svg = new StringBuilder();

    private Charts(Report report) {
        this.report = report;
        this.steps = report.timeline().lines().values().stream()
                .mapToInt(List::size)
                .max()
                .orElse(1);
        this.width = Math.max(MIN_WIDTH, steps);
    }

    static String of(Report report) {
        return new Charts(report).draw();
    }

    private String draw() {
        int height = report.timeline().lines().size() * (HEIGHT + GAP) + GAP;
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%d\" font-size=\"12\">"
                .formatted(width, height));
        for (Round round : report.rounds()) {
            mark(round.withdrawn(), height, "stroke=\"#c00\"");
            mark(round.withdrawn() + report.boundMillis(), height, "stroke=\"#c00\" stroke-dasharray=\"4\"");
            mark(round.givenBack(), height, "stroke=\"#080\"");
        }
        int top = GAP;
        for (var line : report.timeline().lines().entrySet()) {
            line(line.getKey(), line.getValue(), top);
            top += HEIGHT + GAP;
        }
        return svg.append("</svg>").toString();
    }

    private void mark(double millis, int height, String stroke) {
        double x = millis / report.timeline().stepMillis() * width / steps;
        svg.append(format("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\" %s/>", x, x, height, stroke));
    }

    private void line(String name, List<Integer> counts, int top) {
        int most = Math.max(1, counts.isEmpty() ? 1 : Collections.max(counts));
        double perSecond = (double) MILLIS / report.timeline().stepMillis();
        svg.append(format(
                "<text x=\"4\" y=\"%d\">%s, up to %.0f</text>", top - 4, ReportPage.escape(name), most * perSecond));
        svg.append("<polyline fill=\"none\" stroke=\"#06c\" points=\"");
        for (int i = 0; i < counts.size(); i++) {
            svg.append(format("%.1f,%.1f ", i * width / steps, top + HEIGHT - counts.get(i) * (double) HEIGHT / most));
        }
        svg.append("\"/>");
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}

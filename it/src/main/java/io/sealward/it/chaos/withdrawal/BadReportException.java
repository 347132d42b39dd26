package io.sealward.it.chaos.withdrawal;

/** A report was damaged or made up. The message begins with the place in the document. */
public final class BadReportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadReportException(String place, String what) {
        super((place.isEmpty() ? "the report" : place) + " " + what);
    }
}

package io.sealward.gateway.form;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.flow.Outlet;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.s3.Decimal;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.SingleHeader;
import io.sealward.providers.StageFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form as browsers send it, on its way in: first its fields, which say who sends it, then nothing until somebody takes its
 * file, then the file as a stream. On the event loop of its exchange.
 *
 * <pre>
 *   FIELDS --file begins--> WAITING --taken--> FILE --all read--> OVER
 *      |                       |                 |
 *      +-----------------------+--failed, closed-+--------------> OVER
 * </pre>
 */
public final class Form implements ByteSink, Outlet {
    /** What a form holds in memory, at most, in bytes: its fields as they came and as text, and one read of its file. */
    public static final long MOST_BYTES = 3L * FormHead.MAX_BYTES;

    private static final Pattern BOUNDARY = Pattern.compile(
            "(?i)multipart/form-data\\s*;(?:[^\"]*;)?\\s*boundary=(?:\"([!-~ ]{1,70})\"|([!-~&&[^\";,]]{1,70})).*");

    private enum State {
        FIELDS,
        WAITING,
        FILE,
        OVER
    }

    private final byte[] delimiter;
    private final long contentLength;
    private final FormHead head;
    private final CompletableFuture<FormFields> fields = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private State state = State.FIELDS;
    private ByteBuf held = Unpooled.EMPTY_BUFFER;
    private boolean ended;
    private FormFile file;
    private Outlet behind;
    private Runnable resume = () -> {};

    private Form(String boundary, long contentLength) {
        this.delimiter = FormHead.delimiter(boundary);
        this.contentLength = contentLength;
        this.head = new FormHead(delimiter);
    }

    /**
     * Reads the body of an exchange as a form.
     *
     * @throws S3Exception PreconditionFailed if it is none, MissingContentLength
     */
    public static Form receive(Exchange exchange) {
        HttpHeaders headers = exchange.request().headers();
        Matcher type = BOUNDARY.matcher(headers.get(HttpHeaderNames.CONTENT_TYPE, ""));
        if (!type.matches()) {
            throw noForm();
        }
        long length = SingleHeader.of(headers, "content-length").map(Decimal::parse).stream()
                .flatMapToLong(number -> number.stream())
                .findFirst()
                .orElseThrow(() -> new S3Exception(S3Error.MISSING_CONTENT_LENGTH));
        Form form = new Form(type.group(1) != null ? type.group(1) : type.group(2), length);
        exchange.receive(form, form).whenComplete(form::received);
        return form;
    }

    /** What a request is told that must be a form. */
    public static S3Exception noForm() {
        return new S3Exception(
                S3Error.PRECONDITION_FAILED, "Bucket POST must be of the enclosure-type multipart/form-data");
    }

    static S3Exception malformed() {
        return new S3Exception(S3Error.MALFORMED_POST_REQUEST);
    }

    /** All that comes before the file; completes when that begins. Nothing more is read until {@link #file} is called. */
    public CompletionStage<FormFields> fields() {
        return fields;
    }

    /** Plaintext bytes of the file, as they follow from the length of the body, once the {@link #fields} are known. */
    public long fileLength() {
        return contentLength - head.consumed() - FormFile.endOfForm(delimiter).length;
    }

    /** Sends the file into a sink, as {@link Exchange#receive} does a body. */
    public CompletionStage<Void> file(ByteSink sink, Outlet room) {
        if (state != State.WAITING) {
            sink.close();
            over.completeExceptionally(new S3Exception(S3Error.INCOMPLETE_BODY)); // unless it was told why
            return over;
        }
        state = State.FILE;
        file = new FormFile(delimiter, fileLength(), sink);
        behind = room;
        ByteBuf first = held;
        held = Unpooled.EMPTY_BUFFER;
        try {
            file.write(first);
            if (ended) {
                file.finish();
                end();
                over.complete(null);
            } else {
                goOn();
            }
        } catch (RuntimeException e) {
            end();
            over.completeExceptionally(e);
        }
        return over;
    }

    private void goOn() {
        Runnable next = resume;
        resume = () -> {};
        next.run();
    }

    @Override
    public void write(ByteBuf data) {
        switch (state) {
            case FIELDS -> readFields(data);
            case WAITING -> held = Unpooled.wrappedBuffer(held, data); // of a read that was under way
            case FILE -> file.write(data);
            case OVER -> data.release();
        }
    }

    private void readFields(ByteBuf data) {
        boolean begins;
        try {
            begins = head.read(data);
        } catch (RuntimeException e) {
            data.release();
            throw e;
        }
        if (!begins) {
            data.release();
            return;
        }
        if (fileLength() < 0) {
            data.release();
            throw malformed();
        }
        held = data;
        state = State.WAITING;
        fields.complete(head.fields());
    }

    @Override
    public void finish() {
        switch (state) {
            case FIELDS -> throw malformed();
            case WAITING -> ended = true;
            case FILE -> file.finish();
            case OVER -> {}
        }
    }

    /** All has been received, or no more will be. */
    private void received(Void done, Throwable failure) {
        if (failure != null) {
            end();
            fields.completeExceptionally(StageFailure.cause(failure));
            over.completeExceptionally(StageFailure.cause(failure));
        } else if (file != null) {
            over.complete(null);
        }
    }

    /** The body has ended, in whatever way: what waits to be taken is kept if all of it has come. */
    @Override
    public void close() {
        if (!(state == State.WAITING && ended)) {
            end();
        }
    }

    /** Nobody will take the file any more. */
    public void release() {
        end();
    }

    private void end() {
        state = State.OVER;
        held.release();
        held = Unpooled.EMPTY_BUFFER;
        if (file != null) {
            file.close();
        }
        goOn();
    }

    @Override
    public boolean writable() {
        return switch (state) {
            case FIELDS, OVER -> true;
            case WAITING -> false;
            case FILE -> behind.writable();
        };
    }

    @Override
    public void onWritable(Runnable next) {
        switch (state) {
            case FIELDS, OVER -> next.run();
            case WAITING -> resume = next;
            case FILE -> behind.onWritable(next);
        }
    }
}

package io.sealward.providers.pkcs11;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one token of the gateway, logged in to when it is needed and again when it was lost. Blocking; thread-safe.
 *
 * <p>Java cannot interrupt a call that the library does not return from. It keeps its thread and its place, of which there are
 * {@value #REQUESTS} for requests and {@value #PROBES} for probes; who waits for a place can be interrupted. While such a call
 * is inside, the library is not started anew.
 */
final class Token {
    private static final Logger LOG = LoggerFactory.getLogger(Token.class);

    private static final int REQUESTS = 16;
    private static final int PROBES = 8;
    private static final long PATIENCE_SECONDS = 1;

    private final Pkcs11Setup setup;
    private final Library library;
    private final Semaphore requests = new Semaphore(REQUESTS, true);
    private final Semaphore probes = new Semaphore(PROBES, true);
    /** Calls hold the read lock. Under the write lock, with no call inside, the session changes. */
    private final ReadWriteLock inside = new ReentrantReadWriteLock();

    private volatile State state = new LoggedOut(Optional.empty());

    private sealed interface State {}

    /** @param failed a session that is to be closed before the next */
    private record LoggedOut(Optional<TokenSession> failed) implements State {}

    private record LoggedIn(TokenSession session) implements State {}

    /** @param notBefore by the monotonic clock: a token that is away is not asked by everybody who waits for it */
    private record Away(KmsException why, long notBefore) implements State {}

    /** For good: another try could lock the token. */
    private record Refused(KmsException why) implements State {}

    /** What a caller does with a token that it is logged in to. */
    @FunctionalInterface
    interface Use<T> {
        T of(TokenSession session) throws GeneralSecurityException, IOException, InterruptedException;
    }

    /** @throws IllegalArgumentException if the library cannot be loaded */
    Token(Pkcs11Setup setup) {
        this.setup = setup;
        this.library = Library.load(setup.library());
    }

    /** For wraps and unwraps. */
    <T> T request(Use<T> use) throws InterruptedException {
        return use(requests, use);
    }

    /** For probes, which no number of requests holds up. */
    <T> T probe(Use<T> use) throws InterruptedException {
        return use(probes, use);
    }

    private <T> T use(Semaphore places, Use<T> use) throws InterruptedException {
        places.acquire();
        try {
            TokenSession session = logIn();
            inside.readLock().lockInterruptibly();
            try {
                return use(session, use);
            } finally {
                inside.readLock().unlock();
            }
        } finally {
            places.release();
        }
    }

    private <T> T use(TokenSession session, Use<T> use) throws InterruptedException {
        if (!(state instanceof LoggedIn now) || now.session() != session) {
            throw new KmsException(KmsError.UNREACHABLE, "The token was lost.");
        }
        try {
            return use.of(session);
        } catch (GeneralSecurityException | IOException | RuntimeException failure) {
            KmsException fault = TokenFaults.of(failure);
            if (TokenFaults.endsSession(fault)) {
                lose(now);
            }
            throw fault;
        }
    }

    private synchronized void lose(LoggedIn session) {
        if (state == session) {
            LOG.warn("the token '{}' was lost", setup.token());
            state = new LoggedOut(Optional.of(session.session()));
        }
    }

    private TokenSession logIn() throws InterruptedException {
        if (state instanceof LoggedIn now) {
            return now.session();
        }
        if (!inside.writeLock().tryLock(PATIENCE_SECONDS, SECONDS)) {
            throw new KmsException(KmsError.UNREACHABLE, "A call to the token does not come back.");
        }
        try {
            return logInAlone();
        } finally {
            inside.writeLock().unlock();
        }
    }

    private TokenSession logInAlone() {
        if (state instanceof LoggedIn now) {
            return now.session();
        }
        if (state instanceof Refused refused) {
            throw refused.why();
        }
        if (state instanceof Away away && System.nanoTime() - away.notBefore() < 0) {
            throw away.why();
        }
        if (state instanceof LoggedOut before) {
            before.failed().ifPresent(TokenSession::close);
        }
        try {
            TokenSession session = open();
            state = new LoggedIn(session);
            LOG.info("logged in to the token '{}'", setup.token());
            return session;
        } catch (GeneralSecurityException | IOException | RuntimeException failure) {
            KmsException fault = TokenFaults.of(failure);
            if (!(state instanceof Away)) {
                LOG.warn("no login to the token '{}': {}", setup.token(), fault.getMessage());
            }
            state = TokenFaults.ofPin(failure)
                    ? new Refused(fault)
                    : new Away(fault, System.nanoTime() + SECONDS.toNanos(PATIENCE_SECONDS));
            throw fault;
        }
    }

    private TokenSession open() throws GeneralSecurityException, IOException {
        try {
            library.start();
            return TokenSession.open(library, setup);
        } catch (GeneralSecurityException | IOException | RuntimeException failure) {
            if (!TokenFaults.endsSession(TokenFaults.of(failure))) {
                throw failure;
            }
            library.stop();
            library.start();
            return TokenSession.open(library, setup);
        }
    }

    /** Logs out, unless a call is inside that does not come back: it would be cut off under its feet. */
    void close() {
        try {
            if (inside.writeLock().tryLock(PATIENCE_SECONDS, SECONDS)) {
                try {
                    if (state instanceof LoggedIn now) {
                        now.session().close();
                    }
                    state = new Refused(new KmsException(KmsError.UNREACHABLE, "The token was closed."));
                } finally {
                    inside.writeLock().unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

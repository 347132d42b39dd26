package io.sealward.providers.pkcs11;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.security.ProviderException;
import java.util.ArrayList;
import java.util.List;

/**
 * The vendor's library as the JDK has loaded it, and what SunPKCS11 keeps to itself: which token is in which slot, and a start
 * from nothing, without which some libraries never see a token again that was away. The JDK's classes for it are internal, so
 * Java must be started with {@value #OPENING}. Blocking; failures are {@link ProviderException}s that SunPKCS11's own look like.
 *
 * @see <a href="https://docs.oasis-open.org/pkcs11/pkcs11-spec/v3.1/os/pkcs11-spec-v3.1-os.html">PKCS#11, 5.4 and 5.5</a>
 */
final class Library {
    static final String OPENING = "--add-opens=jdk.crypto.cryptoki/sun.security.pkcs11.wrapper=ALL-UNNAMED";

    private static final String WRAPPER = "sun.security.pkcs11.wrapper.";
    private static final String FUNCTIONS = "C_GetFunctionList";
    private static final long SEVERAL_THREADS = 2; // CKF_OS_LOCKING_OK

    private final Path path;
    private final Object functions;

    /** A token that a slot has. */
    record Present(long slot, String label) {}

    private Library(Path path, Object functions) {
        this.path = path;
        this.functions = functions;
    }

    /**
     * Loads the library, and calls nothing of it yet. SunPKCS11 uses the same instance.
     *
     * @throws IllegalArgumentException if the file is no PKCS#11 library, or Java keeps its own classes closed
     */
    static Library load(Path path) {
        try {
            Method load = method(
                    "getInstance",
                    String.class,
                    String.class,
                    Class.forName(WRAPPER + "CK_C_INITIALIZE_ARGS"),
                    boolean.class);
            return new Library(path, load.invoke(null, path.toString(), FUNCTIONS, null, true));
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "the PKCS#11 library " + path + " cannot be loaded: "
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalArgumentException("PKCS#11 needs a JDK with SunPKCS11 that is started with " + OPENING, e);
        }
    }

    Path path() {
        return path;
    }

    /** Makes the library ready, if it is not yet. */
    void start() {
        try {
            Class<?> type = Class.forName(WRAPPER + "CK_C_INITIALIZE_ARGS");
            Object arguments = type.getConstructor().newInstance();
            type.getField("flags").setLong(arguments, SEVERAL_THREADS);
            call("C_Initialize", new Class<?>[] {Object.class}, arguments);
        } catch (ReflectiveOperationException e) {
            throw new ProviderException(e);
        } catch (ProviderException e) {
            if (!TokenFaults.code(e).equals("CKR_CRYPTOKI_ALREADY_INITIALIZED")) {
                throw e;
            }
        }
    }

    /** Ends all that the library has under way. No call of it may be running. */
    void stop() {
        call("C_Finalize", new Class<?>[] {Object.class}, (Object) null);
    }

    /** What the slots hold; one that cannot be read holds nothing. */
    List<Present> tokens() {
        List<Present> found = new ArrayList<>();
        for (long slot : (long[]) call("C_GetSlotList", new Class<?>[] {boolean.class}, true)) {
            try {
                found.add(new Present(slot, label(slot)));
            } catch (ProviderException unreadable) {
                // another slot may have the one that is looked for
            }
        }
        return found;
    }

    /** Whether the slot has a token of this label now. */
    boolean holds(Present token) {
        try {
            return label(token.slot()).equals(token.label());
        } catch (ProviderException gone) {
            return false;
        }
    }

    private String label(long slot) {
        Object token = call("C_GetTokenInfo", new Class<?>[] {long.class}, slot);
        try {
            return new String((char[]) token.getClass().getField("label").get(token)).strip();
        } catch (ReflectiveOperationException e) {
            throw new ProviderException(e);
        }
    }

    private Object call(String name, Class<?>[] types, Object... arguments) {
        try {
            return method(name, types).invoke(functions, arguments);
        } catch (InvocationTargetException e) {
            throw new ProviderException(name, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new ProviderException(e);
        }
    }

    private static Method method(String name, Class<?>... types) throws ReflectiveOperationException {
        Method method = Class.forName(WRAPPER + "PKCS11").getDeclaredMethod(name, types);
        method.setAccessible(true);
        return method;
    }
}

package io.sealward.it.cloud.pkcs11;

import java.lang.reflect.Array;
import java.lang.reflect.Method;

/**
 * Allows a key to encrypt and decrypt, or forbids it: the attributes by which its owner disables a key in a token. No tool of
 * Debian's sets them.
 */
final class KeyUsage {
    private static final String WRAPPER = "sun.security.pkcs11.wrapper.";
    private static final long READ_WRITE_SESSION = 6;
    private static final long USER = 1;
    private static final long LABEL = 3;
    private static final long ENCRYPT = 0x104;
    private static final long DECRYPT = 0x105;

    private final Object functions;

    private KeyUsage(Object functions) {
        this.functions = functions;
    }

    /**
     * Sets both attributes.
     *
     * @param args library, slot, PIN, label of the key, {@code true} or {@code false}
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        Method load = method(
                "getInstance",
                String.class,
                String.class,
                Class.forName(WRAPPER + "CK_C_INITIALIZE_ARGS"),
                boolean.class);
        KeyUsage token = new KeyUsage(load.invoke(null, args[0], "C_GetFunctionList", null, false));
        token.set(Long.parseLong(args[1]), args[2], args[3], Boolean.parseBoolean(args[4]));
    }

    private void set(long slot, String pin, String key, boolean allowed) throws ReflectiveOperationException {
        Class<?> attributes = attributes().getClass();
        long session = (long) call(
                "C_OpenSession",
                new Class<?>[] {long.class, long.class, Object.class, Class.forName(WRAPPER + "CK_NOTIFY")},
                slot,
                READ_WRITE_SESSION,
                null,
                null);
        call("C_Login", new Class<?>[] {long.class, long.class, char[].class}, session, USER, pin.toCharArray());
        call("C_FindObjectsInit", new Class<?>[] {long.class, attributes}, session, attributes(attribute(LABEL, key)));
        long[] found = (long[]) call("C_FindObjects", new Class<?>[] {long.class, long.class}, session, 1L);
        call(
                "C_SetAttributeValue",
                new Class<?>[] {long.class, long.class, attributes},
                session,
                found[0],
                attributes(attribute(ENCRYPT, allowed), attribute(DECRYPT, allowed)));
    }

    private static Object attribute(long type, Object value) throws ReflectiveOperationException {
        Class<?> kind = value instanceof Boolean ? boolean.class : Object.class;
        return Class.forName(WRAPPER + "CK_ATTRIBUTE")
                .getConstructor(long.class, kind)
                .newInstance(type, value);
    }

    private static Object attributes(Object... each) throws ReflectiveOperationException {
        Object all = Array.newInstance(Class.forName(WRAPPER + "CK_ATTRIBUTE"), each.length);
        for (int i = 0; i < each.length; i++) {
            Array.set(all, i, each[i]);
        }
        return all;
    }

    private Object call(String name, Class<?>[] types, Object... arguments) throws ReflectiveOperationException {
        return method(name, types).invoke(functions, arguments);
    }

    private static Method method(String name, Class<?>... types) throws ReflectiveOperationException {
        return Class.forName(WRAPPER + "PKCS11").getDeclaredMethod(name, types);
    }
}

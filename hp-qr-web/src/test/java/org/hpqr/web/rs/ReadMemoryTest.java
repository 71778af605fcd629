package org.hpqr.web.rs;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A request has memory for one object at a time, and for none when it is over. */
class ReadMemoryTest {

    /** As large as all that there is. */
    private static final long EVERYTHING = Runtime.getRuntime().maxMemory();

    @Test
    void memoryIsGivenBackForTheNextObjectAndAtTheEnd() {
        HttpServletRequest first = request();
        HttpServletRequest second = request();
        assertDoesNotThrow(() -> ReadMemory.take(first, EVERYTHING));
        assertDoesNotThrow(() -> ReadMemory.take(first, EVERYTHING));
        ReadMemory.giveBack(first);
        assertDoesNotThrow(() -> ReadMemory.take(second, EVERYTHING));
        ReadMemory.giveBack(second);
    }

    private static HttpServletRequest request() {
        Map<Object, Object> attributes = new HashMap<>();
        return (HttpServletRequest) Proxy.newProxyInstance(ReadMemoryTest.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> method.getName().equals("setAttribute") ? attributes.put(arguments[0], arguments[1])
                        : attributes.get(arguments[0]));
    }
}

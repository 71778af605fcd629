package org.hpqr.web.rs;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.hpqr.service.SendMemory;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;

/** The memory that a request has for the object that it reads, until it reads the next one or is over. */
final class ReadMemory {

    private static final String ROOM = ReadMemory.class.getName();
    /** So long a request waits for others. */
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private ReadMemory() {
    }

    /**
     * Takes memory for an object, and gives back that of the object before.
     *
     * @param size of the object in bytes
     * @throws HpFailure A700: there is none
     */
    static void take(HttpServletRequest request, long size) throws HpFailure {
        giveBack(request);
        try {
            request.setAttribute(ROOM, SendMemory.OF_WEB.take(size, MAX_WAIT_NANOS));
        } catch (IOException e) {
            throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "No memory is free for the object", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "The server is going down", e);
        }
    }

    static void giveBack(HttpServletRequest request) {
        if (request.getAttribute(ROOM) instanceof SendMemory.Room room)
            room.close();
    }
}

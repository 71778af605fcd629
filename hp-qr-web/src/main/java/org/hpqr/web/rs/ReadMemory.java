package org.hpqr.web.rs;

import jakarta.servlet.http.HttpServletRequest;
import org.hpqr.service.SendMemory;
import org.hpqr.status.HpFailure;

/** The memory that a request has for the object that it reads, until it reads the next one or is over. */
final class ReadMemory {

    private static final String ROOM = ReadMemory.class.getName();

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
        request.setAttribute(ROOM, SendMemory.OF_WEB.takeForRequest(size));
    }

    static void giveBack(HttpServletRequest request) {
        if (request.getAttribute(ROOM) instanceof SendMemory.Room room)
            room.close();
    }
}

package org.hpqr.standalone;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hpqr.spi.PartStatus;

/** Whether the ports are answered, and how many associations there are. */
@ApplicationScoped
public class ServerStatus implements PartStatus {

    private volatile DicomServer server;

    /** The ports are open. */
    void listening(DicomServer started) {
        server = started;
    }

    @Override
    public Map<String, String> problems() {
        Map<String, String> problems = new LinkedHashMap<>();
        DicomServer running = server;
        problems.put("listener", running == null ? "it has not started" : ListenerProbe.problem(running.ports()));
        return problems;
    }

    @Override
    public Map<String, Long> counts() {
        DicomServer running = server;
        return running == null ? Map.of() : running.counts();
    }
}

package org.hpqr.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hpqr.bench.Load.Worker;

/** DICOMweb, each request near the constant answer that it is compared with. */
final class WebScenarios {

    static final String CONSTANT_JSON = "constant JSON";
    static final String SEARCH = "web search by UID, 1 match";
    static final String CONSTANT_FILE = "constant application/dicom";
    static final String RETRIEVE = "web retrieve of a file";
    static final String SEARCH_ALL = "web search, N matches";

    private static final List<Integer> ALL = List.of(1, 4, 16);
    private static final String JSON = "application/dicom+json";
    private static final String DICOM = "application/dicom";
    private static final String SERVICE = "/hp-qr/aets/HPQR/rs/hanging-protocols";
    private static final byte[] NAME = "\"00080018\"".getBytes(StandardCharsets.US_ASCII);

    private final StandaloneServer server;
    private final Load load;
    private final List<String> uids;

    WebScenarios(StandaloneServer server, Load load, Corpus corpus) {
        this.server = server;
        this.load = load;
        uids = corpus.uids();
    }

    /** Gives the constant resource what the plugin answers for an object in the middle. */
    void prepareFloors() throws IOException {
        String uid = uids.get(uids.size() / 2);
        try (WebPeer peer = new WebPeer(server.httpPort)) {
            peer.put(StandaloneServer.CONSTANTS + "/json", JSON, peer.get(SERVICE + "?SOPInstanceUID=" + uid, JSON));
            peer.put(StandaloneServer.CONSTANTS + "/file", DICOM, peer.get(SERVICE + '/' + uid, DICOM));
        }
    }

    /** Requests of one object, and what they are compared with. */
    List<Scenario> single() {
        return List.of(
                new Scenario(CONSTANT_JSON, ALL, 1, measure(uid -> StandaloneServer.CONSTANTS + "/json", JSON, 1)),
                new Scenario(SEARCH, ALL, 1, measure(uid -> SERVICE + "?SOPInstanceUID=" + uid, JSON, 1)),
                new Scenario(CONSTANT_FILE, ALL, 1, measure(uid -> StandaloneServer.CONSTANTS + "/file", DICOM, 0)),
                new Scenario(RETRIEVE, ALL, 1, measure(uid -> SERVICE + '/' + uid, DICOM, 0)));
    }

    /** A search for everything: what a find for everything is to the DICOM port. */
    Scenario everything(List<Integer> connections) {
        return new Scenario(SEARCH_ALL, connections, 1, measure(uid -> SERVICE, JSON, uids.size()));
    }

    private interface Path {
        String of(String uid);
    }

    /** @param matches how many objects a JSON answer has to have; 0 for a file, which has to be one */
    private Scenario.Measure measure(Path path, String accept, int matches) {
        return (connections, nanos) -> load.run(number -> {
            WebPeer peer = new WebPeer(server.httpPort);
            Random random = new Random(number);
            return new Worker() {
                @Override
                public int perform(int count) throws Exception {
                    byte[] body = peer.get(path.of(uids.get(random.nextInt(uids.size()))), accept);
                    if (matches == 0 ? body.length < 1_000 || body[128] != 'D' : count(body) != matches)
                        throw new Client.WrongAnswerException(accept + " with " + body.length + " bytes");
                    return Math.max(1, matches);
                }

                @Override
                public void close() {
                    peer.close();
                }
            };
        }, connections, nanos);
    }

    /** Each object of a JSON answer has one SOP Instance UID. */
    private static int count(byte[] json) {
        int count = 0;
        for (int i = 0; i <= json.length - NAME.length; i++)
            if (json[i] == '"' && json[i + 5] == '0' && Arrays.equals(json, i, i + NAME.length, NAME, 0, NAME.length))
                count++;
        return count;
    }
}

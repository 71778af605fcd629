package org.hpqr.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpStatus;

/**
 * The last C-FIND requests, so that an administrator can ask why one of them found something or not. They are in memory only, and
 * only if {@link HpSettings#RECENT_FINDS} says so: an identifier can name users.
 */
@ApplicationScoped
public class RecentFinds {

    /** Bytes of the largest identifier that is kept: one with every key has a few hundred. */
    static final int LARGEST = 16_384;
    /** Most requests that are kept, those of all called AE titles together. */
    static final int MOST = HpSettings.MOST_RECENT_FINDS;

    private Settings settings;
    private final Deque<RecentFind> finds = new ArrayDeque<>();

    /**
     * A C-FIND that has ended.
     *
     * @param identifier     its identifier, encoded
     * @param transferSyntax of the identifier
     * @param matches        how many it returned
     * @param status         its final status
     */
    public record RecentFind(Instant time, String calledAET, String callingAET, byte[] identifier, String transferSyntax, long matches,
                             HpStatus status) {
    }

    /** For the container. */
    public RecentFinds() {
    }

    @Inject
    public RecentFinds(Settings settings) {
        this.settings = settings;
    }

    /** Keeps one, in the place of the oldest one if there are as many as are kept. */
    public void add(RecentFind find) {
        int kept = settings.get(HpSettings.RECENT_FINDS, find.calledAET());
        if (kept > 0 && find.identifier().length <= LARGEST)
            keep(find, kept);
    }

    private synchronized void keep(RecentFind find, int kept) {
        int left = kept - 1;
        for (Iterator<RecentFind> older = finds.iterator(); older.hasNext();)
            if (older.next().calledAET().equals(find.calledAET()) && left-- <= 0)
                older.remove();
        if (finds.size() == MOST)
            finds.removeLast();
        finds.addFirst(find);
    }

    /** How many are kept of those to this AE title; 0: none. */
    public int kept(String calledAET) {
        return settings.get(HpSettings.RECENT_FINDS, calledAET);
    }

    /** Those to this AE title, the last one first. */
    public synchronized List<RecentFind> of(String calledAET) {
        List<RecentFind> found = new ArrayList<>();
        for (RecentFind find : finds)
            if (find.calledAET().equals(calledAET))
                found.add(find);
        return found;
    }
}

package org.hpqr.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hpqr.service.RecentFinds.RecentFind;
import org.hpqr.spi.GivenSettings;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpStatus;
import org.junit.jupiter.api.Test;

/** What is kept of C-FIND requests is little, and nothing unless a setting says so. */
class RecentFindsTest {

    private static Settings keeping(int number) {
        return new GivenSettings(Map.of(HpSettings.RECENT_FINDS, number));
    }

    private static RecentFind find(String called, int number, int size) {
        return new RecentFind(Instant.EPOCH, called, "VIEWER", new byte[size], "1.2.840.10008.1.2", number, HpStatus.SUCCESS);
    }

    private static List<Long> numbers(RecentFinds finds, String called) {
        return finds.of(called).stream().map(RecentFind::matches).toList();
    }

    @Test
    void nothingIsKeptUnlessTheSettingSaysSo() {
        assertEquals(0, HpSettings.RECENT_FINDS.defaultValue());
        RecentFinds finds = new RecentFinds(keeping(0));
        finds.add(find("A", 1, 1));

        assertEquals(List.of(), finds.of("A"));
    }

    @Test
    void theLastOnesOfEachCalledAeTitleAreKept() {
        RecentFinds finds = new RecentFinds(keeping(2));
        for (int i = 1; i <= 3; i++) {
            finds.add(find("A", i, 1));
            finds.add(find("B", 10 * i, 1));
        }

        assertEquals(List.of(3L, 2L), numbers(finds, "A"));
        assertEquals(List.of(30L, 20L), numbers(finds, "B"));
    }

    @Test
    void aLargeIdentifierIsNotKept() {
        RecentFinds finds = new RecentFinds(keeping(2));
        finds.add(find("A", 1, RecentFinds.LARGEST));
        finds.add(find("A", 2, RecentFinds.LARGEST + 1));

        assertEquals(List.of(1L), numbers(finds, "A"));
    }

    /** Whoever can call any AE title does not make the server keep more. */
    @Test
    void allCalledAeTitlesTogetherAreBounded() {
        RecentFinds finds = new RecentFinds(keeping(1));
        for (int i = 0; i <= RecentFinds.MOST; i++)
            finds.add(find("A" + i, i, 1));

        assertEquals(List.of(), finds.of("A0"));
        assertEquals(List.of(1L), numbers(finds, "A1"));
    }
}

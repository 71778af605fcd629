package org.hpqr.service;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.SopInstanceUid;
import org.hpqr.query.FindIdentifier;
import org.hpqr.spi.HpSettings.UnknownValues;
import org.hpqr.status.HpFailure;

/**
 * What a protocol was made from, and what was made from it, as Source Hanging Protocol Sequence (0072,0012) says (PS3.3 C.23.1).
 *
 * @param sources what it was made from, the nearest one first, then what that was made from, and so on
 * @param copies  what was made from it, as far as it is stored and the caller may see it, by name
 */
public record Ancestry(List<Relative> sources, List<Relative> copies) {

    /** Most of each that are named. */
    static final int MAX = 1_000;

    /** @param name Hanging Protocol Name (0072,0002); {@code null} if the protocol is not stored, or not to be seen */
    public record Relative(String sopInstanceUid, String name) {
    }

    /**
     * Looks for the relatives of a protocol.
     *
     * @throws HpFailure as {@link Find#next()}
     */
    public static Ancestry of(String sopInstanceUid, HangingProtocolService service, Caller caller) throws HpFailure {
        return new Ancestry(sources(sopInstanceUid, service, caller), copies(sopInstanceUid, service, caller));
    }

    private static List<Relative> sources(String sopInstanceUid, HangingProtocolService service, Caller caller) throws HpFailure {
        Map<String, Relative> found = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(sopInstanceUid));
        while (!open.isEmpty() && found.size() < MAX) {
            String uid = open.poll();
            Attributes protocol = protocol(uid, service, caller);
            if (!uid.equals(sopInstanceUid))
                found.put(uid, new Relative(uid, protocol == null ? null : protocol.getString(Tag.HangingProtocolName)));
            for (String source : protocol == null ? List.<String>of() : sourcesOf(protocol))
                // a protocol may name itself, or two each other
                if (!source.equals(sopInstanceUid) && !found.containsKey(source) && !open.contains(source))
                    open.add(source);
        }
        return List.copyOf(found.values());
    }

    /** {@code null} if it is not found; a retired one is. */
    private static Attributes protocol(String uid, HangingProtocolService service, Caller caller) throws HpFailure {
        Attributes stored = next(service.find(identifier(uid), caller));
        if (stored != null)
            return stored;
        return next(service.findRetired(identifier(uid), caller));
    }

    private static Attributes next(Find find) throws HpFailure {
        try {
            return find.next();
        } catch (HpFailure e) {
            if (!find.isLeftOut(e))
                throw e;
            return null;
        } finally {
            find.cancel();
        }
    }

    private static List<Relative> copies(String sopInstanceUid, HangingProtocolService service, Caller caller) throws HpFailure {
        List<Relative> copies = new ArrayList<>();
        Find find = service.find(identifier(null), caller);
        for (Attributes protocol = next(find, copies); protocol != null; protocol = next(find, copies))
            if (sourcesOf(protocol).contains(sopInstanceUid))
                copies.add(new Relative(protocol.getString(Tag.SOPInstanceUID), protocol.getString(Tag.HangingProtocolName)));
        find.cancel();
        return copies;
    }

    private static Attributes next(Find find, List<Relative> found) throws HpFailure {
        try {
            return found.size() < MAX ? find.next() : null;
        } catch (HpFailure e) {
            if (!find.isLeftOut(e))
                throw e;
            return null;
        }
    }

    private static FindIdentifier identifier(String uid) throws HpFailure {
        Attributes keys = new Attributes();
        keys.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
        keys.setString(Tag.SOPInstanceUID, VR.UI, uid);
        keys.setNull(Tag.HangingProtocolName, VR.SH);
        keys.setNull(Tag.SourceHangingProtocolSequence, VR.SQ);
        return FindIdentifier.of(keys, UnknownValues.STRICT, keys.size());
    }

    private static List<String> sourcesOf(Attributes protocol) {
        Sequence sources = protocol.getSequence(Tag.SourceHangingProtocolSequence);
        return sources == null ? List.of() : sources.stream().map(source -> source.getString(Tag.ReferencedSOPInstanceUID))
                .filter(SopInstanceUid::isValid).toList();
    }
}

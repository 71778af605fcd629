package org.hpqr.ohif;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.util.UIDUtils;
import org.hpqr.dataset.SopInstanceUid;

/**
 * Makes a DICOM Hanging Protocol (PS3.3 A.44) of a protocol of OHIF. {@code docs/viewers.md} has the table. What DICOM cannot say
 * stays in the private element {@link OriginalProtocol}.
 */
public final class FromOhif {

    private static final Pattern ISO = Pattern.compile("(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d)(?:T(\\d\\d):(\\d\\d)(?::(\\d\\d)(\\.\\d{1,6})?\\d*)?"
            + "(Z|[+-]\\d\\d:?\\d\\d)?)?)?)?");
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx").withZone(ZoneOffset.UTC);
    private static final Set<String> LEVELS = Set.of("MANUFACTURER", "SITE", "USER_GROUP", "SINGLE_USER");
    private static final Set<String> PROTOCOL = Set.of("id", "name", "description", "createdDate", "availableTo",
            "protocolMatchingRules", "numberOfPriorsReferenced", "displaySetSelectors", "stages");
    private static final Set<String> EQUALITIES = Set.of("equals", "includes", "contains", "containsI");
    private static final String CREATOR = "OHIF";
    private static final int SH = 16;
    private static final int LO = 64;

    private final Fields protocol;
    private final Instant now;
    private final Diagnostics diagnostics = new Diagnostics();
    private final Attributes dataset = new Attributes();
    private String id;
    private String level;

    private FromOhif(JsonObject protocol, Instant now) {
        this.protocol = new Fields(protocol, "");
        this.now = now;
    }

    /**
     * Converts a protocol. One that has a UID as id keeps it as SOP Instance UID; of any other id a UID is made, always the same.
     *
     * @param now what becomes the creation date of a protocol without one
     * @throws InvalidOhifProtocolException it is none, or shows nothing
     */
    public static DicomProtocol convert(JsonObject protocol, Instant now) throws InvalidOhifProtocolException {
        FromOhif conversion = new FromOhif(protocol, now);
        conversion.run();
        OriginalProtocol.keep(protocol, conversion.dataset);
        return new DicomProtocol(conversion.dataset, conversion.diagnostics.found());
    }

    private void run() throws InvalidOhifProtocolException {
        id = protocol.text("id").or(() -> protocol.text("name"))
                .orElseThrow(() -> new InvalidOhifProtocolException("The protocol has neither id nor name"));
        protocol.reportOthers(diagnostics, PROTOCOL);
        dataset.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
        dataset.setString(Tag.SOPClassUID, VR.UI, UID.HangingProtocolStorage);
        dataset.setString(Tag.SOPInstanceUID, VR.UI, uid());
        String name = protocol.text("name").orElse(id);
        dataset.setString(Tag.HangingProtocolName, VR.SH, shortened(name, SH, "name"));
        dataset.setString(Tag.HangingProtocolDescription, VR.LO, shortened(protocol.text("description").orElse(name), LO, "description"));
        owner();
        dataset.setString(Tag.HangingProtocolLevel, VR.CS, level);
        dataset.setString(Tag.HangingProtocolCreator, VR.LO, CREATOR);
        dataset.setString(Tag.HangingProtocolCreationDateTime, VR.DT, created());
        Set<String> modalities = definitions();
        int priors = priors();
        dataset.setInt(Tag.NumberOfScreens, VR.US, 1);
        dataset.newSequence(Tag.NominalScreenDefinitionSequence, 0);
        SelectorRules selectors = new SelectorRules(diagnostics, modalities, priors);
        Sequence imageSets = dataset.newSequence(Tag.ImageSetsSequence, 4);
        Fields all = protocol.object("displaySetSelectors");
        for (String selector : all.object().keySet())
            imageSets.add(selectors.imageSet(selector, shortened(selector, LO, "displaySetSelectors." + selector), all.object(selector)));
        dataset.setInt(Tag.NumberOfPriorsReferenced, VR.US, Math.max(priors, selectors.priors()));
        if (selectors.priors() > 0 && protocol.integer("numberOfPriorsReferenced").filter(number -> number < 0).isPresent())
            diagnostics.report("numberOfPriorsReferenced", "no-priors");
        new StageDisplaySets(diagnostics, selectors, dataset).read(protocol.objects("stages"));
        if (dataset.getSequence(Tag.DisplaySetsSequence).isEmpty())
            throw new InvalidOhifProtocolException("The protocol shows nothing: no viewport has a display set with a selector");
    }

    private String uid() {
        if (SopInstanceUid.isValid(id))
            return id;
        diagnostics.report("id", "id", id);
        // PS3.5 B.2
        return UIDUtils.createNameBasedUID(("OHIF: " + id).getBytes(StandardCharsets.UTF_8), "2.25");
    }

    /** Text that SH and LO can have (PS3.5 6.2). */
    private String shortened(String text, int length, String path) {
        String allowed = allowed(text, length);
        if (allowed.isEmpty())
            allowed = CREATOR;
        if (!allowed.equals(text))
            diagnostics.report(path, "shortened", text);
        return allowed;
    }

    static String allowed(String text, int length) {
        String allowed = text.replaceAll("[\\\\\\p{Cntrl}]", " ").strip();
        return allowed.codePointCount(0, allowed.length()) <= length ? allowed
                : allowed.substring(0, allowed.offsetByCodePoints(0, length)).strip();
    }

    /** Level, users and group, where {@link ToOhif} has put them; OHIF itself says nothing of the kind. */
    private void owner() {
        Fields owner = protocol.object("availableTo");
        owner.reportOthers(diagnostics, Set.of("level", "group", "users"));
        Sequence users = dataset.newSequence(Tag.HangingProtocolUserIdentificationCodeSequence, 1);
        owner.text("group").ifPresent(group -> dataset.setString(Tag.HangingProtocolUserGroupName, VR.LO,
                shortened(group, LO, owner.at("group"))));
        for (Fields user : owner.objects("users")) {
            Optional<String> value = user.text("value");
            Optional<String> scheme = user.text("scheme");
            if (users.isEmpty() && value.isPresent() && scheme.isPresent()) {
                Attributes code = new Attributes();
                code.setString(Tag.CodeValue, VR.SH, shortened(value.get(), SH, user.at("value")));
                code.setString(Tag.CodingSchemeDesignator, VR.SH, shortened(scheme.get(), SH, user.at("scheme")));
                code.setString(Tag.CodeMeaning, VR.LO, shortened(user.text("meaning").orElse(value.get()), LO, user.at("meaning")));
                users.add(code);
                user.reportOthers(diagnostics, Set.of("value", "scheme", "meaning"));
            } else {
                diagnostics.report(user.path(), "ohif-only", "users");
            }
        }
        level = owner.text("level").filter(LEVELS::contains).orElse(null);
        if (level == null) {
            diagnostics.report("availableTo", "level");
            level = "SITE";
        }
    }

    /** ISO 8601 as DT. */
    private String created() {
        Optional<String> text = protocol.text("createdDate").map(FromOhif::dateTime);
        if (text.isEmpty())
            diagnostics.report("createdDate", "created");
        return text.orElseGet(() -> DATE_TIME.format(now));
    }

    /** {@code null} if it is none. */
    private static String dateTime(String iso) {
        Matcher parts = ISO.matcher(iso);
        if (!parts.matches())
            return null;
        try {
            LocalDate.of(number(parts.group(1), 1), number(parts.group(2), 1), number(parts.group(3), 1));
            LocalTime.of(number(parts.group(4), 0), number(parts.group(5), 0), number(parts.group(6), 0));
            StringBuilder text = new StringBuilder();
            for (int group = 1; group <= 7; group++)
                text.append(parts.group(group) == null ? "" : parts.group(group));
            String zone = parts.group(8);
            if (zone != null)
                text.append(ZoneOffset.of(zone).getTotalSeconds() == 0 ? "+0000" : zone.replace(":", ""));
            return text.toString();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    /** Hanging Protocol Definition Sequence (0072,000C): an item for each modality. */
    private Set<String> definitions() {
        Set<String> modalities = new LinkedHashSet<>();
        for (Fields rule : protocol.objects("protocolMatchingRules")) {
            List<String> found = modalities(rule);
            modalities.addAll(found);
            String attribute = rule.text("attribute").orElse("");
            if (found.isEmpty())
                diagnostics.report(rule.path(), "rule", attribute);
            else if (rule.integer("weight").filter(weight -> weight != 1 && weight != Mapping.weight(level)).isPresent())
                diagnostics.report(rule.at("weight"), "weight", attribute);
            rule.reportOthers(diagnostics, Set.of("id", "attribute", "weight", "required", "constraint"));
        }
        if (modalities.isEmpty()) {
            diagnostics.report("protocolMatchingRules", "no-modality");
            modalities.add("OT");
        }
        Sequence items = dataset.newSequence(Tag.HangingProtocolDefinitionSequence, modalities.size());
        for (String modality : modalities) {
            Attributes item = new Attributes();
            item.setString(Tag.Modality, VR.CS, modality);
            item.newSequence(Tag.ProcedureCodeSequence, 0);
            item.newSequence(Tag.ReasonForRequestedProcedureCodeSequence, 0);
            items.add(item);
        }
        return modalities;
    }

    private static List<String> modalities(Fields rule) {
        String attribute = rule.text("attribute").orElse("");
        Fields constraint = rule.object("constraint");
        if (!attribute.equals("ModalitiesInStudy") && !attribute.equals("Modality") || constraint.object().size() != 1)
            return List.of();
        String validator = constraint.object().keySet().iterator().next();
        List<String> values = EQUALITIES.contains(validator)
                ? ConstraintValues.of(constraint.object().get(validator)).texts("CS") : List.of();
        // both modalities in one study is nothing that a definition can say
        return validator.equals("equals") && values.size() > 1 ? List.of() : values;
    }

    private int priors() {
        return Math.min(0xFFFF, Math.max(0, protocol.integer("numberOfPriorsReferenced").orElse(0)));
    }
}

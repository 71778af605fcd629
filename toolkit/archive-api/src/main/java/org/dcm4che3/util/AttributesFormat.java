package org.dcm4che3.util;

import java.text.FieldPosition;
import java.text.Format;
import java.text.ParsePosition;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;

/** Signatures of dcm4che-core 5.34.3, and of its many types of fields the first: {@code {ggggeeee}}, the first value. */
public class AttributesFormat extends Format {

    private static final long serialVersionUID = 1L;
    private static final Pattern FIELD = Pattern.compile("\\{([0-9A-Fa-f]{8})\\}");

    private final String pattern;

    public AttributesFormat(String pattern) {
        this.pattern = pattern;
    }

    @Override
    public StringBuffer format(Object attributes, StringBuffer result, FieldPosition position) {
        return result.append(FIELD.matcher(pattern).replaceAll(field -> valueOf((Attributes) attributes, field)));
    }

    private static String valueOf(Attributes attributes, MatchResult field) {
        return attributes.getString(Integer.parseUnsignedInt(field.group(1), 16), "");
    }

    @Override
    public Object parseObject(String source, ParsePosition position) {
        throw new UnsupportedOperationException();
    }
}

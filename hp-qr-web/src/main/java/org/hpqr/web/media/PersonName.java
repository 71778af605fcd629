package org.hpqr.web.media;

import java.util.Arrays;

/** The text of a person's name, out of its component groups and their components (PS3.5 6.2.1.1). */
final class PersonName {

    private PersonName() {
    }

    /**
     * The parts with the delimiter between them; empty ones at the end are left out. A name that is stored can have more parts than
     * the text formats have names for: they are in the last one, so only that can have the delimiter.
     *
     * @throws MalformedContentException another part has the delimiter in it
     */
    static String join(String delimiter, String... parts) throws MalformedContentException {
        int end = parts.length;
        while (end > 0 && parts[end - 1].isEmpty())
            end--;
        for (int i = 0; i < parts.length - 1; i++)
            if (parts[i].contains(delimiter))
                throw new MalformedContentException("A part of a person name has a delimiter in it");
        return String.join(delimiter, Arrays.copyOf(parts, end));
    }
}

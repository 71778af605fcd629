package org.hpqr.query;

import org.hpqr.information.ModelAttribute.KeyType;
import org.hpqr.information.ModelAttribute.MatchingType;
import org.hpqr.information.ModelAttribute.ReturnType;

/** What tables write for the types of an attribute: those of the standard, and that of docs/conformance.md. */
final class TableSymbols {

    private TableSymbols() {
    }

    static String of(KeyType type) {
        return switch (type) {
            case UNIQUE -> "U";
            case REQUIRED -> "R";
            case REQUIRED_IF -> "RC";
            case OPTIONAL -> "O";
            case NONE -> "-";
        };
    }

    static String of(ReturnType type) {
        return switch (type) {
            case ONE -> "1";
            case ONE_IF -> "1C";
            case TWO -> "2";
            case THREE -> "3";
        };
    }

    static String of(MatchingType type) {
        return switch (type) {
            case SINGLE_VALUE -> "S";
            case LIST_OF_UID -> "L";
            case WILD_CARD -> "W";
            case UNIVERSAL -> "Uv";
            case SEQUENCE -> "SQ";
        };
    }
}

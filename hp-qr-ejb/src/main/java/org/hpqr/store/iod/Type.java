package org.hpqr.store.iod;

/** Data Element Type (PS3.5 7.4). */
enum Type {
    /** Present, with a value. */
    TYPE_1("1"),
    /** As type 1 if its condition holds; absent if not, unless the condition says otherwise. */
    TYPE_1C("1C"),
    /** Present, maybe without a value. */
    TYPE_2("2"),
    /** As type 2 if its condition holds; absent if not, unless the condition says otherwise. */
    TYPE_2C("2C"),
    /** Optional. */
    TYPE_3("3");

    private final String symbol;

    Type(String symbol) {
        this.symbol = symbol;
    }

    boolean isConditional() {
        return this == TYPE_1C || this == TYPE_2C;
    }

    /** Where it is present, it has a value. */
    boolean needsValue() {
        return this == TYPE_1 || this == TYPE_1C;
    }

    /** As the standard's tables write it. */
    @Override
    public String toString() {
        return symbol;
    }
}

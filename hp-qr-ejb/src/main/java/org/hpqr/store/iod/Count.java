package org.hpqr.store.iod;

/** How many values or items there may be. */
record Count(int min, int max) {

    static final Count ONE = new Count(1, 1);

    /** Of text as the standard writes a Value Multiplicity: {@code 1}, {@code 2-n}, {@code 0-1}. */
    static Count of(String text) {
        int dash = text.indexOf('-');
        if (dash < 0)
            return new Count(Integer.parseInt(text), Integer.parseInt(text));
        String max = text.substring(dash + 1);
        return new Count(Integer.parseInt(text.substring(0, dash)), max.equals("n") ? Integer.MAX_VALUE : Integer.parseInt(max));
    }

    boolean admits(int count) {
        return count >= min && count <= max;
    }
}

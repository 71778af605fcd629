package org.dcm4chee.arc.query.util;

/** Signatures of dcm4chee-arc-query-util 5.34.3. */
public class OrderByTag {

    public final int tag;

    private OrderByTag(int tag) {
        this.tag = tag;
    }

    public static OrderByTag asc(int tag) {
        return new OrderByTag(tag);
    }

    public static OrderByTag desc(int tag) {
        return new OrderByTag(tag);
    }
}

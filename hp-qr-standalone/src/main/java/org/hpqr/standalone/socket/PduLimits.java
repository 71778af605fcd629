package org.hpqr.standalone.socket;

import java.time.Duration;

/**
 * The sizes a peer may make PDUs and messages have, in bytes, and the time it may take to read one.
 *
 * @param dataPdu     longest P-DATA-TF PDU, as PS3.8 D.1 counts it: without type and length
 * @param association longest A-ASSOCIATE-RQ or -AC PDU, counted likewise; what it can hold (presentation contexts,
 *                    transfer syntaxes, sub-items of user information) is limited by that, too
 * @param command     largest command set of a message
 * @param sendTimeout longest time that writing one PDU may take
 */
public record PduLimits(int dataPdu, int association, int command, Duration sendTimeout) {
}

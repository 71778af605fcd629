package org.hpqr.standalone.socket;

/**
 * The sizes a peer may make PDUs and messages have, in bytes.
 *
 * @param dataPdu     longest P-DATA-TF PDU, as PS3.8 D.1 counts it: without type and length
 * @param association longest A-ASSOCIATE-RQ or -AC PDU, counted likewise; what it can hold (presentation contexts,
 *                    transfer syntaxes, sub-items of user information) is limited by that, too
 * @param command     largest command set of a message
 */
public record PduLimits(int dataPdu, int association, int command) {
}

/**
 * What is known of Hanging Protocols as such: the information model ({@link org.hpqr.information.HangingProtocolModel}), how
 * values and character sets are read, and which attributes of an object can be searched and returned.
 */
package org.hpqr.information;

/**
 * What stands between the network and the toolkit, in both directions: limits to what a peer can make it read, PDUs that the
 * peer can take, an A-ABORT wherever the toolkit would just close, TLS, and the count of connections. The toolkit takes
 * 16 MB for a PDU whatever was negotiated, commands of any size, a peer's maximum length for a signed number, and its TLS
 * listener has no time limit for handshakes.
 */
package org.hpqr.standalone.socket;

/**
 * What stands between the network and the toolkit: limits to what a peer can make it read, TLS, and the count of
 * connections. The toolkit takes 16 MB for a PDU whatever was negotiated, commands of any size, and its TLS listener has
 * no time limit for handshakes.
 */
package org.hpqr.standalone.socket;

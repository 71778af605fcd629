/**
 * What can be done with hanging protocols, whatever the protocol is that asks for it: {@link
 * org.hpqr.service.HangingProtocolService}. Here and below, nothing is known of associations or of HTTP.
 */
package org.hpqr.service;

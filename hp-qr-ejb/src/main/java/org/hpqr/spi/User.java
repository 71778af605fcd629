package org.hpqr.spi;

import java.util.Set;

/**
 * Somebody whose name is known: by login, or by User Identity Negotiation (PS3.7 D.3.3.7).
 *
 * @param name     user name
 * @param roles    names of the user's roles
 * @param verified somebody has proven to be this user, by a password or a token; {@code false}: a peer says so
 */
public record User(String name, Set<String> roles, boolean verified) {

    public User {
        roles = Set.copyOf(roles);
    }
}

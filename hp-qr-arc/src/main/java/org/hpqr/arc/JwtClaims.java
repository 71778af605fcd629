package org.hpqr.arc;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.hpqr.spi.User;

/** What a JSON Web Token of Keycloak says of its user (RFC 7519), once somebody has verified the token. */
final class JwtClaims {

    private JwtClaims() {
    }

    /** The user; empty if the token names none. */
    static Optional<User> userOf(String token) {
        String[] parts = token.split("\\.");
        if (parts.length < 2)
            return Optional.empty();
        try (JsonReader reader = Json.createReader(new StringReader(
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)))) {
            JsonObject claims = reader.readObject();
            String name = claims.getString("preferred_username", null);
            return name == null ? Optional.empty() : Optional.of(new User(name, rolesOf(claims), true));
        } catch (JsonException | IllegalArgumentException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private static Set<String> rolesOf(JsonObject claims) {
        JsonObject access = claims.getJsonObject("realm_access");
        JsonArray roles = access == null ? null : access.getJsonArray("roles");
        return roles == null ? Set.of() : new HashSet<>(roles.getValuesAs(JsonString::getString));
    }
}

package org.hpqr.bench.floor;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The floor of DICOMweb: answers a GET with the body and the content type that a PUT has brought under the same name. By Jakarta
 * REST, as the plugin's resources are, so that what is compared is what the plugin does and not what it stands on.
 */
@Path("{name}")
public class ConstantResource {

    private static final Map<String, Constant> CONSTANTS = new ConcurrentHashMap<>();

    private record Constant(String contentType, byte[] body) {
    }

    /** Takes what is to be answered. */
    @PUT
    public void put(@PathParam("name") String name, @HeaderParam("Content-Type") String contentType, byte[] body) {
        CONSTANTS.put(name, new Constant(contentType, body));
    }

    /** Answers it. */
    @GET
    public Response get(@PathParam("name") String name) {
        Constant constant = CONSTANTS.get(name);
        return Response.ok(constant.body(), constant.contentType()).build();
    }
}

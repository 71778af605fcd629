package org.hpqr.it.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Sends requests to the service of one AE title. */
public final class WebClient {

    public static final String JSON = "application/dicom+json";
    public static final String DICOM = "application/dicom";
    public static final String MULTIPART_XML = "multipart/related; type=\"application/dicom+xml\"";
    public static final String MULTIPART_DICOM = "multipart/related; type=\"application/dicom\"";

    private final HttpClient http;
    private final String service;

    /** @param service its URI, without a slash at the end */
    public WebClient(String service) {
        this(service, HttpClient.newBuilder());
    }

    /** Of a service over TLS. */
    public WebClient(String service, SSLContext tls) {
        this(service, HttpClient.newBuilder().sslContext(tls));
    }

    private WebClient(String service, HttpClient.Builder http) {
        this.service = service;
        this.http = http.version(HttpClient.Version.HTTP_1_1).build();
    }

    /** URI of the service, without a slash at the end. */
    public String service() {
        return service;
    }

    /** Sends a request; names and values of header fields follow each other. */
    public HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service + path)).timeout(Duration.ofSeconds(60))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0)
            request.headers(headers);
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<byte[]> get(String path, String accept) {
        return send("GET", path, null, "Accept", accept);
    }

    public HttpResponse<byte[]> post(String path, String contentType, byte[] body) {
        return send("POST", path, body, "Content-Type", contentType);
    }

    public static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    public static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}

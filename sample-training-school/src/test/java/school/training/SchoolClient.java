package school.training;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** Speaks HTTP with a school, as curl would. */
record SchoolClient(RestTestClient http) {

    static SchoolClient of(int port) {
        return new SchoolClient(RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
                .baseUrl("http://127.0.0.1:" + port)
                .build());
    }

    ResponseSpec get(String path) {
        return http.get().uri(path).exchange();
    }

    ResponseSpec post(String path, String json) {
        return http.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json)
                .exchange();
    }

    ResponseSpec tryToTeach(UUID id, String trick) {
        return post("/dogs/" + id + "/tricks", "{\"trick\":\"" + trick + "\"}");
    }

    UUID register(String name) {
        return body(post("/dogs", "{\"name\":\"" + name + "\"}"), 201, DogView.class)
                .id();
    }

    DogView teach(UUID id, String trick) {
        return body(tryToTeach(id, trick), 200, DogView.class);
    }

    DogView dog(UUID id) {
        return body(get("/dogs/" + id), 200, DogView.class);
    }

    DogView dog(UUID id, long version) {
        return body(get("/dogs/" + id + "?version=" + version), 200, DogView.class);
    }

    List<DogSummary> list() {
        return body(get("/dogs").returnResult(new ParameterizedTypeReference<List<DogSummary>>() {}), 200);
    }

    List<Map<String, Object>> events(UUID id) {
        return body(
                get("/dogs/" + id + "/events")
                        .returnResult(new ParameterizedTypeReference<List<Map<String, Object>>>() {}),
                200);
    }

    private static <T> T body(ResponseSpec response, int status, Class<T> type) {
        return body(response.returnResult(type), status);
    }

    private static <T> T body(EntityExchangeResult<T> result, int status) {
        T body = result.getResponseBody();
        if (result.getStatus().value() != status || body == null) {
            throw new AssertionError("Expecting status " + status + ", not " + result);
        }
        return body;
    }
}

package io.eventsourcing.benchmarks.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results for programs. */
final class ResultJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private record Line(
            String name,
            @Nullable Double ours,
            @Nullable Double reference,
            @Nullable Double ratio,
            String unit,
            @Nullable String goal,
            @Nullable List<Double> oursRange,
            @Nullable List<Double> referenceRange) {}

    private ResultJson() {}

    static String of(List<Result> results) {
        return MAPPER.writeValueAsString(results.stream().map(ResultJson::line).toList());
    }

    private static Line line(Result result) {
        return new Line(
                result.row().name(),
                median(result.ours()),
                median(result.reference()),
                median(result.ratio()),
                result.row().figure().unit(),
                result.hasGoal() ? result.row().goal().toString() : null,
                range(result.ours()),
                range(result.reference()));
    }

    private static @Nullable Double median(Series series) {
        return series.exists() ? series.median() : null;
    }

    private static @Nullable List<Double> range(Series series) {
        return series.exists() ? List.of(series.least(), series.most()) : null;
    }
}

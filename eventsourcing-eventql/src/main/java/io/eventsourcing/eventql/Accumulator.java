package io.eventsourcing.eventql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An aggregate while its rows come in. Those of numbers leave out what is none, and null. */
interface Accumulator {

    void add(@Nullable Object value);

    @Nullable
    Object result();

    /** How many are true. */
    final class Count implements Accumulator {
        private long count;

        @Override
        public void add(@Nullable Object value) {
            count += Values.isTrue(value) ? 1 : 0;
        }

        @Override
        public Object result() {
            return Numbers.of(count);
        }
    }

    /** 0 if there is none. */
    final class Sum implements Accumulator {
        private BigDecimal sum = BigDecimal.ZERO;

        @Override
        public void add(@Nullable Object value) {
            if (value instanceof BigDecimal number) {
                sum = sum.add(number, Numbers.PRECISION);
            }
        }

        @Override
        public BigDecimal result() {
            return Numbers.of(sum);
        }
    }

    /** Null if there is none. */
    final class Average implements Accumulator {
        private final Sum sum = new Sum();
        private long count;

        @Override
        public void add(@Nullable Object value) {
            sum.add(value);
            count += value instanceof BigDecimal ? 1 : 0;
        }

        @Override
        public @Nullable Object result() {
            return count == 0 ? null : Numbers.of(sum.result().divide(BigDecimal.valueOf(count), Numbers.PRECISION));
        }
    }

    /** The least (-1) or greatest (1) value that isn't null. */
    final class Extreme implements Accumulator {
        private final int sign;
        private @Nullable Object extreme;

        Extreme(int sign) {
            this.sign = sign;
        }

        @Override
        public void add(@Nullable Object value) {
            if (value != null && (extreme == null || Values.ORDER.compare(value, extreme) * sign > 0)) {
                extreme = value;
            }
        }

        @Override
        public @Nullable Object result() {
            return extreme;
        }
    }

    /** The middle one, or what lies between the two in the middle. */
    final class Median implements Accumulator {
        private final List<BigDecimal> numbers = new ArrayList<>();

        @Override
        public void add(@Nullable Object value) {
            if (value instanceof BigDecimal number) {
                numbers.add(number);
            }
        }

        @Override
        public @Nullable Object result() {
            if (numbers.isEmpty()) {
                return null;
            }
            numbers.sort(null);
            BigDecimal lower = numbers.get((numbers.size() - 1) / 2);
            BigDecimal upper = numbers.get(numbers.size() / 2);
            return Numbers.of(lower.add(upper, Numbers.PRECISION).divide(BigDecimal.valueOf(2), Numbers.PRECISION));
        }
    }

    /** Of a sample, as in SQL, by Welford's method. Null for less than two numbers. */
    final class Variance implements Accumulator {
        private final boolean isDeviation;
        private long count;
        private BigDecimal mean = BigDecimal.ZERO;
        private BigDecimal squares = BigDecimal.ZERO;

        Variance(boolean isDeviation) {
            this.isDeviation = isDeviation;
        }

        @Override
        public void add(@Nullable Object value) {
            if (value instanceof BigDecimal number) {
                count++;
                BigDecimal distance = number.subtract(mean, Numbers.PRECISION);
                mean = mean.add(distance.divide(BigDecimal.valueOf(count), Numbers.PRECISION), Numbers.PRECISION);
                BigDecimal now = number.subtract(mean, Numbers.PRECISION);
                squares = squares.add(distance.multiply(now, Numbers.PRECISION), Numbers.PRECISION);
            }
        }

        @Override
        public @Nullable Object result() {
            if (count < 2) {
                return null;
            }
            BigDecimal variance = squares.divide(BigDecimal.valueOf(count - 1), Numbers.PRECISION);
            return Numbers.of(isDeviation ? variance.sqrt(Numbers.PRECISION) : variance);
        }
    }

    /** The value that all rows share; null if they share none. */
    final class Unique implements Accumulator {
        private boolean started;
        private boolean shared = true;
        private @Nullable Object first;

        @Override
        public void add(@Nullable Object value) {
            if (!started) {
                started = true;
                first = value;
            }
            shared &= Objects.equals(first, value);
        }

        @Override
        public @Nullable Object result() {
            return shared ? first : null;
        }
    }
}

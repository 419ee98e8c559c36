package io.eventsourcing.eventql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Numbers are decimals; results of calculations have 34 digits. */
final class Numbers {

    static final MathContext PRECISION = MathContext.DECIMAL128;

    private static final int LARGEST_EXPONENT = 10_000;

    private Numbers() {}

    /** Equal numbers are equal objects, so that they are one group, and one row of DISTINCT. */
    static BigDecimal of(BigDecimal number) {
        return number.stripTrailingZeros();
    }

    static BigDecimal of(long number) {
        return of(BigDecimal.valueOf(number));
    }

    /** Null if the number is so large or so small that calculating with it could fail. */
    static @Nullable BigDecimal bounded(BigDecimal number) {
        long exponent = (long) number.precision() - number.scale();
        return Math.abs(exponent) <= LARGEST_EXPONENT ? of(number) : null;
    }

    /** Null if there is no such number, as the square root of -1. */
    static @Nullable BigDecimal of(double number) {
        return Double.isFinite(number) ? of(BigDecimal.valueOf(number)) : null;
    }

    /** Null if the text is none. */
    static @Nullable BigDecimal parse(String text) {
        try {
            return bounded(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** What has no digits behind the point stays as it is: its digits could fill the memory. */
    static BigDecimal round(BigDecimal number, int digits, RoundingMode mode) {
        return number.scale() <= digits ? number : of(number.setScale(digits, mode));
    }

    /** Null if there is none, or one that is too large for any use. */
    static @Nullable BigInteger integer(BigDecimal number) {
        boolean isSmall = number.scale() > -100 && number.precision() < 1000;
        return isSmall && number.scale() <= 0 ? number.toBigIntegerExact() : null;
    }

    /** As an index or a count; null if it isn't whole or too large. */
    static @Nullable Integer index(BigDecimal number) {
        BigInteger integer = integer(number);
        return integer != null && integer.bitLength() < 32 ? Integer.valueOf(integer.intValue()) : null;
    }
}

package io.eventsourcing.eventstoredb.test;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which version of the real server this one pretends to be, and what that version can do. */
record ServerVersion(int major, int minor, int patch) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?");

    private static final int MEBIBYTE = 1024 * 1024;

    /** @throws IllegalArgumentException unless the text looks like {@code 24.10} or {@code 24.10.1} */
    static ServerVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not the version of a server: " + text + "; write it like 24.10.1");
        }
        String patch = matcher.group(3);
        return new ServerVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                patch == null ? 0 : Integer.parseInt(patch));
    }

    boolean appendsToSeveralStreams() {
        return isAtLeast(25, 1);
    }

    boolean tellsThatSubscriptionsCaughtUp() {
        return isAtLeast(23, 10);
    }

    boolean tellsWhereSubscriptionsCaughtUp() {
        return isAtLeast(25, 1);
    }

    /** The default limit of one append, in bytes. */
    int maxAppendSize() {
        return isAtLeast(25, 1) ? 256 * MEBIBYTE : MEBIBYTE;
    }

    /** The limit of one event, in bytes. */
    int maxEventSize() {
        return 16 * MEBIBYTE;
    }

    private boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || major == otherMajor && minor >= otherMinor;
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}

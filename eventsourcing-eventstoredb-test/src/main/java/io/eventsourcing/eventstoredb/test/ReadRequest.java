package io.eventsourcing.eventstoredb.test;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq.Options.AllOptions;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq.Options.StreamOptions;
import java.util.Optional;

/**
 * What a client asks to read, checked.
 *
 * @param options as they came
 * @param filter of $all
 */
record ReadRequest(ReadReq.Options options, EventFilter filter, ReadMessages messages) {

    /** @throws io.grpc.StatusRuntimeException if the real server would refuse it */
    static ReadRequest of(ReadReq request, ServerVersion version) {
        ReadReq.Options options = request.getOptions();
        if (!options.hasUuidOption()) {
            throw Refusals.invalid("'uuidOption' is a required argument of type UUIDOption");
        }
        EventFilter filter = options.hasFilter() ? EventFilter.of(options.getFilter()) : EventFilter.NONE;
        ReadRequest checked = new ReadRequest(
                options, filter, new ReadMessages(options.getUuidOption().hasString(), version));
        checked.requireSupported();
        return checked;
    }

    private void requireSupported() {
        boolean oneSource = options.hasStream() || options.hasAll();
        boolean oneFilter = options.hasNoFilter() || options.hasFilter() && options.hasAll();
        boolean oneWay = options.hasCount() || options.hasSubscription() && !backwards();
        if (!oneSource || !oneFilter || !oneWay) {
            throw Refusals.invalid("The combination of (" + options.getStreamOptionCase() + ", "
                    + options.getCountOptionCase() + ", " + options.getReadDirection() + ", "
                    + options.getFilterOptionCase() + ") is invalid.");
        }
        if (options.hasSubscription() && options.hasFilter() && filter.checkpointInterval() == 0) {
            throw Refusals.unexpected();
        }
    }

    boolean backwards() {
        return options.getReadDirection() == ReadReq.Options.ReadDirection.Backwards;
    }

    /** How many events at most; a count above the range of a long is as good as none. */
    long count() {
        return options.getCount() < 0 ? Long.MAX_VALUE : options.getCount();
    }

    /** Empty for $all. */
    Optional<String> streamIfAny() {
        return options.hasStream() ? Optional.of(stream()) : Optional.empty();
    }

    String stream() {
        return options.getStream().getStreamIdentifier().getStreamName().toStringUtf8();
    }

    boolean wantsStreamPositions() {
        return options.getControlOption().getCompatibility() >= 1;
    }

    boolean tellsThatCaughtUp() {
        return messages.version().tellsThatSubscriptionsCaughtUp();
    }

    ReadCursor open(EventLog log) {
        if (options.hasStream()) {
            return options.hasSubscription() ? subscribeToStream(log) : readStream(log);
        }
        return options.hasSubscription() ? subscribeToAll(log) : readAll(log);
    }

    private ReadCursor readStream(EventLog log) {
        StreamOptions stream = options.getStream();
        return new StreamReadCursor(
                log,
                this,
                switch (stream.getRevisionOptionCase()) {
                    case START -> 0;
                    case END -> Long.MAX_VALUE;
                    case REVISION -> atMostLong(stream.getRevision());
                    case REVISIONOPTION_NOT_SET -> throw Refusals.unexpected();
                });
    }

    private ReadCursor subscribeToStream(EventLog log) {
        StreamOptions stream = options.getStream();
        return new StreamSubscriptionCursor(
                log,
                this,
                switch (stream.getRevisionOptionCase()) {
                    case START -> -1;
                    case END -> lastRevision(log);
                    case REVISION -> Math.min(atMostLong(stream.getRevision()), Long.MAX_VALUE - 1);
                    case REVISIONOPTION_NOT_SET -> throw Refusals.unexpected();
                });
    }

    private long lastRevision(EventLog log) {
        StreamPage page = log.readBackwards(stream(), Long.MAX_VALUE, 1);
        return page instanceof StreamPage.Events events ? events.last() : -1;
    }

    private ReadCursor readAll(EventLog log) {
        AllOptions all = options.getAll();
        return new AllReadCursor(
                log,
                this,
                switch (all.getAllOptionCase()) {
                    case START -> 0;
                    case END -> log.end();
                    case POSITION -> readable(log, atMostLong(all.getPosition().getCommitPosition()));
                    case ALLOPTION_NOT_SET -> throw Refusals.unexpected();
                });
    }

    /** Behind the last record there is nothing to read forwards, so any position will do there. */
    private long readable(EventLog log, long position) {
        boolean start = log.isRecordStart(position);
        boolean behind = backwards() ? position == log.end() : position > log.lastPosition();
        if (!start && !behind) {
            throw backwards() && position > log.end() ? Refusals.unexpected() : Refusals.invalidPosition();
        }
        return position;
    }

    private ReadCursor subscribeToAll(EventLog log) {
        AllOptions all = options.getAll();
        return new AllSubscriptionCursor(
                log,
                this,
                switch (all.getAllOptionCase()) {
                    case START -> EventLog.BEFORE_START;
                    case END -> log.lastPosition();
                    case POSITION -> atMostLong(all.getPosition().getCommitPosition());
                    case ALLOPTION_NOT_SET -> throw Refusals.unexpected();
                });
    }

    private static long atMostLong(long unsigned) {
        return unsigned < 0 ? Long.MAX_VALUE : unsigned;
    }
}

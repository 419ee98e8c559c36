package io.eventsourcing.weaving;

/**
 * What woven constructors and methods report to. The core installs one implementation; nobody else needs it.
 *
 * <p>Members are named {@code binary.class.Name:method(descriptor)}, as {@link Weaver#nameOf} gives them.
 */
public interface CommandRecorder {

    /** A constructor that carries {@code @Event} is about to run; its object doesn't exist yet. */
    void creating(Class<?> declaringType, String constructor, Object[] arguments);

    /** A constructor that carries {@code @Event} has returned normally. */
    void created(Object aggregate, String constructor, Object[] arguments);

    /**
     * A method that carries {@code @Event} is about to run.
     *
     * @return whether it is the outermost one, so that its end must be reported too
     */
    boolean begin(Object aggregate);

    /** The outermost method has returned normally. */
    void completed(Object aggregate, String method, Object[] arguments);

    /** The outermost method has thrown. */
    void failed(Object aggregate);
}

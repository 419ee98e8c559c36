package school.training;

/** A dog isn't taught what it knows. */
public class TrickAlreadyKnownException extends RuntimeException {

    TrickAlreadyKnownException(String name, String trick) {
        super(name + " knows the trick '" + trick + "' already");
    }
}

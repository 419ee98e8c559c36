package school.training;

import java.util.UUID;

/**
 * The same school in a plain program: PERSISTENCE_MODULE chooses where the events are kept, memory if nothing does. Without
 * an argument it registers a dog; with the id of one that it registered before, it shows what that dog knows.
 */
public final class WithoutSpring {

    private WithoutSpring() {}

    public static void main(String[] args) {
        try (TrainingSchool school = new TrainingSchool()) {
            UUID id = args.length == 0 ? registerFido(school) : UUID.fromString(args[0]);
            Dog dog = school.dog(id);
            System.out.println(dog.name() + " knows " + dog.tricks() + " and has the id " + id);
        }
    }

    private static UUID registerFido(TrainingSchool school) {
        UUID fido = school.register("Fido");
        school.addTrick(fido, "roll over");
        school.addTrick(fido, "play dead");
        return fido;
    }
}

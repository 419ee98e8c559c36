package school.training;

import java.util.UUID;

/** The same school in a plain program: PERSISTENCE_MODULE chooses where the events are kept, memory if nothing does. */
public final class WithoutSpring {

    private WithoutSpring() {}

    public static void main(String[] args) {
        try (TrainingSchool school = new TrainingSchool()) {
            UUID fido = school.register("Fido");
            school.addTrick(fido, "roll over");
            school.addTrick(fido, "play dead");
            System.out.println(school.dog(fido).name() + " knows " + school.tricks(fido));
        }
    }
}

package school.training;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.resilience.annotation.EnableResilientMethods;

/** Starts the school. */
@SpringBootApplication
@EnableResilientMethods
public class TrainingSchoolApplication {

    public static void main(String[] args) {
        SpringApplication.run(TrainingSchoolApplication.class, args);
    }
}

package school.docs;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class SchoolApplication {}
